"""Which window each period gives a unit, and the window before it (handbook 0.4)."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from taizhang.lib.windows import Period, Window
from taizhang.measures.catalogue import Area, Bound
from taizhang.measures.periods import (
    Body,
    RowsBy,
    Term,
    current_term,
    day_of,
    first_day,
    place,
    place_before,
    rows_by,
    shown_label,
    stands,
    term_region,
)

DAY = date(2026, 9, 30)
LEAP_DAY = date(2028, 2, 29)
PARTY = [
    Term("party_committee", "130300", 12, date(2021, 6, 20), date(2026, 6, 19)),
    Term("party_committee", "130300", 13, date(2026, 6, 20), date(2031, 6, 19)),
    Term("party_committee", "130302", 9, date(2021, 8, 1), date(2026, 7, 31)),
    Term("union_congress", "130300", 7, date(2022, 1, 1), date(2026, 12, 31)),
]


@pytest.mark.parametrize(
    ("period", "by", "day", "first", "last", "label"),
    [
        ("year", "date", DAY, date(2026, 1, 1), date(2026, 12, 31), "2026"),
        ("year", "state", DAY, date(2026, 1, 1), date(2026, 12, 31), "2026"),
        ("year", "year", DAY, date(2025, 1, 1), date(2025, 12, 31), "2025"),
        ("year", "year", date(2026, 12, 31), date(2026, 1, 1), date(2026, 12, 31), "2026"),
        ("quarter", "date", DAY, date(2026, 7, 1), date(2026, 9, 30), "2026-Q3"),
        ("plan_period", "date", DAY, date(2026, 1, 1), date(2030, 12, 31), "2026-2030"),
        ("point_in_time", "state", DAY, DAY, DAY, "2026-09-30"),
        ("year_on_year", "date", DAY, date(2026, 1, 1), DAY, "2026"),
        ("year_on_year", "state", LEAP_DAY, date(2028, 1, 1), LEAP_DAY, "2028"),
        ("year_on_year", "year", DAY, date(2025, 1, 1), date(2025, 12, 31), "2025"),
    ],
)
def test_window_of_each_period(
    period: str, by: str, day: date, first: date, last: date, label: str
) -> None:
    placed = place(Period(period), RowsBy(by), day)

    assert placed.window == Window(first, last, label)
    assert placed.today == day


@pytest.mark.parametrize(
    ("period", "by", "progress"),
    [
        ("year", "date", Fraction(273, 365)),
        ("year", "state", Fraction(273, 365)),
        ("year", "year", Fraction(1)),
        ("quarter", "date", Fraction(1)),
        ("point_in_time", "state", Fraction(1)),
        ("year_on_year", "date", Fraction(273, 365)),
        ("year_on_year", "state", Fraction(273, 365)),
        ("year_on_year", "year", Fraction(1)),
        ("plan_period", "date", Fraction(273, 1826)),
    ],
)
def test_progress_of_each_period(period: str, by: str, progress: Fraction) -> None:
    assert place(Period(period), RowsBy(by), DAY).progress == progress


@pytest.mark.parametrize(
    ("by", "day", "first", "last"),
    [
        ("date", DAY, date(2025, 1, 1), date(2025, 9, 30)),
        ("date", LEAP_DAY, date(2027, 1, 1), date(2027, 2, 28)),
        ("state", DAY, date(2025, 1, 1), date(2025, 9, 30)),
        ("year", DAY, date(2024, 1, 1), date(2024, 12, 31)),
        ("year", date(2026, 12, 31), date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_year_on_year_window_is_read_as_the_same_days_a_year_before(
    by: str, day: date, first: date, last: date
) -> None:
    now = place(Period.YEAR_ON_YEAR, RowsBy(by), day)

    before = place_before(Period.YEAR_ON_YEAR, RowsBy(by), now)

    assert before is not None
    assert (before.window.first, before.window.last) == (first, last)


def test_other_calendar_windows_follow_the_one_before_without_a_gap() -> None:
    for period in (Period.YEAR, Period.QUARTER, Period.PLAN_PERIOD):
        now = place(period, RowsBy.DATE, DAY)

        before = place_before(period, RowsBy.DATE, now)

        assert before is not None
        assert (now.window.first - before.window.last).days == 1
        assert before.today == before.window.last


@pytest.mark.parametrize("period", [Period.TERM, Period.FIVE_YEAR, Period.POINT_IN_TIME])
def test_some_periods_have_no_window_before(period: Period) -> None:
    assert place_before(period, RowsBy.DATE, place(period, RowsBy.DATE, DAY)) is None


def test_only_days_of_the_window_up_to_the_status_date_count() -> None:
    placed = place(Period.YEAR, RowsBy.DATE, DAY)

    assert placed.counts(date(2026, 1, 1))
    assert placed.counts(DAY)
    assert not placed.counts(date(2026, 10, 1))
    assert not placed.counts(date(2025, 12, 31))
    assert not placed.counts(None)


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2026, 6, 19), date(2021, 6, 20)),
        (date(2026, 6, 20), date(2026, 6, 20)),
    ],
)
def test_a_new_term_begins_on_its_first_day(day: date, start: date) -> None:
    term = current_term(PARTY, Body.PARTY_COMMITTEE, "130300", day)

    assert term is not None
    assert place(Period.TERM, RowsBy.DATE, day, term=term).window.first == start


def test_a_term_that_is_over_stays_current_until_the_next_and_is_wholly_gone() -> None:
    term = current_term(PARTY, Body.PARTY_COMMITTEE, "130302", DAY)

    placed = place(Period.TERM, RowsBy.DATE, DAY, term=term)

    assert placed.has_term
    assert placed.window == Window(date(2021, 8, 1), date(2026, 7, 31), "term")
    assert placed.progress == 1
    assert not placed.counts(date(2026, 8, 1))


def test_without_a_term_dated_rows_have_no_window_and_states_are_judged_at_once() -> None:
    dated = place(Period.TERM, RowsBy.DATE, DAY)
    standing = place(Period.TERM, RowsBy.STATE, DAY)

    assert not dated.has_term
    assert standing.has_term
    assert standing.progress == 1


def test_a_federation_without_a_row_uses_its_own_term() -> None:
    own = (date(2024, 1, 1), date(2028, 12, 31))

    assert current_term([], Body.UNION_CONGRESS, "130302", DAY, own) == own
    assert current_term([], Body.UNION_CONGRESS, "130302", own[0], own) == own
    assert current_term(PARTY, Body.UNION_CONGRESS, "130300", DAY, own) != own
    assert current_term([], Body.PARTY_COMMITTEE, "130302", DAY, own) is None
    assert current_term([], Body.UNION_CONGRESS, "130302", date(2023, 1, 1), own) is None
    assert current_term([], Body.UNION_CONGRESS, "130302", DAY, (own[0], None)) is None


def test_of_two_terms_from_one_day_the_higher_number_holds() -> None:
    twice = [
        Term("government", "130302", 8, date(2026, 1, 1), date(2030, 12, 31)),
        Term("government", "130302", 9, date(2026, 1, 1), date(2029, 12, 31)),
    ]

    assert current_term(twice, Body.GOVERNMENT, "130302", DAY) == (twice[1].start, twice[1].end)


def test_zones_use_the_terms_of_the_city() -> None:
    zone = Area("130371", "Zone", "130300", has_congress=False, has_government=False)
    county = Area("130302", "Haigang", "130300", has_congress=True, has_government=True)

    assert term_region(zone, "130300") == "130300"
    assert term_region(county, "130300") == "130302"


def test_five_years_run_from_the_last_matching_row_and_stay_open_after() -> None:
    placed = place(Period.FIVE_YEAR, RowsBy.DATE, date(2027, 5, 1), last_year=2021)

    assert placed.is_anchored
    assert placed.window == Window(date(2022, 1, 1), date(2026, 12, 31), "2022-2026")
    assert placed.progress == 1
    assert placed.counts(date(2027, 4, 30))
    assert not placed.counts(date(2021, 12, 31))


def test_five_years_without_a_last_row_are_the_calendar_year() -> None:
    placed = place(Period.FIVE_YEAR, RowsBy.DATE, DAY)

    assert placed.window.label == "2026"
    assert not placed.is_anchored


@pytest.mark.parametrize(
    ("start", "end", "end_is", "standing"),
    [
        (None, None, Bound.LAST_DAY_IN, True),
        (DAY, None, Bound.LAST_DAY_IN, True),
        (date(2026, 10, 1), None, Bound.LAST_DAY_IN, False),
        (None, date(2026, 9, 29), Bound.FIRST_DAY_OUT, False),
        (None, DAY, Bound.FIRST_DAY_OUT, False),
        (None, date(2026, 10, 1), Bound.FIRST_DAY_OUT, True),
        (None, DAY, Bound.LAST_DAY_IN, True),
        (None, date(2026, 9, 29), Bound.LAST_DAY_IN, False),
    ],
)
def test_state_rows_stand_from_their_start_to_their_end(
    start: date | None, end: date | None, end_is: Bound, standing: bool
) -> None:
    assert stands(start, end, end_is, DAY) is standing


def test_a_row_is_dated_by_its_first_filled_cell() -> None:
    assert first_day([None, date(2026, 5, 1), date(2026, 4, 1)]) == date(2026, 5, 1)
    assert first_day([None, None]) is None
    assert day_of(datetime(2026, 5, 1, 23, 59, tzinfo=UTC)) == date(2026, 5, 1)
    assert day_of(2026) == date(2026, 12, 31)
    assert day_of(True) is None


def test_rows_by_is_told_from_the_names_of_the_dates() -> None:
    assert rows_by(("term_no",)) is RowsBy.TERM_NO
    assert rows_by(("congress.held_on",)) is RowsBy.DATE
    assert rows_by(()) is RowsBy.STATE


def test_a_row_over_units_names_the_period_where_their_windows_differ() -> None:
    assert shown_label(Period.TERM, ["term", "term"], "term") == "term"
    assert shown_label(Period.FIVE_YEAR, ["2022-2026", "2026"], "2026") == "five_year"
    assert shown_label(Period.YEAR, ["2026"], "") == "2026"
    assert shown_label(Period.YEAR, [], "2026") == "2026"
