"""Finding events: words of the lexicon, and who fills their frames.

The component ``diplo_events`` writes `EventMention`s, with participants, place and time, to
``doc._.diplo_events``. Status, source and identity are added by the components after it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from diplograph.errors import MissingLayer
from diplograph.extract.events.nonevents import NonEvents
from diplograph.extract.events.phrases import Phrases
from diplograph.extract.events.roles import RoleFiller, merge
from diplograph.extract.events.timing import Timing
from diplograph.extract.events.triggers import kind_of, thing_of, trigger_words
from diplograph.extract.events.venues import host_of_stay
from diplograph.extract.grammar.clauses import Slots, arguments
from diplograph.extract.grammar.relations import case_of, governor, support_verb
from diplograph.extract.layers import ACTING, EventMention, Role, register
from diplograph.ontology.actors import ActorTable, load_actors
from diplograph.ontology.lexicon import Entry, Lexicon, load_lexicon
from diplograph.ontology.statuses import StatusRules, load_status_rules
from diplograph.ontology.titles import load_collectives, load_titles

__all__ = ["EventFinder", "make_event_finder"]

_KINDS = {"VERB": "verb", "NOUN": "noun", "PROPN": "noun"}
_OF_IDIOM = {"on", "to", "at", "against", "with", "for", "from", "into", "over", "upon"}
_ABSORBED = {"CONSULT", "COOPERATE", "AID", "CONCEDE", "AGREE", "SANCTION", "MOBILIZE", "ASSAULT"}


@Language.factory(
    "diplo_events",
    requires=["token.dep", "doc._.diplo_actors", "doc._.diplo_times"],
    assigns=["doc._.diplo_events"],
    default_config={"actors": [], "lexicon": []},
)
def make_event_finder(nlp: Language, name: str, actors: list[str], lexicon: list[str]) -> EventFinder:
    """Build the component; `actors` and `lexicon` are files of further actors and words."""
    return EventFinder(load_lexicon(lexicon), load_status_rules(), load_actors(actors))


class EventFinder:
    """Matches the lexicon against a parsed Doc (see the module's first lines)."""

    def __init__(self, lexicon: Lexicon, rules: StatusRules, table: ActorTable) -> None:
        self.lexicon, self.table, self.filler = lexicon, table, RoleFiller(lexicon, rules)
        self.titles, self.collectives = load_titles(), load_collectives()
        self.nonevents = NonEvents(rules)
        register("diplo_events")

    def __call__(self, doc: Doc) -> Doc:
        """Find the events of the Doc."""
        if not doc.has_annotation("DEP") and not doc.text.isspace() and len(doc):
            raise MissingLayer("diplo_events: the text has no dependency parse", remedy="put a parser in front of it")
        phrases, times = Phrases(doc, self.table, self.titles, self.collectives), Timing(doc)
        found: dict[int, tuple[Entry, EventMention]] = {}
        for token in doc:
            match = self._match(token, phrases, times)
            if match is not None and not self._is_none(token, match[0]):
                found[token.i] = match
        kept = _without_absorbed(doc, found)
        doc._.diplo_events = tuple(e for entry, event in kept for e in _distributed(entry, event, doc))
        doc._.diplo_actors = replace(doc._.diplo_actors, members=phrases.members)
        return doc

    # -- what is no event --------------------------------------------------------------------

    def _is_none(self, token: Token, entry: Entry) -> bool:
        """Say whether a word of ours tells of no event; a user's words always do."""
        return entry.id not in self.lexicon.own and self.nonevents.is_none(token, entry.family.event_class)

    # -- triggers ---------------------------------------------------------------------------

    def _match(self, token: Token, phrases: Phrases, times: Timing) -> tuple[Entry, EventMention] | None:
        pos = _KINDS.get(token.pos_)
        if pos is None or (token.dep_ in {"compound", "flat", "amod"} and token.head.i > token.i):
            return None
        mention = phrases.mention(token)
        if mention is not None and mention.form == "name":
            return None
        lemma = token.lemma_.lower()
        candidates = self.lexicon.candidates(pos, lemma)
        if not candidates and pos == "noun":
            form = token.lower_ if lemma in token.lower_ else lemma  # "meeting", the lemma being taken for "meet"
            candidates = self.lexicon.candidates(pos, form) or self.lexicon.candidates(pos, form.removesuffix("s"))
        if not candidates:
            return None
        around: dict[str, Slots] = {}
        for entry in candidates:
            trigger = trigger_words(token, entry)
            if trigger is None:
                continue
            event_class = entry.family.event_class
            if event_class not in around:
                around[event_class] = self.filler.slots(token, event_class)
            slots = times.without(around[event_class])
            if entry.frame.id == "speak" and "with" not in slots:
                merge(slots, _partners_in_topic(slots), token)
            for thing in slots.get("object", ()) if entry.family.object else ():
                if kind_of(thing) in entry.family.object:  # "laid the blame on X": X may hang from the blame
                    own = arguments(thing_of(thing))
                    merge(slots, {k: v for k, v in own.items() if k in _OF_IDIOM and k not in slots}, token)
            for thing in _in_idiom(slots, entry):  # "made his way to Cairo": to where may hang from the way
                merge(slots, {k: v for k, v in arguments(thing).items() if k in _OF_IDIOM and k not in slots}, token)
            for thing in slots.get("of", ()) if " of " in entry.word else ():
                own = arguments(thing)  # "the shipment of Italian wheat to Tirana"
                merge(slots, {k: v for k, v in own.items() if k in {*_OF_IDIOM, "modifier"} and k not in slots}, token)
            if self._fits(entry, token, slots, phrases):
                event = self.filler.event(entry, token, trigger, slots, phrases, times)
                return None if _is_way_home(event, phrases) else (entry, event)
        return None

    def _fits(self, entry: Entry, token: Token, slots: Slots, phrases: Phrases) -> bool:
        family = entry.family
        if family.object and not any(kind_of(t) in family.object for t in slots.get("object", ())):
            return False
        if family.carried_by:
            carrier = support_verb(token) or governor(token)
            if carrier is None or carrier.lemma_.lower() not in family.carried_by:
                return False
        if family.needs and not any(slots.get(s) for s in family.needs):
            return False
        if any(slots.get(s) for s in family.without):
            return False
        if family.abroad and not host_of_stay(entry, token, slots, phrases):
            return False
        wanted = family.actor_in or entry.frame.actor_in
        if wanted and not any(self._holds_actor(entry, slot, slots, phrases) for slot in wanted):
            return entry.frame.id == "visit" and host_of_stay(entry, token, slots, phrases) is not None
        return not family.modal_content or _is_demand(slots)

    def _holds_actor(self, entry: Entry, slot: str, slots: Slots, phrases: Phrases) -> bool:
        """Say whether a slot holds an actor; "together" means that the subject is several."""
        name, least = ("subject", 2) if slot == "together" else (slot, 1)
        found = {n.member for token in slots.get(name, ()) for n in self.filler.actors(entry, name, token, phrases)}
        return len(found) >= least


def _in_idiom(slots: Slots, entry: Entry) -> list[Token]:
    """The nouns that are words of an expression: the way of "make one's way"."""
    words = entry.word.split()[1:]
    return [t for things in slots.values() for t in things if t.lemma_.lower() in words]


def _is_way_home(event: EventMention, phrases: Phrases) -> bool:
    """Say whether somebody visits nobody but his own state."""
    countries = {r.role: phrases.members[r.member].country for r in event.roles}
    return event.mode == "visit" and countries.keys() == {"agent", "host"} and len(set(countries.values())) == 1


def _partners_in_topic(slots: Slots) -> Slots:
    """ "Discussed the truce with Iran": the parser hangs Iran from the truce."""
    return {"with": [t for topic in slots.get("object", ()) for t in arguments(topic).get("with", ())]}


def _is_demand(slots: Slots) -> bool:
    """Say whether a content clause is a demand: must, should, or the bare form of a verb."""
    for token in slots.get("content", ()):
        auxiliaries = {c.lower_ for c in token.children if c.dep_ in {"aux", "aux:pass"}}
        if auxiliaries & {"must", "should", "ought", "be"} or (token.tag_ == "VB" and not auxiliaries):
            return True
    return bool(slots.get("on") or slots.get("for"))


def _with_sides_of(event: EventMention, inner: EventMention) -> EventMention:
    """What somebody attends is also with those whom the conference is with."""
    if inner.event_class != event.event_class:
        return event
    members = {r.member for r in event.roles}
    return replace(event, roles=(*event.roles, *(r for r in inner.roles if r.member not in members)))


def _distributed(entry: Entry, event: EventMention, doc: Doc) -> Iterable[EventMention]:
    """Two calls, talks or visits told by one verb ("spoke to both X and Y") are two events.

    So are two meetings where the preposition stands twice: "met with X and with Y".
    """
    several = [r for r in event.roles if r.role in {"counterpart", "host"}]
    apart = doc[event.head].pos_ == "VERB" and sum(_stands_alone(r, doc) for r in several) > 1
    if len(several) < 2 or not (entry.family.distributive or apart):
        return (event,)
    rest = tuple(r for r in event.roles if r not in several)
    return tuple(replace(event, roles=(*rest, one)) for one in several)


def _stands_alone(role: Role, doc: Doc) -> bool:
    """Say whether a participant has a preposition of his own."""
    root = doc[role.tokens[0] : role.tokens[1]].root if role.tokens else None
    return root is not None and case_of(root) == "with"


def _without_absorbed(doc: Doc, found: dict[int, tuple[Entry, EventMention]]) -> list[tuple[Entry, EventMention]]:
    """Drop triggers that only carry another one: "agreed to meet", "rejected talks", "signed a deal"."""
    dropped: set[int] = set()
    for i, (entry, event) in found.items():
        token = doc[i]
        slots = arguments(token) if token.pos_ == "VERB" else {}
        governed = [t for s in ("content", "object", "to", "for") for t in slots.get(s, ())]
        for inner in governed:
            if inner.i not in found or inner.i == i:
                continue
            other = found[inner.i][1]
            if entry.family.object and inner.lemma_.lower() in entry.family.object:
                dropped.add(inner.i)
                found[i] = entry, _with_sides_of(event, other)
            elif event.event_class == "REJECT" and other.event_class == "AGREE":
                dropped.add(inner.i)
            elif entry.frame.id == "speak" and {r.member for r in other.roles} <= {r.member for r in event.roles}:
                dropped.add(inner.i)  # what is talked about
            elif event.event_class in {"AGREE", "REJECT"} and other.event_class in _ABSORBED and inner.i not in dropped:
                dropped.add(i)
            elif not any(r.role in ACTING for r in other.roles) and other.event_class not in {
                "CONSULT",
                "CONCEDE",
            }:
                dropped.add(inner.i)
    return [found[i] for i in sorted(found) if i not in dropped]
