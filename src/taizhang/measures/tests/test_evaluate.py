"""The engine's own rules: nothing multiplies, fused equals separate, a fault stays alone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from taizhang.lib.windows import Period
from taizhang.measures.catalogue import Area, Bound, Catalogue, Field, FieldType, Register
from taizhang.measures.commitments import (
    Commitment,
    Comparator,
    Evaluation,
    Figure,
    Kind,
    Ledger,
    Modality,
    Scope,
    Verdict,
)
from taizhang.measures.compile import passes
from taizhang.measures.evaluate import evaluate
from taizhang.measures.snapshot import Snapshot, arrow_schema, write_snapshot

CITY, HAIGANG = "130300", "130302"
AREAS = (
    Area(CITY, "秦皇岛市", None, has_congress=True, has_government=True),
    Area(HAIGANG, "海港区", CITY, has_congress=True, has_government=True),
)
DAY = date(2026, 9, 30)
Rows = Mapping[str, Sequence[Mapping[str, object]]]


def fields(*listed: Field) -> dict[str, Field]:
    return {field.name: field for field in listed}


CATALOGUE = Catalogue(
    {
        "org": Register(
            "org",
            fields(
                Field("org_type", FieldType.ENUM, values=("county_federation", "joint_union")),
                Field("region", FieldType.AREA),
                Field("employer", FieldType.REF, many=True, target="employer"),
                Field(
                    "has_chair",
                    FieldType.BOOL,
                    derived="count(post[org=self; post_type=chair])>0",
                ),
            ),
        ),
        "employer": Register(
            "employer",
            fields(
                Field("region", FieldType.AREA),
                Field("headcount", FieldType.INT),
                Field("has_union", FieldType.BOOL, derived="count(org[employer=self])>0"),
                Field("unions", FieldType.INT, derived="count(org[employer=self])"),
            ),
        ),
        "post": Register(
            "post",
            fields(
                Field("org", FieldType.REF, target="org"),
                Field("post_type", FieldType.ENUM, values=("chair", "member")),
                Field("tags", FieldType.ENUM, many=True, values=("model", "frontline")),
                Field("approved_on", FieldType.DATE),
                Field("ended_on", FieldType.DATE),
            ),
            state_from=("approved_on",),
            state_to="ended_on",
            state_to_is=Bound.FIRST_DAY_OUT,
        ),
        "fund": Register(
            "fund",
            fields(
                Field("region", FieldType.AREA),
                Field("year", FieldType.INT),
                Field("paid", FieldType.DECIMAL),
                Field("payroll", FieldType.DECIMAL),
                Field("required_pct", FieldType.DECIMAL),
            ),
            period=("year",),
        ),
        "submission": Register(
            "submission", fields(Field("sent_on", FieldType.DATE)), ("sent_on",), offered=False
        ),
    }
)
JOINT_UNION: Rows = {
    "org": [{"id": 1, "org_type": "joint_union", "region": HAIGANG, "employer": [1, 2, 2]}],
    "employer": [
        {"id": 1, "region": HAIGANG, "headcount": 150},
        {"id": 2, "region": HAIGANG, "headcount": 250},
    ],
    "post": [
        {"id": 1, "org": 1, "post_type": "chair", "tags": ["model", "frontline"]},
        {"id": 2, "org": 1, "post_type": "member", "tags": []},
    ],
    "fund": [],
}


def ask(code: str, numerator: str, denominator: str = "", **changes: object) -> Commitment:
    asked = Commitment(
        code=code,
        kind=Kind.RATIO if denominator else Kind.COUNT,
        scope=Scope.POOL,
        population="everything",
        numerator=numerator,
        denominator=denominator,
        comparator=Comparator.AT_LEAST,
        target=Decimal(1),
        unit="%" if denominator else "persons",
        period=Period.POINT_IN_TIME,
        by=("state",),
        modality=Modality.SHOULD,
        threshold_source="text",
    )
    return replace(asked, **changes)  # type: ignore[arg-type]


def kept(folder: Path, rows: Rows) -> Snapshot:
    tables = {
        slug: pa.Table.from_pylist(
            [{"record_no": f"{slug}-{row['id']}", **row} for row in listed],
            schema=arrow_schema(CATALOGUE.registers[slug]),
        )
        for slug, listed in rows.items()
    }
    return write_snapshot(folder, tables)


def evaluated(folder: Path, rows: Rows, *asked: Commitment) -> Evaluation:
    ledger = Ledger(asked, {"everything": "all", "unions": "org[]", "areas": "area[]"}, {})
    return evaluate(ledger, CATALOGUE, AREAS, kept(folder, rows), DAY)


def city(evaluation: Evaluation, code: str = "1") -> Figure:
    return next(f for f in evaluation.figures if (f.code, f.area) == (code, CITY))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("count(org[employer.headcount>=100])", 1),  # two employers satisfy it, one union
        ("count(org[employer.headcount>=100; employer.region=130302])", 1),
        ("count(post[org.employer.headcount>=100])", 2),
        ("count(post[tags in(model,frontline)])", 1),
        ("sum(employer.headcount[])", 400),
        ("sum(employer.unions[])", 2),  # the union names employer 2 twice
        ("distinct(post.org.employer[])", 2),
        ("count(org[employer.headcount>=200; employer.headcount<200])", 1),  # each by another
        ("count(org[employer=null])", 0),
    ],
)
def test_many_valued_references_never_multiply_rows(
    tmp_path: Path, formula: str, expected: int
) -> None:
    evaluation = evaluated(tmp_path, JOINT_UNION, ask("1", formula))

    assert city(evaluation).numerator == expected


def test_a_fused_pass_gives_what_each_formula_gives_alone(tmp_path: Path) -> None:
    asked = [
        ask("1", "count(post[post_type=chair])"),
        ask("2", "count(post[post_type=member])", "count(post[])"),
        ask("3", "distinct(post.org[post_type=chair])", population="unions"),
        ask("4", "count(post[])", scope=Scope.EACH, population="unions"),
        ask(
            "5",
            "count(post[approved_on=null])",
            kind=Kind.TREND,
            comparator=Comparator.NOT_DECREASE,
            period=Period.YEAR_ON_YEAR,
        ),
    ]

    together = evaluated(tmp_path, JOINT_UNION, *asked)

    alone = [evaluated(tmp_path, JOINT_UNION, one) for one in asked]
    assert together.figures == tuple(figure for one in alone for figure in one.figures)
    assert together.assessments == tuple(unit for one in alone for unit in one.assessments)


def test_formulas_on_one_register_at_one_grain_share_one_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = []
    statement = passes.statement

    def watched(*arguments: object) -> object:
        compiled.append(arguments[1])
        return statement(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(passes, "statement", watched)
    asked = [
        ask("fused-1", "count(post[post_type=chair; org.region=130302])"),
        ask("fused-2", "count(post[post_type=member; org.region=130302])", period=Period.YEAR),
        ask("fused-3", "count(post[org.region=130302])", "count(post[])", population="unions"),
    ]

    evaluated(tmp_path, JOINT_UNION, *asked)

    assert len(compiled) == 1


def test_a_second_evaluation_compiles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask("again", "count(post[post_type!=member])")
    first = evaluated(tmp_path, JOINT_UNION, asked)

    def refuse(*_arguments: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(passes, "statement", refuse)

    assert evaluated(tmp_path, JOINT_UNION, asked) == first


def test_a_reference_to_a_row_that_is_not_there_reads_as_null(tmp_path: Path) -> None:
    rows = {**JOINT_UNION, "post": [{"id": 1, "org": 99, "post_type": "chair"}]}

    evaluation = evaluated(
        tmp_path, rows, ask("1", "count(post[org=null])"), ask("2", "distinct(post.org[])")
    )

    assert city(evaluation, "1").numerator == 1
    assert city(evaluation, "2").numerator == 0


def test_a_division_inside_a_condition_is_exact(tmp_path: Path) -> None:
    row = {"year": 2025, "region": CITY, "payroll": Decimal("100000000000.33")}
    exactly = Decimal("8000000000.0264")
    rows = {
        **JOINT_UNION,
        "fund": [
            {"id": 1, "required_pct": Decimal(8), "paid": exactly, **row},
            {"id": 2, "required_pct": Decimal(8), "paid": exactly - Decimal("0.0001"), **row},
            {"id": 3, "required_pct": None, "paid": exactly, **row},
        ],
    }

    evaluation = evaluated(
        tmp_path,
        rows,
        ask("1", "count(fund[paid>=payroll*required_pct/100])", by=("year",), period=Period.YEAR),
        ask("2", "count(fund[required_pct=paid/payroll*100])", by=("year",), period=Period.YEAR),
    )

    assert city(evaluation, "1").numerator == 1
    assert city(evaluation, "2").numerator == 1


def test_sums_of_money_are_exact_and_divided_last(tmp_path: Path) -> None:
    thirds = [
        {
            "id": i,
            "year": 2025,
            "region": HAIGANG,
            "paid": Decimal("0.1"),
            "payroll": Decimal("0.3"),
        }
        for i in range(1, 4)
    ]
    asked = ask("1", "sum(fund.paid[])", "sum(fund.payroll[])", by=("year",), period=Period.YEAR)

    figure = city(evaluated(tmp_path, {**JOINT_UNION, "fund": thirds}, asked))

    assert (figure.numerator, figure.denominator) == (Decimal("0.3"), Decimal("0.9"))
    assert figure.value == Decimal("33.3")


def test_a_wrong_formula_is_an_error_of_its_own_commitment_only(tmp_path: Path) -> None:
    evaluation = evaluated(
        tmp_path, JOINT_UNION, ask("1", "count(pst[])"), ask("2", "count(post[])")
    )

    wrong = city(evaluation, "1")
    assert wrong.verdict is Verdict.ERROR
    assert wrong.reason == "formula:there is no register 'pst' (did you mean 'post'?)"
    assert city(evaluation, "2").numerator == 2


def test_what_cannot_be_computed_is_an_error_and_the_rest_of_its_pass_is_not(
    tmp_path: Path,
) -> None:
    evaluation = evaluated(
        tmp_path,
        JOINT_UNION,
        ask("1", "count(post[approved_on>=ended_on+3wd])"),
        ask("2", "count(post[post_type=chair])"),
    )

    assert city(evaluation, "1").verdict is Verdict.ERROR
    assert "ended_on+3wd" in city(evaluation, "1").reason
    assert city(evaluation, "2").numerator == 1


def test_a_number_that_outgrows_its_digits_is_an_error_of_its_formula(tmp_path: Path) -> None:
    huge = Decimal("99999999999999")
    row = {"id": 1, "year": 2025, "region": CITY, "payroll": huge, "paid": huge}
    evaluation = evaluated(
        tmp_path,
        {**JOINT_UNION, "fund": [row]},
        ask("1", "count(fund[paid*paid*paid*paid>payroll])", by=("year",), period=Period.YEAR),
        ask("2", "count(fund[paid>=payroll])", by=("year",), period=Period.YEAR),
    )

    assert city(evaluation, "1").verdict is Verdict.ERROR
    assert city(evaluation, "2").numerator == 1


def test_a_register_that_nothing_offers_is_no_data_and_says_which(tmp_path: Path) -> None:
    asked = ask("1", "count(submission[])", scope=Scope.EACH, population="areas", by=("sent_on",))

    figure = city(evaluated(tmp_path, JOINT_UNION, asked))

    assert figure.verdict is Verdict.NO_DATA
    assert figure.reason == "register_not_offered:submission"
    assert figure.owed == 2


def test_a_register_missing_in_the_snapshot_counts_as_not_offered(tmp_path: Path) -> None:
    rows = {slug: listed for slug, listed in JOINT_UNION.items() if slug != "fund"}

    figure = city(evaluated(tmp_path, rows, ask("1", "count(fund[])", by=("year",))))

    assert figure.reason == "register_not_offered:fund"


def test_rules_that_read_each_other_in_a_ring_are_refused_where_they_are_used(
    tmp_path: Path,
) -> None:
    ring = fields(
        Field("a", FieldType.BOOL, derived="b=true"), Field("b", FieldType.BOOL, derived="a=true")
    )
    catalogue = Catalogue({**CATALOGUE.registers, "ring": Register("ring", ring)})
    ledger = Ledger(
        (ask("1", "count(ring[a=true])"), ask("2", "count(post[])")), {"everything": "all"}, {}
    )

    evaluation = evaluate(ledger, catalogue, AREAS, kept(tmp_path, JOINT_UNION), DAY)

    assert city(evaluation, "1").verdict is Verdict.ERROR
    assert "reads itself" in city(evaluation, "1").reason
    assert city(evaluation, "2").numerator == 2


def test_an_area_under_an_area_lies_in_both(tmp_path: Path) -> None:
    town = Area("130302001", "镇", HAIGANG, has_congress=False, has_government=False)
    rows = {**JOINT_UNION, "employer": [{"id": 1, "region": town.code, "headcount": 5}]}
    ledger = Ledger((ask("1", "count(employer[])"),), {"everything": "all"}, {})

    evaluation = evaluate(ledger, CATALOGUE, (*AREAS, town), kept(tmp_path, rows), DAY)

    assert {f.area: f.numerator for f in evaluation.figures} == {
        CITY: 1,
        HAIGANG: 1,
        town.code: 1,
    }
