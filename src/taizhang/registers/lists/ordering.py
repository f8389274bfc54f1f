"""By which columns a list is sorted: by those for which the database keeps an order."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q

from taizhang.core.records.models import Record
from taizhang.registers.spec import RegisterSpec

SORT = "sort"


class CursorFault(ValueError):
    """The place in the address is none of this list."""


@dataclass(frozen=True, slots=True)
class Order:
    """By the field `name` of the model, records without a value last; then by id the same way."""

    model: type[Record]
    name: str
    downwards: bool

    def __str__(self) -> str:
        return f"-{self.name}" if self.downwards else self.name

    @property
    def turned(self) -> "Order":
        return Order(self.model, self.name, not self.downwards)

    @property
    def field(self) -> models.Field:
        return self.model._meta.get_field(self.name)

    @property
    def clauses(self) -> list:
        """The order as a query states it."""
        if self.is_by_id:
            return [str(self)]
        key = F(self.name)
        sorted_key = key.desc(nulls_last=True) if self.downwards else key.asc(nulls_last=True)
        return [sorted_key, "-id" if self.downwards else "id"]

    @property
    def is_by_id(self) -> bool:
        return self.name == self.model._meta.pk.name

    def cursor(self, record: Record) -> str:
        """The place of the record in the list, for an address."""
        value = getattr(record, self.name)
        return f"{'' if value is None else value}~{record.pk}"

    def stretches(self, cursor: str) -> Iterator["Stretch"]:
        """What comes after the place, or all for "", in parts that an index gives one by one.

        Raises CursorFault.
        """
        name = self.name
        last = None
        if cursor:
            key, last = self._place(cursor)
            beyond_id = Q(**{f"pk__{self._beyond}": last})
        if self.is_by_id:
            yield Stretch(self, Q() if last is None else beyond_id, is_tied=True)
            return
        if last is None:
            stated = Q(**{f"{name}__isnull": False}) if self.field.null else Q()
            yield Stretch(self, stated)
        elif key is not None:
            yield Stretch(self, Q(**{name: key}) & beyond_id, is_tied=True)
            yield Stretch(self, Q(**{f"{name}__{self._beyond}": key}))
        if self.field.null:
            unstated = Q(**{f"{name}__isnull": True})
            is_inside = last is not None and key is None
            yield Stretch(self, unstated & beyond_id if is_inside else unstated, is_tied=True)

    @property
    def _beyond(self) -> str:
        return "lt" if self.downwards else "gt"

    def _place(self, cursor: str) -> tuple[object, int]:
        text, parted, pk = cursor.rpartition("~")
        is_stated = text or not (self.field.null or self.is_by_id)
        try:
            key = self.field.to_python(text) if is_stated else None
            if not parted or (key is None and not self.field.null):
                raise CursorFault(cursor)
            return key, int(pk)
        except (ValidationError, ValueError) as fault:
            raise CursorFault(cursor) from fault


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive records of a list. `is_tied`: all have one key, and ids alone order them."""

    order: Order
    condition: Q
    is_tied: bool = False

    def sorting(self, *, by_index: bool) -> list:
        """What to sort by; not `by_index` where few records are picked up and then sorted."""
        names = ["id"] if self.is_tied else [self.order.name, "id"]
        if by_index:
            return [f"-{name}" if self.order.downwards else name for name in names]
        keys = [NotByIndex(name, self.order.model._meta.get_field(name)) for name in names]
        return [key.desc() if self.order.downwards else key.asc() for key in keys]

    def up_to(self, record: Record) -> Q:
        """The records of the stretch not after `record`'s key, or id where all keys are one."""
        name = "pk" if self.is_tied else self.order.name
        side = "gte" if self.order.downwards else "lte"
        return Q(**{f"{name}__{side}": getattr(record, name)})


class NotByIndex(Func):
    """The value of a field, by which SQLite is to sort records rather than walk all of them."""

    function = None
    template = "%(expressions)s"

    def __init__(self, name: str, field: models.Field) -> None:
        super().__init__(F(name), output_field=field.clone())

    def as_sqlite(self, compiler, connection, **context):
        # SQLite does not use an index for a term with a plus sign (its documented hint).
        return super().as_sql(compiler, connection, template="+%(expressions)s", **context)


def order_of(spec: RegisterSpec, asked: str, offered: Collection[str] | None = None) -> Order:
    """The order that an address asks for; the register's own for anything not `offered`.

    `offered`: columns; all that can be sorted by where nothing is given.
    """
    name = asked.removeprefix("-")
    wanted = asked if name in (sortable(spec) if offered is None else offered) else spec.ordering
    return Order(spec.model, wanted.removeprefix("-"), wanted.startswith("-"))


def sortable(spec: RegisterSpec) -> frozenset[str]:
    """The columns by which the list can be sorted: those with an index of their own.

    Codes of closed sets and references are not: their filter puts them together, and their order
    in the database is none that a reader knows.
    """
    fields = [spec.model._meta.get_field(name) for name in (*spec.columns, "record_no")]
    return frozenset(
        field.name for field in fields if not _is_coded(field) and is_indexed(spec.model, field)
    )


def is_indexed(model: type[Record], field: models.Field) -> bool:
    """Does the database keep the records of the model in the order of the field, then of the id?"""
    alone = [[field.name], [field.name, "id"]]
    return field.unique or field.db_index or any(i.fields in alone for i in model._meta.indexes)


def leads_in_order(spec: RegisterSpec, name: str, order: Order) -> bool:
    """Does an index keep the records of each value of the field in the order of the list?"""
    wanted = [name, "id"] if order.is_by_id else [name, order.name, "id"]
    return any(index.fields == wanted for index in spec.model._meta.indexes)


def _is_coded(field: models.Field) -> bool:
    has_codes = field.is_relation or isinstance(field, models.BooleanField)
    return has_codes or bool(getattr(field, "choices", None))
