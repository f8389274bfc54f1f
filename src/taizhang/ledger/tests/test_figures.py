"""Targets and windows in words."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from taizhang.ledger.figures import amount_text, target_text, window_text
from taizhang.ledger.models import Commitment, FigureRow


def commitment(**fields) -> Commitment:
    usual = {"unit_zh": "次", "unit_en": "meetings", "comparator": ">=", "period": "year"}
    return Commitment(**{**usual, **fields})


@pytest.mark.parametrize(
    ("fields", "chinese", "english"),
    [
        ({"target": Decimal(1)}, "不少于 1 次", "at least 1 meeting"),
        ({"target": Decimal(4)}, "不少于 4 次", "at least 4 meetings"),
        (
            {"target": Decimal(60), "unit_zh": "%", "unit_en": "%"},
            "不低于 60 %",
            "at least 60 %",
        ),
        ({"target": Decimal(0), "comparator": "<="}, "不超过 0 次", "at most 0 meetings"),
        (
            {"target": Decimal(3), "target_to": Decimal(5), "comparator": "between"},
            "3 至 5 次",
            "3 to 5 meetings",
        ),
        (
            {"comparator": "exists", "planned": date(2022, 6, 30)},
            "2022-06-30 前建立",
            "in place by 2022-06-30",
        ),
        ({"comparator": "not_decrease"}, "不低于上期", "not less than the window before"),
    ],
)
def test_a_target_reads_as_a_clerk_would_say_it(fields, chinese, english):
    with translation.override("zh-hans"):
        assert target_text(commitment(**fields)) == chinese
    with translation.override("en"):
        assert target_text(commitment(**fields)) == english


def test_a_trend_names_the_value_that_it_is_compared_with():
    with translation.override("zh-hans"):
        text = target_text(commitment(comparator="increase"), FigureRow(target=Decimal("14.86")))

    assert text == "高于上期 (14.9)"


@pytest.mark.parametrize(
    ("period", "label", "text"),
    [
        ("year", "2026", "每年 · 2026"),
        ("term", "term", "每届"),
        ("year", "year", "每年"),
        ("point_in_time", "2026-09-30", "时点"),
        ("quarter", "", "每季度"),
    ],
)
def test_a_window_is_named_where_it_says_more_than_its_rhythm(period, label, text):
    with translation.override("zh-hans"):
        assert window_text(commitment(period=period), label) == text


def test_units_that_are_alike_in_both_numbers_stay():
    assert amount_text(Decimal(1), "series") == "1 series"
    assert amount_text(None, "次") == "— 次"
