"""What became of an event: planned, held, postponed, cancelled, refused ...

The component ``diplo_status`` starts from the form of the trigger and climbs towards the main clause.
Every word on the way that a rule of the ontology knows changes the status (see
ontology/status.toml); the words that did are kept as evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from diplograph.extract.clauses import case_of, first_conjunct, is_passive, relation, support_verb, words_near
from diplograph.extract.layers import READER, EventMention, Evidence, Proposal, TimeMention, register
from diplograph.ontology.attribution import Attribution, load_attribution
from diplograph.ontology.fusion import StatusWeights, load_fusion
from diplograph.ontology.lexicon import Lexicon, load_lexicon
from diplograph.ontology.statuses import HELD, Effect, StatusRules, Where, load_status_rules

__all__ = ["StatusReader", "make_status_reader"]

_VERBAL = {"VERB", "AUX"}
_COMPLEMENTS = {"xcomp", "ccomp", "acl", "advcl", "csubj"}
_NEGATIVE = {"advmod", "det", "cc:preconj", "cc"}
_ENDED = {"cancelled", "postponed", "rescheduled"}
_PURPOSE = {"for", "to", "on", "in", "at", "of", "about", "with", "from", "into"}


@Language.factory(
    "diplo_status",
    requires=["token.dep", "doc._.diplo_events"],
    assigns=["doc._.diplo_events"],
    default_config={"lexicon": []},
)
def make_status_reader(nlp: Language, name: str, lexicon: list[str]) -> StatusReader:
    """Build the component with the bundled rules; `lexicon` are files of further words."""
    return StatusReader(load_status_rules(), load_lexicon(lexicon), load_attribution(), load_fusion().status)


@dataclass(slots=True)
class _State:
    """The status on the way up, and what decided it."""

    status: str
    event_class: str
    evidence: list[Evidence] = field(default_factory=list)
    moved: bool = False


class StatusReader:
    """Sets status, evidence and the old date of rescheduled events (see the module's first lines)."""

    def __init__(self, rules: StatusRules, lexicon: Lexicon, attribution: Attribution, weights: StatusWeights) -> None:
        self.rules, self.attribution, self.weights = rules, attribution, weights
        self._stative = {entry.id for entry in lexicon.entries if entry.family.stative}
        register("diplo_events")

    def __call__(self, doc: Doc) -> Doc:
        """Set the status of each event."""
        doc._.diplo_events = tuple(self._read(doc, event) for event in doc._.diplo_events)
        return doc

    def _read(self, doc: Doc, event: EventMention) -> EventMention:
        token = doc[event.head]
        state = _State(self._base(token, event), event.event_class)
        self._climb(token, state)
        state.status = "occurred" if state.status == HELD else state.status
        if event.proposal is not None:
            over = token.pos_ not in _VERBAL and event.time is not None and event.time.is_over(doc._.diplo_date)
            self._ask_reader(event.proposal, state, over=over)
        result = replace(event, status=state.status, evidence=tuple(state.evidence))
        return self._reschedule(doc, result) if state.moved else result

    def _ask_reader(self, proposal: Proposal, state: _State, *, over: bool) -> None:
        """Weigh the status that the rules found against what the trained reader sees.

        A noun that is dated to a time that is `over` tells of nothing planned; a verb in the present may
        ("sees him on Monday").
        """
        best = self.weights.decide(proposal.statuses, state.status, by_rule=bool(state.evidence))
        if best != state.status and not (over and best == "planned"):
            state.status, state.moved = best, False
            state.evidence = [Evidence(READER, proposal.token, proposal.token + 1)]

    # -- where it starts --------------------------------------------------------------------

    def _base(self, token: Token, event: EventMention) -> str:
        future = event.time is not None and _is_after(event.time, token.doc._.diplo_date)
        if token.pos_ not in _VERBAL:
            verb = support_verb(token)
            if verb is not None and verb.lemma_.lower() in self.rules.transparent_verbs and _is_progressive(verb):
                return "planned" if future else "ongoing"
            return "ongoing" if event.entry in self._stative and self._is_present(token) else "occurred"
        auxiliaries = {c.lower_ for c in token.children if c.dep_ in {"aux", "aux:pass", "cop"}}
        infinitive = any(c.lower_ == "to" and c.dep_ == "mark" for c in token.children)
        first = first_conjunct(token)
        if first != token and infinitive:
            auxiliaries |= {c.lower_ for c in first.children if c.dep_ in {"aux", "aux:pass", "cop"}}
        if _is_progressive(token):
            return "planned" if future else "ongoing"
        if infinitive and token.dep_ == "acl" and token.head.pos_ == "PROPN":
            return "planned"  # a headline: "Trump to meet Putin"
        if infinitive and (token.dep_ in {"ROOT", "parataxis", "advcl"} or auxiliaries & {"is", "are", "was", "were"}):
            return "planned"
        if token.tag_ in {"VBP", "VBZ"} and event.entry in self._stative:
            return "ongoing"
        if future and token.tag_ in {"VBP", "VBZ"}:
            return "planned"
        return "occurred"

    @staticmethod
    def _is_present(token: Token) -> bool:
        head = first_conjunct(token).head
        return head.tag_ in {"VBP", "VBZ"} or head == token

    # -- the way up -------------------------------------------------------------------------

    def _climb(self, token: Token, state: _State) -> None:
        node, seen = token, set()
        while node.i not in seen:
            seen.add(node.i)
            self._local(node, state, seen)
            first = first_conjunct(node)
            if first != node:
                if node.pos_ in _VERBAL:
                    self._shared(node, first, state, seen)
                node = first
            head = node.head
            if head == node or not self._step(node, head, state):
                return
            node = head

    def _local(self, node: Token, state: _State, seen: set[int]) -> None:
        """Apply what modifies a word: adjectives, auxiliaries, negation, conjunctions, prepositions."""
        for where, child in self._modifiers(node, seen):
            if where == "auxiliary" and child.lower_ == "would" and _is_told(node, self.attribution):
                self._apply(Effect("planned.told:would", "planned"), [child], state)
                continue
            word = child.lower_ if where in {"auxiliary", "negation", "mark", "case"} else child.lemma_.lower()
            hits = self._hits(where, word, child) or (
                self._hits(where, child.lower_, child) if word != child.lower_ else []
            )
            for effect, tokens in hits[:1]:
                if where != "modifier" or effect.op != "occurred" or len(seen) == 1:
                    self._apply(effect, tokens, state)
        if node.pos_ not in _VERBAL and (preposition := case_of(node)):
            case = next(c for c in node.children if c.dep_ == "case")
            if case.i and node.doc[case.i - 1].lower_ == "ahead":
                preposition = f"ahead {preposition}"
            first, *rest = preposition.split()
            for words, effect in self.rules.effects("case", first):
                if list(words) == rest:
                    tokens = [c for c in node.children if c.dep_ == "case"]
                    self._apply(effect, tokens, state)

    def _modifiers(self, node: Token, seen: set[int]) -> Iterator[tuple[Where, Token]]:
        """Yield what modifies a word; `seen` are the words that the climb has passed already."""
        neutral = node.lemma_.lower() in self.rules.neutral_nouns
        for child in node.children:
            kind = child.dep_
            if kind in {"aux", "aux:pass"}:
                yield "auxiliary", child
            elif kind in _NEGATIVE and child.lower_ in {"not", "n't", "never", "no", "neither", "nor"}:
                if not neutral:
                    yield "negation", child
            elif kind == "advmod":
                yield "adverb", child
            elif kind == "mark":
                yield "mark", child
            elif (
                kind == "amod"
                or (kind == "xcomp" and child.i < node.i and child.pos_ == "ADJ")
                or (kind == "compound" and child.tag_ in {"VBN", "VBG"})
                or (kind in {"acl", "nmod"} and node.pos_ not in _VERBAL and child.tag_ in {"VBN", "NN"})
            ):
                yield "modifier", child
            elif kind in {"nsubj", "nsubj:pass"} and node.pos_ in _VERBAL and child.i not in seen:
                if child.lemma_.lower() in self.rules.neutral_nouns:
                    continue
                for grandchild in child.children:
                    if grandchild.lower_ in {"neither", "no", "none"} and grandchild.dep_ in _NEGATIVE:
                        yield "negation", grandchild

    def _shared(self, node: Token, first: Token, state: _State, seen: set[int]) -> None:
        """A coordinated verb that is not finite shares the auxiliaries of the first ("will meet and talk")."""
        if node.tag_ not in {"VBD", "VBP", "VBZ"} and not any(
            c.dep_ in {"nsubj", "nsubj:pass", "aux", "aux:pass"} for c in node.children
        ):
            self._local(first, state, seen)

    def _step(self, node: Token, head: Token, state: _State) -> bool:
        """Apply what governs a word; return whether the way goes on from there."""
        kind = relation(node)
        lemma = head.lemma_.lower()
        predicate = kind == "nsubj" and any(c.dep_ == "cop" for c in head.children)
        if head.pos_ in _VERBAL and not predicate:
            return self._under_verb(node, head, kind, lemma, state)
        if predicate and head.pos_ != "ADJ":
            hits = self._hits("modifier", lemma, head) or self._hits("modifier", head.lower_, head)
            for effect, tokens in hits[:1]:
                self._apply(effect, tokens, state)
            return bool(hits)
        if head.pos_ == "ADJ" and kind in {"nsubj", "csubj", "xcomp", "ccomp", "advcl"}:
            hits = (
                self._hits("modifier", lemma, head)
                or self._hits("modifier", head.lower_, head)
                or self._hits("verb", lemma, head)
            )
            for effect, tokens in hits[:1]:
                self._apply(effect, tokens, state)
            return bool(hits)
        if kind in {"nmod", "acl", "compound", "obl"} or (kind == "ccomp" and head.pos_ == "NOUN"):
            if kind == "acl" and node.dep_ == "acl:relcl":
                return False
            hits = self._hits("noun", lemma, head)
            for effect, tokens in hits[:1]:
                self._apply(effect, tokens, state)
            return bool(hits) or lemma in self.rules.transparent_nouns
        return False

    def _under_verb(self, node: Token, head: Token, kind: str, lemma: str, state: _State) -> bool:
        where: Where = "verb"
        if kind == "nsubj" and node.dep_ != "nsubj:pass" and not is_passive(head):
            where = "subject"
        elif kind not in {"obl", "obj", "nsubj", *_COMPLEMENTS} or kind == "advcl":
            return False
        hits = (where == "subject" and self._hits(where, head.lower_, head)) or self._hits(where, lemma, head)
        if where == "subject" and not hits and not any(c.dep_ == "obj" for c in head.children):
            hits = [h for h in self._hits("verb", lemma, head) if h[0].op in _ENDED]  # "with the meeting canceled"
        if where == "verb" and kind == "obl":
            hits = [
                h
                for h in hits
                if h[0].op in {"planned", "proposed", "postponed", "cancelled", "refused", "hypothetical"}
                and _goes_with(node, h[0])
            ]
            if not hits and case_of(node) not in _PURPOSE:
                return False  # said in passing: "during the talks"
        for effect, tokens in hits[:1]:
            self._apply(effect, tokens, state)
        if hits:
            return True
        if kind == "nsubj" and where == "subject":
            return lemma in {"be", "have", "remain", "seem"} or lemma in self.rules.transparent_verbs
        if kind == "ccomp":
            return False
        return lemma in self.rules.transparent_verbs or kind in {"xcomp"}

    def _hits(self, where: Where, word: str, token: Token) -> list[tuple[Effect, list[Token]]]:
        """The effects of a word whose further words stand there too."""
        found = []
        for words, effect in self.rules.effects(where, word):
            tokens = words_near(token, words)
            if tokens is not None:
                found.append((effect, [token, *tokens]))
        return found

    def _apply(self, effect: Effect, tokens: list[Token], state: _State) -> None:
        if effect.classes and state.event_class not in effect.classes:
            return
        if effect.op == "rescheduled":
            state.moved = True
            state.status = "planned" if state.status in {"occurred", "planned", "proposed", "ongoing"} else state.status
        else:
            state.status = self.rules.compose(effect.op, state.status)
        start, end = min(t.i for t in tokens), max(t.i for t in tokens) + 1
        state.evidence.append(Evidence(effect.rule, start, end if end - start <= 4 else start + 1))

    # -- moved to another date --------------------------------------------------------------

    @staticmethod
    def _reschedule(doc: Doc, event: EventMention) -> EventMention:
        """Split the dates of "moved from 2 May to 3 May" into the old and the new one."""
        sent = doc[event.head].sent
        old: TimeMention | None = None
        new: TimeMention | None = None
        for time in doc._.diplo_times or ():
            if sent.start <= time.start < sent.end:
                before = doc[time.start - 1].lower_ if time.start else ""
                if before == "from":
                    old = time
                elif before in {"to", "for", "until", "till"}:
                    new = time
        if new is None and old is None:
            return replace(event, status="postponed") if event.time is None else event
        return replace(event, time=new or event.time, was=old.value if old else event.was)


def _goes_with(node: Token, effect: Effect) -> bool:
    """A verb governs an event through a preposition only as its complement ("call for", "prepare for", "agree to")."""
    words = effect.rule.split(":")[-1].split("_")
    preposition = case_of(node)
    return f" {preposition}" in f" {' '.join(words[1:])}" or (
        len(words) == 1
        and preposition in {"for", "to", "on"}
        and words[0]
        in {"prepare", "push", "agree", "hope", "ask", "plan", "press", "schedule", "set", "commit", "wait"}
    )


def _is_progressive(verb: Token) -> bool:
    """Say whether a verb is in the present progressive: "are holding"."""
    return verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.tag_ in {"VBP", "VBZ"} for c in verb.children)


def _is_told(node: Token, attribution: Attribution) -> bool:
    """Say whether a clause is reported speech in the past: "announced that he would meet"."""
    clause = node
    for _ in range(4):
        head = clause.head
        if head == clause:
            return False
        if clause.dep_ in {"ccomp", "parataxis"} and head.lemma_.lower() in attribution.verbs:
            return head.tag_ in {"VBD", "VBN"} or any(c.lower_ in {"had", "has", "have"} for c in head.children)
        clause = head
    return False


def _is_after(time: TimeMention, reference: str | None) -> bool:
    return bool(time.value and reference and time.value.split("/")[0] > reference[: len(time.value.split("/")[0])])
