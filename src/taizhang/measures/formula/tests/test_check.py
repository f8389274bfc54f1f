"""Names and types of formulas against a catalogue."""

from typing import Any

import pytest

from taizhang.measures.catalogue import Catalogue, Field, FieldType, Register
from taizhang.measures.formula import (
    FormulaError,
    check,
    check_rule,
    parse_formula,
    parse_population,
    parse_reading,
    parse_rule,
)
from taizhang.measures.formula.tree import EnumValue, FieldPath
from taizhang.measures.tests.sample_catalogue import (
    needs_samples,
    sample_catalogue,
    sample_ledger,
)


def register(slug: str, *fields: Field) -> Register:
    return Register(slug, {field.name: field for field in fields}, ("held_on",))


EMPLOYER = register(
    "employer",
    Field("headcount", FieldType.INT),
    Field("industry", FieldType.ENUM),
    Field("years", FieldType.INT, many=True),
)
ORG = register(
    "org",
    Field("employer", FieldType.REF, target="employer", many=True),
    Field("parent", FieldType.REF, target="org"),
    Field("region", FieldType.AREA),
)
MEETING = register(
    "meeting",
    Field("kind", FieldType.ENUM, values=("joint", "other")),
    Field("state", FieldType.ENUM, values=("held", "other")),
    Field("org", FieldType.REF, target="org"),
    Field("held_on", FieldType.DATE),
    Field("month", FieldType.MONTH),
    Field("open", FieldType.BOOL),
    Field("matters", FieldType.INT),
    Field("chair", FieldType.TEXT, personal=True),
)
CATALOGUE = Catalogue({r.slug: r for r in (EMPLOYER, ORG, MEETING)})


@pytest.mark.parametrize(
    ("text", "key", "place", "suggestion"),
    [
        ("count(meting[])", "unknown_register", "meting", "meeting"),
        ("count(meeting[held_one>today])", "unknown_field", "held_one", "held_on"),
        ("count(meeting[kind=jiont])", "unknown_value", "jiont", "joint"),
        ("count(meeting[kind in(joint,ather)])", "unknown_value", "ather", "other"),
        ("count(meeting[org.regoin=1])", "unknown_field", "regoin", "region"),
        ("count(meeting[held_on>=200])", "types_differ", "held_on>=200", ""),
        ("count(meeting[held_on>matters])", "types_differ", "held_on>matters", ""),
        ("count(meeting[org.employer=org])", "types_differ", "org.employer=org", ""),
        ("count(meeting[matters>today])", "types_differ", "matters>today", ""),
        ("count(meeting[kind>other])", "not_ordered", "kind>other", ""),
        ("count(meeting[open>=true])", "not_ordered", "open>=true", ""),
        ("count(meeting[held_on>null])", "null_ordered", "null", ""),
        ("count(meeting[open in(true1)])", "needs_enum", "open", ""),
        ("count(meeting[chair=a])", "personal_field", "chair", ""),
        ("count(meeting[kind.x=a])", "not_a_reference", "x", ""),
        ("count(meeting.kind[])", "takes_rows", "kind", ""),
        ("sum(meeting[])", "needs_field", "meeting", ""),
        ("sum(meeting.kind[])", "needs_number", "kind", ""),
        ("latest(meeting.held_on[])", "needs_number", "held_on", ""),
        ("sum(org.employer.headcount[])", "many_valued", "headcount", ""),
        (
            "count(meeting[matters>=org.employer.headcount])",
            "many_valued",
            "org.employer.headcount",
            "",
        ),
        ("count(meeting[matters>=kind*2])", "needs_number", "kind", ""),
        ("count(meeting[held_on>=matters-3d])", "not_a_date", "matters-3d", ""),
        ("count(meeting[org=self])", "no_self", "self", ""),
        ("count(meeting[matters>count(org[])])", "aggregate_misplaced", "count(org[])", ""),
        ("size(employer.industry)", "needs_enum", "industry", ""),
    ],
)
def test_a_formula_that_does_not_fit_is_refused_with_its_place_and_the_nearest_name(
    text: str, key: str, place: str, suggestion: str
) -> None:
    with pytest.raises(FormulaError) as refusal:
        check(parse_formula(text), CATALOGUE, text)

    error = refusal.value
    assert (error.key, text[error.start : error.end], error.suggestion) == (key, place, suggestion)


