"""Reads the cases of `cases/*.toml`: facts as rows, and what must come out, with the reason.

A row of a case is written with the names of the handbook; references name the `record_no` of the
row they mean. `own_targets` are those that areas have set for themselves. `expect` holds one table
per figure: of the city, of an `area`, or of a `unit`.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from taizhang.measures.catalogue import FieldType
from taizhang.measures.commitments import Commitment, Ledger
from taizhang.measures.tests.city_registers import CATALOGUE, commitment_from

FOLDER = Path(__file__).parent / "cases"
COMMITMENTS = "commitments.toml"
Rows = dict[str, list[dict[str, object]]]


@dataclass(frozen=True)
class Case:
    name: str
    commitment: Commitment
    as_of: date
    why: str
    facts: Rows
    expect: Sequence[Mapping[str, object]]


@cache
def ledger() -> Ledger:
    data = tomllib.loads((FOLDER / COMMITMENTS).read_text(encoding="utf-8"))
    commitments = tuple(map(commitment_from, data["commitment"]))
    return Ledger(commitments, data["populations"], parameters={})


def cases() -> Iterator[Case]:
    known = {commitment.code: commitment for commitment in ledger().commitments}
    for path in sorted(FOLDER.glob("*.toml")):
        if path.name != COMMITMENTS:
            data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
            for case in data["case"]:
                yield _case(case, data.get("cast", {}), known)


def _case(
    case: Mapping[str, object], cast: Mapping[str, object], known: Mapping[str, Commitment]
) -> Case:
    own: Mapping[str, int] = case.get("own_targets", {})  # type: ignore[assignment]
    commitment = replace(
        known[str(case["commitment"])],
        local_targets=tuple((area, Decimal(target)) for area, target in own.items()),
    )
    return Case(
        name=str(case["name"]),
        commitment=commitment,
        as_of=case["as_of"],  # type: ignore[arg-type]
        why=str(case["why"]),
        facts=rows_of(cast, case.get("facts", {})),  # type: ignore[arg-type]
        expect=case["expect"],  # type: ignore[arg-type]
    )


def rows_of(*tables: Mapping[str, Sequence[Mapping[str, object]]]) -> Rows:
    """The rows of every register, numbered, with their references by id instead of record_no."""
    written: Rows = {slug: [] for slug in CATALOGUE.registers}
    for table in tables:
        for slug, rows in table.items():
            written[slug].extend(dict(row) for row in rows)
    ids = {
        slug: {row["record_no"]: number for number, row in enumerate(rows, start=1)}
        for slug, rows in written.items()
    }
    return {
        slug: [_row(slug, row, number, ids) for number, row in enumerate(rows, start=1)]
        for slug, rows in written.items()
    }


def _row(
    slug: str,
    row: Mapping[str, object],
    number: int,
    ids: Mapping[str, Mapping[object, int]],
) -> dict[str, object]:
    cells: dict[str, object] = {"id": number, "record_no": row["record_no"], "owner_org": None}
    cells |= {
        name: [] if field.many else None
        for name, field in CATALOGUE.registers[slug].fields.items()
        if not field.derived
    }
    if owner := row.get("owner_org"):
        cells["owner_org"] = ids["org"][owner]
    for name, value in row.items():
        field = CATALOGUE.registers[slug].fields.get(name)
        if field is None and name not in cells:
            raise KeyError(f"{slug} {row['record_no']} has no field {name}")
        if field is not None and field.type is FieldType.REF:
            keys = [_id(ids[field.target], key) for key in _listed(value)]
            cells[name] = keys if field.many else keys[0]
        elif name != "owner_org":
            cells[name] = value
    return cells


def _id(ids: Mapping[object, int], record_no: object) -> int:
    """The id of the row meant; a row that is not among the facts gets an id that is not there."""
    return ids.get(record_no, 10_000)


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [value]
