"""A real event as all documents together tell it: its parties, its history, and where its sources disagree.

Plain data, without RDF: `diplograph.graph.merge` makes it of records, everything else reads it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from diplograph.extract.records import Place, Span
from diplograph.markup import names, plain
from diplograph.ontology.actors import load_actors
from diplograph.ontology.places import load_places

__all__ = ["Disagreement", "EventLink", "MergedEvent", "Party", "Step"]

_HELD, _NOT_HELD = {"occurred", "ongoing"}, {"cancelled", "refused"}


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in a merged event; `country` is an ISO 3166-1 alpha-3 code.

    `confidence` is the highest probability that a mention gives that he takes part, None where none gives any.
    """

    actor: str
    name: str
    role: str
    kind: str | None
    country: str | None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a history: what one mention says.

    Attributes
    ----------
    status : what the mention says became of the event
    date : ISO date of the report, None if it has none
    document, mention : ids; a mention's id is unique in its document
    sentence, trigger, evidence : spans in the document's text, in characters: the sentence, the words that tell
        of the event, the words that decided the status
    quote : the sentence's words (None if the record came without text)
    source, source_actor : whom the text makes responsible, by name and by id; None where the author asserts it
    event_date, place : when and where the mention says it was or is to be (ISO 8601; a name)
    confidence : probability that the text tells of this event, None where the extractor does not know
    because : why this report is taken to tell of the same event as those before it; None for the first
    was : for when the mention says it was planned before (ISO 8601)
    """

    status: str
    date: str | None
    document: str
    mention: str
    sentence: Span
    quote: str | None
    source: str | None
    source_actor: str | None
    trigger: Span
    event_date: str | None = None
    place: str | None = None
    evidence: tuple[Span, ...] = ()
    confidence: float | None = None
    because: str | None = None
    was: str | None = None


@dataclass(frozen=True, slots=True)
class EventLink:
    """A relation to another merged event, such as `content_of` (the demand of which this is the content)."""

    rel: str
    event: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Steps that cannot all be true; `values` has what each says, in the order of `steps`."""

    about: Literal["date", "place", "status"]
    values: tuple[str, ...]
    steps: tuple[Step, ...]

    def __repr__(self) -> str:
        said = ", ".join(f"{value} ({step.document})" for value, step in zip(self.values, self.steps, strict=True))
        return plain(f"<Disagreement on {self.about}: {said}>")

    def _repr_html_(self) -> str:
        from diplograph.graph.showing import disagreement_html

        return disagreement_html(self)


@dataclass(frozen=True, slots=True)
class MergedEvent:
    """A real event as all documents together tell it; `history` is in the order of the reports.

    Attributes
    ----------
    id : the same for the same set of reports, whatever the order in which they came
    date, was : ISO 8601: when it happened or is to happen; for when it was planned before
    status : the present one (see `[present]` in ontology/status.toml)
    links : relations to other events of the graph
    """

    id: str
    event_class: str
    mode: str | None
    participants: tuple[Party, ...]
    place: Place | None
    date: str | None
    was: str | None
    status: str
    history: tuple[Step, ...]
    links: tuple[EventLink, ...] = ()

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that mention the event, in the order of the history."""
        return tuple(dict.fromkeys(step.document for step in self.history))

    @property
    def kind(self) -> str:
        """The mode, or the class where there is none, as people write it: "joint statement"."""
        return (self.mode or self.event_class.lower()).replace("_", " ")

    @property
    def label(self) -> str:
        """A short name: participants, if any is known, and kind."""
        who = names(p.name for p in self.participants)
        return f"{who}: {self.kind}" if who else self.kind

    @property
    def when(self) -> str | None:
        """The date to sort it by: that of the event, else that of the last report."""
        return self.date or max((s.date for s in self.history if s.date), default=None)

    def pairs(self) -> list[tuple[Party, Party, bool]]:
        """Return the pairs that the event joins: (one, other, directed).

        The sides (agents and counterparts) are joined with each other; an agent acts on targets and
        visits hosts; a mediator deals with each side, the host of a gathering with its guests.
        """
        by_role: dict[str, list[Party]] = defaultdict(list)
        for party in self.participants:
            by_role[party.role].append(party)
        sides = [*by_role["agent"], *by_role["counterpart"]]
        joined = [(a, b, False) for a, b in combinations(sides, 2)]
        for role, others in by_role.items():
            if role == "mediator" or (role == "host" and not by_role["agent"]):
                joined += [(one, side, True) for one in others for side in sides]
            elif role not in {"agent", "counterpart"}:
                joined += [(agent, other, True) for agent in by_role["agent"] for other in others]
        return joined

    def disagreements(self) -> list[Disagreement]:
        """Return where sources contradict each other; a plan that moves is no contradiction.

        Reports of the same status that date or place the event apart (not one in a town, one in its country)
        disagree about it; so do one report
        that it was held and one, not earlier, that denies it or has it called off.
        """
        found = []
        for status in sorted({s.status for s in self.history} - {"postponed"}):
            steps = [s for s in self.history if s.status == status]
            if status not in _HELD:  # plans may change from day to day: only reports of one day contradict
                latest = max((s.date or "" for s in steps), default="")
                steps = [s for s in steps if (s.date or "") == latest]
            dated = [(s.event_date, s) for s in steps if s.event_date]
            if any(not _overlap(a, b) for (a, _), (b, _) in combinations(dated, 2)):
                found.append(_disagreement("date", dated))
            placed = [(s.place, s) for s in steps if s.place]
            if any(_are_apart(a, b) for a, b in combinations({place for place, _ in placed}, 2)):
                found.append(_disagreement("place", placed))
        held = [s for s in self.history if s.status in _HELD]
        first = min((s.date or "9999" for s in held), default="")
        denied = [s for s in self.history if held and s.status in _NOT_HELD and (s.date or "9999") >= first]
        if denied:
            found.append(_disagreement("status", [(s.status, s) for s in (*held, *denied)]))
        return found

    def __repr__(self) -> str:
        when = f", {self.date}" if self.date else ""
        return plain(f"<MergedEvent {self.id} {self.label}, {self.status}{when}, {len(self.history)} steps>")

    def _repr_html_(self) -> str:
        from diplograph.graph.showing import event_html

        return event_html(self)


def _disagreement(about: Literal["date", "place", "status"], said: Iterable[tuple[str, Step]]) -> Disagreement:
    values, steps = zip(*said, strict=True)
    return Disagreement(about, values, steps)


def _are_apart(one: str, other: str) -> bool:
    """Whether two places are known to be two: a town and its country are not, for all that the tables know."""
    for town, country in ((one, other), (other, one)):
        states = (load_actors().state(place.country) for place in load_places().named(town))
        if any(state is not None and state.name == country for state in states):
            return False
    return True


def _overlap(one: str, other: str) -> bool:
    """Whether two ISO dates, months, years or intervals may be of the same day."""
    begin, _, end = one.partition("/")
    other_begin, _, other_end = other.partition("/")
    return begin <= (other_end or other_begin) + "~" and other_begin <= (end or begin) + "~"