def test_a_word_is_a_value_of_the_enum_before_it_is_a_field() -> None:
    formula: Any = check(parse_formula("count(meeting[kind=other; kind=state])"), CATALOGUE)

    value, field = (condition.right for condition in formula.conditions)
    assert isinstance(value, EnumValue)
    assert isinstance(field, FieldPath)


def test_an_enum_without_a_closed_list_takes_any_word() -> None:
    formula: Any = check(parse_formula("count(employer[industry=C36])"), CATALOGUE)

    assert formula.conditions[0].right == EnumValue("C36")


def test_an_area_code_is_compared_as_text() -> None:
    formula: Any = check(parse_formula("count(org[region=130302])"), CATALOGUE)

    assert formula.conditions[0].right == EnumValue("130302")


def test_paths_may_run_through_many_valued_references() -> None:
    formula: Any = check(
        parse_formula("distinct(meeting.org.employer[org.employer.headcount>=200])"), CATALOGUE
    )

    assert formula.path.is_many
    assert [field.name for field in formula.conditions[0].left.fields] == [
        "org",
        "employer",
        "headcount",
    ]


def test_months_moments_and_days_are_all_dates() -> None:
    check(parse_formula("count(meeting[held_on>=month; month<=period_end+15wd])"), CATALOGUE)


def test_every_register_has_its_number_and_the_union_that_entered_it() -> None:
    check(parse_formula("count(meeting[owner_org.region=130302; record_no!=null])"), CATALOGUE)


def test_a_population_ends_at_a_register() -> None:
    text = "meeting.kind[]"

    with pytest.raises(FormulaError) as refusal:
        check(parse_population(text), CATALOGUE, text)

    assert refusal.value.key == "needs_reference"


def test_a_rule_may_name_its_own_row() -> None:
    rule = parse_rule("count(meeting[org=self; held_on<=today])>0")

    checked = check_rule(rule, CATALOGUE, ORG, Field("is_busy", FieldType.BOOL))

    assert str(checked) == str(rule)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("count(meeting[org=self])", "types_of_rule"),
        ("count(org[parent=self; held=1])>0", "unknown_field"),
        ("count(meeting[held_on>=period_start])>0", "no_window"),
    ],
)
def test_a_rule_that_does_not_fit_its_field_is_refused(text: str, key: str) -> None:
    with pytest.raises(FormulaError) as refusal:
        check_rule(parse_rule(text), CATALOGUE, ORG, Field("is_busy", FieldType.BOOL), text)

    assert refusal.value.key == key


def test_a_reading_gives_a_value_of_the_field_or_null() -> None:
    field = MEETING.fields["kind"]

    check_rule(parse_reading("joint when state=held"), CATALOGUE, MEETING, field)
    with pytest.raises(FormulaError) as refusal:
        check_rule(parse_reading("7 when state=held"), CATALOGUE, MEETING, field)

    assert refusal.value.key == "types_of_rule"


@needs_samples
def test_every_formula_of_the_first_ledger_fits_the_registers() -> None:
    catalogue = sample_catalogue()
    commitments = [c for item in sample_ledger()["item"] for c in item["commitment"]]

    for row in commitments:
        for text in (row["numerator"], row["denominator"]):
            if text:
                assert parse_formula(str(check(parse_formula(text), catalogue, text)))

    assert len(commitments) == 197


@needs_samples
def test_every_population_of_the_first_ledger_fits_the_registers() -> None:
    populations = sample_ledger()["population"]

    for row in populations:
        check(parse_population(row["definition"]), sample_catalogue(), row["definition"])

    assert len(populations) == 64


@needs_samples
def test_every_rule_of_the_handbook_fits_the_registers() -> None:
    catalogue = sample_catalogue()

    for own in catalogue.registers.values():
        for field in own.fields.values():
            if field.derived:
                check_rule(parse_rule(field.derived), catalogue, own, field, field.derived)
            if field.read_as:
                check_rule(parse_reading(field.read_as), catalogue, own, field, field.read_as)
