"""Why the graph says so: each report with its sentence, the words that tell it, and which rules and models read it.

As text, what is marked stands in brackets: "He [status: will] [event: visit] Oslo."
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diplograph.extract.records import Event, Extraction, Reason
from diplograph.extract.showing import kind_of, marks_of
from diplograph.graph.events import MergedEvent, Step
from diplograph.markup import Html, Piece, block, cut, label, line, marked, names, panel, plain

if TYPE_CHECKING:
    from diplograph.graph.store import KnowledgeGraph

__all__ = ["Explanation", "Telling", "explain", "explain_merged"]

_BY = {"reader": "the trained reader", "overrule": "a coder's mark"}
"""What stands for the id of a rule where it was none."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that tells of an event, and why it is read so.

    Attributes
    ----------
    record, event : the document's record, and the mention in it
    because : why this report is taken to tell of the same event as those before it; None for the first
    """

    record: Extraction
    event: Event
    because: str | None = None

    @property
    def head(self) -> tuple[str, ...]:
        """When it was reported, what became of the event, when and where it is to be, and who says so."""
        e = self.event
        when = (e.time.value or repr(e.time.text)) if e.time else None
        return (
            self.record.date or "undated",
            e.status,
            *([f"for {when}"] if when else []),
            *([f"in {e.place.name}"] if e.place else []),
            f"says {e.source.name}" if e.source else "says the author",
        )

    @property
    def reasons(self) -> list[str]:
        """Who found what, and in which words: rules of the lexicon and the trained reader."""
        lines = [_reason(self.record, reason) for reason in self.event.reasons]
        if self.event.confidence is not None:
            lines.append(f"confidence that the text tells of it: {self.event.confidence:.2f}")
        return lines

    @property
    def where(self) -> str:
        """The document, its outlet, the characters of the sentence, and the id of the mention."""
        outlet = f" ({self.record.source})" if self.record.source else ""
        return f"{self.record.id}{outlet} [{self.event.sentence[0]}, {self.event.sentence[1]}), mention {self.event.id}"

    @property
    def pieces(self) -> list[Piece] | None:
        """The sentence, cut where marks begin and end; None where the record came without its text."""
        quote = self.record.quote(self.event.sentence)
        return None if quote is None else cut(quote, self.event.sentence[0], marks_of(self.event))


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the graph says what it says of an event; a notebook shows it in colour, `str` gives plain text."""

    title: str
    about: str
    tellings: tuple[Telling, ...]

    def __str__(self) -> str:
        lines = [plain(self.title), f"  {plain(self.about)}"]
        for number, told in enumerate(self.tellings, 1):
            lines += ["", f"{number:3}  {'  '.join(map(plain, told.head))}"]
            lines += [f"     {plain(''.join(map(_bracketed, told.pieces)))}"] if told.pieces else []
            lines += [f"     {plain(reason)}" for reason in told.reasons]
            lines += [f"     same event: {plain(told.because)}"] if told.because else []
            lines.append(f"     {plain(told.where)}")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return panel(self.title, line(self.about), *(_block(n, t) for n, t in enumerate(self.tellings, 1)))


def explain(event: MergedEvent | Event, told_in: KnowledgeGraph | Extraction) -> Explanation:
    """Return why the graph, or a record, says what it says of an event.

    Parameters
    ----------
    event : MergedEvent or Event
        A merged event of a graph, or one mention of a record.
    told_in : KnowledgeGraph or Extraction
        Where it stands.

    Examples
    --------
    >>> from diplograph.extract.records import text_hash
    >>> words = {"begin": 4, "end": 7}
    >>> record = Extraction.from_dict({"id": "d", "extractor": {"name": "me", "version": "1"}, "text": "Ann met Bob.",
    ...     "text_sha256": text_hash("Ann met Bob."), "sentences": [[0, 12]], "events": [{"id": "m", "event": "e",
    ...     "class": "CONSULT", "mode": "meeting", "trigger": [4, 7], "sentence": [0, 12],
    ...     "reasons": [{"what": "event", "by": "consult.meet:meet", **words}]}]})
    >>> print(explain(record.events[0], record))
    CONSULT/meeting
      now occurred
    <BLANKLINE>
      1  undated  occurred  says the author
         Ann [event: met] Bob.
         event by consult.meet:meet: 'met'
         d [0, 12), mention m
    """
    if isinstance(event, MergedEvent):
        if isinstance(told_in, Extraction):
            return explain_merged(event, {told_in.id: told_in})
        return told_in.explain(event)
    if not isinstance(told_in, Extraction):
        raise TypeError("one mention is explained by the record in which it stands")
    who = names(p.name for p in event.participants)
    return Explanation(
        f"{who}: {kind_of(event)}" if who else kind_of(event), f"now {event.status}", (Telling(told_in, event),)
    )


def explain_merged(event: MergedEvent, records: Mapping[str, Extraction]) -> Explanation:
    """Return why a graph says what it says of an event; `records` are those of its documents, by id."""
    kind = f"{event.event_class}/{event.mode}" if event.mode else event.event_class
    about = [
        kind,
        f"now {event.status}",
        f"on {event.date}" if event.date else None,
        f"in {event.place.name}" if event.place else None,
        event.id,
    ]
    return Explanation(event.label, ", ".join(a for a in about if a), tuple(_tellings(event.history, records)))


def _tellings(steps: Iterable[Step], records: Mapping[str, Extraction]) -> Iterable[Telling]:
    for step in steps:
        record = records.get(step.document)
        for mention in record.events if record else ():
            if record and mention.id == step.mention:
                yield Telling(record, mention, step.because)


def _reason(record: Extraction, reason: Reason) -> str:
    by = _BY.get(reason.by, reason.by)
    share = "" if reason.probability is None else f" ({reason.probability:.2f})"
    words = record.quote((reason.begin, reason.end))
    where = f"[{reason.begin}, {reason.end})" if words is None else repr(plain(words))
    return f"{reason.what} by {by}{share}: {where}"


def _bracketed(piece: Piece) -> str:
    return f"[{', '.join(piece.told)}: {piece.words}]" if piece.told else piece.words


def _block(number: int, told: Telling) -> Html:
    """One report as a notebook shows it."""
    date, status, *rest = told.head
    return block(
        line(number, date, label(status), *rest),
        *([marked(told.pieces)] if told.pieces else []),
        line(*told.reasons, small=True),
        *([line(f"same event: {told.because}", small=True)] if told.because else []),
        line(told.where, small=True),
    )
