"""Two readers, one list of events: what the lexicon's rules find and what the trained reader proposes.

The component ``diplo_reader`` weighs each event by whether a rule found it and how probable the
trained reader thinks it (``doc._.diplo_proposals``); the weights, fitted on annotated texts, stand in
ontology/fusion.toml. What is too improbable is dropped, what only the trained reader sees is added, with
the participants that it points at. What a user's own words find stands, if their frame finds somebody who takes
part. A pipeline without the trained reader keeps the rules' events.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc, Token

from diplograph.extract.events.asides import is_aside
from diplograph.extract.events.attacks import attack
from diplograph.extract.events.bearers import bearer
from diplograph.extract.events.bystanders import is_bystander
from diplograph.extract.events.claims import with_claimant
from diplograph.extract.events.identity import SYMMETRIC
from diplograph.extract.events.nonevents import NonEvents
from diplograph.extract.events.outcomes import with_outcomes
from diplograph.extract.events.phrases import Named, Phrases
from diplograph.extract.events.roles import RoleFiller
from diplograph.extract.events.siblings import with_siblings
from diplograph.extract.events.standing import is_of_other, standing
from diplograph.extract.events.timing import Timing
from diplograph.extract.events.triggers import words_taken
from diplograph.extract.grammar.relations import case_of
from diplograph.extract.layers import ACTING, READER, EventMention, Proposal, ProposedRole, Role, register, root_of
from diplograph.ontology.actors import ActorTable, load_actors
from diplograph.ontology.fusion import Fusion, Weights, load_fusion
from diplograph.ontology.lexicon import Entry, Family, Lexicon, load_lexicon
from diplograph.ontology.statuses import load_status_rules
from diplograph.ontology.titles import load_collectives, load_titles

_PROBABLE = 0.05
"""Share by the trained reader from which it is worth asking whether a word tells of a class at all."""

__all__ = ["Candidate", "EventReader", "event_marks", "make_event_reader", "share_of", "weighed"]


@Language.factory(
    "diplo_reader",
    requires=["token.dep", "doc._.diplo_events"],
    assigns=["doc._.diplo_events"],
    default_config={"actors": [], "lexicon": []},
)
def make_event_reader(nlp: Language, name: str, actors: list[str], lexicon: list[str]) -> EventReader:
    """Build the component with the bundled weights; `actors` and `lexicon` are files of further actors and words."""
    filler = RoleFiller(load_lexicon(lexicon), load_status_rules())
    return EventReader(load_fusion(), filler, load_actors(actors))


class EventReader:
    """Fuses rules and proposals (see the module's first lines)."""

    def __init__(self, weights: Fusion, filler: RoleFiller, table: ActorTable) -> None:
        self.weights, self.filler, self.table = weights, filler, table
        self.frames = {entry.frame.id: entry.frame for entry in filler.lexicon.entries}
        self.titles, self.collectives, self.nonevents = load_titles(), load_collectives(), NonEvents(filler.rules)
        register("diplo_events")
        register("diplo_proposals")

    def __call__(self, doc: Doc) -> Doc:
        """Weigh, drop and add events."""
        if doc._.diplo_proposals is None:
            return doc
        phrases = Phrases(doc, self.table, self.titles, self.collectives)
        near = {i for event in doc._.diplo_events or () for i in self._near(doc, event)}
        hopeful = [p for p in doc._.diplo_proposals if p.token in near or self._may_pass(p)]
        proposals = self._serious(doc, hopeful)
        told = {(event.head, event.event_class) for event in doc._.diplo_events or ()}
        alone = [p for p in proposals if self._may_pass(p) and (p.token, _likeliest(p)) not in told]
        found = [*self._told(doc, proposals, phrases), *self._seen_alone(doc, alone, phrases)]
        chosen = _one_class_a_word(_without_repeats(doc, self._likely(doc, found)))
        kept = [self._completed(e, _elsewhere(e, chosen), phrases) for e in chosen]
        kept = [with_siblings(e, _elsewhere(e, kept), phrases) for e in kept]
        kept = [with_claimant(attack(e, phrases), phrases) for e in with_outcomes(kept, phrases)]
        doc._.diplo_events = tuple(sorted(kept, key=lambda e: e.head))
        doc._.diplo_actors = replace(doc._.diplo_actors, members=phrases.members)
        return doc

    def candidates(self, doc: Doc, phrases: Phrases) -> list[EventMention]:
        """Return all events that rules found, then all that the trained reader proposes, with their confidence."""
        proposals = self._serious(doc, doc._.diplo_proposals)
        return [*self._told(doc, proposals, phrases), *self._seen_alone(doc, proposals, phrases)]

    def _serious(self, doc: Doc, proposals: Iterable[Proposal]) -> list[Proposal]:
        """Take from what the trained reader proposes the classes of which its word tells no event."""
        found = []
        for proposal in proposals:
            probable = {c for c, share in proposal.classes.items() if share >= _PROBABLE}
            none = self.nonevents.none_of(doc[proposal.token], probable) if probable else set()
            classes = {c: 0.0 if c in none else share for c, share in proposal.classes.items()}
            if any(classes.values()):
                found.append(replace(proposal, classes=classes) if none else proposal)
        return found

    def _told(self, doc: Doc, proposals: Collection[Proposal], phrases: Phrases) -> Iterator[EventMention]:
        """Yield the events that rules found, with their confidence."""
        for told in doc._.diplo_events or ():
            best = max(self._seen(doc, told, proposals), key=lambda p: p.classes[told.event_class], default=None)
            event = replace(told, proposal=best)
            marks = event_marks(event, phrases, self.filler.lexicon)
            confidence = self.weights.event.confidence(rule=True, share=share_of(event, marks), marks=marks)
            yield replace(event, confidence=confidence)

    def _seen_alone(self, doc: Doc, proposals: Iterable[Proposal], phrases: Phrases) -> Iterator[EventMention]:
        """Yield the events that the trained reader proposes, with their confidence without any rule."""
        times = Timing(doc)
        for proposal in proposals:
            event_class = _likeliest(proposal)
            event = self._proposed(proposal, event_class, phrases, times)
            share, marks = proposal.classes[event_class], event_marks(event, phrases, self.filler.lexicon)
            confidence = self.weights.event.confidence(rule=False, share=share, marks=marks)
            yield replace(event, proposal=proposal, confidence=confidence)

    def _may_pass(self, proposal: Proposal) -> bool:
        """Say whether a proposal is likely enough, even if all that may speak for it does: no rule can save it."""
        weights, share = self.weights.event, max(proposal.classes.values())
        best = max(weights.confidence(rule=False, share=share, marks=marks) for marks in ((), weights.marks))
        return best >= weights.least

    def _seen(self, doc: Doc, event: EventMention, proposals: Iterable[Proposal]) -> list[Proposal]:
        """What the trained reader sees where a rule found an event.

        Of a user's kind of event it knows nothing: there it says how probable an event is at all, first of all at
        the trigger.
        """
        near = self._near(doc, event)
        there = [p for p in proposals if p.token in near]
        if event.entry not in self.filler.lexicon.own:
            return there
        seen = [p for p in there if p.token == event.head] or there
        return [replace(p, classes={event.event_class: sum(p.classes.values())}) for p in seen]

    def _near(self, doc: Doc, event: EventMention) -> set[int]:
        """The words at which the trained reader may see the event that a rule found."""
        if event.entry in self.filler.lexicon.own:
            return self._words(doc, event)
        head = doc[event.head]
        return {head.i, head.head.i, *(c.i for c in head.children)}

    def _words(self, doc: Doc, event: EventMention) -> set[int]:
        """The words that a user's entry goes by in an event."""
        entry, carriers = self.filler.lexicon.own[event.entry], self.filler.rules.transparent_verbs
        return set(words_taken(doc, event.head, event.trigger, entry, carriers))

    def _likely(self, doc: Doc, events: list[EventMention]) -> list[EventMention]:
        """Drop what is too improbable, and what the trained reader sees at the words of an event of a user's kind."""
        own = [e for e in events if e.entry in self.filler.lexicon.own and e.roles]
        taken = {i for e in own for i in self._words(doc, e)}
        likely = [e for e in events if e in own or (e.confidence or 0.0) >= self.weights.event.least]
        return [e for e in likely if e.entry != READER or e.head not in taken]

    # -- participants -----------------------------------------------------------------------

    def _proposed(self, proposal: Proposal, event_class: str, phrases: Phrases, times: Timing) -> EventMention:
        token = phrases.doc[proposal.token]
        entry = self._entry(token, event_class, proposal.mode)
        slots = times.without(self.filler.slots(token, event_class))
        return self.filler.event(entry, token, (token.i, token.i + 1), slots, phrases, times)

    def _entry(self, token: Token, event_class: str, mode: str | None) -> Entry:
        """What stands for a lexicon entry at a word that is in none: the class with its usual frame."""
        pos: Literal["verb", "noun"] = "verb" if token.pos_ == "VERB" else "noun"
        frame = self.frames[self.weights.frame(event_class, mode, pos)]
        family = Family(READER, event_class, mode or "", pos, frame.id, {})
        return Entry(READER, token.lemma_.lower(), family, frame, "")

    def _completed(self, event: EventMention, elsewhere: set[str], phrases: Phrases) -> EventMention:
        """Weigh the participants of the rules against those that the trained reader sees; add place and time.

        Who is `elsewhere`, in another event that the same word tells of, is not added to this one.
        """
        proposal = event.proposal
        if proposal is None:
            return event
        weights, found = self.weights.participant, weighed(event, proposal, phrases)
        roles = [c.weigh(weights) for c in found if c.rule or c.role.member not in elsewhere]
        kept = [r for r in roles if (r.confidence or 0.0) >= weights.least]
        seen = {c.role.member for c in found if not c.rule}
        kept = [r for r in kept if r.member not in seen or not _is_doubled(r, kept, phrases)]
        event = replace(event, roles=tuple(kept))
        likely = [r for r in proposal.roles if r.probability >= self.weights.least]
        named = [phrases.doc[r.token] for r in likely if r.role == "place"]
        named = [t for t in named if t.dep_ != "compound" or phrases.is_town(t)]
        places = [m for t in named if (m := phrases.mention(t))]
        if event.place is None and places and places[0].form == "name":
            span = (places[0].start, places[0].end)
            event = replace(event, place=phrases.doc[span[0] : span[1]].text, place_tokens=span)
        known = phrases.doc._.diplo_times or ()
        times = [t for r in likely if r.role == "time" for t in known if t.start <= r.token < t.end]
        return replace(event, time=times[0]) if event.time is None and times else event


def _likeliest(proposal: Proposal) -> str:
    """The class that the trained reader thinks the likeliest."""
    return max(proposal.classes, key=lambda c: proposal.classes[c])


def _is_doubled(role: Role, roles: Iterable[Role], phrases: Phrases) -> bool:
    """Say whether somebody stands beside his own state on its side, the likelier of the two.

    Or a state inside the phrase of its person: "the president of Chad" is one, not he and Chad.
    """
    own = phrases.members[role.member]
    for other in roles:
        member = phrases.members[other.member]
        if other.role != role.role or member.country != own.country:
            continue
        if (own.kind, member.kind) == ("person", "state") and (other.confidence or 0.0) >= (role.confidence or 0.0):
            return True
        if (own.kind, member.kind) == ("state", "person") and role.tokens and other.tokens:
            if root_of(phrases.doc, other.tokens).is_ancestor(root_of(phrases.doc, role.tokens)):
                return True
    return False


def _elsewhere(event: EventMention, events: list[EventMention]) -> set[str]:
    """Who takes part in the other events that the same word tells of ("spoke to both X and Y")."""
    return {r.member for e in events if e is not event and e.head == event.head for r in e.roles}


def share_of(event: EventMention, marks: Collection[str]) -> float:
    """Return how probable the trained reader thinks an event: of its class; of a political one half of that of any.

    "X called Y" is none of criticism because it might be.
    """
    if event.proposal is None:
        return 0.0
    classes = event.proposal.classes
    rival = event.proposal.token == event.head and "political" in marks
    return max(classes[event.event_class], sum(classes.values()) / 2 if rival else 0.0)


def event_marks(event: EventMention, phrases: Phrases, lexicon: Lexicon) -> list[str]:
    """What else speaks for an event.

    "political", that the grammar around it names two or more who act politically; "idiom", that several words of the
    lexicon tell it.
    """
    marks = ["political"] if sum(phrases.political(r.member) for r in event.roles) > 1 else []
    return [*marks, "idiom"] if event.entry in lexicon.idioms else marks


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may take part in an event.

    Attributes
    ----------
    share : probability by the trained reader
    rule : whether a rule found him
    marks : "first" of his side (those who act, or those acted upon) whom no rule found; "alone", as no rule found
        anybody; "political" (`Phrases.political`); "group", people without a name; and how he stands to the event and
        the others (`standing`)
    """

    role: Role
    share: float
    rule: bool
    marks: frozenset[str]

    def weigh(self, weights: Weights) -> Role:
        """Return him with the probability that he takes part."""
        confidence = weights.confidence(rule=self.rule, share=self.share, marks=self.marks)
        return replace(self.role, confidence=confidence)


def weighed(event: EventMention, proposal: Proposal, phrases: Phrases) -> list[Candidate]:
    """Return who may take part in an event: whom the rules found, then whom the trained reader sees besides."""
    trigger = phrases.doc[event.head]
    sentence = trigger.sent
    inside = [r for r in proposal.roles if r.role in {"agent", "other"} and sentence.start <= r.token < sentence.end]
    bearers = [(r, bearer(phrases.doc[r.token], trigger, phrases)) for r in inside]
    taking_part = [r if b.i == r.token else replace(r, token=b.i) for r, b in bearers if b is not None]
    seen: dict[str, tuple[ProposedRole, Named]] = {}
    for proposed in sorted(taking_part, key=lambda r: -r.probability):
        token = phrases.doc[proposed.token]
        if event.trigger[0] <= token.i < event.head and phrases.mention(token) is None:
            continue  # a "terrorist attack" is no terrorist's
        if is_aside(token, trigger, phrases) or is_bystander(token, trigger, event, phrases):
            continue
        for named in _whom(proposed, trigger, phrases):
            seen.setdefault(named.member, (proposed, named))
    found: list[tuple[Role, float, bool]] = []
    for role in event.roles:
        shares = [r.probability for r in taking_part if role.tokens and role.tokens[0] <= r.token < role.tokens[1]]
        shares += [seen[role.member][0].probability] if role.member in seen else []
        found.append((role, max(shares, default=0.0), True))
    members, filled = {r.member for r in event.roles}, {r.role in ACTING for r in event.roles}
    for member, (proposed, named) in seen.items():
        acting = proposed.role == "agent" and not phrases.is_opposed(named)
        name = "agent" if acting else _other(event)
        elsewhere = (name in ACTING) in filled and is_of_other(phrases.doc[proposed.token], trigger)
        if member not in members and not elsewhere:
            found.append((Role(member, name, named.tokens), proposed.probability, False))
    roles = [role for role, _, _ in found]
    candidates = []
    for role, share, by_rule in found:
        marks = {*_marks(role, event, phrases, rule=by_rule), *standing(role, roles, trigger, phrases)}
        if "first" in marks:
            marks.discard("town")  # "attacked a village in Borno, Nigeria"
        candidates.append(Candidate(role, share, by_rule, frozenset(marks)))
    return candidates


def _marks(role: Role, event: EventMention, phrases: Phrases, *, rule: bool) -> tuple[str, ...]:
    sides = {r.role in ACTING for r in event.roles}
    marks = {
        "first": not rule and (role.role in ACTING) not in sides,
        "alone": not rule and not event.roles,
        "political": phrases.political(role.member),
        "group": phrases.members[role.member].unnamed,
    }
    return tuple(name for name, holds in marks.items() if holds)


def _without_repeats(doc: Doc, events: list[EventMention]) -> list[EventMention]:
    """Leave out what the trained reader proposes where a rule, or another proposal, tells of the same act."""
    kept: list[EventMention] = []
    for event in events:
        same = (e for e in kept if e.event_class == event.event_class and _same_act(doc[e.head], doc[event.head]))
        if event.entry != READER or next(same, None) is None:
            kept.append(event)
    return kept


def _one_class_a_word(events: list[EventMention]) -> list[EventMention]:
    """Where two classes were seen at a word, keep the likelier."""
    best: dict[int, EventMention] = {}
    for event in events:
        rival = best.get(event.head)
        if rival is None or (event.confidence or 0.0) > (rival.confidence or 0.0):
            best[event.head] = event
    return [e for e in events if e.event_class == best[e.head].event_class]


def _other(event: EventMention) -> str:
    """The role of those to, with or against whom an event is."""
    if event.mode == "visit":
        return "host"
    return "counterpart" if event.event_class in SYMMETRIC else "target"


def _whom(proposed: ProposedRole, trigger: Token, phrases: Phrases) -> Iterator[Named]:
    """The actors that a word means; a noun that names nobody is a group as the text describes it."""
    token = phrases.doc[proposed.token]
    several = proposed.role == "agent" and token.tag_ == "NNS"  # Georgian firms are not Georgia
    site = case_of(token) in load_fusion().aside.sites and trigger.pos_ == "NOUN"  # fired at Israeli posts
    found = phrases.actors(token, owner=not several and not site)
    if found:
        yield from found
    elif token.pos_ in {"NOUN", "PROPN"} and phrases.mention(token) is None:
        yield phrases.described(token)


def _linked(a: Token, b: Token) -> bool:
    """Say whether two words are one, or one governs the other."""
    return b in {a, a.head} or b.head == a


def _same_act(a: Token, b: Token) -> bool:
    """Say whether two words of one class, a verb and its object for example, tell of the same act."""
    return (_linked(a, b) or a.head == b.head or abs(a.i - b.i) <= 2) and a.sent == b.sent
