"""The office confirms or changes what our defaults stand for, and the figures follow."""

from datetime import date
from decimal import Decimal

import pytest

from taizhang.core.audit.models import AuditRow
from taizhang.core.organisations.models import Area
from taizhang.core.organisations.testing import CITY, HAIGANG
from taizhang.core.parameters.clock import fix_status_date
from taizhang.domains.leadership.models import MeetingKind
from taizhang.domains.leadership.tests.factories import MeetingFactory
from taizhang.ledger.evaluation import compute, evaluate_ledger, evaluate_stale
from taizhang.ledger.models import (
    Commitment,
    EvaluationRun,
    FigureRow,
    ItemVerdict,
    StaleCommitment,
    ThresholdAnswer,
)
from taizhang.ledger.thresholds import (
    ThresholdRefused,
    confirm_threshold,
    confirm_thresholds,
    set_parameter,
    withdraw_answer,
)

SOURCE = "秦工发〔2026〕12号"
YEAR_END = date(2026, 12, 31)


@pytest.fixture
def sessions(ledger, tree):
    """Haigang has held two study sessions of the four that 8.1 asks, and the year is over."""
    for day in (date(2026, 3, 2), date(2026, 6, 2)):
        MeetingFactory(
            kind=MeetingKind.THEORY_STUDY,
            region_id=HAIGANG,
            owner_org=tree.haigang,
            held_on=day,
        )
    fix_status_date(YEAR_END, source="test")
    evaluate_ledger()


def commitment(code: str) -> Commitment:
    return Commitment.objects.get(code=code)


def verdict(code: str, area: str = HAIGANG) -> str:
    return FigureRow.objects.get(commitment__code=code, area=area).verdict


def test_a_default_that_is_missed_is_yellow_until_it_is_confirmed_and_then_red(sessions, chen):
    ItemVerdict.objects.update(verdict="behind")
    before = verdict("8.1")

    confirm_threshold(commitment("8.1"), by=chen, source=SOURCE)
    evaluate_stale()

    assert (before, verdict("8.1")) == ("behind", "unmet")
    assert ItemVerdict.objects.get(item__number=8, area=HAIGANG).verdict == "unmet"
    assert not commitment("8.1").is_provisional
    assert commitment("8.1").confirmed_by == chen


def test_a_changed_value_changes_the_verdict(sessions, chen):
    confirm_threshold(commitment("8.1"), by=chen, source=SOURCE, value=Decimal(2))
    evaluate_stale()

    assert verdict("8.1") == "met"
    assert commitment("8.1").target == 2
    assert commitment("8.1").stated_target == 4


def test_only_the_commitment_concerned_is_computed_again(sessions, chen):
    others = set(FigureRow.objects.exclude(commitment__code="8.1").values_list("pk", flat=True))

    confirm_threshold(commitment("8.1"), by=chen, source=SOURCE)
    evaluate_stale()

    kept = FigureRow.objects.exclude(commitment__code="8.1").values_list("pk", flat=True)
    assert set(kept) == others
    assert not StaleCommitment.objects.exists()


def test_computing_everything_gives_the_same_as_following_the_answer(sessions, chen):
    confirm_threshold(commitment("8.1"), by=chen, source=SOURCE, value=Decimal(3))
    evaluate_stale()
    followed = list(FigureRow.objects.order_by("commitment", "area").values_list("verdict"))

    evaluate_ledger()

    whole = list(FigureRow.objects.order_by("commitment", "area").values_list("verdict"))
    assert followed == whole


def test_an_answer_that_holds_from_the_next_year_leaves_this_one_as_it_is(sessions, chen):
    confirm_threshold(
        commitment("8.1"), by=chen, source=SOURCE, value=Decimal(2), holds_from=date(2027, 1, 1)
    )
    evaluate_stale()
    this_year, is_provisional = verdict("8.1"), commitment("8.1").is_provisional

    fix_status_date(date(2027, 1, 1), source="test")
    evaluate_stale()

    assert (this_year, is_provisional) == ("behind", True)
    assert commitment("8.1").target == 2
    assert not commitment("8.1").is_provisional


