"""From an annotated spaCy Doc to a record: token positions become character offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping

from spacy.tokens import Doc

from diplograph.extract.documents import Document
from diplograph.extract.layers import READER, Cast, EventMention, Member, Role, TripleArgument, TripleMention, root_of
from diplograph.extract.places import place_of
from diplograph.extract.records import (
    Actor,
    Argument,
    Event,
    Extraction,
    Extractor,
    Link,
    Participant,
    Place,
    Reason,
    Relation,
    RoleArgument,
    Source,
    Span,
    Time,
    Triple,
    content_id,
    text_hash,
)
from diplograph.ontology.actors import ACTOR_BASE, WIKIDATA_BASE

__all__ = ["to_extraction"]


def to_extraction(doc: Doc, document: Document, extractor: Extractor) -> Extraction:
    """Build the record of a document from the layers on its Doc.

    Layers that are missing (a pipeline without some of the components) give empty lists.
    """
    return _Assembly(doc, document).record(extractor)


class _Assembly:
    """The translation of one document."""

    def __init__(self, doc: Doc, document: Document) -> None:
        self.doc, self.document, self.text = doc, document, document.text
        self.words = list(doc)
        sentences = list(doc.sents)
        self.starts = [s.start for s in sentences]
        self.sentences = [self._trimmed(s.start_char, s.end_char) for s in sentences]
        self.cast: Cast = doc._.diplo_actors if Doc.has_extension("diplo_actors") and doc._.diplo_actors else Cast()
        self.ids = {key: self._actor_id(member) for key, member in self.cast.members.items()}

    def record(self, extractor: Extractor) -> Extraction:
        events = self._events(_layer(self.doc, "diplo_events"))
        triples = self._triples(_layer(self.doc, "diplo_triples"))
        used = {p.actor for e in events for p in e.participants} | {e.source.actor for e in events if e.source}
        return Extraction(
            id=self.document.id,
            extractor=extractor,
            text_sha256=text_hash(self.document.text),
            text=self.document.text,
            date=self.document.date,
            title=self.document.title,
            source=self.document.source,
            sentences=tuple(s for s in self.sentences if s[0] < s[1]),
            actors=tuple(self._actors(used)),
            triples=triples,
            events=events,
            metadata=dict(self.document.metadata),
        )

    def _actor_id(self, member: Member) -> str:
        """Unnamed groups, and persons known by one name only, are those of this document, not of all."""
        by_one_name = member.kind == "person" and not member.known and len(member.name.split()) == 1
        if member.unnamed or by_one_name:
            return f"{member.id}-{text_hash(self.document.id)[:8]}"
        return member.id

    def _actors(self, used: set[str | None]) -> list[Actor]:
        mentions: dict[str, list[Span]] = {}
        for mention in self.cast.mentions:
            for key in mention.members:
                mentions.setdefault(key, []).append(self._span((mention.start, mention.end)))
        actors = []
        for key, member in self.cast.members.items():
            if member.kind == "place" and self.ids[key] not in used:
                continue
            actors.append(
                Actor(
                    id=self.ids[key],
                    name=member.name,
                    kind=member.kind,
                    country=member.country,
                    iri=f"{ACTOR_BASE}{member.id}" if member.known else None,
                    same_as=(f"{WIKIDATA_BASE}{member.wikidata}",) if member.wikidata else (),
                    mentions=tuple(dict.fromkeys(mentions.get(key, ()))),
                )
            )
        return sorted(actors, key=lambda a: (a.mentions[:1] or ((1 << 30, 0),), a.id))

    def _span(self, tokens: tuple[int, int]) -> Span:
        """The characters of token positions, without white space at their end."""
        start, end = tokens
        while end > start + 1 and self.words[end - 1].is_space:
            end -= 1
        last = self.words[end - 1]
        return self.words[start].idx, last.idx + len(last)

    def _quote(self, tokens: tuple[int, int]) -> str:
        begin, end = self._span(tokens)
        return self.text[begin:end]

    def _sentence(self, token: int) -> Span:
        return self.sentences[bisect_right(self.starts, token) - 1]

    def _trimmed(self, start: int, end: int) -> Span:
        text = self.text[start:end]
        return start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())

    # -- events -----------------------------------------------------------------------------

    def _events(self, mentions: tuple[EventMention, ...]) -> tuple[Event, ...]:
        reals: dict[int, str] = {}
        kept: dict[str, EventMention] = {}
        for mention in mentions:
            key = content_id(
                "m",
                self.document.id,
                mention.event_class,
                mention.mode,
                mention.trigger,
                [r.member for r in mention.roles],
            )
            kept.setdefault(key, mention)
            reals.setdefault(mention.event, content_id("e", self.document.id, key))
        heads = {mention.head: key for key, mention in kept.items()}
        return tuple(self._event(mention, key, reals[mention.event], heads) for key, mention in kept.items())

    def _event(self, mention: EventMention, key: str, real: str, keys: Mapping[int, str]) -> Event:
        time = mention.time
        return Event(
            id=key,
            event=real,
            event_class=mention.event_class,  # type: ignore[arg-type]
            mode=mention.mode,
            trigger=self._span(mention.trigger),
            sentence=self._sentence(mention.head),
            participants=tuple(self._participant(role) for role in mention.roles),
            place=self._place(mention),
            time=Time(self._quote((time.start, time.end)), time.value, *self._span((time.start, time.end)))
            if time
            else None,
            was=mention.was,
            status=mention.status,  # type: ignore[arg-type]
            status_evidence=tuple(dict.fromkeys(self._span((e.start, e.end)) for e in mention.evidence)),
            source=self._source(mention),
            links=tuple(Link("content_of", keys[i]) for i in [mention.content_of] if i is not None and i in keys),
            confidence=None if mention.confidence is None else round(mention.confidence, 3),
            reasons=tuple(self._reasons(mention)),
        )

    def _reasons(self, mention: EventMention) -> Iterator[Reason]:
        shares = mention.proposal.classes if mention.proposal else {}
        share = round(shares[mention.event_class], 3) if mention.event_class in shares else None
        yield Reason("event", mention.entry, *self._span(mention.trigger), share if mention.entry == READER else None)
        if mention.entry != READER and share is not None and mention.proposal is not None:
            at = mention.proposal.token
            yield Reason("event", READER, *self._span((at, at + 1)), share)
        for step in mention.evidence:
            yield Reason("status", step.rule, *self._span((step.start, step.end)))

    def _participant(self, role: Role) -> Participant:
        member = self.cast.members[role.member]
        surface, begin, end = None, None, None
        if role.tokens is not None:
            begin, end = self._span(role.tokens)
            surface = self.text[begin:end]
        return Participant(
            actor=self.ids[role.member],
            name=member.name,
            role=role.role,
            kind=member.kind,
            country=member.country,
            iri=f"{ACTOR_BASE}{member.id}" if member.known else None,
            surface=surface,
            begin=begin,
            end=end,
            confidence=None if role.confidence is None else round(role.confidence, 3),
        )

    def _place(self, mention: EventMention) -> Place | None:
        if mention.place is None:
            return None
        begin, end = self._span(mention.place_tokens) if mention.place_tokens else (None, None)
        country = self._country_of(mention.place_tokens) if mention.place_tokens else None
        return place_of(mention.place, country, begin, end)

    def _country_of(self, place: tuple[int, int]) -> str | None:
        """The country that a text gives behind a place ("Tripoli, Lebanon"), else that of the name in the cast."""
        behind = place[1] + 1
        if behind < len(self.doc) and self.doc[place[1]].text == ",":
            state = self.cast.at(behind)
            if state and state.start == behind and self.cast.members[state.members[0]].kind == "state":
                return self.cast.members[state.members[0]].country
        named = self.cast.at(place[0])
        return self.cast.members[named.members[0]].country if named and named.members else None

    def _source(self, mention: EventMention) -> Source | None:
        if mention.source is None:
            return None
        begin, end = self._span(mention.source_tokens) if mention.source_tokens else (None, None)
        actor = self.ids.get(mention.source_member) if mention.source_member else None
        return Source(mention.source, actor=actor, begin=begin, end=end)

    # -- triples ----------------------------------------------------------------------------

    def _triples(self, mentions: tuple[TripleMention, ...]) -> tuple[Triple, ...]:
        at: Mapping[int, str] = {
            root_of(self.doc, (m.start, m.end)).i: self.ids[m.members[0]]
            for m in self.cast.mentions
            if len(m.members) == 1 and self.cast.members[m.members[0]].kind != "place"
        }
        triples: dict[str, Triple] = {}
        for mention in mentions:
            subject, target = self._argument(mention.subject, at), self._argument(mention.object, at)
            key = content_id("t", self.document.id, mention.head, mention.lemma, subject.begin, target.begin)
            if subject.text and target.text:
                triples[key] = Triple(
                    id=key,
                    subject=subject,
                    relation=Relation(mention.relation, mention.lemma, mention.implied or None),
                    object=target,
                    arguments=tuple(
                        RoleArgument(a.role, p.text, p.begin, p.end, p.actor)
                        for a in mention.arguments
                        if (p := self._argument(a, at)).text
                    ),
                    negated=mention.negated,
                    modality=mention.modality,
                    attributed_to=self._quote(mention.source) if mention.source else None,
                    sentence=self._sentence(mention.head),
                    confidence=round(mention.confidence, 3),
                    kind=mention.kind,
                )
        return tuple(triples.values())

    def _argument(self, argument: TripleArgument, at: Mapping[int, str]) -> Argument:
        (begin, end), core = self._span(argument.tokens), self._span(argument.core)
        inside = (max(core[0], begin), min(core[1], end))
        actor = at.get(root_of(self.doc, argument.core).i)
        return Argument(self.text[begin:end], begin, end, actor, inside)


def _layer(doc: Doc, name: str) -> tuple:  # type: ignore[type-arg]
    """A tuple layer of the Doc, empty where no component wrote it."""
    if not Doc.has_extension(name):
        return ()
    return tuple(doc._.get(name) or ())
