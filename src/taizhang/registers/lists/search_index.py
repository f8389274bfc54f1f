"""Keeping the search index in step with the records, and finding out where it is not.

Whoever writes records calls `index_records` in the same transaction. Personal, restricted and
encrypted fields never enter the index.
"""

import heapq
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import QuerySet

from taizhang.core.records.models import Record
from taizhang.registers.lists.grams import normal
from taizhang.registers.lists.stores import SearchStore, search_store
from taizhang.registers.spec import REGISTERS, RegisterSpec
from taizhang.registers.values import is_private

_ROWS_AT_ONCE = 5000
_RECORD, _INDEX = 0, 1


@dataclass(frozen=True, slots=True)
class IndexFaults:
    """The ids of records that the index lacks, holds with another text, or holds in vain."""

    missing: frozenset[int] = frozenset()
    stale: frozenset[int] = frozenset()
    orphaned: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.orphaned)

    def __len__(self) -> int:
        return len(self.missing) + len(self.stale) + len(self.orphaned)


def indexed_fields(spec: RegisterSpec) -> tuple[str, ...]:
    """The own fields of the register that are searched; the record number always is."""
    own = (name for name in spec.search if "__" not in name and not is_private(spec, name))
    return ("record_no", *own)


def index_records(spec: RegisterSpec, records: Iterable[Record]) -> None:
    """Put the records, as they now are, into the index; called by whoever saves them."""
    store = _store(spec)
    waiting = iter(records)
    while some := list(islice(waiting, _ROWS_AT_ONCE)):
        store.put({record.pk: _text(spec, record) for record in some})


def drop_records(spec: RegisterSpec, ids: Collection[int]) -> None:
    """Take records that are deleted out of the index."""
    _store(spec).drop(ids)


@transaction.atomic
def rebuild_index(spec: RegisterSpec) -> int:
    """Make the index of the register anew from its records; returns their number."""
    store = _store(spec)
    store.clear()
    count = 0
    rows = _indexed_rows(spec).iterator(chunk_size=_ROWS_AT_ONCE)
    while some := dict(islice(_texts(rows), _ROWS_AT_ONCE)):
        store.put(some)
        count += len(some)
    return count


def index_faults(spec: RegisterSpec) -> IndexFaults:
    """Where the index of the register does not say what its records say."""
    wanted = _texts(_indexed_rows(spec).iterator(chunk_size=_ROWS_AT_ONCE))
    both = heapq.merge(
        ((key, _RECORD, text) for key, text in wanted),
        ((key, _INDEX, text) for key, text in _store(spec).texts()),
    )
    missing, stale, orphaned = set(), set(), set()
    for key, found in groupby(both, key=itemgetter(0)):
        texts = {side: text for _key, side, text in found}
        if len(texts) == 1:
            (missing if _RECORD in texts else orphaned).add(key)
        elif texts[_RECORD] != texts[_INDEX]:
            stale.add(key)
    return IndexFaults(frozenset(missing), frozenset(stale), frozenset(orphaned))


def is_prepared(spec: RegisterSpec, tables: Collection[str]) -> bool:
    """Do both the table of the register and its index stand among the tables?"""
    return spec.model._meta.db_table in tables and f"search_{spec.slug}" in tables


def prepare_indexes(using: str = DEFAULT_DB_ALIAS) -> None:
    """Give every register its index; one that is new is filled from the records there are.

    Registers whose own table is not there yet wait for the migration that makes it.
    """
    with connections[using].cursor() as cursor:
        tables = set(connections[using].introspection.table_names(cursor))
    for spec in REGISTERS.values():
        if spec.model._meta.db_table not in tables:
            continue
        if f"search_{spec.slug}" not in tables:
            search_store(spec.slug, using).create()
            rebuild_index(spec)
        elif not spec.model.objects.exists():
            _store(spec).clear()  # what a flushed database leaves behind


def _store(spec: RegisterSpec) -> SearchStore:
    return search_store(spec.slug, spec.model.objects.db)


def _text(spec: RegisterSpec, record: Record) -> str:
    return _joined(getattr(record, name) for name in indexed_fields(spec))


def _joined(values: Iterable[object]) -> str:
    return " ".join(filter(None, (normal(str(value or "")) for value in values)))


def _indexed_rows(spec: RegisterSpec) -> QuerySet:
    return spec.model.objects.order_by("pk").values_list("pk", *indexed_fields(spec))


def _texts(rows: Iterable[tuple]) -> Iterator[tuple[int, str]]:
    return ((key, _joined(values)) for key, *values in rows)
