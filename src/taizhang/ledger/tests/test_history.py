"""The history of a commitment: what changed its figure, its threshold and its wording, and when."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from taizhang.core.organisations.models import Area
from taizhang.core.organisations.testing import CHANGLI, CITY, HAIGANG
from taizhang.core.parameters.clock import fix_status_date
from taizhang.domains.leadership.models import MeetingKind
from taizhang.domains.leadership.tests.factories import MeetingFactory
from taizhang.ledger.evaluation import evaluate_ledger, evaluate_stale
from taizhang.ledger.history import history
from taizhang.ledger.models import Commitment, EvaluationRun, FigureChange, FigureRow
from taizhang.ledger.tests.test_upgrading import changed_pack
from taizhang.ledger.thresholds import confirm_threshold, withdraw_answer
from taizhang.ledger.upgrading import upgrade_ledger
from taizhang.registers.staleness import mark_stale

SOURCE = "秦工发〔2026〕12号"


@pytest.fixture
def office(client, chen):
    client.force_login(chen)
    return client


def hold_session(tree, day: date) -> None:
    MeetingFactory(
        kind=MeetingKind.THEORY_STUDY, region_id=HAIGANG, owner_org=tree.haigang, held_on=day
    )
    mark_stale("meeting")


def changes(code: str, area: str) -> list[tuple[str, str, Decimal | None, Decimal | None]]:
    rows = FigureChange.objects.filter(commitment__code=code, area=area).order_by("at")
    return [(row.old_verdict, row.verdict, row.old_value, row.value) for row in rows]


def commitment(code: str) -> Commitment:
    return Commitment.objects.select_related("item__ledger").get(code=code)


def page(client, code: str, **query) -> str:
    return client.get(reverse("commitment", args=[code]), query).content.decode()


def note_change(run: EvaluationRun, at: datetime, area: str = HAIGANG) -> FigureChange:
    return FigureChange.objects.create(
        commitment=commitment("8.1"),
        area_id=area,
        run=run,
        at=at,
        old_window="2026",
        window="2026",
        old_verdict="no_data",
        verdict="behind",
    )


def another_run(ledger) -> EvaluationRun:
    return EvaluationRun.objects.create(
        ledger=ledger, as_of=date(2026, 9, 30), snapshot="0" * 64, milliseconds=1
    )


def entries(code: str, area: str):
    return history(commitment(code), Area.objects.get(code=area))[0]


def test_the_first_computation_changes_nothing(ledger):
    evaluate_ledger()

    assert not FigureChange.objects.exists()


def test_a_meeting_changes_the_figures_that_count_it_and_no_others(ledger, tree):
    evaluate_ledger()
    hold_session(tree, date(2026, 3, 2))

    run = evaluate_stale()

    changed = FigureChange.objects.filter(commitment__code="8.1")
    assert set(changed.values_list("area", flat=True)) == {CITY, HAIGANG}
    assert changed.filter(area=HAIGANG).get().old_verdict == "no_data"
    assert {row.run for row in changed} == {run}
    assert not FigureChange.objects.filter(area=CHANGLI).exists()


def test_computing_the_same_once_more_changes_nothing(ledger, tree):
    hold_session(tree, date(2026, 3, 2))
    evaluate_ledger()

    evaluate_ledger()

    assert not FigureChange.objects.exists()


def test_another_day_is_no_change_as_long_as_the_figure_says_the_same(ledger, tree):
    evaluate_ledger()
    fix_status_date(date(2026, 10, 1), source="test")

    evaluate_stale()

    assert FigureRow.objects.filter(window="2026-10-01").exists()
    assert not FigureChange.objects.exists()


def test_a_new_window_is_told_with_the_one_before_it(office, ledger, tree):
    hold_session(tree, date(2026, 3, 2))
    evaluate_ledger()
    fix_status_date(date(2027, 2, 1), source="test")
    evaluate_stale()

    text = page(office, "8.1", area=HAIGANG)

    assert "新的周期：2027，此前为2026" in text


def test_the_page_shows_from_what_to_what_and_as_of_when(office, ledger, tree):
    evaluate_ledger()
    hold_session(tree, date(2026, 3, 2))
    evaluate_stale()

    text = page(office, "8.1", area=HAIGANG)
    history_part = text[text.index('id="history"') :]

    assert "数据不足" in history_part
    assert "计算截至 2026-09-30" in history_part
    assert "首次计算以来没有变化" in page(office, "8.1", area=CHANGLI)


def test_answers_stand_in_the_history_with_who_and_whence(office, ledger, chen):
    evaluate_ledger()
    answer = confirm_threshold(commitment("8.1"), by=chen, source=SOURCE)
    withdraw_answer(answer, by=chen, reason="文号有误")

    found = entries("8.1", CITY)

    assert [entry.withdrawn or entry.given for entry in found] == [answer, answer]
    text = page(office, "8.1")
    assert f"依据：{SOURCE}" in text
    assert "文号有误" in text


def test_the_own_target_of_a_county_stands_in_its_history_only(ledger, chen):
    confirm_threshold(
        commitment("8.1"),
        by=chen,
        source=SOURCE,
        value=Decimal(2),
        area=Area.objects.get(code=HAIGANG),
    )

    assert len(entries("8.1", HAIGANG)) == 1
    assert entries("8.1", CHANGLI) == []
    assert entries("8.1", CITY) == []


def test_a_newer_pack_stands_in_the_history_of_what_it_changed(office, ledger, chen):
    upgrade_ledger(ledger, changed_pack(c8_1={"target": Decimal(6)}), by=chen)

    assert [each.name for entry in entries("8.1", CITY) for each in entry.fields] == [
        "stated_target"
    ]
    assert entries("8.2", CITY) == []
    assert "工作台账第2版" in page(office, "8.1")


def test_the_history_goes_on_where_the_page_before_ended(office, ledger, monkeypatch):
    monkeypatch.setattr("taizhang.ledger.history.ROWS", 2)
    noted = [
        note_change(another_run(ledger), datetime(2026, month, 2, tzinfo=UTC))
        for month in (1, 2, 3)
    ]

    address = reverse("commitment", args=["8.1"])
    first = office.get(address, {"area": HAIGANG})
    second = office.get(address + first.context["history_pager"].next_url)

    shown = [entry.change for page in (first, second) for entry in page.context["history"]]
    assert shown == noted[::-1]
    assert second.context["history_pager"].next_url == ""


def test_events_of_one_moment_stay_on_one_page(ledger, chen, monkeypatch):
    monkeypatch.setattr("taizhang.ledger.history.ROWS", 1)
    answer = confirm_threshold(commitment("8.1"), by=chen, source=SOURCE)
    note_change(another_run(ledger), answer.at)

    found, earlier = history(commitment("8.1"), Area.objects.get(code=HAIGANG))

    assert len(found) == 2
    assert earlier is None


@pytest.mark.parametrize("until", ["yesterday", "2026-13-40T00:00:00Z", "2026-03-02T10:00:00"])
def test_a_moment_that_no_page_gave_out_is_not_found(office, ledger, until):
    answer = office.get(reverse("commitment", args=["8.1"]), {"until": until})

    assert answer.status_code == 404


def test_a_long_history_costs_one_query_like_a_short_one(
    office, ledger, django_assert_max_num_queries
):
    address = reverse("commitment", args=["8.1"])
    for day in range(1, 21):
        note_change(another_run(ledger), datetime(2026, 3, day, tzinfo=UTC))

    with django_assert_max_num_queries(30) as queries:
        office.get(address, {"area": HAIGANG})

    assert sum("ledger_figurechange" in query["sql"] for query in queries.captured_queries) == 1
