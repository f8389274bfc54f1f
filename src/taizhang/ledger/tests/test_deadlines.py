"""When something falls due, and when it is late."""

from datetime import date

import pytest

from taizhang.ledger.deadlines import Deadline, deadline, last_day, next_deadline

DAY = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("window", "last"),
    [
        ("2026", date(2026, 12, 31)),
        ("2022-2026", date(2026, 12, 31)),
        ("2026-Q1", date(2026, 3, 31)),
        ("term", None),
        ("2026-09-30", None),
    ],
)
def test_a_window_ends_on_the_last_day_that_its_label_names(window, last):
    assert last_day(window) == last


def test_what_is_met_is_owed_by_no_day():
    assert deadline("2026", None, "met", DAY) is None


def test_the_last_day_of_a_window_is_not_late_yet():
    assert deadline("2026-Q3", None, "behind", DAY) == Deadline(DAY, is_missed=False)


def test_a_milestone_is_late_after_its_planned_day():
    planned = date(2022, 6, 30)

    assert deadline("2026-09-30", planned, "unmet", DAY) == Deadline(planned, is_missed=True)


def test_missing_data_is_not_late():
    assert deadline("2026-09-30", date(2022, 6, 30), "no_data", DAY) is None


def test_a_standing_duty_that_does_not_hold_is_owed_now():
    assert deadline("2026-09-30", None, "unmet", DAY) == Deadline(None, is_missed=True)


def test_the_earliest_day_comes_first_and_a_standing_duty_last():
    late, ahead = Deadline(date(2022, 6, 30), True), Deadline(date(2026, 12, 31), False)

    assert next_deadline([ahead, Deadline(None, True), late]) == late
    assert next_deadline([Deadline(None, True)]) == Deadline(None, True)
    assert next_deadline([]) is None
