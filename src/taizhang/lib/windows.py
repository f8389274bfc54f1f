"""Windows of time: the days a commitment is judged over, and how much of them is over."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

PLAN_YEARS = 5
FIRST_PLAN_YEAR = 2021  # of the 14th five-year plan; every fifth year begins another


class Period(StrEnum):
    """The periods of handbook 0.4."""

    YEAR = "year"
    QUARTER = "quarter"
    TERM = "term"
    FIVE_YEAR = "five_year"
    PLAN_PERIOD = "plan_period"
    POINT_IN_TIME = "point_in_time"
    YEAR_ON_YEAR = "year_on_year"


@dataclass(frozen=True, slots=True)
class Window:
    """Days from `first` to `last`, both included, with the label of handbook 0.4."""

    first: date
    last: date
    label: str

    def __contains__(self, day: date) -> bool:
        """Whether `day` lies in the window, both ends included.

        >>> date(2026, 12, 31) in calendar_year(date(2026, 9, 30))
        True
        >>> date(2027, 1, 1) in calendar_year(date(2026, 9, 30))
        False
        """
        return self.first <= day <= self.last

    def progress(self, day: date) -> Fraction:
        """The share of the window that is over at the end of `day`, at most 1 (handbook 5.5: p).

        >>> Window(date(2026, 1, 1), date(2026, 12, 31), "2026").progress(date(2026, 10, 1))
        Fraction(274, 365)
        """
        if day >= self.last:
            return Fraction(1)
        days = (self.last - self.first).days + 1
        return max(Fraction(0), Fraction((day - self.first).days + 1, days))


def calendar_year(day: date) -> Window:
    """The calendar year of `day`.

    >>> calendar_year(date(2026, 9, 30))
    Window(first=datetime.date(2026, 1, 1), last=datetime.date(2026, 12, 31), label='2026')
    """
    return years(day.year, day.year)


def last_complete_year(day: date) -> Window:
    """The latest calendar year whose 31 December is on or before `day` (rows by `year`).

    >>> last_complete_year(date(2026, 9, 30)).label, last_complete_year(date(2026, 12, 31)).label
    ('2025', '2026')
    """
    year = day.year if (day.month, day.day) == (12, 31) else day.year - 1
    return years(year, year)


def years(first: int, last: int) -> Window:
    """Whole calendar years, both included.

    >>> years(2022, 2026).label, years(2026, 2026).label
    ('2022-2026', '2026')
    """
    label = str(first) if first == last else f"{first}-{last}"
    return Window(date(first, 1, 1), date(last, 12, 31), label)


def quarter(day: date) -> Window:
    """The calendar quarter of `day`.

    >>> quarter(date(2026, 9, 30))
    Window(first=datetime.date(2026, 7, 1), last=datetime.date(2026, 9, 30), label='2026-Q3')
    """
    number = (day.month + 2) // 3
    last_month = 3 * number
    last = date(day.year, last_month, monthrange(day.year, last_month)[1])
    return Window(date(day.year, last_month - 2, 1), last, f"{day.year}-Q{number}")


def plan_period(day: date) -> Window:
    """The five-year plan that `day` lies in.

    >>> plan_period(date(2025, 12, 31)).label, plan_period(date(2026, 1, 1)).label
    ('2021-2025', '2026-2030')
    """
    first = day.year - (day.year - FIRST_PLAN_YEAR) % PLAN_YEARS
    return years(first, first + PLAN_YEARS - 1)


def single_day(day: date) -> Window:
    """The status date alone: it holds or it does not.

    >>> single_day(date(2026, 9, 30)).label
    '2026-09-30'
    """
    return Window(day, day, day.isoformat())


def year_to_date(day: date) -> Window:
    """1 January to `day`, labelled by the year.

    >>> year_to_date(date(2028, 2, 29))
    Window(first=datetime.date(2028, 1, 1), last=datetime.date(2028, 2, 29), label='2028')
    """
    return Window(date(day.year, 1, 1), day, str(day.year))


def a_year_before(day: date) -> date:
    """The same day a year earlier; for 29 February it is 28 February (handbook 0.4).

    >>> a_year_before(date(2028, 2, 29)), a_year_before(date(2029, 2, 28))
    (datetime.date(2027, 2, 28), datetime.date(2028, 2, 28))
    """
    return add_months(day, -12)


def add_months(day: date, months: int) -> date:
    """The corresponding day `months` later (earlier when negative), else the last of that month.

    Source: Civil Code art. 202; handbook 0.5, 8.1.

    >>> add_months(date(2026, 1, 31), 1), add_months(date(2026, 3, 31), -1)
    (datetime.date(2026, 2, 28), datetime.date(2026, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date:
    """`day` moved by calendar days.

    >>> add_days(date(2026, 9, 30), -30)
    datetime.date(2026, 8, 31)
    """
    return day + timedelta(days=days)
