"""Marks on the words that the actor and place tables know.

A mark is a hint for the network's name head, not a decision: "Jordan" is marked as a state wherever it
stands, and the sentence tells whether it is one. Words marked as nothing are names all the same where
the sentence says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from diplograph.ontology.actors import ActorTable, NameUse, load_actors
from diplograph.ontology.names import fold_words
from diplograph.ontology.places import load_places

__all__ = ["Mark", "marks_of"]


class Mark(IntEnum):
    """What a listed name most likely is; the word that goes on with it has the number above."""

    NONE = 0
    STATE = 1
    PEOPLE = 3
    PLACE = 5
    ORGANISATION = 7
    PERSON = 9
    FAMILY = 11


_KINDS = {"person": Mark.PERSON, "organisation": Mark.ORGANISATION, "state": Mark.STATE, "territory": Mark.STATE}
_USES = {"adjective": Mark.PEOPLE, "people": Mark.PEOPLE, "capital": Mark.PLACE}


def marks_of(words: Sequence[str], table: ActorTable | None = None) -> list[int]:
    """Return for each word its `Mark`, plus one where it goes on with a name; by the bundled table if none is given.

    >>> marks_of(["South", "Korean", "envoys", "met", "Lavrov", "in", "New", "York"])
    [3, 4, 0, 0, 11, 0, 5, 6]
    """
    actors, places = table or load_actors(), load_places()
    folded = fold_words(words)
    marks = [int(Mark.NONE)] * len(words)
    start = 0
    while start < len(words):
        end, mark = start + 1, Mark.NONE
        actor = actors.index.longest(words, start, folded)
        place = places.index.longest(words, start, folded)
        if actor and (not place or actor[0] >= place[0]):
            end, mark = actor[0], _mark_of(actor[1][0], actors)
        elif place:
            end, mark = place[0], Mark.PLACE
        elif words[start][0].isupper() and actors.is_family(folded[start]):
            mark = Mark.FAMILY
        if mark:
            marks[start:end] = [int(mark)] + [int(mark) + 1] * (end - start - 1)
        start = end
    return marks


def _mark_of(use: NameUse, actors: ActorTable) -> Mark:
    return _USES.get(use.use) or _KINDS.get(actors.actors[use.actor].kind, Mark.NONE)
