"""One real event, one node: events of many documents merged, with their histories.

`merge` is a pure function of a set of records: the order in which they are given does not matter,
and a record given twice counts once. Texts that are equal under two ids are two documents.

How it decides: events of a class may be the same if their participants agree (a state stands for its
head and the other way round), their kinds agree (a call is no meeting), and neither date nor place nor
the course of things contradicts. A plan, its postponement and its being held make one history; what
was held or called off is closed, and a later plan of the same people opens a new event.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from diplograph.extract.records import Event, Extraction, Participant, Place, content_id
from diplograph.graph.events import MergedEvent, Party, Step
from diplograph.ontology.statuses import StatusRules, load_status_rules

__all__ = ["merge_events"]

SYMMETRIC = {"CONSULT", "AGREE", "COOPERATE"}
OPEN = {"planned", "proposed", "postponed", "hypothetical"}
_FACE_TO_FACE = {"meeting", "summit", "talks", "conference"}
_SPECIFIC = ["summit", "visit", "call", "message", "conference", "meeting", "talks"]
"""Kinds of CONSULT; where the mentions differ, the event is of the first of these."""
_OPEN_DAYS, _CLOSED_DAYS = 400, 4
"""Days after which a report is taken for another event: of a plan, of something that happened."""


@dataclass
class _Told:
    """What one document tells of one event."""

    record: Extraction
    mentions: list[Event]
    actors: dict[str, Participant]

    @cached_property
    def anchor(self) -> str:
        """What orders the reports: date (undated last), document, event."""
        return f"{self.record.date or '9999'}|{self.record.id}|{self.mentions[0].event}"

    @cached_property
    def status(self) -> str:
        """The status as this report has it."""
        return _present([self], load_status_rules())

    @cached_property
    def dates(self) -> list[str]:
        """The dates that it gives the event."""
        return [e.time.value for e in self.mentions if e.time and e.time.value]

    @cached_property
    def modes(self) -> set[str | None]:
        """The kinds that it calls the event."""
        return {e.mode for e in self.mentions}


@dataclass(slots=True)
class _Cluster:
    """An event while its reports are gathered."""

    told: list[_Told]
    actors: dict[str, Participant] = field(default_factory=dict)


def merge_events(records: Iterable[Extraction]) -> list[MergedEvent]:
    """Merge the events of many documents.

    Parameters
    ----------
    records : iterable of Extraction
        In any order. Of two records with the same id the last one counts.

    Returns
    -------
    list of MergedEvent
        Sorted by id.
    """
    rules = load_status_rules()
    unique = {record.id: record for record in records}
    told = sorted((t for record in unique.values() for t in _told(record)), key=lambda t: t.anchor)
    clusters: list[_Cluster] = []
    where: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in told:
        keys = _keys(one)
        near = sorted({i for key in keys for i in where[key]}, reverse=True)
        found = next((i for i in near if _same(clusters[i], one)), len(clusters))
        if found == len(clusters):
            clusters.append(_Cluster([]))
        home = clusters[found]
        home.told.append(one)
        for key, participant in one.actors.items():
            if key in home.actors or not _stands_for(participant, home.actors):
                home.actors.setdefault(key, participant)
        for place in keys:
            if found not in where[place][-1:]:
                where[place].append(found)
    return sorted((_merged(cluster, rules) for cluster in clusters), key=lambda e: e.id)


def _keys(one: _Told) -> set[tuple[str, str]]:
    """Return what two reports of one event share at least once: the class with a participant or its country."""
    event_class = one.mentions[0].event_class
    countries = {p.country for p in one.actors.values() if p.country}
    return {(event_class, key) for key in (*one.actors, *countries)}


def _told(record: Extraction) -> list[_Told]:
    groups: dict[str, list[Event]] = {}
    for event in record.events:
        groups.setdefault(event.event, []).append(event)
    told = []
    for events in groups.values():
        actors: dict[str, Participant] = {}
        for event in events:
            for participant in event.participants:
                actors.setdefault(participant.actor or participant.name, participant)
        told.append(_Told(record, events, actors))
    return told


def _same(cluster: _Cluster, one: _Told) -> bool:
    """Say whether a report may belong to a cluster (see the module's first lines)."""
    event, other = one.mentions[0], cluster.told[-1]
    if other.record.id == one.record.id:  # reports come document by document
        return False
    gap = _days(other.record.date, one.record.date)
    if gap is not None and gap > _OPEN_DAYS and not one.dates:
        return False
    if not _kinds_agree(one, cluster) or not _people_agree(one, cluster):
        return False
    own_dates, known = one.dates, [d for t in cluster.told for d in t.dates]
    moved = one.status in {"postponed", "planned", "cancelled"} or other.status == "postponed"
    if own_dates and known:
        if not any(_overlap(a, b) for a in own_dates for b in known) and not (moved and other.status in OPEN):
            return False
        if any(_overlap(a, b) for a in own_dates for b in known):
            return _places_agree(one, cluster)
    if not _places_agree(one, cluster) and not moved:
        return False
    if gap is None:
        return True
    if event.event_class not in SYMMETRIC:
        return gap <= _CLOSED_DAYS
    return gap <= (_OPEN_DAYS if other.status in OPEN else _CLOSED_DAYS)


def _kinds_agree(one: _Told, cluster: _Cluster) -> bool:
    own, known = one.modes, set().union(*(t.modes for t in cluster.told))
    if one.mentions[0].event_class != "CONSULT":
        return bool(own & known)
    return bool(own & known) or bool(own & _FACE_TO_FACE and known & _FACE_TO_FACE)


def _people_agree(one: _Told, cluster: _Cluster) -> bool:
    """Say whether all of the smaller set of participants are in the larger one, at least two of them."""
    small, large = sorted((one.actors, cluster.actors), key=len)
    if not small:
        return False
    shared = [k for k, p in small.items() if k in large or _stands_for(p, large)]
    if len(shared) < len(small):
        return False
    if one.mentions[0].event_class in SYMMETRIC:
        return len(small) > 1 or len(large) == 1
    agents = [k for k, p in one.actors.items() if p.role == "agent"]
    return len(small) == len(large) and all(k in cluster.actors and cluster.actors[k].role == "agent" for k in agents)


def _stands_for(participant: Participant, others: dict[str, Participant]) -> bool:
    if not participant.country:
        return False
    kinds = {"person", "state"}
    return any(o.country == participant.country and {o.kind, participant.kind} == kinds for o in others.values())


def _places_agree(one: _Told, cluster: _Cluster) -> bool:
    own = [e.place for e in one.mentions if e.place]
    known = [e.place for t in cluster.told for e in t.mentions if e.place]
    if not own or not known:
        return True
    return any(
        a.name == b.name or (a.country and a.country == b.country) or a.name == b.country for a in own for b in known
    )


def _overlap(a: str, b: str) -> bool:
    a1, _, a2 = a.partition("/")
    b1, _, b2 = b.partition("/")
    return a1 <= (b2 or b1) + "~" and b1 <= (a2 or a1) + "~"


def _days(earlier: str | None, later: str | None) -> int | None:
    """Days between two dates; None where one is missing."""
    if not earlier or not later:
        return None
    first, second = (date.fromisoformat((d + "-01-01")[:10]) for d in (earlier, later))
    return abs((second - first) // timedelta(days=1))


def _merged(cluster: _Cluster, rules: StatusRules) -> MergedEvent:
    mentions = [(t.record, e) for t in cluster.told for e in t.mentions]
    first = cluster.told[0].mentions[0]
    parties = tuple(
        Party(p.actor or key, p.name, p.role, p.kind, p.country)
        for key, p in sorted(cluster.actors.items(), key=lambda i: (i[1].role != "agent", i[0]))
    )
    mode = _mode(first.event_class, [e.mode for _, e in mentions if e.mode])
    history = tuple(_step(record, event) for record, event in mentions)
    dates = [e.time.value for _, e in mentions if e.time and e.time.value]
    was = next((e.was for _, e in reversed(mentions) if e.was), None)
    key = content_id("", first.event_class, sorted(p.actor for p in parties), cluster.told[0].anchor)
    return MergedEvent(
        id=key,
        event_class=first.event_class,
        mode=mode,
        participants=parties,
        place=_place([e.place for _, e in mentions if e.place]),
        date=dates[-1] if dates else None,
        was=was,
        status=_present(cluster.told, rules),
        history=history,
    )


def _mode(event_class: str, modes: list[str]) -> str | None:
    if not modes:
        return None
    if event_class == "CONSULT":
        return min(modes, key=lambda m: _SPECIFIC.index(m) if m in _SPECIFIC else 99)
    return Counter(modes).most_common(1)[0][0]


def _place(places: Sequence[Place]) -> Place | None:
    """The place named most often; one inside a country rather than the country."""
    if not places:
        return None
    counts = Counter(p.name for p in places)
    return max(places, key=lambda p: (p.iri is not None, counts[p.name], p.name))


def _step(record: Extraction, event: Event) -> Step:
    return Step(
        status=event.status,
        date=record.date,
        document=record.id,
        mention=event.id,
        sentence=event.sentence,
        quote=record.quote(event.sentence),
        source=event.source.name if event.source else None,
        source_actor=event.source.actor if event.source else None,
        trigger=event.trigger,
        event_date=event.time.value if event.time else None,
        place=event.place.name if event.place else None,
        evidence=event.status_evidence,
        confidence=event.confidence,
    )


def _present(told: Sequence[_Told], rules: StatusRules) -> str:
    """The present status, by the rule written in ontology/status.toml under [present]."""
    dated = [t for t in told if t.record.date]
    latest = max((t.record.date or "" for t in dated), default="")
    decisive = [t for t in dated if t.record.date == latest] or list(told)
    mentions = [(t.record.id, event) for t in decisive for event in t.mentions]
    idle = {"refused"} if any(event.status in rules.off for _, event in mentions) else set()
    ranked = [
        (event.status in rules.changes - idle, event.source is None, document, event.sentence, event.status)
        for document, event in mentions
    ]
    return max(ranked)[-1]
