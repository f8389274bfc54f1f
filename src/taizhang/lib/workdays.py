"""Working days and deadlines by the holiday calendar (handbook 8.1 to 8.3)."""

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

from taizhang.lib.windows import add_months

ONE_DAY = timedelta(days=1)
SATURDAY = 5
DECEMBER = 12


class TimeUnit(StrEnum):
    """What a period is counted in; months and years end on the corresponding day."""

    DAY = "day"
    WORKDAY = "workday"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Calendar:
    """Rest days and make-up workdays of the years that are known.

    A day of another year follows the week, and what is computed from it is provisional.
    """

    years: frozenset[int]
    rest_days: frozenset[date]
    make_up_days: frozenset[date]

    @property
    def version(self) -> str:
        """A short hash of the content: open deadlines are computed again when it changes."""
        text = repr([sorted(self.years), sorted(self.rest_days), sorted(self.make_up_days)])
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def is_workday(self, day: date) -> bool:
        """Whether offices work on `day`.

        >>> calendar = shipped_calendar()
        >>> calendar.is_workday(date(2026, 10, 8)), calendar.is_workday(date(2026, 10, 5))
        (True, False)
        >>> calendar.is_workday(date(2026, 10, 10))  # a make-up Saturday
        True
        """
        if day in self.make_up_days:
            return True
        return day not in self.rest_days and day.weekday() < SATURDAY

    def next_workday(self, day: date) -> date:
        """`day` itself when offices work on it, else the first following workday.

        A statutory period that ends on a rest day ends there (Civil Code art. 203).

        >>> shipped_calendar().next_workday(date(2026, 10, 3))
        datetime.date(2026, 10, 8)
        """
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def previous_workday(self, day: date) -> date:
        """`day` itself when offices work on it, else the last workday before.

        Deadlines that the office sets itself are moved there (handbook 8.1, practice).

        >>> shipped_calendar().previous_workday(date(2026, 10, 3))
        datetime.date(2026, 9, 30)
        """
        while not self.is_workday(day):
            day -= ONE_DAY
        return day

    def add_workdays(self, day: date, count: int) -> date:
        """The `count`-th workday after `day`, which is not counted; before it, when negative.

        >>> shipped_calendar().add_workdays(date(2026, 9, 21), 15)
        datetime.date(2026, 10, 19)
        """
        step = ONE_DAY if count > 0 else -ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def missing_year(self, today: date) -> int | None:
        """The year whose calendar should be loaded by `today`, None when nothing is due.

        The arrangement of a year is issued in the autumn before; from 1 December it is missed.

        >>> shipped_calendar().missing_year(date(2026, 12, 1))
        2027
        """
        needed = range(today.year, today.year + 1 + (today.month == DECEMBER))
        return next((year for year in needed if year not in self.years), None)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a period ends, with all that is needed to compute it again (handbook 8.1, rule 9).

    `raw_on` is the end before it was moved off a rest day. A deadline is provisional when a day
    that decides it lies in a year whose calendar is not known.
    """

    start_on: date
    count: int
    unit: TimeUnit
    raw_on: date
    due_on: date
    is_provisional: bool
    calendar_version: str


def deadline(
    start_on: date,
    count: int,
    unit: TimeUnit,
    calendar: Calendar,
    *,
    rolls: bool = True,
) -> Deadline:
    """The end of a period that begins the day after `start_on`.

    `rolls` False is for rules that say "not rolled". Workday periods cannot end on a rest day.
    Source: Civil Code art. 201 to 203; handbook 8.1.

    >>> deadline(date(2026, 9, 18), 15, TimeUnit.DAY, shipped_calendar()).due_on
    datetime.date(2026, 10, 8)
    """
    if count < 0:
        raise ValueError(f"a period cannot be negative: {count} {unit.value}")
    raw_on = _raw_end(start_on, count, unit, calendar)
    counted = unit is TimeUnit.WORKDAY
    due_on = calendar.next_workday(raw_on) if rolls or counted else raw_on
    first_read = start_on if counted else raw_on
    years_read = range(first_read.year, due_on.year + 1) if rolls or counted else ()
    return Deadline(
        start_on=start_on,
        count=count,
        unit=unit,
        raw_on=raw_on,
        due_on=due_on,
        is_provisional=any(year not in calendar.years for year in years_read),
        calendar_version=calendar.version,
    )


def read_calendar(text: str) -> Calendar:
    """A calendar from TOML: per year `off` (runs of days) and `worked` (make-up workdays).

    Raises `ValueError` when a make-up workday is also off, or a day lies in another year.
    """
    years = tomllib.loads(text)
    rest_days: set[date] = set()
    make_up_days: set[date] = set()
    for year, days in years.items():
        off = {day for first, last in days["off"] for day in _days(first, last)}
        worked = set(days["worked"])
        astray = {day for day in off | worked if day.year != int(year)} | (off & worked)
        if astray:
            raise ValueError(f"the calendar of {year} cannot hold {min(astray)} as it does")
        rest_days |= off
        make_up_days |= worked
    return Calendar(frozenset(map(int, years)), frozenset(rest_days), frozenset(make_up_days))


@cache
def shipped_calendar() -> Calendar:
    """The calendar that comes with the product: 2021 to 2026."""
    data = files("taizhang.lib") / "data" / "workdays.toml"
    return read_calendar(data.read_text(encoding="utf-8"))


def _raw_end(start_on: date, count: int, unit: TimeUnit, calendar: Calendar) -> date:
    if unit is TimeUnit.WORKDAY:
        return calendar.add_workdays(start_on, count)
    if unit is TimeUnit.DAY:
        return start_on + count * ONE_DAY
    return add_months(start_on, count * (12 if unit is TimeUnit.YEAR else 1))


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY
