"""Records as PLOVER events: one JSON object for each report of an event, with PLOVER's fields and codes.

PLOVER (Open Event Data Alliance, draft 2.0) codes what is to come, was called off or was refused as other
classes; ontology/plover.toml has the table. It codes what a sentence reports, not what the sentence mentions
besides: what is demanded, condemned or agreed to, what a purpose or a circumstance tells. What our record knows
beyond PLOVER stays in it: `status`, and in `link` the id of the real event that its reports share.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from diplograph.extract.records import Event, Extraction, Participant
from diplograph.ontology.plover import Coded, PloverParty, PloverView, load_plover

__all__ = ["to_plover"]

_WORD = re.compile(r"[\w-]+|;")


@dataclass(slots=True)
class _Report:
    """An event with PLOVER's code and sides."""

    event: Event
    code: str
    mode: str | None
    actors: list[Coded]
    recipients: list[Coded]


def to_plover(record: Extraction) -> Iterator[str]:
    """Yield what the sentences report, one JSON object a line each; reports that say the same again are left out.

    Agents and mediators are actors, the others recipients; where nobody is an agent, all are actors but those to whom
    it is done.
    """
    view = load_plover()
    said = set()
    coded = sorted(_coded(record, view), key=lambda r: (r.event.sentence, r.event.trigger))
    for _, group in groupby(coded, key=lambda r: r.event.sentence):
        for report in _reported(record, list(group), view):
            key = (report.event.event, report.code)
            if key not in said:
                said.add(key)
                yield json.dumps(_object(record, report), ensure_ascii=False)


def _coded(record: Extraction, view: PloverView) -> Iterator[_Report]:
    """The events that PLOVER has a code for, and as many sides as their class needs."""
    classes = {event.id: event.event_class for event in record.events}
    for event in record.events:
        demand = next((classes[link.event] for link in event.links), None)
        entry = event.reasons[0].by if event.reasons else None
        parties = [_party(record, p, view) for p in event.participants]
        abroad = view.is_abroad(parties)
        code, mode = view.code(event.event_class, event.mode, event.status, demand, entry, abroad=abroad)
        if not code:
            continue
        place = event.place.country if event.place else None
        actors, recipients = view.sides(parties, code, place, _named(record, event))
        if view.is_paired(actors, recipients, code):
            yield _Report(event, code, mode, actors, recipients)


def _party(record: Extraction, party: Participant, view: PloverView) -> PloverParty:
    """A participant; a group is of the state that its name is followed by ("rebels in Sierra Leone")."""
    country = party.country
    are_several = party.kind != "person" and party.iri is None and (party.surface or "").endswith("s")
    if country is None and are_several and party.end is not None and record.text is not None:
        behind = ((m[0], a.country) for a in record.actors if a.country for m in a.mentions if m[0] > party.end)
        begin, state = min(behind, default=(party.end, None))
        if view.belonging.matches(record.text[party.end : begin]):
            country = state
    return PloverParty(party.name, party.role, party.kind, country, _entry(party.iri), party.surface)


def _entry(iri: str | None) -> str:
    """The id in the actor table."""
    return iri.rsplit("/actor/", 1)[-1] if iri else ""


def _named(record: Extraction, event: Event) -> list[PloverParty]:
    """All whom the sentence of an event names."""
    begin, end = event.sentence
    inside = (a for a in record.actors if any(begin <= mention[0] < end for mention in a.mentions))
    return [PloverParty(a.name, "", a.kind, a.country, _entry(a.iri)) for a in inside]


def _reported(record: Extraction, reports: list[_Report], view: PloverView) -> list[_Report]:
    """Of the events of one sentence, those that it reports: the first, and those that are joined to it."""
    if record.text is None or len(reports) < 2:
        return reports
    begin = reports[0].event.sentence[0]
    words = _WORD.findall(record.text[begin : reports[0].event.trigger[0]].lower())
    if words and words[0] in view.opening:
        comma = record.text.find(",", reports[0].event.trigger[1])
        later = [r for r in reports if r.event.trigger[0] > comma > 0]
        reports = later or reports
    main = _instead(reports[0], reports[1:], view)
    kept = [main]
    reports = [r for r in reports if r is not main]
    for other in reports:
        words = _WORD.findall(record.text[main.event.trigger[1] : other.event.trigger[0]].lower())
        last = max((i for i, word in enumerate(words) if word in view.joining), default=None)
        same_word = other.event.trigger == main.event.trigger
        if same_word or (last is not None and not view.aside & set(words[last:])):
            kept.append(other)
        elif other.code == main.code and main.event.id in {link.event for link in other.event.links}:
            _unite(main, other)
    return kept


def _instead(main: _Report, others: list[_Report], view: PloverView) -> _Report:
    """What is reported in place of the first event: what is promised, and the talks that a journey is for."""
    for other in others:
        promised = main.code == "THREATEN" and other.code == "AGREE" and other.event.event_class in view.promised
        if promised and main.event.id in {link.event for link in other.event.links}:
            return other
        journey = main.event.mode == "visit" and other.event.event_class == "CONSULT" and other.code == main.code
        if journey and other.event.mode != "visit" and len({p["code"] for p in other.actors + other.recipients}) > 1:
            return other
    return main


def _unite(main: _Report, content: _Report) -> None:
    """Add those whom only the content of an agreement or a refusal names: agreed to give aid to Kenya."""
    if len({party["code"] for party in main.actors}) > 1:
        return
    named = {party["name"] for party in [*main.actors, *main.recipients]}
    main.recipients += [party for party in content.recipients if party["name"] not in named]


def _object(record: Extraction, report: _Report) -> dict[str, Any]:
    event = report.event
    return {
        "id": record.id,
        "date": event.time.value if event.time and event.time.value else record.date,
        "actor": report.actors,
        "recipient": report.recipients,
        "event": report.code,
        "mode": report.mode,
        "event_loc": event.place.name if event.place else None,
        "event_text": record.quote(event.trigger),
        "status": event.status,
        "link": event.event,
        "text_info": {"start": event.sentence[0], "end": event.sentence[1]},
        "cite_info": {"title": record.title, "url": record.source},
    }
