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

    None where it is not known that exactly, or leaves the calendar: two days after some day of a quarter is no quarter.

    >>> shifted("2025-11-10", -1, "week"), shifted("2025-11", 2, "month"), shifted("2025-11", 1, "week")
    ('2025-11-03', '2026-01', None)
    >>> shifted("2026-01-01/2026-03-31", 1, "month"), shifted("2026-01-01/2026-03-31", 2, "day")
    ('2026-02-01/2026-04-30', None)
    """
    ends = value.split("/")
    try:
        if len(ends) == 2 and (grain := _grain(*ends)):
            return _moved_whole(ends, count, unit, grain)
        moved = [_moved(end, count, unit) for end in ends]
    except (OverflowError, ValueError):
        return None
    return "/".join(end for end in moved if end) if all(moved) else None


def _grain(first: str, last: str) -> str | None:
    """Of what an interval is made that only says when within it something was to be: weeks, weekends, months."""
    if len(first) != len(last) or len(first) != len("2025-11-10"):
        return None
    a, b = date.fromisoformat(first), date.fromisoformat(last)
    if a.day == 1 and (b + timedelta(days=1)).day == 1:
        return "month"
    return "week" if b.weekday() == 6 and (a.weekday(), (b - a).days) in {(0, 6), (5, 1)} else None


def _moved_whole(ends: list[str], count: int, unit: str, grain: str) -> str | None:
    """Move whole weeks by weeks, and whole months by months or years."""
    if grain == "week":
        moved = [_moved(end, count, unit) for end in ends] if unit == "week" else []
    else:
        moved = [_moved(end[: len("2025-11")], count, unit) for end in ends]
    if not all(moved) or not moved:
        return None
    first, last = str(moved[0]), str(moved[1])
    if grain == "week":
        return f"{first}/{last}"
    return f"{first}-01/{last}-{calendar.monthrange(int(last[:4]), int(last[5:]))[1]}"


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
