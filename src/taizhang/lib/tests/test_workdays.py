"""Deadlines end where the law says, by the calendars of the State Council."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.lib.workdays import TimeUnit, deadline, read_calendar, shipped_calendar

CALENDAR = shipped_calendar()
KNOWN_DAYS = st.dates(min_value=date(2021, 3, 1), max_value=date(2026, 10, 1))


@pytest.mark.parametrize(
    ("start_on", "count", "unit", "raw_on", "due_on"),
    [
        (date(2026, 9, 15), 15, "day", date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 9, 18), 15, "day", date(2026, 10, 3), date(2026, 10, 8)),
        (date(2026, 2, 3), 15, "day", date(2026, 2, 18), date(2026, 2, 24)),
        (date(2026, 4, 20), 15, "day", date(2026, 5, 5), date(2026, 5, 6)),
        (date(2026, 9, 10), 20, "day", date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 9, 21), 15, "workday", date(2026, 10, 19), date(2026, 10, 19)),
        (date(2026, 2, 9), 5, "workday", date(2026, 2, 14), date(2026, 2, 14)),
        (date(2026, 4, 28), 5, "workday", date(2026, 5, 8), date(2026, 5, 8)),
        (date(2026, 1, 31), 1, "month", date(2026, 2, 28), date(2026, 2, 28)),
    ],
)
def test_cases_of_the_handbook(
    start_on: date, count: int, unit: str, raw_on: date, due_on: date
) -> None:
    found = deadline(start_on, count, TimeUnit(unit), CALENDAR)

    assert (found.raw_on, found.due_on) == (raw_on, due_on)
    assert not found.is_provisional


def test_a_period_of_years_ends_on_the_corresponding_day() -> None:
    found = deadline(date(2024, 2, 29), 1, TimeUnit.YEAR, CALENDAR)

    assert found.due_on == date(2025, 2, 28)


def test_a_deadline_that_is_not_rolled_may_end_on_a_rest_day() -> None:
    found = deadline(date(2026, 9, 18), 15, TimeUnit.DAY, CALENDAR, rolls=False)

    assert found.due_on == date(2026, 10, 3)


@pytest.mark.parametrize(
    ("year", "workdays"),
    [(2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)],
)
def test_workdays_of_the_shipped_years(year: int, workdays: int) -> None:
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))

    assert sum(map(CALENDAR.is_workday, days)) == workdays


@pytest.mark.parametrize(
    ("start_on", "count", "unit", "is_provisional"),
    [
        (date(2026, 12, 20), 5, TimeUnit.DAY, False),
        (date(2026, 12, 20), 15, TimeUnit.DAY, True),
        (date(2026, 12, 28), 5, TimeUnit.WORKDAY, True),
        (date(2020, 12, 31), 1, TimeUnit.WORKDAY, True),
        (date(2020, 12, 31), 1, TimeUnit.MONTH, False),
    ],
)
def test_a_deadline_without_a_calendar_is_provisional(
    start_on: date, count: int, unit: TimeUnit, is_provisional: bool
) -> None:
    assert deadline(start_on, count, unit, CALENDAR).is_provisional is is_provisional


def test_without_a_calendar_only_weekends_are_rest_days() -> None:
    new_year = date(2027, 1, 1)

    assert CALENDAR.is_workday(new_year)
    assert not CALENDAR.is_workday(new_year + timedelta(days=1))


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2026, 11, 30), None), (date(2026, 12, 1), 2027), (date(2027, 2, 1), 2027)],
)
def test_the_calendar_of_next_year_is_missed_from_december(today: date, year: int | None) -> None:
    assert CALENDAR.missing_year(today) == year


def test_a_period_of_no_days_ends_on_its_own_day_or_the_next_workday() -> None:
    assert deadline(date(2026, 9, 30), 0, TimeUnit.DAY, CALENDAR).due_on == date(2026, 9, 30)
    assert deadline(date(2026, 10, 1), 0, TimeUnit.DAY, CALENDAR).due_on == date(2026, 10, 8)


def test_a_negative_period_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        deadline(date(2026, 1, 1), -1, TimeUnit.DAY, CALENDAR)


@pytest.mark.parametrize(
    "text",
    [
        "[2026]\noff = [[2026-01-01, 2026-01-04]]\nworked = [2026-01-04]",
        "[2026]\noff = [[2026-12-31, 2027-01-02]]\nworked = []",
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="calendar of 2026"):
        read_calendar(text)


def test_another_calendar_has_another_version() -> None:
    other = read_calendar("[2027]\noff = [[2027-01-01, 2027-01-03]]\nworked = []")

    assert other.version != CALENDAR.version
    assert CALENDAR.version == shipped_calendar().version


@given(KNOWN_DAYS, st.integers(min_value=1, max_value=40))
def test_workday_periods_hold_that_many_workdays(start_on: date, count: int) -> None:
    end = CALENDAR.add_workdays(start_on, count)
    days = (start_on + timedelta(days=n + 1) for n in range((end - start_on).days))

    assert sum(map(CALENDAR.is_workday, days)) == count
    assert CALENDAR.is_workday(end)


@given(KNOWN_DAYS, st.integers(min_value=1, max_value=40))
def test_going_back_as_many_workdays_returns_to_a_workday(day: date, count: int) -> None:
    workday = CALENDAR.next_workday(day)

    there = CALENDAR.add_workdays(workday, count)

    assert CALENDAR.add_workdays(there, -count) == workday


@given(KNOWN_DAYS)
def test_moving_off_a_rest_day_stops_at_the_nearest_workday_on_each_side(day: date) -> None:
    before, after = CALENDAR.previous_workday(day), CALENDAR.next_workday(day)

    assert before <= day <= after
    if CALENDAR.is_workday(day):
        assert before == after == day
    else:
        assert CALENDAR.add_workdays(before, 1) == after
