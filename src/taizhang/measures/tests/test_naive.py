"""Rules of the naive evaluator that the cases do not reach."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from taizhang.measures.catalogue import Area, Catalogue
from taizhang.measures.commitments import (
    Comparator,
    Evaluation,
    Ledger,
    Scope,
    Verdict,
)
from taizhang.measures.naive import evaluate_naively
from taizhang.measures.tests.case_files import ledger, rows_of
from taizhang.measures.tests.city_registers import AREAS, CATALOGUE, CITY, COUNTY

DAY = date(2026, 9, 30)
JOINT_UNION = {
    "employer": [
        {"record_no": "A", "region": COUNTY, "headcount": 10, "headcount_as_of": DAY},
        {"record_no": "B", "region": "130303", "headcount": 20, "headcount_as_of": DAY},
    ],
    "org": [{"record_no": "J", "employer": ["A", "B"], "org_state": "active"}],
}


def asking(numerator: str, **changes: object) -> Ledger:
    """A ledger of one pool over the whole city."""
    base = next(c for c in ledger().commitments if c.code == "30.2")
    asked = replace(base, numerator=numerator, comparator=Comparator.AT_LEAST, target=Decimal(1))
    asked = replace(asked, **changes)  # type: ignore[arg-type]
    return Ledger((asked,), {"city": "all", "unions": "org[org_state=active]"}, {})


def evaluated(
    asked: Ledger,
    facts: Mapping[str, object],
    catalogue: Catalogue = CATALOGUE,
    areas: tuple[Area, ...] = AREAS,
) -> Evaluation:
    return evaluate_naively(asked, catalogue, areas, rows_of(facts), DAY)  # type: ignore[arg-type]


def numerators(evaluation: Evaluation) -> Mapping[str, Decimal | None]:
    return {figure.area: figure.numerator for figure in evaluation.figures}


def test_a_row_of_two_areas_counts_in_each_and_once_in_the_city() -> None:
    asked = asking("count(org[employer.headcount>=10])", by=("state",))

    found = numerators(evaluated(asked, JOINT_UNION))

    assert found[CITY] == found[COUNTY] == found["130303"] == 1


def test_a_row_lies_also_in_the_area_above_its_own() -> None:
    township = Area("130302001", "Township", COUNTY, has_congress=False, has_government=False)
    facts = {"meeting": [{"record_no": "M", "region": township.code, "held_on": DAY}]}
    asked = asking("count(meeting[])", by=("held_on",))

    found = numerators(evaluated(asked, facts, areas=(*AREAS, township)))

    assert found[CITY] == found[COUNTY] == found[township.code] == 1
    assert found["130303"] is None


def test_a_rule_over_a_register_that_is_not_offered_leaves_the_commitment_without_data() -> None:
    registers = {**CATALOGUE.registers, "org": replace(CATALOGUE.registers["org"], offered=False)}
    facts = {"employer": [{"record_no": "A", "region": COUNTY}]}
    asked = asking("count(employer[has_union=true])", by=("state",))

    found = evaluated(asked, facts, catalogue=Catalogue(registers))

    assert {figure.reason for figure in found.figures} == {"register_not_offered:org"}
    assert {figure.verdict for figure in found.figures} == {Verdict.NO_DATA}


def test_a_formula_that_cannot_be_read_is_an_error_that_says_why() -> None:
    found = evaluated(asking("count(meetings[])"), {})

    assert {figure.verdict for figure in found.figures} == {Verdict.ERROR}
    assert "meeting" in found.figures[0].reason
    assert not found.assessments


def test_only_the_commitments_asked_for_are_evaluated() -> None:
    found = evaluate_naively(ledger(), CATALOGUE, AREAS, rows_of({}), DAY, only=["5.2"])

    assert {figure.code for figure in found.figures} == {"5.2"}


def test_each_unit_says_where_it_lies() -> None:
    asked = asking("count(post[])", by=("state",), scope=Scope.EACH, population="unions")
    facts = {
        "org": [
            {"record_no": "U", "org_state": "active", "region": COUNTY},
            {"record_no": "C", "org_state": "active", "region": CITY},
            {"record_no": "N", "org_state": "active"},
        ]
    }

    found = evaluated(asked, facts)

    assert [unit.area for unit in found.assessments] == [COUNTY, CITY, None]
