"""The engine and the naive evaluator agree on random facts, figure by figure and unit by unit."""

import os
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings

from taizhang.lib.windows import Period
from taizhang.measures.commitments import (
    Commitment,
    Comparator,
    Evaluation,
    Kind,
    Ledger,
    Modality,
    Scope,
)
from taizhang.measures.formula import FormulaError, check, parse_formula, parse_population
from taizhang.measures.tests.both_evaluators import by_engine, by_hand
from taizhang.measures.tests.case_files import Rows, ledger
from taizhang.measures.tests.city_registers import CATALOGUE, COUNTY, commitment_from
from taizhang.measures.tests.random_facts import cities
from taizhang.measures.tests.sample_catalogue import SAMPLES, needs_samples

COMMITMENTS = SAMPLES / "domain" / "commitments.toml"
CONSTRUCTS = Path(__file__).with_name("constructs.txt")

on_random_cities = settings(
    max_examples=10,  # each asks dozens of formulas for every area; raise it to search longer
    deadline=None,  # a cold DuckDB takes its time
    derandomize="CI" in os.environ,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

POPULATIONS = {
    "city": "all",
    "areas": "area[]",
    "federations": "org[is_local_federation=true]",
    "unions": "org[org_state=active; org_type!=branch]",
    "employers": "employer[operating_state=operating]",
    "employers_of_unions": "org.employer[org_type=enterprise_union]",
    "posts": "post[post_type=chair]",
    "meetings": "meeting[principal_leader=true]",
    "funds": "education_fund[spent>0]",
}
TRENDS = (Comparator.INCREASE, Comparator.NOT_DECREASE, Comparator.NOT_INCREASE)


def own_ledger() -> Ledger:
    lines = CONSTRUCTS.read_text(encoding="utf-8").splitlines()
    formulas = [line.split("|") for line in lines if not line.startswith("#")]
    commitments = tuple(_commitment(*map(str.strip, parts)) for parts in formulas)
    return Ledger(commitments, POPULATIONS, parameters={"known": Decimal(3)})


def samples_ledger() -> Ledger:
    """The commitments of the samples whose formulas the registers of the tests can answer."""
    data = tomllib.loads(COMMITMENTS.read_text(encoding="utf-8"), parse_float=Decimal)
    populations = {row["id"]: row["definition"] for row in data["population"]}
    tables = (table for item in data["item"] for table in item["commitment"])
    known = (commitment_from(table) for table in tables)
    fitting = tuple(c for c in known if _fits(c, populations[c.population]))
    return Ledger(fitting, populations, parameters={})


@on_random_cities
@given(cities())
def test_items_3_and_5_and_other_windows_agree(city: tuple[date, Rows]) -> None:
    _agree(ledger(), *city)


@on_random_cities
@given(cities())
def test_every_construct_of_the_language_agrees(city: tuple[date, Rows]) -> None:
    _agree(own_ledger(), *city)


@on_random_cities
@given(cities())
def test_targets_that_an_area_has_set_agree(city: tuple[date, Rows]) -> None:
    every = own_ledger()
    own = tuple(
        replace(asked, local_targets=((COUNTY, Decimal(2)),))
        for asked in every.commitments
        if asked.kind in (Kind.COUNT, Kind.COVERAGE, Kind.RATIO)
    )
    _agree(replace(every, commitments=own), *city)


@needs_samples
def test_the_commitments_of_the_samples_agree() -> None:
    every = samples_ledger()
    assert len(every.commitments) >= 43

    @on_random_cities
    @given(cities())
    def agree(city: tuple[date, Rows]) -> None:
        _agree(every, *city)

    agree()


def _agree(asked: Ledger, day: date, facts: Rows) -> None:
    with TemporaryDirectory() as folder:
        engine = by_engine(asked, facts, day, Path(folder))
    oracle = by_hand(asked, facts, day, Path())
    assert dict(_parts(engine)) == dict(_parts(oracle))


def _parts(evaluation: Evaluation) -> Iterator[tuple[tuple[str, object], object]]:
    for figure in evaluation.figures:
        yield (figure.code, figure.area), figure
    for unit in evaluation.assessments:
        yield (unit.code, unit.unit), unit


def _fits(commitment: Commitment, population: str) -> bool:
    formulas = [text for text in (commitment.numerator, commitment.denominator) if text]
    try:
        check(parse_population(population), CATALOGUE)
        for text in formulas:
            check(parse_formula(text), CATALOGUE)
    except FormulaError:
        return False
    return True


def _commitment(
    code: str,
    scope: str,
    population: str,
    numerator: str,
    denominator: str,
    comparator: str,
    period: str,
    by: str,
) -> Commitment:
    compared = Comparator(comparator)
    kind = Kind.RATIO if denominator else Kind.COUNT
    if compared in TRENDS:
        kind = Kind.TREND
    elif compared is Comparator.EXISTS:
        kind = Kind.MILESTONE
    return Commitment(
        code=code,
        kind=kind,
        scope=Scope(scope),
        population=population,
        numerator=numerator,
        denominator=denominator,
        comparator=compared,
        target=Decimal(2),
        unit="%",
        period=Period(period),
        by=(by,),
        modality=Modality.SHOULD,
        threshold_source="text",
    )
