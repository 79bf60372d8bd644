"""Do two documents tell of the same event? Signs for and against, weighed (data: ontology/identity.toml).

A `Telling` is what one document tells of one event; `signs` compares two of them and names what it
finds, and the weights of these signs add up to the odds that both tell of one event. Each sign is
data with its weight and its meaning in words, so that every decision can be read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

from diplograph.extract.records import Event, Extraction, Participant, Place
from diplograph.graph.wording import Wording, compare
from diplograph.ontology.identity import IdentityRules, load_identity

__all__ = ["Telling", "count_company", "days_of", "signs", "stands_for", "tellings"]

OPEN = frozenset({"planned", "proposed", "postponed", "hypothetical"})
OFF = frozenset({"cancelled", "refused"})
_HELD = frozenset({"occurred", "ongoing"})
_SHARED = {"same_trigger", "same_rate", "same_day", "dates_overlap", "same_place", "place_within"}
_OLD_ROUND = {"any_talks", "plan_open", "meetings_months_apart"}
_WEEK = 7


@dataclass
class Telling:
    """What one document tells of one event.

    `company` is how many other documents tell of such an event between the same participants within a
    week: where there are many, it takes more to be the same one.
    """

    record: Extraction
    mentions: tuple[Event, ...]
    company: int = 0

    @property
    def event_class(self) -> str:
        """The class, which all mentions of one event share."""
        return self.mentions[0].event_class

    @cached_property
    def key(self) -> tuple[str, str, str]:
        """What orders tellings: date of the report (undated last), document, event."""
        return self.record.date or "9999", self.record.id, self.mentions[0].event

    @cached_property
    def people(self) -> dict[str, Participant]:
        """The participants by id (by name, where the extractor knows no id)."""
        found: dict[str, Participant] = {}
        for event in self.mentions:
            for participant in event.participants:
                found.setdefault(participant.actor or participant.name, participant)
        return found

    @cached_property
    def confidence(self) -> dict[str, float | None]:
        """How probable it is, by the surest mention, that each of them takes part; None where no mention knows."""
        found: dict[str, float | None] = dict.fromkeys(self.people)
        for participant in (p for event in self.mentions for p in event.participants):
            key = participant.actor or participant.name
            if participant.confidence is not None:
                found[key] = max(found[key] or 0.0, participant.confidence)
        return found

    @cached_property
    def direction(self) -> tuple[frozenset[str], frozenset[str]]:
        """The sides that act and those on which it is done; a person is of his state's side, and none is of both."""
        by_role: dict[str, set[str]] = defaultdict(set)
        for key, p in self.people.items():
            by_role[p.role].add(p.country if p.country and p.kind in {"person", "state"} else key)
        agents, targets = by_role["agent"], by_role["target"]
        return frozenset(agents - targets), frozenset(targets - agents)

    @cached_property
    def modes(self) -> frozenset[str | None]:
        """The kinds that the document calls the event."""
        return frozenset(event.mode for event in self.mentions)

    @cached_property
    def days(self) -> tuple[tuple[int, int], ...]:
        """First and last day of the dates that the document gives the event, as ordinals."""
        values = (e.time.value for e in self.mentions if e.time and e.time.value)
        return tuple(days for value in values if (days := days_of(value)))

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The places that the document gives the event."""
        return tuple(e.place for e in self.mentions if e.place)

    @cached_property
    def statuses(self) -> frozenset[str]:
        """What the document says became of it."""
        return frozenset(e.status for e in self.mentions)

    @cached_property
    def is_held(self) -> bool:
        """Whether the document says that it happened or is under way."""
        return bool(self.statuses & _HELD)

    @cached_property
    def day(self) -> int | None:
        """The day of the report as a number."""
        return _ordinal(self.record.date) if self.record.date else None

    @cached_property
    def wording(self) -> Wording:
        """What its words have that another document may share."""
        people, places = (tuple(one.name for one in several) for several in (self.people.values(), self.places))
        return Wording(self.record, self.mentions, people, places)


def tellings(record: Extraction) -> Iterator[Telling]:
    """Yield what a document tells, an event each."""
    groups: dict[str, list[Event]] = {}
    for event in record.events:
        groups.setdefault(event.event, []).append(event)
    for events in groups.values():
        yield Telling(record, tuple(events))


def count_company(told: Iterable[Telling]) -> None:
    """Count the `company` of all tellings of a graph."""
    alike: dict[tuple[str, frozenset[str]], list[Telling]] = defaultdict(list)
    among: dict[tuple[str, frozenset[str]], list[Telling]] = defaultdict(list)
    symmetric = load_identity().symmetric
    for one in told:
        sides = frozenset(p.country or key for key, p in one.people.items())
        alike[one.event_class, sides].append(one)
        if one.event_class in symmetric:
            for side in sides:
                among[one.event_class, frozenset({side})].append(one)
    for key, group in alike.items():
        dated = sorted((one.day, one.record.id) for one in among.get(key, group) if one.day is not None)
        for one in group:
            if one.day is not None:
                first = bisect_left(dated, (one.day - _WEEK, ""))
                last = bisect_left(dated, (one.day + _WEEK + 1, ""))
                one.company = len({document for _, document in dated[first:last]}) - 1


def signs(one: Telling, other: Telling) -> frozenset[str] | None:
    """Return the signs that two tellings of one class are of the same event, or are not; None if they cannot be.

    `one` is the earlier report. The names are those of ontology/identity.toml.
    """
    rules = load_identity()
    kinds = _kinds(one, other, rules)
    people = _people(one, other, rules)
    if kinds is None or people is None or _is_turned(one, other, rules):
        return None
    found = {f"of_{rules.family[one.event_class]}", kinds, *people, *_times(one, other), *_places(one, other)}
    found.update(compare(one.wording, other.wording, one.event_class))
    if _is_vague(one, other, found):
        found.add("only_sides")
    if found >= _OLD_ROUND and found.isdisjoint({"same_day", "dates_overlap"}):
        found.add("old_round")
    if found.isdisjoint(rules.once.values()):
        company = max(one.company, other.company)
        name = next((name for least, name in rules.company if company >= least), None)
        if name:
            found.add(f"{name}_met" if one.event_class in rules.symmetric else name)
    return frozenset(found)


def _kinds(one: Telling, other: Telling, rules: IdentityRules) -> str | None:
    if one.modes & other.modes:
        return "same_kind"
    if one.event_class != "CONSULT":
        return "other_kind" if one.event_class in rules.loose else None
    if one.modes <= rules.face_to_face and other.modes <= rules.face_to_face:
        return "both_face_to_face"
    if one.modes | other.modes <= rules.face_to_face | {"visit"}:
        return "guest_of_many" if max(len(one.people), len(other.people)) > rules.party else "visit_and_meeting"
    return None


def _people(one: Telling, other: Telling, rules: IdentityRules) -> set[str] | None:
    """Compare who takes part; None if nobody does in both."""
    small, large = sorted((one.people, other.people), key=len)
    same = {k for k in small if k in large}
    stands = {k for k in small.keys() - same if stands_for(small[k], large)}
    if not same and not stands:
        return None
    missing = len(small) - len(same) - len(stands)
    found = set()
    if missing:
        found.add("some_missing" if same or len(stands) > 1 else "most_missing")
    elif len(small) == len(large):
        found.add("same_people" if not stands else "head_for_state")
    else:
        found.add("fewer_people")
        if stands:
            found.add("head_for_state")
        if len(large) - len(small) > 1:
            found.add("far_fewer")
    if len(small) == 1:
        found.add("one_of_several" if len(large) > 1 and one.event_class in rules.symmetric else "one_alone")
    if any(small[k].kind == "person" for k in same):
        found.add("same_person")
    elif one.modes | other.modes == {"talks"}:
        found.add("any_talks")
    if any(small[k].kind not in {"person", "state", "region", "territory"} for k in same):
        found.add("same_body")
    found.update(_befallen(one, other, same, rules))
    if _rivals(small, large):
        found.add("other_person")
    if one.event_class not in rules.symmetric:
        found.update(_sides(one, other))
    elif one.modes == other.modes == {"visit"}:
        found.update(side for side in _sides(one, other) if side.endswith("agent"))
    return found


def _befallen(one: Telling, other: Telling, same: Iterable[str], rules: IdentityRules) -> Iterator[str]:
    """A person to whom it was done, or who did what nobody does twice."""
    people = [(one.people[k], other.people[k]) for k in same if one.people[k].kind == "person"]
    if one.event_class in rules.bodily and any("agent" not in {a.role, b.role} for a, b in people):
        yield "same_victim"
    for mode, name in rules.once.items():
        if mode in one.modes & other.modes and any((a.role == "agent") is (mode == "resign") for a, _ in people):
            yield name


def stands_for(participant: Participant, others: dict[str, Participant]) -> bool:
    """Whether a state stands for one of its people among others, or a person for his state."""
    if not participant.country:
        return False
    kinds = {"person", "state"}
    return any(o.country == participant.country and {o.kind, participant.kind} == kinds for o in others.values())


def _rivals(small: dict[str, Participant], large: dict[str, Participant]) -> bool:
    """Whether one has a person of a country where the other has another person of it."""
    theirs = {p.country for k, p in large.items() if p.kind == "person" and p.country and k not in small}
    shared = {p.country for k, p in large.items() if p.kind == "person" and k in small}
    return any(
        p.country in theirs and p.country not in shared
        for k, p in small.items()
        if p.kind == "person" and p.country and k not in large
    )


def _sides(one: Telling, other: Telling) -> Iterator[str]:
    """Compare who acts and on whom it is done."""
    for side, is_agent in (("agent", True), ("target", False)):
        mine = {k: p for k, p in one.people.items() if (p.role == "agent") is is_agent}
        theirs = {k: p for k, p in other.people.items() if (p.role == "agent") is is_agent}
        if not mine or not theirs:
            if mine or theirs:
                yield f"{side}_unknown"
        elif mine.keys() & theirs.keys() or any(stands_for(p, theirs) for p in mine.values()):
            yield f"same_{side}"
        else:
            yield f"other_{side}"


def _is_turned(one: Telling, other: Telling, rules: IdentityRules) -> bool:
    """Whether one tells of what A does to B, the other of what B does to A, and nobody is in the same role in both."""
    alike = (p.role == other.people[k].role for k, p in one.people.items() if k in other.people)
    if one.event_class in rules.symmetric or any(alike):
        return False
    (agents, targets), (others, suffer) = one.direction, other.direction
    return bool(agents & suffer and targets & others)


def _times(one: Telling, other: Telling) -> Iterator[str]:
    """Compare dates, what is said to become of it, and how far apart the reports are."""
    movable = bool(one.statuses & OPEN)
    ahead = bool(other.statuses & (OPEN | OFF)) and not other.statuses & _HELD
    if one.days and other.days:
        if any(a == b and a[0] == a[1] for a in one.days for b in other.days):
            yield "same_day"
        elif any(a[0] <= b[1] and b[0] <= a[1] for a in one.days for b in other.days):
            yield "dates_overlap"
        else:
            yield "date_moved" if movable else "other_date"
    elif one.days or other.days:
        yield "date_fits" if _fits(one, other) else ("date_moved" if movable else "other_date")
    gap = _gap(one, other)
    if movable:
        yield "plan_open" if gap is None or gap <= load_identity().open_days else "plan_forgotten"
        if not ahead:
            yield "plan_done" if "planned" in one.statuses else "proposal_done"
    elif one.statuses & _HELD:
        if ahead:
            yield "planned_after_done" if other.statuses & OPEN else "denied_after_done"
        elif "ongoing" in one.statuses & other.statuses and one.event_class not in load_identity().symmetric:
            yield "goes_on"
        elif gap is not None and gap > load_identity().fresh_days and not (one.days and other.days):
            yield "done_again"
    else:
        yield "still_off" if other.statuses & OFF else "planned_after_off" if ahead else "off_before"
    if not movable and gap is not None and gap > load_identity().gaps[-1][0]:
        if not other.wording.points_back and not (one.days and other.days):
            yield "closed_long_ago"
    if gap is None:
        yield "undated"
    else:
        rules = load_identity()
        apart = next((name for days, name in rules.gaps if gap <= days), "months_apart")
        yield f"{rules.pace[rules.family[one.event_class]]}_{apart}"


def _fits(one: Telling, other: Telling) -> bool:
    """Whether the date that one of them gives is possible by the other's report."""
    dated, bare = (one, other) if one.days else (other, one)
    if bare.day is None:
        return True
    rules = load_identity()
    if bare.statuses & _HELD:
        first, last = bare.day - rules.fresh_days, bare.day
    else:
        first, last = bare.day - 1, bare.day + rules.open_days
    return any(begin <= last and first <= end for begin, end in dated.days)


