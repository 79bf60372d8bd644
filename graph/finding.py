"""Finding events: one by words, those of some days, those around an actor."""

from __future__ import annotations

from collections.abc import Iterable

from diplograph.errors import InputError
from diplograph.graph.events import MergedEvent
from diplograph.graph.identity import days_of
from diplograph.ontology.names import fold

__all__ = ["find_events", "narrowed", "the_event"]

_LISTED = 5
"""Events that a refusal names."""


def find_events(events: Iterable[MergedEvent], words: str) -> list[MergedEvent]:
    """Return the event of this id or, if there is none, those with all these words in label, status, place or date.

    The beginning of a word is enough; case and accents do not count. By the day of the first report.

    >>> call = MergedEvent("e1", "CONSULT", "call", (), None, "2018-01", None, "occurred", ())
    >>> [event.id for event in find_events([call], "Call 2018")]
    ['e1']
    """
    known = list(events)
    if exact := [event for event in known if event.id == words.strip()]:
        return exact
    sought = fold(words).split()
    found = [event for event in known if sought and all(f" {word}" in _told_of(event) for word in sought)]
    return sorted(found, key=lambda e: (min((s.date for s in e.history if s.date), default=""), e.id))


def the_event(events: Iterable[MergedEvent], wanted: MergedEvent | str) -> MergedEvent:
    """Return the one event of this id or with these words; an event as it is.

    Raises
    ------
    InputError
        If none fits, or several do; the refusal names them.
    """
    if isinstance(wanted, MergedEvent):
        return wanted
    found = find_events(events, wanted)
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(f"no event {wanted!r}", remedy="use fewer words, or an id")
    names = "; ".join(f"{e.id} {e.label}, {e.status}" for e in found[:_LISTED])
    more = f"; {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    raise InputError(f"{len(found)} events fit {wanted!r}: {names}{more}", remedy="use more words, or an id")


def narrowed(
    events: Iterable[MergedEvent], *, start: str | None = None, end: str | None = None, actor: str | None = None
) -> list[MergedEvent]:
    """Return the events of a span of time, or those around an actor, or both.

    Parameters
    ----------
    events : iterable of MergedEvent
    start, end : str, optional
        ISO 8601 dates, months or years; of an event at least one day lies between them (both included). One
        without a date is left out.
    actor : str, optional
        Id or name. Kept are its events, and those among the actors that it has events with.

    Raises
    ------
    InputError
        If a date is none, or no actor has this id or name.
    """
    kept = list(events)
    for value in (start, end):
        if value is not None and days_of(value) is None:
            raise InputError(f"{value!r} is no date", remedy="write it as YYYY-MM-DD, YYYY-MM or YYYY")
    first = days_of(start) if start else None
    last = days_of(end) if end else None
    if first or last:
        low, high = first[0] if first else 0, last[1] if last else float("inf")
        dated = ((event, days_of(event.when)) for event in kept if event.when)
        kept = [event for event, days in dated if days and days[1] >= low and days[0] <= high]
    return kept if actor is None else _around(kept, actor)


def _around(events: list[MergedEvent], actor: str) -> list[MergedEvent]:
    parties = {p.actor: p.name for event in events for p in event.participants}
    wanted = {key for key, name in parties.items() if key == actor or fold(name) == fold(actor)}
    if not wanted:
        like = sorted(name for name in set(parties.values()) if fold(actor) in fold(name))
        known = f"did you mean {', '.join(like[:3])}?" if like else "the table `actors` has their names"
        raise InputError(f"no actor {actor!r} in these events", remedy=known)
    sides = [({p.actor for p in event.participants}, event) for event in events]
    near = wanted.union(*(actors for actors, _ in sides if actors & wanted))
    return [event for actors, event in sides if actors & wanted or (len(actors) > 1 and actors <= near)]


def _told_of(event: MergedEvent) -> str:
    place = event.place.name if event.place else ""
    names = (p.name for p in event.participants)
    return " " + fold(" ".join((event.label, *names, event.event_class, event.status, place, event.date or "")))