def test_an_earlier_day_is_asked_by_the_answer_that_held_then(sessions, chen):
    fix_status_date(date(2027, 3, 1), source="test")
    confirm_threshold(
        commitment("8.1"), by=chen, source=SOURCE, value=Decimal(2), holds_from=date(2027, 1, 1)
    )

    _current, then, _snapshot = compute(YEAR_END)

    found = {(f.code, f.area): f.verdict for f in then.figures}
    assert found["8.1", HAIGANG] == "behind"


def test_a_county_is_judged_by_its_own_target_and_the_city_by_the_ledgers(sessions, chen):
    haigang = Area.objects.get(code=HAIGANG)

    confirm_threshold(
        commitment("8.1"), by=chen, source="海工字〔2026〕3号", value=Decimal(2), area=haigang
    )
    evaluate_stale()

    assert (verdict("8.1"), verdict("8.1", CITY)) == ("met", "met")
    assert commitment("8.1").target == 4
    assert commitment("8.1").is_provisional


def test_a_withdrawn_answer_gives_way_to_what_held_before_and_stays_in_the_history(sessions, chen):
    confirm_threshold(commitment("8.1"), by=chen, source=SOURCE, value=Decimal(2))
    mistaken = confirm_threshold(commitment("8.1"), by=chen, source=SOURCE, value=Decimal(1))

    withdraw_answer(mistaken, by=chen, reason="文号有误")
    evaluate_stale()

    assert commitment("8.1").target == 2
    assert ThresholdAnswer.objects.count() == 2
    assert mistaken.withdrawn_because == "文号有误"


def test_the_planned_day_of_a_milestone_can_be_moved(ledger, chen):
    moved = date(2027, 6, 30)

    confirm_threshold(commitment("24.5"), by=chen, source=SOURCE, planned=moved)

    assert commitment("24.5").planned == moved


def test_a_number_of_the_office_makes_a_formula_computable(ledger, chen):
    evaluate_ledger()
    before = FigureRow.objects.get(commitment__code="16.4", area=CITY).reason

    set_parameter(ledger, "key_industries", by=chen, value=Decimal(6), source=SOURCE)
    evaluate_stale()

    after = FigureRow.objects.get(commitment__code="16.4", area=CITY).reason
    assert before == "parameter_unset:key_industries"
    assert after != before


def test_each_answer_is_one_row_of_the_change_log_with_old_and_new(ledger, chen):
    confirm_threshold(commitment("8.1"), by=chen, source=SOURCE, value=Decimal(6))

    row = AuditRow.objects.get(action="confirm_threshold")
    assert (row.subject_no, row.actor, row.reason) == ("8.1", chen, SOURCE)
    assert row.changes["target"] == ["4.0000", "6.0000"]
    assert row.changes["confirmed"] == [False, True]


def test_several_are_confirmed_together_or_not_at_all(ledger, chen):
    chosen = [commitment("8.1"), commitment("5.2")]

    with pytest.raises(ThresholdRefused):
        confirm_thresholds(chosen, by=chen, source=SOURCE)

    assert not ThresholdAnswer.objects.exists()
    assert commitment("8.1").is_provisional
    confirm_thresholds([commitment("8.1"), commitment("1.1")], by=chen, source=SOURCE)
    assert ThresholdAnswer.objects.count() == 2


@pytest.mark.parametrize(
    ("code", "given", "said"),
    [
        ("5.2", {}, "公文或法律"),
        ("8.1", {"source": " "}, "依据"),
        ("8.1", {"value": Decimal(-1)}, "超出"),
        ("1.2", {"value": Decimal(101)}, "超出"),
        ("17.1", {"value": Decimal(3)}, "没有自己的数"),
        ("8.1", {"planned": YEAR_END}, "里程碑"),
        ("8.1", {"value": Decimal(2), "value_to": Decimal(3)}, "区间"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_in_words(ledger, chen, code, given, said):
    with pytest.raises(ThresholdRefused, match=said):
        confirm_threshold(commitment(code), by=chen, **{"source": SOURCE, **given})

    assert not ThresholdAnswer.objects.exists()
    assert not StaleCommitment.objects.exists()


def test_who_does_not_lead_the_ledger_confirms_nothing(ledger, liu):
    with pytest.raises(ThresholdRefused, match="无权"):
        confirm_threshold(commitment("8.1"), by=liu, source=SOURCE)


def test_a_run_says_of_which_version_of_the_ledger_it_is(ledger):
    evaluate_ledger()

    assert EvaluationRun.objects.get().ledger_version == ledger.version
