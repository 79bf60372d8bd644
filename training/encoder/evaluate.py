"""Measure a shipped model on the dev sets, from raw text, as the product reads it.

``python -m encoder.evaluate --data TREEBANKS --items FILE --model FOLDER [--out scores.json]``

Words are aligned by their characters, as in the CoNLL 2018 shared task (Zeman et al. 2018): a system
word counts if a gold word has the same span, and its arc if the head's span agrees too. Labels are
compared without subtypes. Names are compared on gold words (the name sets are published tokenised; the
items are cut by the product). "sentencizer" is what spaCy's component of that name, which goes by
punctuation, gives in place of the sentence head.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from .data import Sentence
from .sources import dev_sets

COARSE = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "NORP": "NORP"}


def pipeline(component: str, **settings: str) -> Language:
    """Return the tokeniser and one component."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "diplograph.ud_english.v1"}}})
    nlp.add_pipe(component, config=settings)
    nlp.max_length = 10_000_000
    return nlp


def documents(sentences: Iterable[Sentence]) -> Iterator[tuple[str, list[Sentence]]]:
    """Yield the raw text of each document (an empty line between paragraphs) with its sentences."""
    group: list[Sentence] = []
    for sentence in sentences:
        if group and sentence.doc != group[-1].doc:
            yield _text(group), group
            group = []
        group.append(sentence)
    if group:
        yield _text(group), group


def _text(group: list[Sentence]) -> str:
    parts = []
    for number, sentence in enumerate(group):
        if number and sentence.new_paragraph:
            parts.append("\n\n")
        elif number and group[number - 1].spaces[-1]:
            parts.append(" ")
        last = len(sentence.words) - 1
        parts += [
            w + (" " if s and i < last else "")
            for i, (w, s) in enumerate(zip(sentence.words, sentence.spaces, strict=True))
        ]
    return "".join(parts)


Word = dict[str, Any]


def gold_words(text: str, group: list[Sentence]) -> tuple[list[Word], set[tuple[int, int]]]:
    """Return the gold words with their spans, and the spans of the sentences."""
    words: list[Word] = []
    bounds = set()
    at = 0
    for s in group:
        spans = []
        for word in s.words:
            begin = text.index(word, at)
            at = begin + len(word)
            spans.append((begin, at))
        bounds.add((spans[0][0], spans[-1][1]))
        for i, span in enumerate(spans):
            head = (s.heads or [])[i]
            words.append(
                {
                    "span": span,
                    "head": spans[head - 1] if head else None,
                    "rel": (s.rels or [])[i].split(":")[0],
                    "upos": (s.upos or [])[i],
                    "xpos": (s.xpos or [])[i],
                    "feats": (s.feats or [])[i],
                    "lemma": (s.lemmas or [])[i],
                }
            )
    return words, bounds


def system_words(doc: Doc) -> tuple[list[Word], set[tuple[int, int]]]:
    """Return the words and sentences of an annotated Doc, in the same form."""
    words = []
    for t in doc:
        if not t.is_space:
            span = (t.idx, t.idx + len(t))
            root = t.head == t
            head = None if root else (t.head.idx, t.head.idx + len(t.head))
            rel = "root" if root else t.dep_.split(":")[0]
            feats = str(t.morph) or "_"
            words.append(
                {
                    "span": span,
                    "head": head,
                    "rel": rel,
                    "upos": t.pos_,
                    "xpos": t.tag_,
                    "feats": feats,
                    "lemma": t.lemma_,
                }
            )
    bounds = set()
    for s in doc.sents:
        own = [t for t in s if not t.is_space]
        if own:
            bounds.add((own[0].idx, own[-1].idx + len(own[-1])))
    return words, bounds


def score_trees(nlp: Language, sentences: list[Sentence]) -> dict[str, float]:
    """Return F1 (percent) of words, sentences and every layer, from raw text."""
    hits = dict.fromkeys(("words", "sentences", "upos", "xpos", "feats", "lemmas", "uas", "las"), 0)
    gold_n = system_n = gold_s = system_s = 0
    for text, group in documents(sentences):
        gold, gold_bounds = gold_words(text, group)
        system, system_bounds = system_words(nlp(text))
        gold_n, system_n = gold_n + len(gold), system_n + len(system)
        gold_s, system_s = gold_s + len(gold_bounds), system_s + len(system_bounds)
        hits["sentences"] += len(gold_bounds & system_bounds)
        by_span = {w["span"]: w for w in system}
        for g in gold:
            s = by_span.get(g["span"])
            if s is None:
                continue
            hits["words"] += 1
            hits["upos"] += g["upos"] == s["upos"]
            hits["xpos"] += g["xpos"] == s["xpos"]
            hits["feats"] += g["feats"] == s["feats"]
            hits["lemmas"] += g["lemma"] == s["lemma"]
            hits["uas"] += g["head"] == s["head"]
            hits["las"] += g["head"] == s["head"] and g["rel"] == s["rel"]
    f1 = {k: round(200 * n / (gold_n + system_n), 2) for k, n in hits.items()}
    f1["sentences"] = round(200 * hits["sentences"] / (gold_s + system_s), 2)
    return f1


def score_names(nlp: Language, sentences: list[Sentence]) -> dict[str, float]:
    """Return F1 (percent) of names on gold words: over all labels, and over the four coarse kinds."""
    encoder = nlp.get_pipe("diplo_encoder")
    counts = {"all": [0, 0, 0], "coarse": [0, 0, 0]}
    for s in sentences:
        doc = encoder(Doc(nlp.vocab, words=s.words, spaces=s.spaces))
        found = {(e.start, e.end, e.label_) for e in doc.ents}
        gold = set(s.names or ())
        for key, change in (("all", lambda x: x), ("coarse", _coarse)):
            f, g = change(found), change(gold)
            for i, n in enumerate((len(f & g), len(f), len(g))):
                counts[key][i] += n
    return {k: round(200 * hit / (f + g), 2) for k, (hit, f, g) in counts.items()}


def _coarse(spans: set[tuple[int, int, str]]) -> set[tuple[int, int, str]]:
    return {(b, e, COARSE[label]) for b, e, label in spans if label in COARSE}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--items", type=Path, required=True, help="the news items that names-dev.jsonl annotates")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    nlp, by_punctuation = pipeline("diplo_encoder", model=str(args.model)), pipeline("sentencizer")
    dev = dev_sets(args.data, args.items, ["ewt", "gum"])
    news = [s for s in dev["gum"] if s.doc.startswith(("GUM_news", "GUM_interview"))]
    trees = {"ewt": dev["ewt"], "gum": dev["gum"], "gum news and interview": news}
    scores = {
        "raw": {name: score_trees(nlp, sentences) for name, sentences in trees.items()},
        "names": {name: score_names(nlp, dev[name]) for name in ("names", "items")},
        "sentencizer": {name: score_trees(by_punctuation, trees[name])["sentences"] for name in ("ewt", "gum")},
    }
    text = json.dumps(scores, indent=1)
    print(text)
    if args.out:
        args.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
