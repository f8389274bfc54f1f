"""Cases worked out by hand in which something happens: people decide, and unions and plants change.

What comes out of a package that stands still is in `hand_cases/`.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from taizhang.core.organisations.models import Employer, Organisation
from taizhang.core.organisations.organisations import OrgState
from taizhang.core.organisations.testing import HAIGANG
from taizhang.core.parameters.clock import fix_status_date
from taizhang.domains.organising.elections import follow_terms
from taizhang.ledger.current import DEFAULT_PACK, shipped_pack
from taizhang.ledger.establish import establish_ledger
from taizhang.registers.corrections.actions import accept, propose_correction
from taizhang.registers.spec import REGISTERS
from taizhang.registers.testing_cast import create_account
from tests.loading import load, status

TODAY = date(2026, 9, 30)
ORG = "record_no,name,org_type,parent,region,founded_on,term_end,employer,approval_no,org_state\n"
PLANT = "EMP-PLANT"


@pytest.fixture(autouse=True)
def ledger(tree, tmp_path, settings) -> None:
    """The shipped ledger over the organisations of the cast."""
    settings.SNAPSHOT_DIR = tmp_path / "snapshots"
    fix_status_date(date(2026, 12, 31), source="test")
    establish_ledger(shipped_pack(DEFAULT_PACK), by=None)


# --- An exemption needs a second person (handbook 0.4, R42) ---


def test_an_exemption_takes_a_government_out_once_a_second_person_has_verified_it(
    tmp_path, tree, chen
):
    create_account("zheng", "郑部长", ("DH", tree.city))
    load(
        tmp_path / "meetings",
        meeting="kind,convener_level,region,convener,held_on\n"
        "other,county,130302,海港区政府,2026-02-01\n"
        "gov_union_joint,county,130322,昌黎县政府,2026-03-12\n",
    )
    load(
        tmp_path / "exemptions",
        "--by=chen",
        exemption="record_no,owner_org,record_status,commitment,region,window,reason\n"
        "X-1,ORG-CITY,submitted,5.2,130302,2026,区政府换届\n",
    )
    joint = _asking("5.2", date(2026, 12, 31))

    entered = joint()
    with pytest.raises(CommandError, match="two persons stand for each fact"):
        call_command("record", "verify", "exemption", "X-1", "--by=chen")
    refused = joint()
    call_command("record", "verify", "exemption", "X-1", "--by=zheng")
    verified, next_year = joint(), _asking("5.2", date(2027, 1, 1), HAIGANG)()

    # Eight governments: Changli has met, Haigang has a row of another kind, six have no row.
    # While the decision waits Haigang counts: 1 of 8 - 6 = 2, and the year is over.
    assert _of(entered) == _of(refused) == (8, 1, 6, 1, 2, 50, "unmet")
    # Then it is out: 1 of 8 - 6 - 1 = 1. It is still one of those that owe.
    assert _of(verified) == (8, 1, 6, 1, 1, 100, "met")
    # The decision names 2026: from 1 January on Haigang owes again.
    assert next_year["verdict"] == "not_due"


# --- An enterprise that passes 100 and 200 employees (24.4, 3.6) ---


def test_an_enterprise_that_passes_100_and_200_employees_starts_to_owe_by_itself(
    tmp_path, tree, liu, chen
):
    """A private plant with a union and no post at all, whose congress system has grade A."""
    load(
        tmp_path / "systems",
        congress_system=f"employer,region,grade\n{PLANT},{HAIGANG},A\n",
    )
    graded, headed = _asking("24.4", TODAY), _asking("3.6", TODAY)

    found = {}
    for count in (99, 100, 199, 200):
        _correct_headcount(count, liu, chen)
        found[count] = _of(graded()), _of(headed())

    nobody_owes = (1, 0, 1, None, None, None, "no_data")
    graded_a = (1, 1, 0, 1, 1, 100, "met")
    nobody_heads = (1, 0, 0, 0, 1, 0, "unmet")
    assert found == {
        99: (nobody_owes, nobody_owes),
        100: (graded_a, nobody_owes),  # 100 and more: the number is included
        199: (graded_a, nobody_owes),
        200: (graded_a, nobody_heads),
    }


def test_a_number_of_employees_counted_more_than_twelve_months_ago_is_unknown(tree, liu, chen):
    _correct_headcount(250, liu, chen, as_of=date(2025, 9, 30))

    last_day, next_day = _asking("3.6", TODAY)(), _asking("3.6", date(2026, 10, 1))()

    assert _of(last_day) == (1, 0, 0, 0, 1, 0, "unmet")
    assert _of(next_day) == (1, 0, 1, None, None, None, "no_data")


def _correct_headcount(count: int, liu, chen, as_of: date = date(2026, 6, 30)) -> None:
    plant = Employer.objects.get(record_no=PLANT)
    proposed = propose_correction(
        REGISTERS["employer"],
        plant,
        {"headcount": count, "headcount_as_of": as_of},
        reason="按人社部门数据更正",
        by=liu,
        version=plant.version,
    )
    accept(proposed, by=chen)


# --- An overdue election (handbook 2.7, 3.4) ---


def test_a_union_whose_election_is_overdue_owes_and_counts_as_before(tmp_path, tree):
    load(
        tmp_path / "unions",
        employer="record_no,name,uscc,region,industry,ownership,headcount,headcount_as_of,"
        "operating_state,data_source\n"
        "E-1,海港铸造公司,91130302MA0000301A,130302,C33,state_owned,300,2026-06-30,operating,own\n",
        org=f"{ORG}U-1,铸造公司工会,enterprise_union,ORG-HAIGANG,130302,2010-01-01,2026-06-30,E-1,"
        "海工字〔2010〕9号,active\n",
        post="person_name,org,post_type,full_time,rank_status,approved_on\n"
        "王某,U-1,chair,true,deputy_equivalent,2021-07-01\n",
    )
    fix_status_date(date(2026, 6, 30), source="test")
    is_early = follow_terms()
    fix_status_date(date(2026, 7, 1), source="test")

    before = status(date(2026, 7, 1))
    is_late = follow_terms()
    after = status(date(2026, 7, 1))

    assert (is_early, is_late) == (False, True)  # the day after the term has ended, not on it
    assert Organisation.objects.get(record_no="U-1").org_state == OrgState.ELECTION_OVERDUE
    assert after == before
    # The plant of the cast has 200 employees and nobody at its head: 1 of 2.
    assert _of(after["3.6"]) == (1, 0, 0, 1, 2, 50, "unmet")
    # The only active union of the state-owned family, and its chair has the rank.
    assert _of(after["3.8"]) == (1, 1, 0, 1, 1, 100, "met")


# --- The city's verdict from its units (5.5): fewer than 90 % of those with data ---


def test_a_city_is_unmet_at_89_9_percent_and_behind_at_90(tmp_path):
    """Of 99 townships 89 have a full-time worker; a hundredth with one is founded on 1 October.

    Of ten more nobody has entered any post: they are no_data, on neither side.
    """
    townships = [_township(n, founded="2010-01-01") for n in range(109)]
    townships.append(_township(109, founded="2026-10-01"))
    workers = [_post(n, is_full_time=n < 89 or n == 109) for n in (*range(99), 109)]
    load(
        tmp_path / "townships",
        org=ORG + "".join(townships),
        post="person_name,org,post_type,full_time,approved_on\n" + "".join(workers),
    )

    before, after = _asking("3.5", TODAY)(), _asking("3.5", date(2026, 10, 1))()

    assert _of(before) == (109, 89, 10, 89, 99, 89.9, "unmet")
    assert _of(after) == (110, 90, 10, 90, 100, 90, "behind")


def _township(number: int, *, founded: str) -> str:
    return (
        f"T-{number},第{number}街道工会,township_union,ORG-HAIGANG,130302,{founded},,,"
        f"海工字〔2010〕{number + 100}号,active\n"
    )


def _post(number: int, *, is_full_time: bool) -> str:
    return f"某{number},T-{number},full_time_worker,{str(is_full_time).lower()},2012-01-01\n"


# --- Eight percent of payroll (22.5) is a limit that a record cannot break ---


def test_eight_percent_of_payroll_are_deducted_at_most(tmp_path):
    header = "employer,year,payroll,deducted,deduction_applied,spent\n"
    load(
        tmp_path / "exactly",
        education_fund=f"{header}{PLANT},2025,1000000,80000.00,true,90000\n",
    )

    with pytest.raises(CommandError):
        load(
            tmp_path / "beyond",
            education_fund=f"{header}{PLANT},2024,1000000,80000.01,true,90000\n",
        )

    assert _of(_asking("22.5", TODAY)()) == (1, 1, 0, 1, 1, 100, "met")


def _asking(code: str, on: date, org: str | None = None) -> Callable[[], dict[str, Any]]:
    return lambda: status(on, org)[code]


def _of(row: dict[str, Any]) -> tuple:
    names = ("owed", "met", "no_data", "numerator", "denominator", "value", "verdict")
    return tuple(row[name] for name in names)
