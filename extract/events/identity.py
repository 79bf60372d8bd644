"""One event, several mentions: which mentions inside a document tell of the same real event.

The component ``diplo_identity`` numbers the real events (``EventMention.event``), lets a mention
without participants of its own ("the talks", "the attack") take them from the event it belongs to, and one
that tells who did it complete one that does not. It drops mentions of which nobody political is known. Of
two mentions of one event in one sentence the one with more to say stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from diplograph.extract.events.contents import SPOKEN, with_contents, without_orders
from diplograph.extract.events.dates import overlap
from diplograph.extract.events.grounds import with_host_at_home, with_state_of_place
from diplograph.extract.events.moves import with_dates_told_before
from diplograph.extract.events.nobodys import is_of_nobody
from diplograph.extract.events.phrases import Phrases
from diplograph.extract.layers import ACTING, EventMention, Member, register
from diplograph.ontology.actors import ActorTable, load_actors
from diplograph.ontology.attacks import load_attacks
from diplograph.ontology.fusion import Fusion, load_fusion
from diplograph.ontology.identity import load_identity
from diplograph.ontology.lexicon import Lexicon, load_lexicon
from diplograph.ontology.titles import load_collectives, load_titles

__all__ = ["IdentityFinder", "make_identity_finder"]

SYMMETRIC = {"CONSULT", "AGREE", "COOPERATE"}
OPEN = {"planned", "proposed", "postponed", "cancelled", "refused", "hypothetical"}
_FACE_TO_FACE = {"meeting", "summit", "talks", "conference"}
_NEXT = 2
"""Sentences back to an act whose doer is told later."""
_UNWEIGHED = 0.5
"""What counts as the confidence of a participant whom nobody weighed."""
_REACH, _AHEAD = 8, 3
"""Sentences back that a mention without participants may reach; how far ahead one in a headline may."""


@Language.factory(
    "diplo_identity",
    requires=["doc._.diplo_events"],
    assigns=["doc._.diplo_events"],
    default_config={"actors": [], "lexicon": []},
)
def make_identity_finder(nlp: Language, name: str, actors: list[str], lexicon: list[str]) -> IdentityFinder:
    """Build the component; `actors` and `lexicon` are files of further actors and words."""
    return IdentityFinder(load_actors(actors), load_fusion(), load_lexicon(lexicon))


@dataclass(slots=True)
class _Real:
    """A real event while its mentions are gathered."""

    event_class: str
    kinds: set[str | None]
    members: set[str]
    agents: set[str]
    sentence: int
    sentence_first: int
    open: bool
    completed: bool = False
    moved: bool = False
    dates: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    mentions: list[int] = field(default_factory=list)


class IdentityFinder:
    """Groups the mentions of one document (see the module's first lines)."""

    def __init__(self, table: ActorTable, weights: Fusion, lexicon: Lexicon) -> None:
        self.table, self.weights, self.own = table, weights, lexicon.own
        self.titles, self.collectives = load_titles(), load_collectives()
        self.apart = load_identity().apart
        register("diplo_events")

    def __call__(self, doc: Doc) -> Doc:
        """Number the real events and complete their mentions."""
        phrases = Phrases(doc, self.table, self.titles, self.collectives)
        sentence_of = _sentences(doc)
        reals: list[_Real] = []
        kept: list[EventMention] = []
        headline: list[EventMention] = []
        for found in doc._.diplo_events:
            event, members = found, {r.member for r in found.roles}
            if not members and sentence_of[event.head] == 0:
                headline.append(event)
                continue
            number = sentence_of[event.head]
            apart = self._is_set_apart(doc[event.head])
            if apart and not members and (model := _model(event, number, reals)):
                roles = tuple(replace(r, tokens=None) for r in kept[model.mentions[-1]].roles)
                event, members = replace(event, roles=roles), {r.member for r in roles}
            real = _find(
                event,
                members,
                number,
                reals,
                phrases.members,
                definite=_is_definite(doc[event.head]),
                bare=_is_bare(doc, event) and not (event.time and event.time.is_over(doc._.diplo_date)),
                apart=apart,
            )
            if real is None:
                party = any(phrases.political(m) for m in members) and _is_said_by_somebody(event)
                if not party and not self._is_of_armed(event, doc) and not self._is_vouched_for(event, phrases):
                    continue
                real = _Real(event.event_class, set(), set(), set(), number, number, event.status in OPEN)
                reals.append(real)
            _enter(real, event, members, number, len(kept), phrases.members)
            kept.append(replace(event, event=reals.index(real), status=_present(doc, event, real)))
        for event in headline:
            fitting = [r for r in reals if r.sentence_first <= _AHEAD and _takes_up(event, r)]
            home = max(fitting, key=lambda r: _kind(event) in r.kinds, default=None)
            if home is not None:
                _enter(home, event, set(), home.sentence, len(kept), phrases.members)
                kept.append(replace(event, event=reals.index(home)))
            elif self._is_vouched_for(event, phrases):
                reals.append(_Real(event.event_class, set(), set(), set(), 0, 0, event.status in OPEN))
                _enter(reals[-1], event, set(), 0, len(kept), phrases.members)
                kept.append(replace(event, event=len(reals) - 1))
        kept = [with_host_at_home(e, phrases) for e in kept]
        kept = [with_state_of_place(_inherit(e, reals[e.event], kept), phrases) for e in kept]
        kept = [e for e in with_dates_told_before(kept) if not is_of_nobody(e, phrases, self.own)]
        doc._.diplo_actors = replace(doc._.diplo_actors, members=phrases.members)
        told = without_orders(doc, with_contents(doc, kept), phrases.members)
        doc._.diplo_events = tuple(_one_a_sentence(told, sentence_of))
        return doc

    def _is_vouched_for(self, event: EventMention, phrases: Phrases) -> bool:
        """Say whether the trained reader is sure of an event of which nobody political is known.

        It is not to be trusted in texts that speak of nobody political at all.
        """
        if event.proposal is None or event.proposal.classes[event.event_class] < self.weights.least_bare:
            return False
        return any(phrases.political(m) for mention in phrases.cast.mentions for m in mention.members)

    def _is_of_armed(self, event: EventMention, doc: Doc) -> bool:
        """Say whether fighters do it of whom one knows for what they fight: jihadists, rebels, not gunmen."""
        known = self.collectives.ranks - load_attacks().unknown
        return any(r.role in ACTING and r.tokens and doc[r.tokens[1] - 1].lemma_.lower() in known for r in event.roles)

    def _is_set_apart(self, token: Token) -> bool:
        """Say whether the words of a noun set its event apart from those told before: another, a smaller ..."""
        return any(c.lower_ in self.apart or c.tag_ == "JJR" for c in token.children if c.i < token.i)


def _is_said_by_somebody(event: EventMention) -> bool:
    """Say whether an event is none of words, or has a speaker."""
    return event.event_class not in SPOKEN or any(r.role == "agent" for r in event.roles)


def _sentences(doc: Doc) -> list[int]:
    numbers = [0] * len(doc)
    for number, sentence in enumerate(doc.sents):
        numbers[sentence.start : sentence.end] = [number] * (sentence.end - sentence.start)
    return numbers


def _find(
    event: EventMention,
    members: set[str],
    number: int,
    reals: list[_Real],
    cast: Mapping[str, Member],
    *,
    definite: bool,
    bare: bool,
    apart: bool,
) -> _Real | None:
    """Return the real event that a mention belongs to, the latest first.

    A mention that is set `apart` by its words ("another summit") belongs to none told before.
    """
    kind = _kind(event)
    near = _nearness(kind, number, counts=not members)
    for real in sorted(reals, key=near, reverse=True):
        if real.event_class != event.event_class or not _modes_agree(event, kind, real):
            continue
        if not members:
            if definite and not apart and number - real.sentence <= _REACH and _takes_up(event, real):
                return real
            continue
        completes = (
            (definite or _family(event) in load_identity().claims)
            and number - real.sentence <= _NEXT
            and _completes(event, real)
        )
        same = (
            completes
            or _same_people(event, members, real, cast)
            or (number == real.sentence and _same_side(event, real))
        )
        if same and not apart and not _contradicts(event, real, bare=bare):
            real.completed = real.completed or completes
            return real
    return None


def _model(event: EventMention, number: int, reals: list[_Real]) -> _Real | None:
    """Return the event of whose people another one is told: "They met in Oslo. Another meeting is planned"."""
    near = [r for r in reals if r.members and number - r.sentence <= _REACH and _modes_agree(event, _kind(event), r)]
    return max((r for r in near if r.event_class == event.event_class), key=lambda r: r.sentence, default=None)


def _is_definite(token: Token) -> bool:
    """Say whether a noun points back: the talks, this meeting, their call."""
    return any(
        c.lower_ in {"the", "this", "that", "these", "those", "both"} or c.dep_ == "nmod:poss"
        for c in token.children
        if c.i < token.i
    )


def _present(doc: Doc, event: EventMention, real: _Real) -> str:
    """A noun that merely points back to an event that is not past ("the summit") speaks of it as to come."""
    return "planned" if _is_bare(doc, event) and real.open and real.mentions[:-1] else event.status


def _is_bare(doc: Doc, event: EventMention) -> bool:
    """Say whether a mention is a noun of which nothing is said but that it is there."""
    return doc[event.head].pos_ != "VERB" and event.status == "occurred" and not event.evidence


def _nearness(kind: str | None, number: int, *, counts: bool) -> Callable[[_Real], tuple[float, float]]:
    """Order events by how likely they are meant: those of the same kind, then the latest.

    For a noun without participants, the distance `counts`: one of another kind a sentence ago comes
    before one of the same kind two sentences ago.
    """

    def order(real: _Real) -> tuple[float, float]:
        same = kind in real.kinds
        return (0.9 * same - (number - real.sentence), 0.0) if counts else (float(same), real.sentence)

    return order


def _takes_up(event: EventMention, real: _Real) -> bool:
    """A mention without participants takes up an event of its own kind; in a headline it may come first."""
    if event.status in OPEN and event.evidence and not real.open:
        return False  # what was held is not called off afterwards
    return not _contradicts(event, real, status=False) and (
        _kind(event) in real.kinds or event.event_class == "CONSULT"
    )


def _kind(event: EventMention) -> str | None:
    """The mode; but "spoke with" and the like, which may be on the telephone, are a kind of their own."""
    return "speech" if _family(event) in load_identity().speech else event.mode


def _family(event: EventMention) -> str:
    """The family of the lexicon whose word found the event."""
    return event.entry.partition(":")[0]


def _modes_agree(event: EventMention, kind: str | None, real: _Real) -> bool:
    if event.event_class != "CONSULT":
        return kind in real.kinds or event.event_class in {"AGREE", "ASSAULT", "AID"}
    if kind in real.kinds:
        return True
    if {kind, *real.kinds} <= {"speech", "call"}:
        return True
    return kind in _FACE_TO_FACE and bool(real.kinds & _FACE_TO_FACE)


def _same_people(event: EventMention, members: set[str], real: _Real, cast: Mapping[str, Member]) -> bool:
    """Say whether the participants are the same, or one side names fewer of them."""
    small, large = sorted((members, real.members), key=len)
    if event.event_class in SYMMETRIC:
        if not small:
            return False
        shared = {m for m in small if m in large or _stands_for(m, large, cast)}
        return shared == small and bool(small & large) and (len(small) > 1 or len(large) < 3)
    agents = {r.member for r in event.roles if r.role == "agent"}
    others = members - agents
    targets = real.members - real.agents
    return bool(agents & real.agents) and (not others or not targets or bool(others & targets))


def _same_side(event: EventMention, real: _Real) -> bool:
    """Say whether both tell of nobody who acts, and of one to whom it was done: "killed in an attack"."""
    members = {r.member for r in event.roles}
    agents = real.agents | {r.member for r in event.roles if r.role == "agent"}
    return event.event_class not in SYMMETRIC and not agents and bool(members & real.members)


def _completes(event: EventMention, real: _Real) -> bool:
    """Say whether one of two tells who did what the other tells of nobody: "Ten were killed. The attack was by X"."""
    agents = {r.member for r in event.roles if r.role == "agent"}
    others = {r.member for r in event.roles} - agents
    known = bool(real.agents)
    return event.event_class == "ASSAULT" and bool(agents) != known and not others - real.members


def _stands_for(member: str, others: set[str], cast: Mapping[str, Member]) -> bool:
    """A state stands for its head, and the head for the state."""
    own = cast[member]
    if not own.country:
        return False
    return any(cast[o].country == own.country and {cast[o].kind, own.kind} == {"person", "state"} for o in others)


def _contradicts(event: EventMention, real: _Real, *, status: bool = True, bare: bool = False) -> bool:
    """Say whether date, place or state of affairs keep a mention apart from an event.

    A bare noun ("the Trump-Putin summit", nothing said of its status) may belong to an open event.
    """
    if status and event.event_class == "CONSULT" and (event.status in OPEN) != real.open and not (real.open and bare):
        return True
    dates = _dates(event)
    if dates and real.dates and not any(overlap(one, other) for one in dates for other in real.dates):
        return event.was is not None or not (event.moved or real.moved or event.status == "postponed")
    return bool(
        event.place and real.places and event.place not in real.places and (len(real.places) > 1 or not event.roles)
    )


def _dates(event: EventMention) -> set[str]:
    """For when it is, and was before it was moved."""
    return {date for date in (event.time and event.time.value, event.was) if date}


def _enter(
    real: _Real, event: EventMention, members: set[str], number: int, index: int, cast: Mapping[str, Member]
) -> None:
    real.kinds.add(_kind(event))
    real.members |= {m for m in members if m in real.members or not _stands_for(m, real.members, cast)}
    real.agents |= {r.member for r in event.roles if r.role == "agent"}
    real.sentence = number
    real.dates |= _dates(event)
    real.moved |= event.moved or event.status == "postponed"
    if event.place:
        real.places.add(event.place)
    real.mentions.append(index)


def _inherit(event: EventMention, real: _Real, kept: list[EventMention]) -> EventMention:
    """Take participants and place over from the other mentions of the event."""
    own = {r.member for r in event.roles}
    roles = list(event.roles)
    lacking = {True, False} - {r.role == "agent" for r in event.roles} if real.completed else set()
    if event.event_class in SYMMETRIC or not own or lacking:
        for index in real.mentions:
            for role in kept[index].roles:
                wanted = not lacking or (role.role == "agent") in lacking
                if wanted and role.member in real.members and role.member not in own:
                    own.add(role.member)
                    roles.append(replace(role, tokens=None))
    place = event.place
    if place is None and len(real.places) == 1:
        place = next(iter(real.places))
    same = place == event.place and len(roles) == len(event.roles)
    return event if same else replace(event, roles=tuple(roles), place=place)


def _one_a_sentence(events: Iterable[EventMention], sentence_of: list[int]) -> list[EventMention]:
    best: dict[tuple[int, int], EventMention] = {}
    for event in events:
        key = (event.event, sentence_of[event.head])
        rival = best.get(key)
        if rival is None or _says(event) > _says(rival):
            best[key] = event
    return sorted(best.values(), key=lambda e: e.trigger)


def _says(event: EventMention) -> tuple[float, int, int]:
    """How much a mention tells: of whom, as far as it is sure, and of what became of it; of equals the first."""
    named = sum(_UNWEIGHED if r.confidence is None else r.confidence for r in event.roles if r.tokens is not None)
    return named, len(event.evidence), -event.head
