"""One real event, one node: events of many documents merged, with their histories.

`merge_events` is a pure function of a set of records: the order in which they are given does not matter,
and a record given twice counts once. Texts that are equal under two ids are two documents.

How it decides: reports are taken in the order of their dates. Each is compared with the reports of the
events that are known so far and share a participant with it (`diplograph.graph.identity`), and joins the
event for which most speaks, if enough does; otherwise it opens a new one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from diplograph.extract.records import Event, Extraction, Participant, Place, content_id
from diplograph.graph.events import EventLink, MergedEvent, Party, Step
from diplograph.graph.identity import Telling, count_company, signs, stands_for, tellings
from diplograph.graph.verdicts import Bound, Report, Verdicts
from diplograph.ontology.identity import IdentityRules, load_identity
from diplograph.ontology.statuses import StatusRules, load_status_rules

__all__ = ["merge_events"]

_SPECIFIC = ["summit", "visit", "call", "message", "conference", "meeting", "talks"]
"""Kinds of CONSULT; where the mentions differ, the event is of the first of these."""


_Key = tuple[str, str, str]
_NONE = Verdicts()
_OPPOSED = {"agent", "target"}
_BY_HAND: str | None = "decided by hand"


@dataclass(slots=True)
class _Cluster:
    """An event while its reports are gathered.

    `because` says of each report why it is here; `standing` are those that still count: what was planned is no
    plan any more once it was held.
    """

    number: int
    numbers: list[int] = field(default_factory=list)
    told: list[Telling] = field(default_factory=list)
    because: list[str | None] = field(default_factory=list)
    last: int | None = None
    standing: list[Telling] = field(default_factory=list)

    def add(self, number: int, one: Telling, because: str | None) -> None:
        """Take a report in; reports come in the order of their dates."""
        self.numbers.append(number)
        self.told.append(one)
        self.because.append(because)
        self.last = one.day
        if one.is_held:
            self.standing = [other for other in self.standing if other.is_held]
        self.standing.append(one)


def merge_events(records: Iterable[Extraction], verdicts: Verdicts = _NONE) -> list[MergedEvent]:
    """Merge the events of many documents.

    Parameters
    ----------
    records : iterable of Extraction
        In any order. Of two records with the same id the last one counts.
    verdicts : Verdicts
        What a user decided; it outweighs all signs.

    Returns
    -------
    list of MergedEvent
        Sorted by id.
    """
    unique = {record.id: record for record in records}
    told = sorted((t for record in unique.values() for t in tellings(record)), key=lambda t: t.key)
    count_company(told)
    clusters = _gathered(told, verdicts.bound(map(_names, told)))
    rules = load_status_rules()
    events = _linked([_merged(cluster, rules) for cluster in clusters], unique)
    return sorted(events, key=lambda e: e.id)


def _linked(events: Iterable[MergedEvent], records: Mapping[str, Extraction]) -> list[MergedEvent]:
    """Return the events with the links that their mentions have to mentions of others."""
    events = list(events)
    home = {(s.document, s.mention): event.id for event in events for s in event.history}
    home |= {(r.id, m.event): home[r.id, m.id] for r in records.values() for m in r.events}
    links: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for record in records.values():
        for mention in record.events:
            own = home[record.id, mention.id]
            others = ((link.rel, home[record.id, link.event]) for link in mention.links)
            links[own].update(link for link in others if link[1] != own)
    return [replace(event, links=tuple(EventLink(*link) for link in sorted(links[event.id]))) for event in events]


def _gathered(told: Sequence[Telling], bound: Bound) -> list[_Cluster]:
    """Put tellings, which come in the order of their dates, into clusters."""
    rules = load_identity()
    clusters: list[_Cluster] = []
    where: dict[_Key, list[_Cluster]] = defaultdict(list)
    homes: dict[int, _Cluster] = {}
    for number, one in enumerate(told):
        group = bound.group(number)
        home, why = homes.get(group) if group is not None else None, _BY_HAND
        if home is None:
            near = _near(one, where, rules)
            home, why = _best(one, [c for c in near if not bound.forbids(number, c.numbers)], rules)
        if home is None:
            home, why = _Cluster(len(clusters)), None
            clusters.append(home)
        home.add(number, one, why)
        if group is not None:
            homes[group] = home
        for key in _keys(one)[0]:
            if home not in where[key][-1:]:
                where[key].append(home)
    return clusters


def _near(one: Telling, where: dict[_Key, list[_Cluster]], rules: IdentityRules) -> list[_Cluster]:
    """Return the clusters that a telling may belong to by its sides, the latest first.

    Those of which nothing was heard for too long are dropped for good: what follows is later still.
    """
    found: dict[int, _Cluster] = {}
    oldest = (one.day or 0) - rules.reach[rules.family[one.event_class]]
    for key in _keys(one)[1]:
        if clusters := where.get(key):
            kept = [c for c in clusters if c.last is None or c.last >= oldest]
            where[key] = kept
            found.update((c.number, c) for c in kept[-rules.most :])
    return [found[number] for number in sorted(found, reverse=True)]


def _best(one: Telling, near: Iterable[_Cluster], rules: IdentityRules) -> tuple[_Cluster | None, str | None]:
    """Return the cluster for which most speaks, and what does; of equals the latest."""
    best, home, why = rules.least_odds(one.event_class), None, frozenset[str]()
    for cluster in near:
        odds, found = _fit(cluster, one, rules)
        if odds > best:
            best, home, why = odds, cluster, found
    return home, rules.explain(why) if home else None


def _names(one: Telling) -> list[Report]:
    """By what a verdict may call it: its event or one of the mentions."""
    return [(one.record.id, key) for key in (one.mentions[0].event, *(e.id for e in one.mentions))]


def _keys(one: Telling) -> tuple[list[_Key], list[_Key]]:
    """Return under what a telling is filed, and where those that may be of the same event are looked up.

    They share two sides (a person and his state are one side), two of those who take part (of whom reports may know
    another country), or one side where one of them names no other.
    """
    sides = sorted({p.country or key for key, p in one.people.items()})
    both = {*combinations(sides, 2), *combinations(sorted(one.people), 2)} if len(sides) > 1 else ()
    pairs: list[_Key] = [(one.event_class, *pair) for pair in both]
    alone: list[_Key] = [(one.event_class, "alone", side) for side in sides]
    among: list[_Key] = [(one.event_class, "among", side) for side in sides]
    return (pairs + among, pairs + alone) if pairs else (alone, among + alone)


def _fit(cluster: _Cluster, one: Telling, rules: IdentityRules) -> tuple[float, frozenset[str]]:
    """Return the log-odds that a report belongs to a cluster, and the signs of the report that it goes with best.

    That report counts as much as all together, and none may speak against it: one link is not enough to join what
    contradicts another.
    """
    total, best, why = 0.0, float("-inf"), frozenset[str]()
    if cluster.told[-1].record.id == one.record.id:  # a document has said which of its mentions are one event
        return best, why
    for other in cluster.told:
        found = signs(other, one)
        odds = float("-inf") if found is None else rules.odds(found)
        stands = other in cluster.standing
        if odds < rules.against_odds and (found is not None or stands):
            return float("-inf"), why
        if found is not None and stands:
            total += odds
            if odds > best:
                best, why = odds, found
    return (best + total / len(cluster.standing)) / 2, why


def _actors(told: Sequence[Telling]) -> dict[str, Participant]:
    """The participants that the reports name, each in the role that most speaks for.

    Of a state and one person of it, the one that more of them name; both, where one acts on the other. Whom hardly one
    report may have named is left out (`_is_vouched_for`).
    """
    rules = load_identity()
    in_words = rules.family[told[0].event_class] == "words"
    named = Counter(key for one in told for key in one.people)
    roles = _roles(told)
    actors = {
        key: replace(participant, role=roles[key])
        for one in reversed(told)
        for key, participant in one.people.items()
        if _is_vouched_for(key, told, rules)
    }
    ranked = sorted(actors, key=lambda key: (-named[key], actors[key].kind != "person", key))
    kept: dict[str, Participant] = {}
    for key in ranked:
        own = actors[key]
        if not stands_for(own, {k: p for k, p in kept.items() if not _acts_on(own, p, in_words=in_words)}):
            kept[key] = own
    return kept


def _acts_on(one: Participant, other: Participant, *, in_words: bool) -> bool:
    """Whether one of two acts on the other: a state on one of its people; he on it only in words."""
    agent = one if one.role == "agent" else other
    return {one.role, other.role} == _OPPOSED and (in_words or agent.kind == "state")


def _roles(told: Sequence[Telling]) -> dict[str, str]:
    """The role of each participant, by vote of the mentions; of equals the first told.

    A mention that names both who acts and on whom it is done has two votes: where all are on one side, some are
    misread. Its confidence is no weight: it is of the event, not of the roles.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for event in (e for one in told for e in one.mentions):
        votes_of_it = 2 if {p.role for p in event.participants} >= _OPPOSED else 1
        for participant in event.participants:
            votes[participant.actor or participant.name][participant.role] += votes_of_it
    return {key: roles.most_common(1)[0][0] for key, roles in votes.items()}


