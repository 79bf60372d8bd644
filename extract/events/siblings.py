"""Who is named in one breath with somebody who takes part: "arrested politicians and activists".

What is done to one of a list, or by one, is done to, or by, all of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from spacy.tokens import Token

from diplograph.extract.events.phrases import Named, Phrases
from diplograph.extract.grammar.relations import expand, first_conjunct
from diplograph.extract.layers import EventMention, Role, root_of

__all__ = ["with_siblings"]

_NOUNS = {"NOUN", "PROPN"}


def with_siblings(event: EventMention, elsewhere: Collection[str], phrases: Phrases) -> EventMention:
    """Return an event with all of each list of which some take part, but for those who are in another event."""
    roles = list(event.roles)
    for role in event.roles:
        for named in _siblings(role, phrases):
            new = all(r.member != named.member and not _overlap(r, named) for r in roles)
            if new and named.member not in elsewhere:
                roles.append(Role(named.member, role.role, named.tokens))
    return replace(event, roles=tuple(roles))


def _siblings(role: Role, phrases: Phrases) -> Iterator[Named]:
    """The others of the list that the words of a role stand in."""
    if role.tokens is None:
        return
    token = root_of(phrases.doc, role.tokens)
    for part in expand(first_conjunct(token)):
        if part != token and part.pos_ in _NOUNS:
            alike = phrases.members[role.member].unnamed
            yield from phrases.actors(part) or (_people(part, phrases) if alike else ())


def _people(token: Token, phrases: Phrases) -> list[Named]:
    """People, or a group of them, that a noun describes."""
    groups = token.lemma_.lower() in phrases.collectives.gatherings
    return [phrases.described(token)] if groups or phrases.is_person_noun(token) else []


def _overlap(role: Role, named: Named) -> bool:
    return role.tokens is not None and role.tokens[0] < named.tokens[1] and named.tokens[0] < role.tokens[1]
