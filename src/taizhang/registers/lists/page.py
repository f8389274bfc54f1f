"""One page of a register's list, and all of its rows for whoever writes them into a file."""

from dataclasses import dataclass

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from taizhang.core.access.models import User
from taizhang.core.records.models import Record
from taizhang.registers.lists.conditions import conditions, visibility
from taizhang.registers.lists.filters import filter_form
from taizhang.registers.lists.ordering import SORT, Order, order_of
from taizhang.registers.lists.paging import fill_page
from taizhang.registers.lists.reach import sortable_within
from taizhang.registers.spec import RegisterSpec

PAGE_ROWS = 25
CURSOR = "after"


@dataclass(frozen=True)
class ListPage:
    """`rows` of the page; `cursor` leads to the next one, "" on the last.

    `sorts`: the columns by which the account can sort it.
    """

    filters: forms.Form
    order: Order
    sorts: frozenset[str]
    rows: list[Record]
    cursor: str

    @property
    def is_narrowed(self) -> bool:
        return any(value not in (None, "") for value in self.filters.cleaned_data.values())


def list_page(spec: RegisterSpec, by: User, query: QueryDict) -> ListPage:
    """The page of the records that the account may see which the address asks for.

    Raises CursorFault for a place that cannot be read.
    """
    filters = filter_form(spec, by, query)
    filters.is_valid()
    sorts = sortable_within(spec, by.reach(spec.permission("read")))
    order = order_of(spec, query.get(SORT, ""), sorts)
    seen = visibility(spec, by, filters.cleaned_data, order)
    wanted = [*conditions(spec, filters.cleaned_data, order), *([seen] if seen else [])]
    rows = spec.model.objects.select_related(*_joined(spec))
    found = fill_page(rows, wanted, order, query.get(CURSOR, ""), PAGE_ROWS + 1)
    page = found[:PAGE_ROWS]
    cursor = order.cursor(page[-1]) if len(found) > PAGE_ROWS else ""
    return ListPage(filters, order, sorts, page, cursor)


def list_rows(spec: RegisterSpec, by: User, query: QueryDict) -> QuerySet[Record]:
    """All records of the list that the address asks for, in its order, on no pages."""
    filters = filter_form(spec, by, query)
    filters.is_valid()
    sorts = sortable_within(spec, by.reach(spec.permission("read")))
    order = order_of(spec, query.get(SORT, ""), sorts)
    rows = narrow(spec, spec.model.objects.visible_to(by), filters.cleaned_data)
    return rows.order_by(*order.clauses)


def narrow(
    spec: RegisterSpec, rows: QuerySet[Record], wanted: dict[str, object]
) -> QuerySet[Record]:
    """The rows that fit the cleaned filters; what is empty does not narrow, void is left out."""
    for condition in conditions(spec, wanted, order_of(spec, "")):
        rows = rows.filter(condition.by_index)
    return rows


def _joined(spec: RegisterSpec) -> list[str]:
    """The references in the columns, and what these in turn need for their names."""
    fields = [spec.model._meta.get_field(name) for name in spec.columns]
    single = [field for field in fields if field.is_relation and not field.many_to_many]
    named = (
        f"{field.name}__{name}"
        for field in single
        for name in getattr(field.related_model, "NAMED_BY", ())
    )
    return [*(field.name for field in single), *named]
