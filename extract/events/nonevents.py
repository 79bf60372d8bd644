"""What looks like an event and is none: private affairs, and the denial of a report."""

from __future__ import annotations

from spacy.tokens import Token

from diplograph.extract.actors.discourse import is_body
from diplograph.extract.clauses import VERBAL, arguments, case_of, expand, relation, subjects, words_near
from diplograph.ontology.private import Private
from diplograph.ontology.statuses import StatusRules

__all__ = ["NonEvents"]

_WHOSE = {"of", "by", "between", "possessor"}
_WITH_WHOM = {*_WHOSE, "with", "to", "compound"}
_NAMING = {"compound", "amod", "nmod:desc", "flat"}
_HIGHEST = 4


class NonEvents:
    """Says of a word whether what it seems to tell is no event (see the module's first lines)."""

    def __init__(self, private: Private, rules: StatusRules) -> None:
        self.private, self.rules = private, rules

    def is_none(self, token: Token, event_class: str) -> bool:
        """Say whether a word of this class tells of no event."""
        if event_class == "REJECT" and self._denies_report(token):
            return True
        if case_of(token) == "without" and not arguments(token).keys() & _WITH_WHOM:
            return True  # "went home without a dinner"
        return event_class in self.private.classes and self._is_private(token)

    def _denies_report(self, verb: Token) -> bool:
        """Say whether a verb denies what a report tells: a denial is a status of what is denied."""
        claims = [
            c for c in verb.children if relation(c) in {"obj", "obl"} and c.lemma_.lower() in self.rules.claim_nouns
        ]
        told = any(g.dep_ in {"acl", "ccomp", "acl:relcl"} for c in claims for g in c.children)
        return told and any(
            words_near(verb, words) is not None for words, _ in self.rules.effects("claim", verb.lemma_.lower())
        )

    def _is_private(self, token: Token) -> bool:
        if token.lemma_.lower() in self.private.occasions or self._in_field(token):
            return True
        sides = [self._acting(token)]
        if token.pos_ != "VERB":
            slots = arguments(token)
            named = [t for slot in _WHOSE for t in slots.get(slot, ()) if t.pos_ == "NOUN"]
            sides.append([t for t in named if any(c.dep_ == "case" for c in t.children)])  # no "club" talks
        return any(side and all(self._is_private_person(t) for t in side) for side in sides)

    def _acting(self, token: Token) -> list[Token]:
        """The subjects of the nearest clause that has any."""
        node = token
        for _ in range(_HIGHEST):
            if node.pos_ in VERBAL:
                by = [t for c in node.children if relation(c) == "obl" and case_of(c) == "by" for t in expand(c)]
                found = by or subjects(node)
                if found and token not in found:
                    return found
            if node.head == node:
                break
            node = node.head
        return []

    def _is_private_person(self, token: Token) -> bool:
        lemma, private = token.lemma_.lower(), self.private
        cast = token.doc._.diplo_actors
        mention = cast.at(token.i) if cast else None
        if mention is not None and any(is_body(cast.members[k]) and cast.members[k].known for k in mention.members):
            return False
        described = [c for c in token.children if c.dep_ in {"nmod:desc", "appos"}]
        if lemma in private.people or any(c.lemma_.lower() in private.people for c in described):
            return True
        if self._in_field(token):
            return True
        return lemma in private.teams and any(t.lemma_.lower() in private.fields for t in token.subtree)

    def _in_field(self, token: Token) -> bool:
        named = [c for c in token.children if c.dep_ in _NAMING and c.i < token.i]
        return any(c.lemma_.lower() in self.private.fields for c in named)
