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
    `parts`: conditions of which each record fulfils one alone, together the same as this one.
    """

    by_index: Q
    by_record: Q
    along: bool = False
    is_broad: bool = False
    sample: Q | None = None
    parts: "tuple[Condition, ...]" = ()

    @classmethod
    def of(cls, meaning: Q, **traits: object) -> "Condition":
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
    few = next((each for each in narrow if holds_for_few(rows, each)), None)
    if few is not None:
        # As they were counted: by the index that holds all that the condition asks for.
        led = Q(pk__in=_ids(rows, few.by_index))
        others = [condition for condition in conditions if condition is not few]
        return _pick_up(rows, led, others, stretches, size)
    found = _walk(rows, conditions, stretches, size, is_bounded=bool(narrow))
    if found is not None:
        return found
    parted = next((condition for condition in narrow if condition.parts), None)
    if parted is None:
        led = Q(*(condition.by_index for condition in narrow))
        others = [condition for condition in conditions if condition.is_broad]
        return _pick_up(rows, led, others, stretches, size)
    return _put_together(rows, conditions, parted, order, cursor, size)


def holds_for_few(rows: QuerySet[Record], condition: Condition, few: int | None = None) -> bool:
    """Are there at most `few` records that fulfil the condition, or `FEW`?"""
    bound = FEW if few is None else few
    return _ids(rows, condition.sample or condition.by_index)[: bound + 1].count() <= bound


def _ids(rows: QuerySet[Record], meaning: Q) -> QuerySet:
    return rows.filter(meaning).select_related(None).order_by().values("pk")


def _put_together(
    rows: QuerySet[Record],
    conditions: Sequence[Condition],
    parted: Condition,
    order: Order,
    cursor: str,
    size: int,
) -> list[Record]:
    """A page from the pages of the parts; the database merges them, for it has the order."""
    others = [condition for condition in conditions if condition is not parted]
    ids = [
        record.pk
        for part in parted.parts
        for record in fill_page(rows.select_related(None), [part, *others], order, cursor, size)
    ]
    return list(rows.filter(pk__in=ids).order_by(*order.clauses)[:size])


def _pick_up(
    rows: QuerySet[Record],
    led: Q,
    conditions: Sequence[Condition],
    stretches: Iterable[Stretch],
    size: int,
) -> list[Record]:
    """Pick up the rows for which `led` holds, look at the conditions of each, and sort them."""
    picked = rows.select_related(None).filter(led)
    for condition in conditions:
        picked = _without_index(picked, condition.by_record)
    # What is sorted is no more than ids: whole records with what they refer to take far longer.
    ids: list[int] = []
    for stretch in stretches:
        some = _without_index(picked, stretch.condition).order_by(*stretch.sorting(by_index=False))
        ids += some.values_list("pk", flat=True)[: size - len(ids)]
        if len(ids) == size:
            break
    found = rows.in_bulk(ids)
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
