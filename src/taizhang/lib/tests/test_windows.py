"""Windows begin and end on the right day, also around leap days and year ends."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.lib import windows

days = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


@given(days)
def test_each_calendar_window_holds_its_own_day(day: date) -> None:
    for window_of in (
        windows.calendar_year,
        windows.quarter,
        windows.plan_period,
        windows.single_day,
        windows.year_to_date,
    ):
        assert day in window_of(day)


@given(days)
def test_neighbouring_quarters_leave_no_gap(day: date) -> None:
    window = windows.quarter(day)

    after = windows.quarter(windows.add_days(window.last, 1))

    assert windows.add_days(window.last, 1) == after.first
    assert 90 <= (window.last - window.first).days + 1 <= 92


@given(days)
def test_the_last_complete_year_is_over_and_no_later_one_is(day: date) -> None:
    window = windows.last_complete_year(day)

    assert window.last <= day
    assert date(window.last.year + 1, 12, 31) > day
    assert window.progress(day) == 1


@given(days, days)
def test_progress_is_a_share_and_never_falls(one: date, other: date) -> None:
    window = windows.calendar_year(one)
    earlier, later = sorted((one, other))

    assert 0 <= window.progress(earlier) <= window.progress(later) <= 1


@pytest.mark.parametrize(
    ("day", "progress"),
    [
        (date(2025, 12, 31), Fraction(0)),
        (date(2026, 1, 1), Fraction(1, 365)),
        (date(2026, 9, 30), Fraction(273, 365)),
        (date(2026, 12, 30), Fraction(364, 365)),
        (date(2026, 12, 31), Fraction(1)),
        (date(2027, 3, 1), Fraction(1)),
    ],
)
def test_progress_counts_the_day_itself(day: date, progress: Fraction) -> None:
    assert windows.calendar_year(date(2026, 6, 1)).progress(day) == progress


def test_progress_of_the_worked_example_turns_on_the_first_of_october() -> None:
    five_years = windows.years(2022, 2026)

    assert five_years.progress(date(2025, 10, 1)) == Fraction(1370, 1826)
    assert (
        five_years.progress(date(2025, 9, 30))
        < Fraction(3, 4)
        < five_years.progress(date(2025, 10, 1))
    )


@given(days, st.integers(min_value=-600, max_value=600))
def test_adding_months_keeps_the_day_or_takes_the_last_of_the_month(day: date, months: int) -> None:
    moved = windows.add_months(day, months)

    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and windows.add_days(moved, 1).day == 1)


@given(days)
def test_a_year_before_a_leap_day_is_28_february(day: date) -> None:
    before = windows.a_year_before(day)

    assert before.year == day.year - 1
    assert (before.month, before.day) == (
        (2, 28) if (day.month, day.day) == (2, 29) else (day.month, day.day)
    )
