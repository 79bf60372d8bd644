"""Finding events: words of the lexicon, and who fills their frames.

The component ``diplo_events`` writes `EventMention`s, with participants, place and time, to
``doc._.diplo_events``. Status, source and identity are added by the components after it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from diplograph.errors import MissingLayer
from diplograph.extract.clauses import (
    Slots,
    arguments,
    case_of,
    clause_of,
    expand,
    governor,
    is_passive,
    relation,
    subjects,
    support_verb,
    words_near,
)
from diplograph.extract.events.identity import SYMMETRIC
from diplograph.extract.events.phrases import Named, Phrases
from diplograph.extract.events.timing import Timing
from diplograph.extract.events.triggers import kind_of, trigger_words
from diplograph.extract.layers import EventMention, Mention, Role, register
from diplograph.ontology.actors import ActorTable, load_actors
from diplograph.ontology.lexicon import Entry, Lexicon, load_lexicon
from diplograph.ontology.statuses import StatusRules, load_status_rules
from diplograph.ontology.titles import load_collectives, load_titles

__all__ = ["EventFinder", "make_event_finder"]

_VENUE = ("in", "at", "near", "outside", "inside")
_ABSORBED = {"CONSULT", "COOPERATE", "AID", "CONCEDE", "AGREE", "SANCTION", "MOBILIZE", "ASSAULT"}
_PLACED = {"CONSULT", "AGREE", "COOPERATE", "ASSAULT", "COERCE", "PROTEST", "MOBILIZE"}
"""Classes of acts that have a venue; what is said has none."""
_WIDE = {"state", "territory", "region"}
_TOGETHER = {"reciprocal", "speak", "visit", "receive", "host", "accord"}
"""Frames whose sides are where the event is."""
_OWNED = {"target", "counterpart"}
"""Roles for which the owner of a thing counts: "supported Trump's call" -> Trump."""


@Language.factory(
    "diplo_events",
    requires=["token.dep", "doc._.diplo_actors", "doc._.diplo_times"],
    assigns=["doc._.diplo_events"],
    default_config={"actors": []},
)
def make_event_finder(nlp: Language, name: str, actors: list[str]) -> EventFinder:
    """Build the component with the bundled lexicon; `actors` are files of further actors."""
    return EventFinder(load_lexicon(), load_status_rules(), load_actors(actors))


class EventFinder:
    """Matches the lexicon against a parsed Doc (see the module's first lines)."""

    def __init__(self, lexicon: Lexicon, rules: StatusRules, table: ActorTable) -> None:
        self.lexicon, self.rules, self.table = lexicon, rules, table
        self.titles, self.collectives = load_titles(), load_collectives()
        register("diplo_events")

    def __call__(self, doc: Doc) -> Doc:
        """Find the events of the Doc."""
        if not doc.has_annotation("DEP") and not doc.text.isspace() and len(doc):
            raise MissingLayer("diplo_events: the text has no dependency parse", remedy="put a parser in front of it")
        phrases, times = Phrases(doc, self.table, self.titles, self.collectives), Timing(doc)
        found: dict[int, tuple[Entry, EventMention]] = {}
        for token in doc:
            match = self._match(token, phrases, times)
            if match is not None:
                found[token.i] = match
        kept = _without_absorbed(doc, found)
        doc._.diplo_events = tuple(e for entry, event in kept for e in _distributed(entry, event))
        doc._.diplo_actors = replace(doc._.diplo_actors, members=phrases.members)
        return doc

    # -- triggers ---------------------------------------------------------------------------

    def _match(self, token: Token, phrases: Phrases, times: Timing) -> tuple[Entry, EventMention] | None:
        pos = {"VERB": "verb", "NOUN": "noun", "PROPN": "noun"}.get(token.pos_)
        if pos is None or (token.dep_ in {"compound", "flat", "amod"} and token.head.i > token.i):
            return None
        mention = phrases.mention(token)
        if mention is not None and mention.form == "name":
            return None
        lemma = token.lemma_.lower()
        candidates = self.lexicon.candidates(pos, lemma)
        if not candidates and pos == "noun":
            candidates = self.lexicon.candidates(pos, lemma.removesuffix("s"))  # a plural the model took for a lemma
        if not candidates:
            return None
        for entry in candidates:
            slots = times.without(self._slots(token, entry.family.event_class))
            if entry.frame.id == "speak" and "with" not in slots:
                _merge(slots, _partners_in_topic(slots), token)
            trigger = trigger_words(token, entry)
            if trigger and self._fits(entry, token, slots, phrases):
                event = self._event(entry, token, trigger, slots, phrases, times)
                return None if _is_way_home(event, phrases) else (entry, event)
        return None

    def _slots(self, token: Token, event_class: str) -> Slots:
        """The slots of a trigger; a noun also gets those of the verb that carries it."""
        slots = arguments(token)
        content = [s for t in slots.get("content", ()) for s in _own_subjects(t)]
        if content:
            slots["content_subject"] = content
        if token.pos_ == "VERB":
            return slots
        for inner in slots.get("of", ()):
            own = arguments(inner)  # "the release of hostages by Hamas": the parser hangs Hamas from the hostages
            _merge(slots, {k: own[k] for k in ("by", "between", "with") if k in own and k not in slots}, token)
        verb = support_verb(token)
        if verb is not None and verb != token and self._carries(verb, event_class):
            _merge(slots, arguments(verb), token)
            for other in self._raising(verb):
                _merge(slots, {"subject": subjects(other)}, token)
            return slots
        head = governor(token)
        if head is None or head.pos_ not in {"VERB", "AUX"}:
            return slots
        kind = relation(token)
        if kind == "nsubj":
            taken = {"subject"} if event_class == "ASSAULT" else {"subject", "object"}  # "the strikes killed settlers"
            _merge(slots, {k: v for k, v in arguments(head).items() if k not in taken}, token)
        elif kind == "obl" and event_class == "ASSAULT" and is_passive(head):
            _merge(slots, {"object": arguments(head).get("object", [])}, token)  # "was killed in a strike"
        elif kind == "obl" and case_of(token) in {"for", "in", "to", "at", "into", "on"}:
            if any(e.frame.id == "travel_with" for e in self.lexicon.candidates("verb", head.lemma_.lower())):
                _merge(slots, {"subject": [*subjects(head), *arguments(head).get("object", ())]}, token)
            elif self._carries(head, event_class):
                _merge(slots, {"subject": subjects(head)}, token)
        return slots

    def _carries(self, verb: Token, event_class: str) -> bool:
        """Say whether the subject of a verb takes part in the event that is its object.

        So it is with "hold talks", and with "cancel the talks" if the event has no direction; who
        rejects a demand has not made it.
        """
        lemma = verb.lemma_.lower()
        if lemma in self.rules.transparent_verbs:
            return True
        return event_class in SYMMETRIC and any(
            words_near(verb, words) is not None for words, _ in self.rules.effects("verb", lemma)
        )

    @staticmethod
    def _raising(verb: Token) -> Iterable[Token]:
        return (verb.head,) if verb.dep_ == "xcomp" and verb.head.pos_ == "VERB" else ()

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
        if family.abroad and not self._host_of_stay(entry, token, slots, phrases):
            return False
        wanted = family.actor_in or entry.frame.actor_in
        if wanted and not any(self._holds_actor(entry, slot, slots, phrases) for slot in wanted):
            return entry.frame.id == "visit" and self._host_of_stay(entry, token, slots, phrases) is not None
        return not family.modal_content or _is_demand(slots)

    def _holds_actor(self, entry: Entry, slot: str, slots: Slots, phrases: Phrases) -> bool:
        """Say whether a slot holds an actor; "together" means that the subject is several."""
        name, least = ("subject", 2) if slot == "together" else (slot, 1)
        found = {n.member for token in slots.get(name, ()) for n in self._actors(entry, name, token, phrases)}
        return len(found) >= least

    def _host_of_stay(self, entry: Entry, token: Token, slots: Slots, phrases: Phrases) -> Named | None:
        """The state in whose town the agent of an act is, if it is not his own."""
        site = self._site(entry, token, slots, (), phrases)
        host = phrases.state_of(site.members[0]) if site else None
        guests = [n.member for t in slots.get("subject", ()) for n in phrases.actors(t)]
        homes = {phrases.members[g].country for g in guests if phrases.members[g].kind == "person"} - {None}
        if site is None or host is None or not homes or phrases.members[host].country in homes:
            return None
        return Named(host, (site.start, site.end))

    # -- participants -----------------------------------------------------------------------

    def _event(
        self, entry: Entry, token: Token, trigger: tuple[int, int], slots: Slots, phrases: Phrases, times: Timing
    ) -> EventMention:
        roles = self._roles(entry, slots, phrases)
        if entry.frame.id in {"visit", "stay"} and all(r.role != "host" for r in roles):
            host = self._host_of_stay(entry, token, slots, phrases)
            roles = (*roles, Role(host.member, "host", host.tokens)) if host else roles
        place, place_tokens = self._place(entry, token, slots, roles, phrases)
        return EventMention(
            trigger=trigger,
            head=token.i,
            event_class=entry.family.event_class,
            mode=entry.family.mode,
            entry=entry.id,
            roles=roles,
            place=place,
            place_tokens=place_tokens,
            time=times.of(token, trigger),
        )

    def _roles(self, entry: Entry, slots: Slots, phrases: Phrases) -> tuple[Role, ...]:
        """Fill the frame. A slot that two roles may take goes to the one that is still empty, the later first."""
        chosen: list[Role] = []
        listed = [(role, slot) for role, slots_ in entry.frame.roles.items() for slot in slots_]
        counts: dict[str, int] = {}
        for _, slot in listed:
            counts[slot] = counts.get(slot, 0) + 1
        for role, slot in listed:
            if counts[slot] == 1:
                self._fill(entry, role, slot, slots, phrases, chosen)
        for role, slot in reversed(listed):
            if counts[slot] > 1 and not any(r.role == role for r in chosen):
                self._fill(entry, role, slot, slots, phrases, chosen)
        order = list(entry.frame.roles)
        return tuple(sorted(chosen, key=lambda r: order.index(r.role)))

    def _fill(self, entry: Entry, role: str, slot: str, slots: Slots, phrases: Phrases, chosen: list[Role]) -> None:
        for token in slots.get(slot, ()):
            for named in self._actors(entry, slot, token, phrases, owner=role in _OWNED):
                if role == "host" and phrases.members[named.member].kind == "place":
                    continue
                if all(r.member != named.member for r in chosen):
                    chosen.append(Role(named.member, role, named.tokens))

    def _actors(self, entry: Entry, slot: str, token: Token, phrases: Phrases, *, owner: bool = False) -> list[Named]:
        """The actors of a phrase; a place stands for its state only as the end of a journey."""
        mention = phrases.mention(token)
        if (
            mention is not None
            and entry.frame.id == "visit"
            and slot in {"object", "to", "in", "at", "for"}
            and mention.members
        ):
            key = mention.members[0]
            member = phrases.members[key]
            if member.kind == "place":
                state = phrases.state_of(key)
                return [Named(state, (mention.start, mention.end))] if state else []
        elif mention is not None and mention.use in {"capital", "place", "name", "seat"} and slot in _VENUE:
            return []
        elif mention is not None and mention.use in {"capital", "place"} and slot == "compound":
            return []  # the Budapest summit
        elif (
            mention is not None and mention.use in {"capital", "place"} and slot == "to" and entry.family.pos == "verb"
        ):
            return []  # invited X to Nairobi
        return phrases.actors(token, owner=owner)

    # -- place and time ---------------------------------------------------------------------

    def _place(
        self, entry: Entry, token: Token, slots: Slots, roles: tuple[Role, ...], phrases: Phrases
    ) -> tuple[str | None, tuple[int, int] | None]:
        mention = self._site(entry, token, slots, roles, phrases) or next(
            (
                m
                for slot, m in self._locations(entry, slots, phrases)
                if slot not in {"at", "compound"} and phrases.members[m.members[0]].kind in _WIDE
            ),
            None,
        )
        if mention is None:
            return None, None
        return phrases.doc[mention.start : mention.end].text, (mention.start, mention.end)

    def _site(
        self, entry: Entry, token: Token, slots: Slots, roles: tuple[Role, ...], phrases: Phrases
    ) -> Mention | None:
        """The town or seat where an event is: among its own phrases, with those who meet, or in its clause."""
        slots = dict(slots)
        if entry.frame.id in _TOGETHER:
            _merge(slots, _venues_of(roles, phrases), None)
        for slot, mention in self._locations(entry, slots, phrases):
            if phrases.is_site(mention) and (slot != "compound" or mention.use in {"capital", "place"}):
                return mention
        return _venue_of_clause(token, phrases) if entry.family.event_class in _PLACED else None

    @staticmethod
    def _locations(entry: Entry, slots: Slots, phrases: Phrases) -> Iterable[tuple[str, Mention]]:
        """The names in slots that may hold a place, the likeliest slot first."""
        wanted = ["to", "object", *_VENUE] if entry.frame.id == "visit" else [*_VENUE]
        for slot in [*wanted, "compound"]:
            for head in slots.get(slot, ()):
                mention = phrases.mention(head)
                if (
                    mention
                    and mention.form == "name"
                    and mention.members
                    and mention.use not in {"adjective", "people"}
                ):
                    yield slot, mention


def _is_way_home(event: EventMention, phrases: Phrases) -> bool:
    """Say whether somebody visits nobody but his own state."""
    countries = {r.role: phrases.members[r.member].country for r in event.roles}
    return event.mode == "visit" and countries.keys() == {"agent", "host"} and len(set(countries.values())) == 1


def _venue_of_clause(trigger: Token, phrases: Phrases) -> Mention | None:
    """The last site behind "in" or "at" in the clause of a trigger, wherever the parser hung it; else that in front."""
    clause = clause_of(trigger)
    behind = [t for t in clause.subtree if t.i > trigger.i and _open_between(t, clause)]
    in_front = [t for t in clause.children if t.i < trigger.i and relation(t) == "obl"]
    for token in [*reversed(behind), *in_front]:
        mention = phrases.mention(token)
        if mention is not None and case_of(token) in {"in", "at"} and phrases.is_site(mention):
            return mention
    return None


def _open_between(token: Token, clause: Token) -> bool:
    """Say whether what stands between a word and its clause may hold a phrase of the clause: no clause with a
    subject of its own, no relative clause, but what was to be done ("met to discuss the truce in Doha")."""
    between = [t for t in itertools.takewhile(lambda t: t != clause, token.ancestors) if t.pos_ == "VERB"]
    return all(t.dep_ in {"conj", "advcl"} and not _has_subject(t) and t.tag_ != "VBG" for t in between)


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in {"nsubj", "nsubj:pass"} for c in verb.children)


