"""The textbook cases of ontology/identity.toml as records: what the tests merge and the fit learns."""

from __future__ import annotations

from diplograph.extract.records import Actor, Event, Extraction, Extractor, Participant, Place, Time, text_hash
from diplograph.ontology.identity import Example, ReportExample

__all__ = ["records_of"]

_SYMMETRIC = ("agent", "counterpart")
_DIRECTED = ("agent", "target")


def records_of(example: Example) -> tuple[Extraction, Extraction]:
    """Return the two reports of a textbook case as records without words of their own.

    >>> from diplograph.ontology.identity import load_identity
    >>> one, other = records_of(load_identity().example[0])
    >>> one.date, other.events[0].time.value
    ('2025-05-01', '2025-06-11')
    """
    return _record("one", example.one), _record("other", example.other)


def _record(name: str, report: ReportExample) -> Extraction:
    text = "It is told."
    roles = _SYMMETRIC if report.event_class in {"CONSULT", "AGREE"} else _DIRECTED
    actors = [_actor(who) for who in report.who]
    parties = tuple(Participant(a.id, a.name, roles[min(n, 1)], a.kind, a.country) for n, a in enumerate(actors))
    event = Event(
        id=f"m-{name}",
        event=f"e-{name}",
        event_class=report.event_class,  # type: ignore[arg-type]
        mode=report.mode,
        trigger=(6, 10),
        sentence=(0, len(text)),
        participants=parties,
        place=Place(report.place, latitude=0.0, longitude=0.0) if report.place else None,
        time=Time(report.when, report.when) if report.when else None,
        status=report.status,  # type: ignore[arg-type]
    )
    return Extraction(
        id=name,
        extractor=Extractor("textbook", "1"),
        text=text,
        text_sha256=text_hash(text),
        date=report.day,
        sentences=((0, len(text)),),
        actors=tuple(dict.fromkeys(actors)),
        events=(event,),
    )


def _actor(who: str) -> Actor:
    """A person ("Ann NOR", of a country if the last word is a code) or a state ("NOR")."""
    *name, last = who.split()
    if not name:
        return Actor(f"state/{last}", last, "state", last)
    country = last if last.isupper() and len(last) == 3 else None
    return Actor(f"person/{who.lower().replace(' ', '-')}", who, "person", country)
