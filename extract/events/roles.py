"""Who fills a frame: from the grammar around a trigger to participants with roles, place and time."""

from __future__ import annotations

from spacy.tokens import Token

from diplograph.extract.actors.discourse import BODIES
from diplograph.extract.events.identity import SYMMETRIC
from diplograph.extract.events.phrases import Named, Phrases
from diplograph.extract.events.timing import Timing
from diplograph.extract.events.triggers import kind_of
from diplograph.extract.events.venues import VENUE, host_of_stay, venue_of
from diplograph.extract.grammar.charges import charged_with
from diplograph.extract.grammar.clauses import Slots, arguments, subjects
from diplograph.extract.grammar.relations import (
    case_of,
    expand,
    first_conjunct,
    governor,
    is_passive,
    relation,
    support_verb,
    words_near,
)
from diplograph.extract.layers import EventMention, Role
from diplograph.ontology.lexicon import Entry, Lexicon
from diplograph.ontology.statuses import StatusRules

__all__ = ["RoleFiller", "merge"]

_AFFECTED = ("object", "recipient", "to", "on", "against", "with", "from", "at")
"""Slots of those to whom something is done."""
_OWNED = {"target", "counterpart"}
"""Roles for which the owner of a thing counts: "supported Trump's call" -> Trump."""


class RoleFiller:
    """Fills the frames of lexicon entries."""

    def __init__(self, lexicon: Lexicon, rules: StatusRules) -> None:
        self.lexicon, self.rules = lexicon, rules

    def slots(self, token: Token, event_class: str) -> Slots:
        """Return the slots of a trigger; a noun also gets those of the verb that carries it."""
        if token.dep_ == "aux":
            return _of_modal(token)
        slots = arguments(token)
        content = [s for t in slots.get("content", ()) for s in _own_subjects(t)]
        if content:
            slots["content_subject"] = content
        if token.pos_ == "VERB":
            if event_class == "ASSAULT" and is_passive(token):
                merge(slots, self._of_attack(token), token)
            return slots
        if claiming := self._claiming(token, event_class) or charged_with(token):
            merge(slots, {"subject": claiming}, token)
            slots = {k: v if k == "subject" else [t for t in v if t not in claiming] for k, v in slots.items()}
        for inner in slots.get("of", ()):
            own = arguments(inner)  # "the release of hostages by Hamas": the parser hangs Hamas from the hostages
            merge(slots, {k: own[k] for k in ("by", "between", "with") if k in own and k not in slots}, token)
        whole = self._whole(token)
        verb = support_verb(whole)
        if verb is not None and verb != token and self._carries(verb, event_class):
            merge(slots, arguments(verb), token)
            return slots
        head = governor(token)
        if head is None or head.pos_ not in {"VERB", "AUX"}:
            return slots
        first = first_conjunct(token)
        kind = relation(first)
        if kind == "nsubj":
            taken = {"subject"} if event_class == "ASSAULT" else {"subject", "object"}  # "the strikes killed settlers"
            merge(slots, {k: v for k, v in arguments(head).items() if k not in taken}, token)
        elif kind == "obl" and event_class == "ASSAULT" and is_passive(head):
            merge(slots, {"object": arguments(head).get("object", [])}, token)  # "was killed in a strike"
        elif kind == "obl" and case_of(first) in {"for", "in", "to", "at", "into", "on"}:
            if any(e.frame.id == "travel_with" for e in self.lexicon.candidates("verb", head.lemma_.lower())):
                merge(slots, {"subject": [*subjects(head), *arguments(head).get("object", ())]}, token)
            elif self._carries(head, event_class):
                merge(slots, {"subject": subjects(head)}, token)
        return slots

    def _of_attack(self, verb: Token) -> Slots:
        """The phrases of the attack in which somebody is hit: "were killed in an army raid on the camp"."""
        found: Slots = {}
        for noun in (c for c in verb.children if c.dep_.startswith("obl") and case_of(c) in {"in", "by", "during"}):
            entries = self.lexicon.candidates("noun", noun.lemma_.lower())
            if any(e.family.event_class == "ASSAULT" for e in entries):
                own = arguments(noun)
                acting = [t for name in ("possessor", "modifier", "compound", "by") for t in own.get(name, ())]
                merge(found, {"subject": acting, **{k: own[k] for k in ("on", "against") if k in own}}, noun)
        return found

    def _whole(self, token: Token) -> Token:
        """Return the word that stands for a noun in its clause: "resumption" in "the resumption of the attacks"."""
        first = first_conjunct(token)
        carried = relation(first) == "nmod" and case_of(first) == "of"
        carried = carried and first.head.lemma_.lower() in self.rules.stretches
        return self._whole(first.head) if carried else token

    def _claiming(self, token: Token, event_class: str) -> list[Token]:
        """Return who says that an act was his: "claimed responsibility for the attack"."""
        whole = self._whole(token)
        verb = support_verb(whole.head) if case_of(whole) == "for" and whole.head.pos_ == "NOUN" else None
        entries = self.lexicon.candidates("verb", verb.lemma_.lower()) if verb is not None else ()
        families = [e.family for e in entries if e.family.event_class == event_class]
        claims = any(kind_of(whole.head) in family.object for family in families)
        return subjects(verb) if verb is not None and claims else []

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

    def event(
        self, entry: Entry, token: Token, trigger: tuple[int, int], slots: Slots, phrases: Phrases, times: Timing
    ) -> EventMention:
        """Return the event that an entry tells of at a token, with participants, place and time."""
        roles = self._roles(entry, slots, phrases)
        if entry.frame.id in {"visit", "stay"} and all(r.role != "host" for r in roles):
            host = host_of_stay(entry, token, slots, phrases)
            roles = (*roles, Role(host.member, "host", host.tokens)) if host else roles
        venue = venue_of(entry, token, slots, roles, phrases)
        return EventMention(
            trigger=trigger,
            head=token.i,
            event_class=entry.family.event_class,
            mode=entry.family.mode,
            entry=entry.id,
            roles=roles,
            place=phrases.doc[venue.start : venue.end].text if venue else None,
            place_tokens=(venue.start, venue.end) if venue else None,
            time=times.of(token, trigger),
        )

    def _roles(self, entry: Entry, slots: Slots, phrases: Phrases) -> tuple[Role, ...]:
        """Fill the frame. A slot that two roles may take goes to the one that is still empty, the later first."""
        chosen: list[Role] = []
        listed = [(role, slot) for role, slots_ in entry.frame.roles.items() for slot in slots_ if slots.get(slot)]
        counts: dict[str, int] = {}
        for _, slot in listed:
            counts[slot] = counts.get(slot, 0) + 1
        for role, slot in listed:
            if counts[slot] == 1:
                self._fill(entry, role, slot, slots, phrases, chosen)
        for role, slot in reversed(listed):
            if counts[slot] > 1 and not any(r.role == role for r in chosen):
                self._fill(entry, role, slot, slots, phrases, chosen)
        for role, slot in entry.frame.otherwise.items():
            if not any(r.role == role for r in chosen):
                held = _affected(slots) if slot == "content" else slots.get(slot, [])
                self._fill(entry, role, slot, {slot: held}, phrases, chosen)
        order = list(entry.frame.roles)
        return tuple(sorted(chosen, key=lambda r: order.index(r.role)))

    def _fill(self, entry: Entry, role: str, slot: str, slots: Slots, phrases: Phrases, chosen: list[Role]) -> None:
        for token in slots[slot]:
            for named in self.actors(entry, slot, token, phrases, owner=role in _OWNED):
                member = phrases.members[named.member]
                body = member.kind in BODIES and not member.unnamed
                if (role == "host" and member.kind == "place") or (role == "target" and slot == "possessor" and body):
                    continue  # Iran's arrests are none of Iran
                if all(r.member != named.member for r in chosen):
                    side = "target" if phrases.is_opposed(named) else role
                    chosen.append(Role(named.member, side, named.tokens))

    @staticmethod
    def actors(entry: Entry, slot: str, token: Token, phrases: Phrases, *, owner: bool = False) -> list[Named]:
        """Return the actors of a phrase; a place stands for its state only as the end of a journey, or fired at."""
        mention = phrases.mention(token)
        if mention is None:
            if slot not in VENUE:
                return phrases.actors(token, owner=owner)
            # nobody by the place alone: "the bombing at a Chinese restaurant", "at a session of the UN"
            found = phrases.actors(token, owner=owner and entry.family.pos == "verb")
            return [n for n in found if phrases.members[n.member].kind != "organisation"]
        if entry.frame.id == "visit" and slot in {"object", "to", "in", "at", "for"} and mention.members:
            key = mention.members[0]
            if phrases.members[key].kind == "place":
                state = phrases.state_of(key)
                return [Named(state, (mention.start, mention.end))] if state else []
        elif slot in VENUE and mention.use in {"capital", "place", "name", "seat"}:
            fired_at = slot == "at" and mention.use == "name" and phrases.members[mention.members[0]].kind == "state"
            return phrases.actors(token, owner=owner) if fired_at else []
        elif slot == "compound" and phrases.is_town(token):
            return []  # the Budapest summit
        elif mention.use in {"capital", "place"} and slot == "to" and entry.family.pos == "verb":
            return []  # invited X to Nairobi
        return phrases.actors(token, owner=owner)


