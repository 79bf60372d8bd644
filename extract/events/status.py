"""What became of an event: planned, held, postponed, cancelled, refused ...

The component ``diplo_status`` starts from the form of the trigger and climbs towards the main clause.
Every word on the way that a rule of the ontology knows changes the status (see
ontology/status.toml); the words that did are kept as evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from diplograph.extract.events import forms
from diplograph.extract.events.moves import with_moves
from diplograph.extract.grammar.relations import (
    VERBAL,
    case_of,
    first_conjunct,
    is_negated,
    is_passive,
    relation,
    words_near,
)
from diplograph.extract.layers import READER, EventMention, Evidence, Proposal, register
from diplograph.ontology.attribution import Attribution, load_attribution
from diplograph.ontology.fusion import StatusWeights, load_fusion
from diplograph.ontology.lexicon import Lexicon, load_lexicon
from diplograph.ontology.moverules import load_move_rules
from diplograph.ontology.statuses import HELD, Effect, StatusRules, Where, load_status_rules

__all__ = ["StatusReader", "make_status_reader"]

_COMPLEMENTS = {"xcomp", "ccomp", "acl", "advcl", "csubj"}
_ENDED = {"cancelled", "postponed", "rescheduled"}
_OTHER_RELATIVES = {"where", "when", "who", "whose", "whom"}
_DEEPEST = 2
_SAID_BEHIND = {"cancelled", "postponed", "planned", "proposed"}
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
    sure: bool = False
    ahead: bool = False
    carried: bool = False
    used: set[int] = field(default_factory=set)


class StatusReader:
    """Sets status, evidence and the old date of rescheduled events (see the module's first lines)."""

    def __init__(self, rules: StatusRules, lexicon: Lexicon, attribution: Attribution, weights: StatusWeights) -> None:
        self.rules, self.attribution, self.weights = rules, attribution, weights
        self.moves = load_move_rules()
        self._stative = {entry.id for entry in lexicon.entries if entry.family.stative}
        register("diplo_events")

    def __call__(self, doc: Doc) -> Doc:
        """Set the status of each event."""
        doc._.diplo_events = with_moves(doc, (self._read(doc, event) for event in doc._.diplo_events), self.moves)
        return doc

    def _read(self, doc: Doc, event: EventMention) -> EventMention:
        token = doc[event.head]
        status, sure = forms.first_status(token, event.time, self.rules, stative=event.entry in self._stative)
        ahead = event.time is not None and forms.is_after(event.time, doc._.diplo_date)
        state = _State(status, event.event_class, sure=sure, ahead=ahead)
        self._climb(token, state)
        state.status = "occurred" if state.status == HELD else state.status
        if event.proposal is not None and not forms.tells_of_another(doc[event.proposal.token], token):
            over = token.pos_ not in VERBAL and event.time is not None and event.time.is_over(doc._.diplo_date)
            self._ask_reader(event.proposal, state, over=over)
        return replace(event, status=state.status, evidence=tuple(state.evidence), moved=state.moved)

    def _ask_reader(self, proposal: Proposal, state: _State, *, over: bool) -> None:
        """Weigh the status that the rules found against what the trained reader sees.

        A noun that is dated to a time that is `over` tells of nothing planned; a verb in the present may
        ("sees him on Monday").
        """
        best = self.weights.decide(proposal.statuses, state.status, rules=max(state.sure, len(state.evidence)))
        if best != state.status and not (over and best == "planned"):
            state.status, state.moved = best, False
            state.evidence = [Evidence(READER, proposal.token, proposal.token + 1)]

    # -- the way up -------------------------------------------------------------------------

    def _climb(self, token: Token, state: _State) -> None:
        node, seen, subject = token, set(), None
        if token.pos_ not in VERBAL:
            self._relatives(token, state)
        while node.i not in seen:
            seen.add(node.i)
            self._local(node, state, seen)
            if subject is not None:
                self._settle(subject, node, state)
                self._joined(subject, node, state)
            first = first_conjunct(node)
            if first != node:
                if node.pos_ in VERBAL:
                    self._shared(node, first, state, seen)
                node = first
            head = node.head
            if head == node:
                break
            if head.dep_ == "advmod" and relation(node) in {"obl", "advcl"}:
                head = head.head  # "walked away from the talks"
            goes_on = self._step(node, head, state)
            subject = node if relation(node) == "nsubj" else None
            if not goes_on:
                if subject is not None:
                    self._joined(subject, head, state)
                break
            node = head
        if token.pos_ not in VERBAL and (predicate := forms.behind(token)) is not None:
            self._said_of(predicate, state, passive=predicate.tag_ in {"VBN", "VBD"})

    # -- what is said of it -----------------------------------------------------------------

    def _said_of(self, predicate: Token, state: _State, *, passive: bool, depth: int = 0) -> None:
        """Apply what a predicate says of the event that is its subject ("is expected to be called off")."""
        self._raised(predicate, state, depth)
        for effect, tokens in self._of_subject(predicate, passive=passive)[:1]:
            self._apply(effect, tokens, state)
        self._local(predicate, state, {predicate.i, -1})

    def _of_subject(self, predicate: Token, *, passive: bool) -> list[tuple[Effect, list[Token]]]:
        lemma, word = predicate.lemma_.lower(), predicate.lower_
        if predicate.pos_ not in VERBAL and not passive:
            return self._hits("modifier", lemma, predicate) or self._hits("modifier", word, predicate)
        if passive:
            return self._hits("verb", lemma, predicate) or self._hits("modifier", word, predicate)
        hits = self._hits("subject", word, predicate) or self._hits("subject", lemma, predicate)
        if any(c.dep_ == "obj" for c in predicate.children):
            return [h for h in hits if len(h[1]) > 1]
        return hits or [h for h in self._hits("verb", lemma, predicate) if h[0].op in _ENDED]

    def _raised(self, verb: Token, state: _State, depth: int = 0) -> None:
        """Apply what stands below the predicate of an event: "had to be cancelled"."""
        for child in verb.children:
            phrase = relation(child) in {"obl", "advcl"} and child.pos_ not in VERBAL
            below = child.dep_ == "xcomp" or (phrase and verb.lemma_ in self.rules.being)
            if below and child.i > verb.i and depth < _DEEPEST:
                self._said_of(child, state, passive=is_passive(child) or child.tag_ == "VBN", depth=depth + 1)

    def _joined(self, subject: Token, head: Token, state: _State) -> None:
        for predicate in forms.shared_predicates(head, subject):
            self._said_of(predicate, state, passive=is_passive(predicate))
            self._settle(subject, predicate, state)

    def _relatives(self, noun: Token, state: _State) -> None:
        """Apply what a relative clause says of an event: "the trip, which was called off", "that Paris put off".

        Of a clause that it is the object of, only how it ended counts: who did not attend it tells nothing of it.
        """
        for clause in noun.children:
            if clause.dep_ != "acl:relcl" or any(
                c.lower_ in _OTHER_RELATIVES for c in clause.subtree if c.i < clause.i
            ):
                continue
            gap = next((relation(c) for c in clause.children if c.lower_ in {"which", "that"}), "obj")
            if gap == "nsubj":
                self._said_of(clause, state, passive=is_passive(clause))
            elif gap == "obj" and sum(relation(c) == "obj" for c in clause.children) < 2:
                ended = [h for h in self._of_subject(clause, passive=True) if h[0].op in _ENDED]
                for effect, tokens in ended[:1]:
                    self._apply(effect, tokens, state)

    def _settle(self, noun: Token, verb: Token, state: _State) -> None:
        """What is known to be arranged and is not held is called off: "the summit will not take place"."""
        if state.status != "refused" or not is_negated(verb) or not forms.is_arranged(noun, self.rules):
            return
        happens = any(effect.op == "occurred" for effect, _ in self._hits("subject", verb.lemma_.lower(), verb))
        carried = is_passive(verb) and verb.lemma_.lower() in self.rules.transparent_verbs
        ahead = any(c.dep_ == "aux" and c.lower_ in {"will", "wo", "'ll", "would"} for c in verb.children)
        if (happens or carried) and (ahead or not forms.is_told(verb, self.attribution)):
            state.status = "cancelled"

    # -- the way up, step by step -------------------------------------------------------------

    def _local(self, node: Token, state: _State, seen: set[int]) -> None:
        """Apply what modifies a word: adjectives, auxiliaries, negation, conjunctions, prepositions."""
        for where, child in sorted(forms.modifiers(node, seen, self.rules), key=lambda m: m[0] == "mark"):
            if child.i in state.used or (where == "auxiliary" and child.lemma_ == "do" and is_negated(node)):
                continue
            future = where == "auxiliary" and child.lower_ in self.rules.form["future"]
            if future and forms.is_conditional(node, self.rules):
                self._apply(Effect("hypothetical.condition:if", "hypothetical"), [child], state)
                continue
            if where == "auxiliary" and child.lower_ == "would" and forms.is_told(node, self.attribution):
                self._apply(Effect("planned.told:would", "planned"), [child], state)
                continue
            word = child.lower_ if where in {"auxiliary", "negation", "mark", "case"} else child.lemma_.lower()
            word = "no" if word in self.rules.form["nobody"] else word
            hits = self._hits(where, word, child) or (
                self._hits(where, child.lower_, child) if word != child.lower_ else []
            )
            if not hits and where == "modifier" and child.tag_ == "VBN":
                hits = [h for h in self._hits("verb", child.lemma_.lower(), child) if _is_said_behind(h[0])]
            for effect, tokens in hits[:1]:
                if not forms.is_in_tense(node, effect.tense):
                    continue  # "still met"
                if where != "modifier" or effect.op != "occurred" or len(seen) == 1:
                    self._apply(effect, tokens, state)
        if node.pos_ not in VERBAL and (preposition := case_of(node)):
            case = next(c for c in node.children if c.dep_ == "case")
            if case.i and node.doc[case.i - 1].lower_ == "ahead":
                preposition = f"ahead {preposition}"
            first, *rest = preposition.split()
            for words, effect in self.rules.effects("case", first):
                if list(words) == rest:
                    tokens = [c for c in node.children if c.dep_ == "case"]
                    self._apply(effect, tokens, state)

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
        if case_of(node) == "of" and self._verdict(head, state):
            return False
        predicate = kind == "nsubj" and any(c.dep_ == "cop" for c in head.children)
        if head.pos_ in VERBAL and not predicate:
            return self._under_verb(node, head, kind, lemma, state)
        if predicate and head.pos_ != "ADJ":
            hits = self._hits("modifier", lemma, head) or self._hits("modifier", head.lower_, head)
            for effect, tokens in hits[:1]:
                self._apply(effect, tokens, state)
            return bool(hits)
        if (doubted := self._doubted(node, head, state)) is not None:
            return doubted
        if head.pos_ == "ADJ" and kind in {"nsubj", "csubj", "xcomp", "ccomp", "advcl"}:
            hits = (
                self._hits("modifier", lemma, head)
                or self._hits("modifier", head.lower_, head)
                or self._hits("verb", lemma, head)
            )
            if kind in {"ccomp", "csubj"} and node.tag_ not in {"VB", "VBG"}:
                hits = [h for h in hits if h[0].op != "planned"]  # "certain that he met him"
            self._raised(head, state)
            for effect, tokens in hits[:1]:
                self._apply(effect, tokens, state)
            return bool(hits)
        if kind in {"nmod", "acl", "compound", "obl"} or (kind == "ccomp" and head.pos_ == "NOUN"):
            if node.lemma_ in self.rules.beside and node.tag_ == "VBN":
                return True
            content = any(c.dep_ == "mark" for c in node.children) or lemma in self.rules.claim_nouns  # "the lie that"
            if (node.dep_ == "acl:relcl" and not content) or forms.is_circumstance(node, kind, self.rules):
                return False
            hits = self._hits("noun", lemma, head)
            state.carried |= bool(hits)
            for effect, tokens in hits[:1]:
                self._apply(effect, tokens, state)
            return bool(hits) or lemma in self.rules.transparent_nouns or self._in_idiom(head)
        return False

    def _doubted(self, node: Token, head: Token, state: _State) -> bool | None:
        """Apply what is not certain: "it is not certain that", "no guarantee of"; say if the way goes on then.

        What is asked for by another word than "whether" is certain: "it is not clear why he met him".
        """
        denials = forms.denials(head, self.rules)
        hits = self._hits("doubt", head.lemma_.lower(), head) if denials else []
        if hits and forms.is_asked_about(node):
            state.sure = True
            return False
        for effect, tokens in hits[:1]:
            self._apply(effect, tokens, state)
            state.used.update(c.i for c in denials)
        return True if hits else None

    def _in_idiom(self, noun: Token) -> bool:
        """Say whether a noun belongs to the words of a verb's rule: the door of "slammed the door on talks"."""
        verb = noun.head
        hits = self._hits("verb", verb.lemma_.lower(), verb) if relation(noun) in {"obj", "obl"} else []
        return any(noun in tokens for _, tokens in hits)

    def _verdict(self, head: Token, state: _State) -> bool:
        """Apply what a quotation says of an event: '"Out of the question," she said of a visit'."""
        verb = head.head if head.dep_ == "nsubj" and head.i > head.head.i else head
        if verb.lemma_.lower() not in self.attribution.verbs:
            return False
        steps = len(state.evidence)
        for verdict in verb.children:
            if verdict.dep_ in {"ccomp", "obj", "parataxis", "obl", "advmod"} and verdict.i < verb.i:
                self._said_of(verdict, state, passive=is_passive(verdict))
        return len(state.evidence) > steps

    def _under_verb(self, node: Token, head: Token, kind: str, lemma: str, state: _State) -> bool:
        where: Where = "verb"
        if kind == "nsubj" and node.dep_ != "nsubj:pass" and not is_passive(head):
            where = "subject"
        elif kind == "advcl" and node.lemma_ in self.rules.beside and node.tag_ == "VBN":
            return True
        elif (
            kind == "advcl"
            and node.tag_ in {"VBG", "NN", "NNS"}
            and any(c.dep_ in {"mark", "case"} for c in node.children)
        ):
            kind = "obl"  # "refrained from attacking"
        elif kind not in {"obl", "obj", "nsubj", *_COMPLEMENTS} or kind == "advcl":
            return False
        if kind == "nsubj":
            self._raised(head, state)
        hits = (where == "subject" and self._hits(where, head.lower_, head)) or self._hits(where, lemma, head)
        if kind == "xcomp" and (head.tag_ == "JJ" or is_passive(head)):
            adjective = self._hits("modifier", head.lower_, head)  # "is prepared to meet", not "prepares to"
            hits = adjective if not hits or (adjective and adjective[0][0].op != hits[0][0].op) else hits
        if where == "subject" and state.carried:
            hits = [h for h in hits if h[0].op not in {"occurred", "ongoing"}]  # the preparations began
        if where == "subject" and not hits and not any(c.dep_ == "obj" for c in head.children):
            hits = [h for h in self._hits("verb", lemma, head) if h[0].op in _ENDED]  # "with the meeting canceled"
        if where == "verb" and node.lemma_.lower() in self.rules.claim_nouns:
            hits = self._hits("claim", lemma, head) or hits
        hits = [h for h in hits if state.ahead or forms.is_in_tense(head, h[0].tense)]
        hits = [h for h in hits if not h[0].classes or state.event_class in h[0].classes] or hits
        if where == "verb" and kind == "obl":
            if case_of(node) == "by" and lemma in self.rules.beside:
                return True
            hits = [h for h in hits if h[0].op != "ongoing" and self._goes_with(node, h[0])]
            if not hits and case_of(node) not in _PURPOSE:
                return False  # said in passing: "during the talks"
        if kind == "ccomp" and state.status in {HELD, "ongoing"}:
            hits = [h for h in hits if h[0].op != "planned"]  # "confirmed that they are taking place"
        for effect, tokens in hits[:1]:
            self._apply(effect, tokens, state)
        if kind == "obj":
            for child in head.children:
                if child.dep_ == "xcomp" and child.i > node.i and child.pos_ in {"ADJ", "NOUN"}:
                    self._said_of(child, state, passive=False)  # "called the visit a fabrication"
        if hits:
            return where != "verb" or hits[0][0].op != "occurred"
        if kind == "nsubj" and where == "subject":
            return lemma in {"be", "have", "remain", "seem"} or lemma in self.rules.transparent_verbs
        if kind == "ccomp":
            return False
        return lemma in self.rules.transparent_verbs or kind in {"xcomp"}

    def _goes_with(self, node: Token, effect: Effect) -> bool:
        """A verb governs an event through a preposition only as its complement ("call for", "prepare for")."""
        verb, *words = effect.rule.split(":")[-1].split("_")
        preposition = case_of(node) or next((c.lower_ for c in node.children if c.dep_ == "mark"), "")
        if words:
            return preposition in words or not preposition
        return verb in self.rules.complements.get(preposition, ())

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
            state.status = self.rules.compose(forms.in_time(effect.op, tokens[0], ahead=state.ahead), state.status)
        state.used.update(t.i for t in tokens)
        start, end = min(t.i for t in tokens), max(t.i for t in tokens) + 1
        state.evidence.append(Evidence(effect.rule, start, end if end - start <= 4 else start + 1))


def _is_said_behind(effect: Effect) -> bool:
    """Say whether a rule for verbs is for their participles as well: "talks called off in May"."""
    return effect.op in _SAID_BEHIND and effect.tense is None
