"""The chart over windows: the unknown is grey and parts the line, the table says the same."""

from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from taizhang.ui.trend import HEIGHT, STEP, TOP, TrendChart, TrendPoint, draw

HALF, WHOLE = Decimal(50), Decimal(100)


def point(value: Decimal | None, *targets: Decimal, label: str = "2026") -> TrendPoint:
    verdict = "no_data" if value is None else "met"
    return TrendPoint(label, verdict, value, targets)


def chart(*points: TrendPoint, unit: str = "%", is_running: bool = False) -> TrendChart:
    return TrendChart("3.6", unit, points, is_running=is_running)


def test_a_share_stands_at_its_height_of_a_hundred():
    marks = draw(chart(point(HALF), point(WHOLE))).marks

    assert [mark.y for mark in marks] == [TOP + HEIGHT // 2, TOP]
    assert [mark.x for mark in marks] == [STEP // 2, STEP + STEP // 2]


def test_the_scale_ends_at_the_largest_value_or_target():
    marks = draw(chart(point(Decimal(2), Decimal(8)), unit="次")).marks

    assert marks[0].y == TOP + HEIGHT - HEIGHT // 4


def test_a_chart_of_nothing_known_is_drawn_without_a_line():
    drawing = draw(chart(point(None), point(None)))

    assert (drawing.line, drawing.target) == ("", "")


def test_an_unknown_window_parts_the_line():
    drawing = draw(chart(point(HALF), point(None), point(HALF), point(HALF)))

    assert drawing.line.count("M") == 2
    assert drawing.line.count("L") == 1
    assert [mark.is_known for mark in drawing.marks] == [True, False, True, True]


def test_the_way_to_a_window_that_is_not_over_is_a_line_of_its_own():
    drawing = draw(chart(point(HALF), point(HALF), point(WHOLE), is_running=True))

    assert drawing.line.count("L") == 1
    assert drawing.running.count("L") == 1


def test_each_window_shows_the_target_it_had():
    drawing = draw(chart(point(HALF, HALF), point(HALF), point(HALF, Decimal(60), WHOLE)))

    assert drawing.target.count("M") == 3


def test_of_long_numbers_only_the_last_stands_in_the_drawing():
    marks = draw(chart(point(Decimal(54_620_000)), point(Decimal(57_350_000)), unit="元")).marks

    assert [mark.value for mark in marks] == ["", "57,350,000"]


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("2026", ("2026", "")),
        ("2026-Q3", ("2026", "Q3")),
        ("2026-09-30", ("2026", "09-30")),
        ("2021-2025", ("2021", "–2025")),
    ],
)
def test_a_window_is_named_in_two_lines(label, lines):
    assert draw(chart(point(HALF, label=label))).marks[0].label == lines


def test_the_table_says_the_same_as_the_drawing():
    drawn = chart(point(None, label="2025"), point(HALF, WHOLE, label="2026"))

    with translation.override("zh-hans"):
        text = Template("{% load ui %}{% trend_chart chart %}").render(Context({"chart": drawn}))

    assert 'aria-label="3.6: 2025 — 数据不足; 2026 50 已达标"' in text
    assert text.index('<th scope="row">2026</th>') < text.index('<th scope="row">2025</th>')
    assert text.count("tz-trend__unknown") == 1
    assert " style=" not in text