def merge(slots: Slots, more: Slots, token: Token | None) -> None:
    """Add the phrases of one set of slots to another, `token` itself left out."""
    for name, tokens in more.items():
        if name in {"content", "particle"}:
            continue
        held = slots.setdefault(name, [])
        held += [t for t in tokens if t not in held and t != token]


def _affected(slots: Slots) -> list[Token]:
    """Whom the act of a content clause is done to: "to shell Iraqi towns", "to impose a ban on grain from Chad".

    What somebody else is said to do ("alleges that the bank helped X") is not done by the event.
    """
    found: list[Token] = []
    for verb in slots.get("content", ()):
        if verb.pos_ == "VERB" and not _own_subjects(verb):
            own = arguments(verb)
            found += [t for name in _AFFECTED for t in own.get(name, ())]
            found += [t for thing in own.get("object", ()) for n in _AFFECTED for t in arguments(thing).get(n, ())]
    return found


def _of_modal(auxiliary: Token) -> Slots:
    """ "X said that Y must go": the speaker, and of whom it is said."""
    verb = auxiliary.head
    clause = first_conjunct(verb)
    speaker = subjects(clause.head) if relation(clause) == "ccomp" else []
    return {"subject": speaker, "content_subject": subjects(verb)}


def _own_subjects(token: Token) -> list[Token]:
    return [t for c in token.children if c.dep_ in {"nsubj", "nsubj:pass"} for t in expand(c)]
