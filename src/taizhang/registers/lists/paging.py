"""Filling a page without counting all records and without sorting more than a few.

A database that knows no distribution of values (SQLite without ANALYZE) chooses badly between
walking an ordered index and picking up the records of a condition: it sorts a hundred thousand
records to show twenty-five, or walks a million to find three. So the choice is made here, by
looking how many records a condition holds for, up to a bound.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connections
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from taizhang.core.records.models import Record
from taizhang.registers.lists.ordering import Order, Stretch

# As many records are picked up and sorted within a few tens of milliseconds.
FEW = 5_000
# As many are walked along an index before the records of the conditions are picked up after all.
WALKED = 20_000


@dataclass(frozen=True, slots=True)
class Condition:
    """What the records of a list must fulfil.

    `by_index` leads to them by an index; `by_record` looks at one record; both mean the same.
    `sample` leads to at most `FEW` + 1 of them, where `by_index` would find all before the first.
    `along`: an index keeps the records of this condition in the order of the register.
    `is_broad`: it holds for nearly all, and is not worth looking for.
    """

    by_index: Q
    by_record: Q
    along: bool = False
    is_broad: bool = False
    sample: Q | None = None

    @classmethod
    def of(cls, meaning: Q, **traits: bool) -> "Condition":
        return cls(meaning, meaning, **traits)


def fill_page(
    rows: QuerySet[Record],
    conditions: Sequence[Condition],
    order: Order,
    cursor: str,
    size: int,
) -> list[Record]:
    """The next `size` records after the place `cursor` for which all conditions hold.

    Raises CursorFault.
    """
    stretches = list(order.stretches(cursor))
    narrow = [condition for condition in conditions if not condition.is_broad]
    few = next((each for each in narrow if _holds_for_few(rows, each)), None)
    if few is not None:
        return _pick_up(rows, conditions, [few], stretches, size)
    found = _walk(rows, conditions, stretches, size, is_bounded=bool(narrow))
    if found is None:
        return _pick_up(rows, conditions, narrow, stretches, size)
    return found


def _holds_for_few(rows: QuerySet[Record], condition: Condition) -> bool:
    ids = rows.filter(condition.sample or condition.by_index).order_by().values("pk")
    return ids[: FEW + 1].count() <= FEW


def _pick_up(
    rows: QuerySet[Record],
    conditions: Sequence[Condition],
    leading: Sequence[Condition],
    stretches: Iterable[Stretch],
    size: int,
) -> list[Record]:
    """Pick up the records of the leading conditions, and sort them."""
    whole, rows = rows, rows.select_related(None)
    for condition in conditions:
        if condition in leading:
            rows = rows.filter(condition.by_index)
        else:
            rows = _without_index(rows, condition.by_record)
    # What is sorted is no more than ids: whole records with what they refer to take far longer.
    ids: list[int] = []
    for stretch in stretches:
        some = _without_index(rows, stretch.condition).order_by(*stretch.sorting(by_index=False))
        ids += some.values_list("pk", flat=True)[: size - len(ids)]
        if len(ids) == size:
            break
    found = whole.in_bulk(ids)
    return [found[key] for key in ids]


def _walk(
    rows: QuerySet[Record],
    conditions: Sequence[Condition],
    stretches: Iterable[Stretch],
    size: int,
    *,
    is_bounded: bool,
) -> list[Record] | None:
    """Walk along the index of the order, looking at each record; None when that leads too far."""
    along = next((each for each in conditions if each.along), None)
    walked = rows if along is None else rows.filter(along.by_index)
    found: list[Record] = []
    for stretch in stretches:
        path = walked.filter(stretch.condition).order_by(*stretch.sorting(by_index=True))
        last = _last_of_walk(path) if is_bounded else None
        fitting = path if last is None else path.filter(stretch.up_to(last))
        for condition in conditions:
            if condition is not along:
                fitting = _without_index(fitting, condition.by_record)
        found += fitting[: size - len(found)]
        if len(found) == size:
            return found
        if last is not None:
            return None
    return found


def _last_of_walk(path: QuerySet[Record]) -> Record | None:
    """The record that bounds the walk; None when the path ends before."""
    order = path.query.order_by[0].removeprefix("-")
    return path.select_related(None).only("pk", order)[WALKED : WALKED + 1].first()


def _without_index(rows: QuerySet[Record], meaning: Q) -> QuerySet[Record]:
    """The rows that fit, with the condition looked at row by row; PostgreSQL needs no telling."""
    if not meaning or connections[rows.db].vendor != "sqlite":
        return rows.filter(meaning)
    return rows.filter(
        Case(When(meaning, then=Value(True)), default=Value(False), output_field=BooleanField())
    )