def _places(one: Telling, other: Telling) -> Iterator[str]:
    if not one.places or not other.places:
        return
    pairs = [(a, b) for a in one.places for b in other.places]
    if any(a.name == b.name for a, b in pairs):
        yield "same_place"
    elif any(_within(a, b) or _within(b, a) for a, b in pairs):
        yield "place_within"
    elif any(a.country and a.country == b.country for a, b in pairs):
        yield "same_country"
    else:
        yield "place_moved" if one.statuses & OPEN else "other_place"


def _within(place: Place, country: Place) -> bool:
    """Whether a place is in a country that is named as a place itself: one without coordinates."""
    return place.country is not None and place.country == country.country and country.latitude is None


def _is_vague(one: Telling, other: Telling, found: Set[str]) -> bool:
    """Whether nothing but who takes part tells that one takes up what the other left open or says was called off.

    If it was open, the same participants are enough, or the same person to whom it is to be done.
    """
    still_open = not one.statuses.isdisjoint(OPEN) and found.isdisjoint({"same_people", "same_victim"})
    if not still_open and not one.statuses <= OFF:
        return False
    if not one.wording.triggers or not other.wording.triggers:
        return False
    return found.isdisjoint(_SHARED) and not one.wording.words & other.wording.words


def _gap(one: Telling, other: Telling) -> int | None:
    """Days between the reports; None where one is undated."""
    return abs(other.day - one.day) if one.day is not None and other.day is not None else None


@cache
def days_of(value: str) -> tuple[int, int] | None:
    """Return the first and last day of an ISO date, month, year or interval, as ordinals; None if it is none.

    >>> begin, end = days_of("2025-02")
    >>> end - begin + 1
    28
    """
    first, _, last = value.partition("/")
    try:
        return _ordinal(first), _ordinal(last or first, last=True)
    except ValueError:
        return None


def _ordinal(value: str, *, last: bool = False) -> int:
    year, month, day = (int(part) for part in f"{value}-00-00"[:10].split("-"))
    if day:
        return date(year, month, day).toordinal()
    if not last:
        return date(year, month or 1, 1).toordinal()
    after = date(year + (month in {0, 12}), 1 if month in {0, 12} else month + 1, 1)
    return (after - timedelta(days=1)).toordinal()
