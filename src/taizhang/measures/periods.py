"""Which window a commitment has for a unit, and which day a row is dated by (handbook 0.4, 2.2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from taizhang.lib import windows
from taizhang.lib.windows import Period, Window
from taizhang.measures.catalogue import Area, Bound

YEARS_OPEN = 5  # a five-year window after the last matching row


class RowsBy(StrEnum):
    """What places the rows of a commitment in time."""

    DATE = "date"
    YEAR = "year"
    TERM_NO = "term_no"
    STATE = "state"


class Body(StrEnum):
    """The bodies of register R41 whose terms a commitment can follow."""

    PARTY_COMMITTEE = "party_committee"
    PEOPLE_CONGRESS = "people_congress"
    GOVERNMENT = "government"
    UNION_CONGRESS = "union_congress"


@dataclass(frozen=True, slots=True)
class Term:
    """A verified row of the register `term` (R41)."""

    body: str
    region: str
    no: int | None
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Placement:
    """The window of one unit on one day.

    `today` is the day read; rows dated from `window.first` to `counted_to` count. `has_term` and
    `is_anchored` are False when the current term, or the last row that a five-year window begins
    after, is not known; the window is then only a stand-in.
    """

    window: Window
    today: date
    progress: Fraction
    counted_to: date
    has_term: bool = True
    is_anchored: bool = True

    def counts(self, day: date | None) -> bool:
        """Whether a row of that day lies in the window; an undated row lies in none."""
        return day is not None and self.window.first <= day <= self.counted_to


def rows_by(by: Sequence[str]) -> RowsBy:
    """How rows are placed, told from the names of their dates.

    >>> rows_by(["held_on", "issued_on"]).value, rows_by(["state"]).value, rows_by(["year"]).value
    ('date', 'state', 'year')
    """
    special = {kind.value: kind for kind in (RowsBy.YEAR, RowsBy.TERM_NO, RowsBy.STATE)}
    return special.get(by[0], RowsBy.DATE) if by else RowsBy.STATE


def day_of(value: object) -> date | None:
    """The day a cell dates its row by: a moment by its day, a year by its 31 December, else None.

    A year's figure is complete on its last day; until then its row is dated after the status date.

    >>> day_of(2025), day_of(date(2026, 9, 1)), day_of(None)
    (datetime.date(2025, 12, 31), datetime.date(2026, 9, 1), None)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= date.max.year:
        return date(value, 12, 31)
    return None


def first_day(values: Iterable[object]) -> date | None:
    """The day of the first filled cell (handbook 2.2: several dates, the first filled one)."""
    return next((day_of(value) for value in values if value is not None), None)


def stands(start: date | None, end: date | None, end_is: Bound, day: date) -> bool:
    """Whether a state row stands on `day`: an empty start means started, an empty end not ended.

    >>> stands(None, date(2026, 9, 30), Bound.FIRST_DAY_OUT, date(2026, 9, 30))
    False
    >>> stands(None, date(2026, 9, 30), Bound.LAST_DAY_IN, date(2026, 9, 30))
    True
    """
    if start is not None and start > day:
        return False
    return end is None or (day < end if end_is is Bound.FIRST_DAY_OUT else day <= end)


def place(
    period: Period,
    by: RowsBy,
    day: date,
    *,
    term: tuple[date, date] | None = None,
    last_year: int | None = None,
) -> Placement:
    """The window of a commitment on `day`.

    `term` is the current term of the owing body (period term); `last_year` the year of the unit's
    last matching row before the calendar year of `day` (period five_year).
    """
    if period is Period.TERM:
        return _place_in_term(by, day, term)
    if period is Period.FIVE_YEAR:
        return _place_in_five_years(day, last_year)
    window = _calendar_window(period, by, day)
    progress = window.progress(day)
    if period is Period.YEAR_ON_YEAR and by is not RowsBy.YEAR:
        progress = windows.calendar_year(day).progress(day)
    return Placement(window, day, progress, min(window.last, day))


def place_before(period: Period, by: RowsBy, current: Placement) -> Placement | None:
    """The window before, read there as the current one is here; None for periods without one.

    A term, a five-year window and a single day have no window before of their own; the terms of
    R08 are compared by their numbers instead.
    """
    if period is Period.YEAR_ON_YEAR:
        return place(period, by, windows.a_year_before(current.today))
    if period in (Period.YEAR, Period.QUARTER, Period.PLAN_PERIOD):
        return place(period, by, windows.add_days(current.window.first, -1))
    return None


def shown_label(period: Period, labels: Iterable[str], otherwise: str) -> str:
    """The label of a row over several units: theirs, the period's name where they differ.

    >>> shown_label(Period.FIVE_YEAR, ["2022-2026", "2024-2028"], "2026")
    'five_year'
    """
    found = set(labels)
    if len(found) > 1:
        return period.value
    return found.pop() if found else otherwise


def term_region(area: Area, city: str) -> str:
    """The area whose row of R41 applies: a zone has no rows and uses those of the city."""
    is_zone = not (area.has_congress or area.has_government)
    return city if is_zone else area.code


def current_term(
    terms: Iterable[Term],
    body: Body,
    region: str | None,
    day: date,
    own: tuple[date | None, date | None] = (None, None),
) -> tuple[date, date] | None:
    """First and last day of the row with the latest start on or before `day`, or None.

    `own` is term_start and term_end of the federation itself, used without a row (union congress
    only). When two rows start on one day, the higher number holds.
    """
    begun = [
        (term.start, term.no or 0, term.end)
        for term in terms
        if term.body == body and term.region == region and term.start <= day
    ]
    if begun:
        start, _, end = max(begun)
        return start, end
    start_on, end_on = own
    if body is not Body.UNION_CONGRESS or start_on is None or end_on is None or start_on > day:
        return None
    return start_on, end_on


def _calendar_window(period: Period, by: RowsBy, day: date) -> Window:
    if by is RowsBy.YEAR and period in (Period.YEAR, Period.YEAR_ON_YEAR):
        return windows.last_complete_year(day)
    window_of = {
        Period.YEAR: windows.calendar_year,
        Period.QUARTER: windows.quarter,
        Period.PLAN_PERIOD: windows.plan_period,
        Period.POINT_IN_TIME: windows.single_day,
        Period.YEAR_ON_YEAR: windows.year_to_date,
    }
    return window_of[period](day)


def _place_in_term(by: RowsBy, day: date, term: tuple[date, date] | None) -> Placement:
    if term is None:
        stand_in = Window(day, day, Period.TERM.value)
        return Placement(stand_in, day, Fraction(1), day, has_term=by is not RowsBy.DATE)
    window = Window(*term, Period.TERM.value)
    return Placement(window, day, window.progress(day), min(window.last, day))


def _place_in_five_years(day: date, last_year: int | None) -> Placement:
    if last_year is None:
        window = windows.calendar_year(day)
        return Placement(window, day, window.progress(day), day, is_anchored=False)
    window = windows.years(last_year + 1, last_year + YEARS_OPEN)
    return Placement(window, day, window.progress(day), day)
