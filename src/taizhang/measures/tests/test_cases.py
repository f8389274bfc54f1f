"""The cases of `cases/*.toml` hold on both evaluators."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from taizhang.measures.commitments import Assessment, Evaluation, Figure, Ledger
from taizhang.measures.tests.both_evaluators import Facts, by_engine, by_hand
from taizhang.measures.tests.case_files import Case, cases, ledger
from taizhang.measures.tests.city_registers import CITY

CASES = tuple(cases())
Evaluator = Callable[[Ledger, Facts, date, Path], Evaluation]


@pytest.mark.parametrize("evaluate", [by_engine, by_hand])
@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Case, evaluate: Evaluator, tmp_path: Path) -> None:
    evaluation = evaluate(_ledger_of(case), case.facts, case.as_of, tmp_path)

    for expected in case.expect:
        found = _found(evaluation, case, expected)
        assert _as_written(found, expected) == dict(expected), case.why


def _ledger_of(case: Case) -> Ledger:
    return Ledger((case.commitment,), ledger().populations, ledger().parameters)


def _found(evaluation: Evaluation, case: Case, expected: object) -> Figure | Assessment:
    assert isinstance(expected, dict)
    if "unit" in expected:
        key = str(expected["unit"])
        rows = (row for table in case.facts.values() for row in table)
        keys = {str(row["id"]) for row in rows if row["record_no"] == key} or {key}
        return next(unit for unit in evaluation.assessments if unit.unit.key in keys)
    area = expected.get("area", CITY)
    return next(figure for figure in evaluation.figures if figure.area == area)


def _as_written(found: Figure | Assessment, expected: object) -> dict[str, object]:
    """The parts of the figure that the case speaks of, in the way it writes them."""
    assert isinstance(expected, dict)
    written = {name: expected[name] for name in ("unit", "area") if name in expected}
    for name in expected.keys() - {"unit", "area"}:
        value = getattr(found, name)
        written[name] = _plain(getattr(value, "label", value))
    return written


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return "null" if value is None else value
