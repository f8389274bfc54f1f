"""A verified decision of R42 takes a unit out of its commitment; one that is not verified, not."""

from datetime import date

import pytest

from taizhang.core.organisations.testing import CHANGLI, CITY, HAIGANG
from taizhang.core.parameters.clock import fix_status_date
from taizhang.core.records.models import RecordStatus
from taizhang.domains.followup.tests.factories import ExemptionFactory
from taizhang.domains.leadership.tests.factories import MeetingFactory
from taizhang.ledger.evaluation import evaluate_ledger, evaluate_stale
from taizhang.ledger.models import FigureRow
from taizhang.registers.actions import perform
from taizhang.registers.spec import REGISTERS

OTHERS = (CITY, "130303", "130304", "130306", "130321", CHANGLI, "130324")


@pytest.fixture
def seven_met(ledger) -> None:
    """At the end of 2026 all governments but that of Haigang have met with their federations."""
    fix_status_date(date(2026, 12, 31), source="test")
    MeetingFactory(region_id=HAIGANG, held_on=date(2025, 3, 18))
    for area in OTHERS:
        MeetingFactory(region_id=area)


def figure(code: str, area: str) -> FigureRow:
    return FigureRow.objects.get(commitment__code=code, area=area)


@pytest.mark.parametrize("window", ["2026", ""])
def test_a_verified_decision_takes_the_unit_out(seven_met, window):
    ExemptionFactory(commitment="5.2", region_id=HAIGANG, window=window)

    evaluate_ledger()

    haigang, city = figure("5.2", HAIGANG), figure("5.2", CITY)
    assert (haigang.verdict, haigang.denominator, haigang.value) == ("not_applicable", 0, None)
    assert (city.owed, city.met, city.no_data) == (8, 7, 0)
    assert (city.numerator, city.denominator, city.verdict) == (7, 7, "met")


@pytest.mark.parametrize(
    "values",
    [
        {"record_status": RecordStatus.DRAFT},
        {"record_status": RecordStatus.SUBMITTED},
        {"record_status": RecordStatus.VOID},
        {"window": "2025"},
        {"commitment": "5.1"},
    ],
    ids=["draft", "submitted", "void", "another window", "another commitment"],
)
def test_other_decisions_leave_the_unit_in(seven_met, values):
    of_haigang = {"commitment": "5.2", "region_id": HAIGANG, "window": "2026"}
    ExemptionFactory(**of_haigang | values)

    evaluate_ledger()

    haigang, city = figure("5.2", HAIGANG), figure("5.2", CITY)
    assert haigang.verdict == "unmet"
    assert (city.numerator, city.denominator, city.verdict) == (7, 8, "unmet")


def test_a_decision_counts_from_the_step_of_the_second_person_on(seven_met, tree, liu, chen):
    decision = ExemptionFactory(
        commitment="5.2",
        region_id=HAIGANG,
        window="2026",
        owner_org=tree.haigang,
        entered_by=liu,
        record_status=RecordStatus.SUBMITTED,
    )
    evaluate_ledger()
    before = figure("5.2", HAIGANG).verdict

    perform(REGISTERS["exemption"], decision, "verify", by=chen, version=1)
    evaluate_stale()

    assert (before, figure("5.2", HAIGANG).verdict) == ("unmet", "not_applicable")
    assert figure("5.2", CITY).denominator == 7


def test_a_decision_without_a_unit_takes_everybody_out(seven_met):
    ExemptionFactory(commitment="5.2", region_id=None, window="2026")

    evaluate_ledger()

    assert {figure("5.2", area).verdict for area in (HAIGANG, *OTHERS)} == {"not_applicable"}
