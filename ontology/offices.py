"""Times in office, and how those of one office follow each other."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["SINGLE", "Term", "settle"]

SINGLE = {
    "head_of_state", "head_of_government", "foreign_minister", "defence_minister", "secretary_general",
    "commission_president", "council_president",
}  # fmt: skip
"""Offices that one person holds at a time."""


_NEVER = "9999"


@dataclass(frozen=True, slots=True)
class Term:
    """A person's time in an office (a row of offices.csv).

    `begin` and `end` are ISO dates, possibly only a year or a month; an empty `end` means that no
    end is known, ``2022-07-24..`` that the person was still in office on that day. `known` is
    "term" for a term as such, "seen" for days between which sources show the person in office. `last` is the
    last day on which a source shows the person there, where the end is inferred from who came after.
    """

    actor: str
    office: str
    country: str | None
    begin: str
    end: str
    known: str
    last: str = ""

    def covers(self, date: str) -> bool:
        """Say whether the person held the office on an ISO date, as far as is known."""
        end = self.end
        if self.begin and date[: len(self.begin)] < self.begin:
            return False
        return not end or end.endswith("..") or date[: len(end)] <= end

    def is_known_for(self, date: str) -> bool:
        """Say whether a date it covers is at most a year after the last day on which a source shows the person there.

        >>> term = Term("a", "foreign_minister", "SWE", "2022-10-18", "2023-01-10..", "term")
        >>> term.is_known_for("2023-12-31"), term.is_known_for("2025-11-20"), term.covers("2025-11-20")
        (True, False, True)
        """
        last = self.last or (self.end.removesuffix("..") if self.end.endswith("..") else "")
        near = not last or date[:4] <= last[:4] or date <= f"{int(last[:4]) + 1:04d}{last[4:]}"
        return self.covers(date) and near


def settle(terms: Iterable[Term]) -> list[Term]:
    """Close terms without a known end where a successor in the same office begins, and join what belongs together.

    An open term, also one that was open on the day of an old snapshot, ends when another person begins. Days
    on which somebody was "seen" in an office reach back to his own earlier term there, if nobody else began
    in between, and forward until somebody else begins. Offices that several hold at a time stay as they are.

    >>> a = Term("a", "foreign_minister", "NLD", "2021", "2022-08-03..", "term")
    >>> b = Term("b", "foreign_minister", "NLD", "2024-07-02", "2024-09-01", "seen")
    >>> [(t.begin, t.end) for t in settle([a, b])]
    [('2021', '2024-07-02'), ('2024-07-02', '2024-09-01..')]
    """
    by_office: dict[tuple[str, str | None], list[Term]] = defaultdict(list)
    for term in terms:
        by_office[term.office, term.country].append(term)
    settled = []
    for (office, country), group in by_office.items():
        if office not in SINGLE:
            settled += group
            continue
        group.sort(key=lambda t: t.begin)
        rivals = group if country else []  # offices without a country are those of several organisations
        settled += [_settled(term, rivals) for term in group if not _is_another_s(term, rivals)]
    return settled


def _is_another_s(term: Term, group: list[Term]) -> bool:
    """Say whether days on which somebody was seen in an office lie in the stated term of another."""
    stated = (t for t in group if t.known == "term" and t.actor != term.actor)
    return term.known == "seen" and any(t.begin < term.begin and term.end < (t.end or _NEVER) for t in stated)


def _settled(term: Term, group: list[Term]) -> Term:
    others = [t for t in group if t.actor != term.actor and t.begin]
    begin, end = term.begin, term.end
    if term.known == "seen":
        inside = [t.end for t in others if t.known == "term" and begin < t.begin < end and t.end > t.begin]
        begin = max([begin, *inside])
        own = [t for t in group if t.actor == term.actor and t.begin < begin]
        if own and not any(own[-1].begin < t.begin < begin for t in others):
            begin = own[-1].begin
    if term.known == "seen" or not end or end.endswith(".."):
        last = max(begin, end.removesuffix(".."))
        stays = f"{last}.." if term.known == "seen" else end
        end = min((t.begin for t in others if t.begin >= last and t.begin > begin), default=stays)
        return dataclasses.replace(term, begin=begin, end=end, last=last if term.end else "")
    return dataclasses.replace(term, begin=begin)
