"""Who says so: the source that a text makes responsible for an event.

The component ``diplo_sources`` sets the source of each event: the subject of the verb of saying that
governs it, "according to X", or the speaker of the quotation it stands in. Where the author himself
asserts it, there is none.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from diplograph.extract.events.duties import is_duty, with_demander
from diplograph.extract.events.phrases import Phrases
from diplograph.extract.grammar.clauses import subjects
from diplograph.extract.grammar.relations import case_of, first_conjunct, relation, support_verb
from diplograph.extract.layers import EventMention, Quotation, register
from diplograph.extract.quotations import quotations_of, reporting_subject
from diplograph.ontology.actors import ActorTable, load_actors
from diplograph.ontology.attribution import Attribution, load_attribution
from diplograph.ontology.fusion import Fusion, load_fusion
from diplograph.ontology.titles import load_collectives, load_titles

__all__ = ["SourceFinder", "make_source_finder"]


@Language.factory(
    "diplo_sources",
    requires=["token.dep", "doc._.diplo_events"],
    assigns=["doc._.diplo_events"],
    default_config={"actors": []},
)
def make_source_finder(nlp: Language, name: str, actors: list[str]) -> SourceFinder:
    """Build the component with the bundled words of attribution; `actors` are files of further actors."""
    return SourceFinder(load_attribution(), load_actors(actors), load_fusion())


class SourceFinder:
    """Sets the sources of events (see the module's first lines)."""

    def __init__(self, words: Attribution, table: ActorTable, weights: Fusion) -> None:
        self.words, self.table, self.weights = words, table, weights
        self.titles, self.collectives = load_titles(), load_collectives()
        register("diplo_events")
        register("diplo_quotations")

    def __call__(self, doc: Doc) -> Doc:
        """Set the source of each event; whose duty is told is asked for it by that source."""
        quotations = quotations_of(doc, self.words)
        phrases = Phrases(doc, self.table, self.titles, self.collectives)
        told = [self._attribute(doc, e, quotations, phrases) for e in doc._.diplo_events]
        meant = (with_demander(e) if is_duty(doc, e, self.words) else e for e in told)
        doc._.diplo_events = tuple(e for e in meant if e is not None)
        doc._.diplo_actors = replace(doc._.diplo_actors, members=phrases.members)
        return doc

    def _attribute(
        self, doc: Doc, event: EventMention, quotations: tuple[Quotation, ...], phrases: Phrases
    ) -> EventMention:
        speaker = self._speaker(doc, event, quotations)
        if speaker is None:
            return event
        named = phrases.actors(speaker)
        if named and speaker.pos_ == "PRON":
            member = phrases.members[named[0].member]
            return replace(event, source=member.name, source_member=member.id, source_tokens=named[0].tokens)
        if named and len(named) == 1:
            member = phrases.members[named[0].member]
            return replace(event, source=member.name, source_member=member.id, source_tokens=named[0].tokens)
        tokens = _phrase(speaker)
        text = doc[tokens[0] : tokens[1]].text
        if speaker.pos_ == "PRON":
            return event
        return replace(event, source=text, source_tokens=tokens)

    def _speaker(self, doc: Doc, event: EventMention, quotations: tuple[Quotation, ...]) -> Token | None:
        token = doc[event.head]
        quotation = next((q for q in quotations if event.head in q), None)
        found = self._governing(token, event)
        if found is not None and not (quotation and found.i in quotation and quotation.speaker >= 0):
            return found
        if quotation is not None and quotation.speaker >= 0:
            return doc[quotation.speaker]
        return found or self._proposed(doc, event)

    def _proposed(self, doc: Doc, event: EventMention) -> Token | None:
        """The word that the trained reader takes for the source."""
        roles = event.proposal.roles if event.proposal else ()
        sources = [r for r in roles if r.role == "source" and r.probability >= self.weights.least]
        return doc[max(sources, key=lambda r: r.probability).token] if sources else None

    def _governing(self, token: Token, event: EventMention) -> Token | None:
        """Climb to a verb of saying, or to a phrase with "according to", above the event."""
        node = token
        for _ in range(12):
            for child in node.children:
                if child.dep_ in {"obl", "advcl", "parataxis", "nmod"} and self._is_sayer(child):
                    return child
                if child.dep_ == "parataxis" and (subject := reporting_subject(child, self.words)) is not None:
                    return subject
            first = first_conjunct(node)
            head = first.head
            if head == first:
                return None
            if case_of(first) == "for" and head.lemma_.lower() in self.words.owning:
                verb = support_verb(head)
                return next(iter(subjects(verb)), None) if verb is not None else None
            if relation(first) in {"ccomp", "parataxis"} and head.i != event.head:
                subject = reporting_subject(head, self.words)
                if subject is not None and not _is_to_come(head) and not self._is_own_act(first, head):
                    return subject
            node = head
        return None

    def _is_sayer(self, token: Token) -> bool:
        """Say whether a phrase names who says something: "according to Chad", not "according to the terms"."""
        return case_of(token) in self.words.prepositions and token.lemma_.lower() not in self.words.measures

    def _is_own_act(self, clause: Token, verb: Token) -> bool:
        """ "He promised to visit": an infinitive under such a verb is the subject's own act, not a claim."""
        return clause.dep_ == "xcomp" and verb.lemma_.lower() in self.words.committing


def _is_to_come(verb: Token) -> bool:
    """Say whether a verb of saying stands in the future or under a modal: nobody has said it yet."""
    return any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)


def _phrase(token: Token) -> tuple[int, int]:
    """A speaker's phrase without its determiner and without what follows its head."""
    left = min(
        [
            token.i,
            *(
                c.left_edge.i
                for c in token.children
                if c.i < token.i and c.dep_ in {"amod", "compound", "nmod:poss", "nmod:desc"}
            ),
        ]
    )
    return left, token.i + 1
