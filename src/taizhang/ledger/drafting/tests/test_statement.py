"""What a person writes is taken whole, or refused at its field with its place."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taizhang.ledger.current import current_ledger
from taizhang.ledger.drafting.faults import faults
from taizhang.ledger.drafting.statement import Statement, as_row, statement_of
from taizhang.ledger.drafting.tests.conftest import FORMULA
from taizhang.ledger.drafting.trial import compute_trial
from taizhang.lib.windows import Period
from taizhang.measures.commitments import Comparator, Kind, Modality, Scope

MEETINGS = Statement(
    duty_zh="每年召开联席会议",
    who_owes=("government_city",),
    modality=Modality.MUST,
    scope=Scope.EACH,
    population="gov8",
    numerator=FORMULA,
    comparator=Comparator.AT_LEAST,
    target=Decimal(1),
    unit_zh="次",
    period=Period.YEAR,
)
SHARE = replace(
    MEETINGS,
    scope=Scope.POOL,
    population="city",
    numerator="count(employer[has_union=true])",
    denominator="count(employer[])",
    unit_zh="%",
    period=Period.POINT_IN_TIME,
)
PIECES = st.sampled_from(
    [
        *("count", "sum", "distinct", "latest", "size", "param", "area", "meeting", "org"),
        *("employer", "headcount", "kind", "gov_union_joint", "held_on", "region", "total"),
        *("(", ")", "[", "]", ";", ".", ",", "=", "!=", ">=", "<", " in", "and", "null", "true"),
        *("today", "-90d", "+3m", "period_start", "1", "0.5", "/", "*", "会议", "“", "\x00", "'"),
    ]
)
WELL_FORMED = st.builds(
    "{}({}{}[{}])".format,
    st.sampled_from(["count", "sum", "distinct", "latest"]),
    st.sampled_from(["meeting", "org", "employer", "area", "collective", "policy"]),
    st.sampled_from(["", ".headcount", ".employer", ".region", ".org", ".held_on", ".kind"]),
    st.sampled_from(
        ["", "headcount>=200", "region=130302", "held_on<=today-30d", "kind!=null", "code!=null"]
    ),
)
FORMULAS = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=14).map("".join), WELL_FORMED)


def wrong(statement: Statement) -> set[str]:
    current = current_ledger()
    return {fault.field for fault in faults(statement, current.pack, current.catalogue)}


@pytest.mark.parametrize("statement", [MEETINGS, SHARE])
def test_a_whole_statement_has_no_faults(ledger, statement):
    assert wrong(statement) == set()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"duty_zh": " "}, "duty_zh"),
        ({"who_owes": ()}, "who_owes"),
        ({"who_owes": ("moon",)}, "who_owes"),
        ({"population": "nobody"}, "population"),
        ({"population": ""}, "population"),
        ({"population": "", "definition": "org[]"}, "population_zh"),
        ({"population": "", "definition": "orgs[]", "population_zh": "工会"}, "definition"),
        ({"numerator": "count(meeting[kid=x])"}, "numerator"),
        ({"numerator": "param(key_industries)"}, "numerator"),
        ({"numerator": "latest(meeting.held_on[])"}, "numerator"),
        ({"denominator": "count("}, "denominator"),
        ({"denominator": "param(nothing)"}, "denominator"),
        ({"by": ("held_in",)}, "by"),
        ({"by": ("kind",)}, "by"),
        ({"target": None}, "target"),
        ({"target": Decimal(-1)}, "target"),
        ({"unit_zh": ""}, "unit_zh"),
        ({"unit_zh": "%"}, "denominator"),
        ({"period": Period.YEAR_ON_YEAR}, "period"),
        ({"planned": date(2026, 9, 30)}, "planned"),
        ({"comparator": Comparator.EXISTS}, "planned"),
        ({"comparator": Comparator.BETWEEN}, "target_to"),
        ({"comparator": Comparator.INCREASE, "period": Period.PLAN_PERIOD}, "period"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(ledger, change, field):
    assert field in wrong(replace(MEETINGS, **change))


def test_a_share_lies_between_none_and_all(ledger):
    assert wrong(replace(SHARE, target=Decimal(101))) == {"target"}


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "没有字段"), ("en", "has no field")])
def test_a_refused_formula_names_its_place_in_the_language_of_the_reader(ledger, language, words):
    current = current_ledger()
    mistyped = replace(MEETINGS, numerator="count(meeting[kid=x])")

    with translation.override(language):
        (fault,) = faults(mistyped, current.pack, current.catalogue)
        text = str(fault.text)

    assert words in text
    assert "15" in text


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({}, Kind.COUNT),
        ({"comparator": Comparator.EXISTS}, Kind.MILESTONE),
        ({"comparator": Comparator.BETWEEN}, Kind.RANGE),
        ({"comparator": Comparator.NOT_DECREASE}, Kind.TREND),
        ({"denominator": "count(employer[])"}, Kind.COVERAGE),
        ({"numerator": "sum(employer.headcount[])", "denominator": FORMULA}, Kind.RATIO),
    ],
)
def test_comparison_and_denominator_tell_what_the_figure_is(change, kind):
    assert replace(MEETINGS, **change).kind is kind


def test_what_is_written_comes_back_to_be_revised(ledger):
    current, item = current_ledger(), ledger.items.first()

    for statement in (MEETINGS, replace(SHARE, duty_en="Share of unions", note_zh="说明")):
        row = as_row(statement, item, current.pack, current.catalogue)
        again = statement_of(row)

        assert (
            as_row(again, item, current.pack, current.catalogue).__dict__.items()
            >= {name: value for name, value in row.__dict__.items() if name != "_state"}.items()
        )


def test_rows_are_dated_as_their_register_dates_them(ledger):
    current, item = current_ledger(), ledger.items.first()

    assert as_row(MEETINGS, item, current.pack, current.catalogue).by == ["held_on"]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    numerator=FORMULAS, denominator=st.one_of(st.just(""), FORMULAS), scope=st.sampled_from(Scope)
)
def test_any_formula_gives_figures_or_a_named_refusal(beside, chen, numerator, denominator, scope):
    current = current_ledger()
    statement = replace(MEETINGS, numerator=numerator, denominator=denominator, scope=scope)

    found = list(faults(statement, current.pack, current.catalogue))

    assert all(str(fault.text) for fault in found)
    if not found and numerator:
        item = beside.items.first()
        trial = compute_trial(as_row(statement, item, current.pack, current.catalogue), by=chen)
        assert len(trial.figures) == len(current.areas)
        assert all(each.verdict != "error" or each.reason for _area, each in trial.figures)
