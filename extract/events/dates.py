"""Reckoning with ISO 8601 dates, months, years and intervals."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

__all__ = ["overlap", "shifted"]

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}


def overlap(a: str, b: str) -> bool:
    """Say whether two dates or intervals overlap.

    >>> overlap("2025-10", "2025-10-16"), overlap("2025-10-13/2025-10-19", "2025-10-22")
    (True, False)
    """
    a1, a2 = _bounds(a)
    b1, b2 = _bounds(b)
    return a1 <= b2 and b1 <= a2


def _bounds(value: str) -> tuple[str, str]:
    first, _, last = value.partition("/")
    return first, (last or first) + "~"


def shifted(value: str, count: int, unit: str) -> str | None:
    """Return a date or interval so many days, weeks, months or years later (earlier, if negative).

    None where it is not known that exactly, or leaves the calendar.

    >>> shifted("2025-11-10", -1, "week"), shifted("2025-11", 2, "month"), shifted("2025-11", 1, "week")
    ('2025-11-03', '2026-01', None)
    """
    try:
        ends = [_moved(end, count, unit) for end in value.split("/")]
    except (OverflowError, ValueError):
        return None
    return "/".join(end for end in ends if end) if all(ends) else None


def _moved(value: str, count: int, unit: str) -> str | None:
    if len(value) == len("2025-11-10"):
        day = date.fromisoformat(value)
        if unit in _DAYS:
            return (day + timedelta(days=_DAYS[unit] * count)).isoformat()
        year, month = divmod(day.year * 12 + day.month - 1 + _MONTHS[unit] * count, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1])).isoformat()
    if len(value) == len("2025-11") and unit in _MONTHS:
        year, month = divmod(int(value[:4]) * 12 + int(value[5:]) - 1 + _MONTHS[unit] * count, 12)
        return date(year, month + 1, 1).isoformat()[:7]
    known = len(value) == len("2025") and unit == "year"
    return date(int(value) + count, 1, 1).isoformat()[:4] if known else None