def _is_vouched_for(key: str, told: Sequence[Telling], rules: IdentityRules) -> bool:
    """Say whether one report is sure that somebody takes part, or enough of them together think so."""
    confidences = [one.confidence[key] for one in told if key in one.people]
    known = [1.0 if c is None else c for c in confidences]
    return max(known) >= rules.party_sure or sum(known) >= rules.party_shared * len(told)


def _surest(key: str, told: Sequence[Telling]) -> float | None:
    """The highest probability that a report gives that somebody takes part."""
    known = (one.confidence[key] for one in told if key in one.people)
    return max((c for c in known if c is not None), default=None)


def _merged(cluster: _Cluster, rules: StatusRules) -> MergedEvent:
    mentions = [(t.record, e) for t in cluster.told for e in t.mentions]
    actors = _actors(cluster.told)
    first = cluster.told[0].mentions[0]
    parties = tuple(
        Party(p.actor or key, p.name, p.role, p.kind, p.country, _surest(key, cluster.told))
        for key, p in sorted(actors.items(), key=lambda i: (i[1].role != "agent", i[0]))
    )
    mode = _mode(first.event_class, [e.mode for _, e in mentions if e.mode])
    history = tuple(
        _step(t.record, event, because)
        for t, because in zip(cluster.told, cluster.because, strict=True)
        for event in t.mentions
    )
    dates = [e.time.value for _, e in mentions if e.time and e.time.value]
    was = next((e.was for _, e in reversed(mentions) if e.was), None)
    key = content_id("", first.event_class, *cluster.told[0].key)
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


def _step(record: Extraction, event: Event, because: str | None) -> Step:
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
        because=because,
        was=event.was,
    )


def _present(told: Sequence[Telling], rules: StatusRules) -> str:
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
    found = max(ranked)[-1]
    if found == "refused" and told[0].event_class in rules.own_acts:
        others = (t.statuses for t in told if "refused" not in t.statuses)
        return "cancelled" if any("planned" in statuses for statuses in others) else found
    return found
