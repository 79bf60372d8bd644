"""What a name or an office stands for on a date, and why: the look-up that people can read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from diplograph.ontology.actors import ActorEntry, ActorTable
from diplograph.ontology.names import fold_words
from diplograph.ontology.offices import Term
from diplograph.ontology.titles import load_titles

__all__ = ["Found", "look_up"]


@dataclass(frozen=True, slots=True)
class Found:
    """An actor that a name may stand for, and the reason."""

    actor: ActorEntry
    why: str


def look_up(name: str, date: str | None, table: ActorTable) -> list[Found]:
    """Return whom a name, a family name or an office ("the Turkish foreign minister") means, the likeliest first.

    Parameters
    ----------
    name : the words as a text has them
    date : ISO date of the text; without it offices are of any time
    table : the actor table

    >>> from diplograph.ontology.actors import load_actors
    >>> [f.actor.id for f in look_up("President Bush", "1990-05-01", load_actors())]
    ['person/george-h-w-bush']
    >>> look_up("the French foreign minister", "2015-06-01", load_actors())[0].why
    'foreign_minister of FRA (2012-05-17 to 2016-02-11)'
    """
    found: dict[str, Found] = {}
    for actor, why in _matches(name, date, table):
        found.setdefault(actor, Found(table.actors[actor], why))
    return list(found.values())


def _matches(name: str, date: str | None, table: ActorTable) -> Iterator[tuple[str, str]]:
    words = name.split()
    words = words[1:] if len(words) > 1 and words[0].lower() == "the" else words
    text = " ".join(words)
    for use in table.named(text):
        offices = table.offices(use.actor, date)
        yield use.actor, f"its {use.use}" + (f"; {_told(offices[0])}" if offices else "")
    yield from _by_office(words, date, table)
    if (person := table.person(text, date)) is not None:
        yield person, f"another spelling of {table.actors[person].name}"
    if len(words) == 1:
        yield from _by_family(text, date, table)


def _by_office(words: list[str], date: str | None, table: ActorTable) -> Iterator[tuple[str, str]]:
    """The holder of an office: "Turkish foreign minister", "president of Iran", "President Bush"."""
    titles, folded = load_titles(), fold_words(words)
    for end in range(len(words), 0, -1):
        hit = titles.ending_at(folded, end)
        if hit is None or hit[1].office is None:
            continue
        begin, title = hit
        rest = [*words[:begin], *words[end:]]
        named = [w for w in rest if w.lower() not in {"of", "the", "'s", "’s"}]
        uses = table.named(" ".join(named).removesuffix("'s").removesuffix("’s")) if named else ()
        countries = [e.country for u in uses if (e := table.actors[u.actor]).kind != "person" and e.country]
        countries = countries or ([title.state] if title.state else [])
        if countries:
            for country in countries:
                for term in table.terms_of(title.office or "", country, date):
                    yield term.actor, _told(term)
        elif named:
            family = [a for a in table.family(named[-1], date) if _holds(table, a, title.office, date)]
            for actor in family:
                yield actor, _told(next(t for t in table.offices(actor, date) if t.office == title.office))
        return


def _by_family(family: str, date: str | None, table: ActorTable) -> Iterator[tuple[str, str]]:
    for actor in table.family(family, date):
        offices = table.offices(actor, date)
        yield actor, "family name" + (f"; {_told(offices[0])}" if offices else "")
    if (former := table.former(family, date)) is not None:
        yield former, "family name; left a high office not long before"


def _holds(table: ActorTable, actor: str, office: str | None, date: str | None) -> bool:
    return any(t.office == office for t in table.offices(actor, date))


def _told(term: Term) -> str:
    end = f"in office on {term.end[:-2]}" if term.end.endswith("..") else f"to {term.end}" if term.end else "to date"
    seen = ", by the days that sources saw" if term.known == "seen" else ""
    return f"{term.office}{f' of {term.country}' if term.country else ''} ({term.begin or 'long before'} {end}{seen})"
