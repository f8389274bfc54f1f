"""The engine on rows, so that it and the naive evaluator can be asked the same question."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa

from taizhang.measures.commitments import Evaluation, Ledger
from taizhang.measures.evaluate import evaluate
from taizhang.measures.naive import evaluate_naively
from taizhang.measures.snapshot import arrow_schema, write_snapshot
from taizhang.measures.tests.city_registers import AREAS, CATALOGUE

Facts = Mapping[str, Sequence[Mapping[str, object]]]


def by_engine(ledger: Ledger, facts: Facts, day: date, folder: Path) -> Evaluation:
    tables = {
        slug: pa.Table.from_pylist(list(rows), schema=arrow_schema(CATALOGUE.registers[slug]))
        for slug, rows in facts.items()
    }
    snapshot = write_snapshot(folder, tables)
    return evaluate(ledger, CATALOGUE, AREAS, snapshot, day)


def by_hand(ledger: Ledger, facts: Facts, day: date, _folder: Path) -> Evaluation:
    return evaluate_naively(ledger, CATALOGUE, AREAS, facts, day)
