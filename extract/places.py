"""A name of a place as a record has it: with what the place table knows of it."""

from __future__ import annotations

from diplograph.extract.records import Place
from diplograph.ontology.places import load_places

__all__ = ["place_of"]


def place_of(
    name: str, country: str | None = None, begin: int | None = None, end: int | None = None, *, elsewhere: bool = True
) -> Place:
    """Return a place; of namesakes the one in the country, else the largest.

    Parameters
    ----------
    name : as the text has it
    country : ISO 3166-1 alpha-3 code, if it is known
    begin, end : where the text names it
    elsewhere : whether a place in another country will do where the country has none of the name

    >>> place_of("Tripoli").country, place_of("Tripoli", "LBN").iri
    ('LBY', 'https://sws.geonames.org/266826/')
    >>> place_of("Tripoli", "FRA", elsewhere=False)
    Place(name='Tripoli', iri=None, country='FRA', latitude=None, longitude=None, begin=None, end=None)
    """
    known = load_places().named(name)
    largest = known[0] if known and (elsewhere or country is None) else None
    found = next((p for p in known if p.country == country), largest)
    if found is None:
        return Place(name, country=country, begin=begin, end=end)
    iri = f"https://sws.geonames.org/{found.geonames}/" if found.geonames else None
    return Place(name, iri, found.country, found.latitude, found.longitude, begin, end)
