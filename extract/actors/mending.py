"""Names that the language model cut wrongly, mended: too long, too short, or two where there is one.

"Rubio-Lavrov" and "Chad–Sudan" are two names, "the Houthis Abdu Ali" too. "Kim Min-" goes on behind its
hyphen, "Union of" with the name behind it, and 'Ann "Ace" Alder' with the one behind the nickname.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from diplograph.ontology.actors import ActorTable

__all__ = ["PERSON_LABELS", "mended", "without_nickname"]

Part = tuple[int, int, str]

_DASHES = {"-", "–", "—"}
_QUOTES = {'"', "“", "”", "„", "''", "``"}
PERSON_LABELS = {"PERSON", "PER"}
_NAMES = PERSON_LABELS | {"ORG", "GPE", "NORP", "LOC", "FAC", "MISC"}
_LINKS = {"of", "for", "and", "the", "in"}
_LONGEST_NICKNAME = 3
_NICKNAME = re.compile(r"\s*[\"“„][^\"“”]*[\"”]")


def mended(doc: Doc, table: ActorTable) -> Iterator[Part]:
    """Yield start, end and label of the names that the language model found."""
    done = 0
    for ent in doc.ents:
        if ent.start < done:
            continue
        parts = _apart(ent, table) if ent.label_ in _NAMES else [(ent.start, ent.end, ent.label_)]
        if len(parts) == 1:
            parts = [_whole(doc, parts[0], table)]
        done = parts[-1][1]
        yield from parts


def _apart(ent: Span, table: ActorTable) -> list[Part]:
    """Cut two names apart that were taken for one."""
    whole = [(ent.start, ent.end, ent.label_)]
    words = [t.text for t in ent]
    if len(ent) > 2 and ent[1].text in _DASHES:
        first, second = table.index.longest(words, 0), table.index.longest(words, 2)
        if first and second and first[0] == 1:
            return [(ent.start, ent.start + 1, ent.label_), (ent.start + 2, ent.start + second[0], ent.label_)]
        if len(ent) == 3 and ent.label_ in PERSON_LABELS and table.is_family(words[0]) and table.is_family(words[2]):
            return [(ent.start, ent.start + 1, ent.label_), (ent.end - 1, ent.end, ent.label_)]
    if ent.label_ in PERSON_LABELS and ent.start and ent.doc[ent.start - 1].lower_ == "the":
        group = table.index.longest(words, 0)
        if group and group[0] < len(words) and table.actors[group[1][0].actor].kind != "person":
            middle = ent.start + group[0]
            return [(ent.start, middle, "ORG"), (middle, ent.end, ent.label_)]
    return whole


def _whole(doc: Doc, part: Part, table: ActorTable) -> Part:
    """Let a name go on that breaks off, and cut off what is none."""
    start, end, label = part
    if doc[end - 1].text in _DASHES and end - start > 2 and doc[end : end + 1].text.islower():
        end += 1
    while end - start > 1 and doc[end - 1].text in _QUOTES | _DASHES:
        end -= 1
    if label in PERSON_LABELS and (behind := _behind_nickname(doc, end)):
        end = behind
    if label == "ORG" and doc[end - 1].lower_ in _LINKS:
        following = end + (doc[end : end + 1].text.lower() == "the")
        rest = next((e for e in doc.ents if e.start == following and e.label_ in _NAMES), None)
        if rest is not None and table.index.longest([t.text for t in rest], 0) is None:
            return start, rest.end, label
        while end - start > 1 and doc[end - 1].lower_ in _LINKS:
            end -= 1
    return start, end, label


def _behind_nickname(doc: Doc, at: int) -> int | None:
    """Where a person's name ends that a nickname in quotation marks stands in or behind."""
    if doc[at : at + 1].text not in _QUOTES:
        return None
    furthest = min(at + 3 + _LONGEST_NICKNAME, len(doc))
    closing = next((i for i in range(at + 2, furthest) if doc[i].text in _QUOTES), None)
    if closing is None:
        return None
    end = closing + 1
    while doc[end : end + 1].text.istitle() and doc[end].pos_ == "PROPN" and doc[end].ent_type_ in PERSON_LABELS:
        end += 1
    return end if end > closing + 1 or doc[at + 1].ent_type_ in PERSON_LABELS else None


def without_nickname(name: str) -> str:
    """Leave the nickname out of a name.

    >>> without_nickname('Ann "Ace" Alder')
    'Ann Alder'
    """
    return _NICKNAME.sub("", name)