def _venues_of(roles: tuple[Role, ...], phrases: Phrases) -> Slots:
    """Where those who meet are said to be: the parser hangs "in Paris" from the last of them."""
    found: Slots = {}
    for role in roles:
        if role.tokens is not None:
            head = phrases.doc[role.tokens[0] : role.tokens[1]].root
            _merge(found, {k: v for k, v in arguments(head).items() if k in _VENUE}, None)
    return found


def _partners_in_topic(slots: Slots) -> Slots:
    """ "Discussed the truce with Iran": the parser hangs Iran from the truce."""
    return {"with": [t for topic in slots.get("object", ()) for t in arguments(topic).get("with", ())]}


def _merge(slots: Slots, more: Slots, token: Token | None) -> None:
    for name, tokens in more.items():
        if name in {"content", "particle"}:
            continue
        held = slots.setdefault(name, [])
        held += [t for t in tokens if t not in held and t != token]


def _own_subjects(token: Token) -> list[Token]:
    return [t for c in token.children if c.dep_ in {"nsubj", "nsubj:pass"} for t in expand(c)]


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


def _distributed(entry: Entry, event: EventMention) -> Iterable[EventMention]:
    """Two calls, talks or visits told by one verb ("spoke to both X and Y") are two events."""
    several = [r for r in event.roles if r.role in {"counterpart", "host"}]
    if not entry.family.distributive or len(several) < 2:
        return (event,)
    rest = tuple(r for r in event.roles if r not in several)
    return tuple(replace(event, roles=(*rest, one)) for one in several)


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
            elif not any(r.role in {"agent", "mediator"} for r in other.roles) and other.event_class not in {
                "CONSULT",
                "CONCEDE",
            }:
                dropped.add(inner.i)
    return [found[i] for i in sorted(found) if i not in dropped]
