"""When a commitment that is not met falls due: the end of its window, or a milestone's plan."""

import re
from dataclasses import dataclass
from datetime import date

from taizhang.lib.windows import quarter

_YEARS = re.compile(r"(?:\d{4}-)?(\d{4})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
SETTLED = frozenset({"met", "not_applicable", "not_quantified", "error"})
MISSED = frozenset({"unmet", "behind"})
NOTHING_OWED = frozenset({"met", "not_applicable"})


@dataclass(frozen=True, slots=True)
class Deadline:
    """`is_missed`: the day is over and what was owed by then is not there.

    `on` None: a standing duty, owed on every day, that does not hold now.
    """

    on: date | None
    is_missed: bool


def last_day(window: str) -> date | None:
    """The last day of a window by its label (handbook 0.4); None for a term or a single day.

    >>> last_day("2026"), last_day("2022-2026"), last_day("2026-Q3"), last_day("term")
    (datetime.date(2026, 12, 31), datetime.date(2026, 12, 31), datetime.date(2026, 9, 30), None)
    """
    if found := _QUARTER.fullmatch(window):
        return quarter(date(int(found[1]), 3 * int(found[2]), 1)).last
    found = _YEARS.fullmatch(window)
    return date(int(found[1]), 12, 31) if found else None


def deadline(window: str, planned: date | None, verdict: str, as_of: date) -> Deadline | None:
    """The day by which the rest is owed; None when nothing is, or when no day is set.

    A day that is over is given only where something is late: no data is not late.
    """
    if verdict in SETTLED:
        return None
    due = planned or last_day(window)
    if due is None:
        is_standing = window == as_of.isoformat()
        return Deadline(None, is_missed=True) if is_standing and verdict in MISSED else None
    if due >= as_of:
        return Deadline(due, is_missed=False)
    return Deadline(due, is_missed=True) if verdict in MISSED else None


def item_deadline(due: date | None, verdict: str, as_of: date) -> Deadline | None:
    """The day that the notice sets for a whole item; None once it is met, or without such a day.

    As above, a day that is over is given only where something is late.
    """
    if due is None or verdict in NOTHING_OWED:
        return None
    if due >= as_of:
        return Deadline(due, is_missed=False)
    return Deadline(due, is_missed=True) if verdict in MISSED else None


def next_deadline(deadlines: list[Deadline]) -> Deadline | None:
    """The earliest day, so what is late comes first; a standing duty where there is no day."""
    return min(deadlines, key=lambda each: each.on or date.max, default=None)
