"""Where an event is: a town, a seat or, failing these, a country among the phrases of its clause."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from diplograph.extract.events.phrases import Named, Phrases
from diplograph.extract.grammar.clauses import Slots, arguments
from diplograph.extract.grammar.relations import case_of, clause_of, relation
from diplograph.extract.layers import Mention, Role, root_of
from diplograph.ontology.lexicon import Entry

__all__ = ["VENUE", "host_of_stay", "venue_of"]

VENUE = ("in", "at", "near", "outside", "inside", "off", "along", "across")
"""Prepositions of a place."""

_PLACED = {"CONSULT", "AGREE", "COOPERATE", "ASSAULT", "COERCE", "PROTEST", "MOBILIZE"}
"""Classes of acts that have a venue; what is said has none."""
_PARTS = frozenset(
    "coast border frontier city town village capital port region province district territory waters shore airport "
    "airspace north south east west part area".split()
)
"""What somebody is in, at or off is the name that follows: "off the coast of Chad", "in the border town of Tiné"."""
_STRUCK = ("object", "on", "against", "at", "into")
"""Slots of what an attack hits."""
_WIDE = {"state", "territory", "region"}
_TOGETHER = {"reciprocal", "speak", "visit", "receive", "host", "accord"}
"""Frames whose sides are where the event is."""


def venue_of(entry: Entry, token: Token, slots: Slots, roles: Sequence[Role], phrases: Phrases) -> Mention | None:
    """Return the name of the place of an event, the closest first."""
    wide = (
        mention
        for slot, mention in _locations(entry, slots, phrases)
        if slot not in {"at", "compound", "on"} and phrases.members[mention.members[0]].kind in _WIDE
    )
    return _site(entry, token, slots, roles, phrases) or next(wide, None)


def host_of_stay(entry: Entry, token: Token, slots: Slots, phrases: Phrases) -> Named | None:
    """Return the state in whose town the agent of an act is, if it is not his own."""
    site = _site(entry, token, slots, (), phrases)
    host = phrases.state_of(site.members[0]) if site else None
    guests = [n.member for t in slots.get("subject", ()) for n in phrases.actors(t)]
    homes = {phrases.members[g].country for g in guests if phrases.members[g].kind == "person"} - {None}
    if site is None or host is None or not homes or phrases.members[host].country in homes:
        return None
    return Named(host, (site.start, site.end))


def _site(entry: Entry, token: Token, slots: Slots, roles: Sequence[Role], phrases: Phrases) -> Mention | None:
    """The town or seat: among the event's own phrases, with those who meet, or anywhere in its clause."""
    with_sides = _of_sides(roles, phrases) if entry.frame.id in _TOGETHER else {}
    slots = {**slots, **{name: [*slots.get(name, ()), *tokens] for name, tokens in with_sides.items()}}
    for slot, mention in _locations(entry, slots, phrases):
        if phrases.is_site(mention) and (slot in VENUE or mention.use in {"capital", "place"}):
            return mention
    event_class = entry.family.event_class
    return _in_clause(token, phrases, victims=event_class == "ASSAULT") if event_class in _PLACED else None


def _locations(entry: Entry, slots: Slots, phrases: Phrases) -> Iterator[tuple[str, Mention]]:
    """The names in slots that may hold a place, the likeliest slot first."""
    wanted = [*VENUE]
    if entry.frame.id == "visit":
        wanted = ["to", "object", *VENUE]
    elif entry.family.event_class in {"ASSAULT", "MOBILIZE"}:
        wanted = [*VENUE, "object", "on", "into", "to"]  # what is struck or where troops go is where it is
    within = {name: list(slots.get(name, ())) for name in [*wanted, "compound"]}
    if entry.family.event_class == "ASSAULT":  # "struck three depots in southern Chad"
        for thing in (t for name in _STRUCK for t in slots.get(name, ())):
            for name in ("in", "across", "inside"):
                within[name] += [t for t in arguments(thing).get(name, ()) if t not in within[name]]
    for slot, heads in within.items():
        for head in heads:
            if slot == "compound" and not phrases.is_town(head):
                continue
            mention = _whose(head, phrases)
            if mention and mention.form == "name" and mention.members and mention.use not in {"adjective", "people"}:
                yield slot, mention


def _whose(head: Token, phrases: Phrases) -> Mention | None:
    """The name of a place, or that of which it is a part."""
    mention = phrases.mention(head)
    if mention is None and head.lemma_.lower() in _PARTS:
        inner = [t for t in arguments(head).get("of", ()) if phrases.mention(t)]
        return phrases.mention(inner[0]) if inner else None
    return mention


def _of_sides(roles: Sequence[Role], phrases: Phrases) -> Slots:
    """Where those who meet are said to be: the parser hangs "in Paris" from the last of them."""
    found: Slots = {}
    for role in roles:
        if role.tokens is not None:
            head = root_of(phrases.doc, role.tokens)
            for name, tokens in arguments(head).items():
                if name in VENUE:
                    found.setdefault(name, []).extend(tokens)
    return found


def _in_clause(trigger: Token, phrases: Phrases, *, victims: bool = False) -> Mention | None:
    """The last site behind "in" or "at" in the clause of a trigger, wherever the parser hung it; else that in front.

    An attack is also where its `victims` do something ("killed settlers waiting for food in Rafah").
    """
    clause = clause_of(trigger)
    behind = (t for t in reversed(list(clause.subtree)) if t.i > trigger.i)
    in_front = (t for t in clause.children if t.i < trigger.i and relation(t) == "obl")
    for token in itertools.chain(behind, in_front):
        mention = _whose(token, phrases)
        if mention is None or case_of(token) not in {"in", "at"} or not phrases.is_site(mention):
            continue
        if token.i < trigger.i or _open_between(token, clause, victims):
            return mention
    return None


def _open_between(token: Token, clause: Token, victims: bool) -> bool:
    """Say whether what stands between a word and its clause may hold a phrase of the clause.

    That is no clause with a subject of its own and no relative clause, but what was to be done ("met to discuss
    the truce in Doha").
    """
    between = [t for t in itertools.takewhile(lambda t: t != clause, token.ancestors) if t.pos_ == "VERB"]
    return all(
        (t.dep_ in {"conj", "advcl"} and not _has_subject(t) and t.tag_ != "VBG")
        or (victims and t.dep_ == "acl" and t.tag_ in {"VBG", "VBN"})
        for t in between
    )


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in {"nsubj", "nsubj:pass"} for c in verb.children)
