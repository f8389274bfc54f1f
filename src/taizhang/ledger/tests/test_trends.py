"""The windows before: read on their last days, unknown where the registers keep no past."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from taizhang.core.organisations.testing import CHANGLI, CITY, HAIGANG, PostFactory
from taizhang.core.parameters.clock import fix_status_date
from taizhang.domains.leadership.models import MeetingKind
from taizhang.domains.leadership.tests.factories import MeetingFactory
from taizhang.ledger import trends
from taizhang.ledger.evaluation import evaluate_ledger
from taizhang.ledger.models import Commitment, EvaluationRun
from taizhang.ledger.thresholds import confirm_threshold
from taizhang.ledger.trends import Trend, trend
from taizhang.measures.past import Past


@pytest.fixture
def office(client, chen):
    client.force_login(chen)
    return client


def hold_joint_meetings(tree, *days: date, region=HAIGANG) -> None:
    for day in days:
        MeetingFactory(
            kind=MeetingKind.GOV_UNION_JOINT,
            region_id=region,
            owner_org=tree.haigang,
            held_on=day,
        )


@pytest.fixture
def run(ledger, tree) -> EvaluationRun:
    """Haigang has met the government in 2024 and 2026, Changli in 2025; nobody before."""
    hold_joint_meetings(tree, date(2024, 5, 6), date(2026, 5, 6))
    hold_joint_meetings(tree, date(2025, 5, 6), region=CHANGLI)
    return evaluate_ledger()


def values(found: Trend, area: str) -> list[tuple[str, Decimal | None]]:
    return [
        (point.label, point.figures[area].value if point.figures else None)
        for point in found.points
    ]


def chart(client, code: str, **query):
    return client.get(reverse("commitment_trend", args=[code]), query).context["chart"]


def test_each_window_before_has_the_figure_of_its_own_records(run):
    found = trend(run, "5.2")

    assert values(found, HAIGANG)[:2] == [("2025", Decimal(0)), ("2024", Decimal(100))]


def test_what_lies_before_the_first_record_is_unknown_and_not_zero(run):
    found = trend(run, "5.2")

    assert values(found, CITY)[-1] == ("2023", None)
    assert found.past.begins == date(2024, 5, 6)


def test_the_chart_ends_with_the_present_figure(office, run):
    points = chart(office, "5.2", area=HAIGANG).points

    assert [point.label for point in points] == ["2023", "2024", "2025", "2026"]
    assert (points[0].verdict, points[0].value) == ("no_data", None)
    assert (points[-1].verdict, points[-1].value) == ("met", Decimal(100))


def test_a_state_without_a_start_date_has_no_past(office, run):
    found = trend(run, "24.1")

    assert found.past.begins is None
    assert [point.figures for point in found.points] == [{}]
    assert "只反映当前状态" in str(chart(office, "24.1").notes[-1])


def test_a_state_with_a_start_date_is_read_at_the_ends_of_quarters(ledger, tree):
    """The plant has had a full-time chair since May; it owes one from 200 employees on."""
    PostFactory(
        org=tree.plant,
        full_time=True,
        region_id=HAIGANG,
        elected_on=date(2026, 5, 1),
        approved_on=date(2026, 5, 1),
    )

    found = trend(evaluate_ledger(), "3.6")

    assert values(found, HAIGANG) == [("2026-06-30", Decimal(100)), ("2026-03-31", None)]
    assert found.past == Past(date(2026, 5, 1), "post")


@pytest.mark.parametrize(
    ("holds_from", "value"), [(None, Decimal(100)), (date(2026, 1, 1), Decimal(0))]
)
def test_an_earlier_window_goes_by_the_answer_that_held_in_it(
    ledger, tree, chen, holds_from, value
):
    """Two sessions where the default asks for four, and an answer for two."""
    for month in (3, 9):
        MeetingFactory(
            kind=MeetingKind.THEORY_STUDY,
            region_id=HAIGANG,
            owner_org=tree.haigang,
            held_on=date(2025, month, 2),
        )
    confirm_threshold(
        Commitment.objects.get(code="8.1"),
        by=chen,
        source="秦工发〔2026〕12号",
        value=Decimal(2),
        holds_from=holds_from,
    )

    found = trend(evaluate_ledger(), "8.1")

    assert values(found, HAIGANG)[0] == ("2025", value)


def test_a_window_that_is_not_over_is_not_compared(office, run):
    drawn = chart(office, "5.2", area=HAIGANG)

    assert drawn.is_running
    assert "不与以往整期相比" in str(drawn.notes[0])


def test_a_window_that_is_over_is_compared_with_the_one_before(office, run):
    fix_status_date(date(2026, 12, 31), source="test")
    evaluate_ledger()

    drawn = chart(office, "5.2", area=HAIGANG)

    assert not drawn.is_running
    assert "比 2025 上升 100" in str(drawn.notes[0])


def test_the_trend_is_looked_up_once_and_stands_on_the_page_from_then_on(office, run, monkeypatch):
    page = reverse("commitment", args=["5.2"])
    first = office.get(page).context
    office.get(first["trend_url"], headers={"HX-Request": "true"})
    monkeypatch.setattr(trends, "evaluate", None)

    assert first["chart"] is None
    assert office.get(page).context["chart"].points


def test_another_run_looks_again(office, run, tree):
    trend(run, "5.2")
    hold_joint_meetings(tree, date(2025, 5, 6))

    found = trend(evaluate_ledger(), "5.2")

    assert dict(values(found, HAIGANG))["2025"] == Decimal(100)


def test_the_part_is_a_page_of_its_own_without_script(office, run):
    address = reverse("commitment_trend", args=["5.2"])

    part = office.get(address, headers={"HX-Request": "true"}).content.decode()
    whole = office.get(address).content.decode()

    assert "<html" not in part
    assert whole.count("<h1") == 1
    for text in (part, whole):
        assert "<svg" in text
        assert "<table" in text
        assert " style=" not in text


def test_what_nobody_counts_has_no_trend(office, run):
    Commitment.objects.filter(code="5.2").update(numerator="")

    assert office.get(reverse("commitment_trend", args=["5.2"])).status_code == 404
    assert "trend_url" not in office.get(reverse("commitment", args=["5.2"])).context


def test_a_snapshot_that_is_gone_leaves_the_present_alone(office, run):
    EvaluationRun.objects.update(snapshot="0" * 64)

    assert len(chart(office, "5.2").points) == 1
    assert (
        "没有可比的以往周期"
        in office.get(reverse("commitment_trend", args=["5.2"])).content.decode()
    )
