"""The place table: cities and other places with their country and coordinates (places/*.csv), and a coarse map."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from diplograph.ontology.load import ROOT
from diplograph.ontology.names import NameIndex

__all__ = ["PlaceEntry", "PlaceTable", "land", "load_places", "state_middles"]


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """One place; `latitude` and `longitude` in degrees (WGS 84), None where unknown."""

    name: str
    country: str
    latitude: float | None
    longitude: float | None
    geonames: str | None
    population: int


class PlaceTable:
    """Places by name; of namesakes the largest comes first."""

    def __init__(self, places: Iterable[PlaceEntry]) -> None:
        self.index: NameIndex[PlaceEntry] = NameIndex()
        for place in sorted(places, key=lambda p: -p.population):
            self.index.add(place.name, place)

    def named(self, name: str) -> tuple[PlaceEntry, ...]:
        """Return the places of a name, the largest first."""
        return self.index.get(name)


@cache
def load_places() -> PlaceTable:
    """Return the bundled place table."""
    rows: dict[tuple[str, str, str], PlaceEntry] = {}
    for name in ("places.csv", "hand.csv"):
        with (ROOT / "places" / name).open(encoding="utf-8", newline="") as file:
            for r in csv.DictReader(file):
                place = PlaceEntry(
                    r["name"],
                    r["country"],
                    float(r["latitude"]) if r["latitude"] else None,
                    float(r["longitude"]) if r["longitude"] else None,
                    r["geonames"] or None,
                    int(r["population"]),
                )
                rows[place.name, place.country, place.geonames or ""] = place
    return PlaceTable(rows.values())


@cache
def state_middles() -> dict[str, tuple[float, float]]:
    """Return latitude and longitude of the middle of each state, by ISO 3166-1 alpha-3 code."""
    with (ROOT / "places" / "states.csv").open(encoding="utf-8", newline="") as file:
        return {r["country"]: (float(r["latitude"]), float(r["longitude"])) for r in csv.DictReader(file)}


def land() -> str:
    """Return the outlines of land and states as JSON, in tenths of a degree (see places/outlines.py)."""
    return (ROOT / "places" / "land.json").read_text(encoding="utf-8")
