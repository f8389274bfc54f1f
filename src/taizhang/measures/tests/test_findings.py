"""Rules that find faulty rows: what they see of the facts, and what they may name."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from taizhang.measures.catalogue import Area, Catalogue, Field, FieldType, Register
from taizhang.measures.findings import Check, faulty_rows, refuse_wrong
from taizhang.measures.formula import FormulaError
from taizhang.measures.snapshot import Snapshot, arrow_schema, write_snapshot

PLANT = Register(
    "plant",
    {
        "name": Field("name", FieldType.TEXT),
        "staff": Field("staff", FieldType.INT),
        "chief": Field("chief", FieldType.TEXT, personal=True),
    },
)
UNION = Register(
    "union",
    {
        "plant": Field("plant", FieldType.REF, target="plant"),
        "state": Field("state", FieldType.ENUM, values=("active", "ended")),
        "since": Field("since", FieldType.DATE),
        "until": Field("until", FieldType.DATE),
    },
    state_from=("since",),
    state_to="until",
)
CATALOGUE = Catalogue({"plant": PLANT, "union": UNION})
CITY = [Area("1", "市", None, True, True)]
DAY = date(2026, 9, 30)


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    plants = [(1, "甲", 30), (2, "乙", None), (3, "丙", 5)]
    unions = [
        (11, 1, "active", date(2020, 1, 1), None),
        (12, 1, "active", date(2021, 1, 1), None),
        (13, 2, "active", date(2027, 1, 1), None),
        (14, 2, "active", date(2020, 1, 1), date(2025, 1, 1)),
    ]
    tables = {
        "plant": _table(PLANT, ("id", "name", "staff"), plants),
        "union": _table(UNION, ("id", "plant", "state", "since", "until"), unions),
    }
    return write_snapshot(tmp_path, tables)


@pytest.mark.parametrize(
    ("register", "rule", "found"),
    [
        ("plant", "staff<10", (3,)),
        ("plant", "staff<10 or staff=null", (2, 3)),
        ("plant", "staff>=0 and staff<0", ()),
        ("plant", "count(union[plant=self; state=active])>1", (1,)),
        ("plant", "count(union[plant=self; state=active])=0", (2, 3)),
        ("union", "since>today", (13,)),
        ("union", "plant.staff=null", (13, 14)),
    ],
)
def test_a_rule_finds_the_rows_for_which_it_holds(
    snapshot: Snapshot, register: str, rule: str, found: tuple[int, ...]
) -> None:
    check = Check("a", register, rule)

    assert faulty_rows([check], CATALOGUE, CITY, snapshot, DAY) == {"a": found}


def test_several_checks_are_answered_together(snapshot: Snapshot) -> None:
    checks = [Check("a", "plant", "staff<10"), Check("b", "union", "until<today")]

    assert faulty_rows(checks, CATALOGUE, CITY, snapshot, DAY) == {"a": (3,), "b": (14,)}
    assert faulty_rows([], CATALOGUE, CITY, snapshot, DAY) == {}


def test_a_register_without_rows_has_no_faulty_ones(tmp_path: Path) -> None:
    snapshot = write_snapshot(tmp_path, {"plant": _table(PLANT, ("id",), [])})

    found = faulty_rows([Check("a", "plant", "staff=null")], CATALOGUE, CITY, snapshot, DAY)

    assert found == {"a": ()}


@pytest.mark.parametrize(
    ("rule", "key"),
    [
        ("stuff<10", "unknown_field"),
        ("count(onion[plant=self])>1", "unknown_register"),
        ("count(union[state=closed])>0", "unknown_value"),
        ("chief=null", "personal_field"),
        ("staff", "types_of_rule"),
        ("staff<", "unexpected_end"),
    ],
)
def test_a_rule_that_does_not_fit_is_refused(rule: str, key: str) -> None:
    with pytest.raises(FormulaError) as refusal:
        refuse_wrong(Check("a", "plant", rule), CATALOGUE)

    assert refusal.value.key == key


def test_a_check_of_a_register_that_is_not_there_is_refused() -> None:
    with pytest.raises(LookupError, match="planet"):
        refuse_wrong(Check("a", "planet", "staff<10"), CATALOGUE)


def _table(
    register: Register, names: tuple[str, ...], rows: Sequence[tuple[object, ...]]
) -> pa.Table:
    schema = arrow_schema(register)
    empty = dict.fromkeys(schema.names)
    return pa.Table.from_pylist([empty | dict(zip(names, r, strict=True)) for r in rows], schema)
