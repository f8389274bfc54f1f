"""The list of a register's records."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from taizhang.core.records.models import Record
from taizhang.registers.authority import hidden_fields
from taizhang.registers.display import is_number, label_of, masked, shown
from taizhang.registers.lists.filters import asked
from taizhang.registers.lists.ordering import SORT, CursorFault
from taizhang.registers.lists.page import CURSOR, ListPage, list_page
from taizhang.registers.lists.saving import default_view
from taizhang.registers.lists.tabs import ALL, views_of_list
from taizhang.registers.spec import Label, RegisterSpec
from taizhang.registers.views.addressing import record_url, register_view
from taizhang.ui.components import Pager


@dataclass(frozen=True, slots=True)
class Column:
    """`sort_url` sorts by it, or turns the order round; "" where no index keeps its order.

    `sorted_as`: how the list is sorted by it now, in the words of `aria-sort`, or "".
    """

    name: str
    label: str
    is_number: bool
    is_hidden: bool
    sort_url: str = ""
    sorted_as: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` are the columns with the record's values as text."""

    record: Record
    url: str
    cells: tuple[tuple[Column, str], ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, and the address of the list without it."""

    label: Label
    value: str
    removal_url: str


@register_view
def register_list(request: HttpRequest, spec: RegisterSpec) -> HttpResponse:
    """The whole page, or for htmx the part below the filters; it may open with a saved view."""
    if not request.GET and (opened := default_view(spec, request.user)) is not None:
        return redirect(f"{request.path}?{opened.query or f'{ALL}=all'}")
    try:
        page = list_page(spec, request.user, request.GET)
    except CursorFault as fault:
        raise Http404(str(fault)) from fault
    hidden = hidden_fields(spec, request.user)
    columns = tuple(_column(spec, name, name in hidden, page, request.GET) for name in spec.columns)
    context = {
        "spec": spec,
        "page": page,
        "columns": columns,
        "number_column": _column(spec, "record_no", False, page, request.GET),
        "rows": [_row(spec, record, columns) for record in page.rows],
        "views": views_of_list(spec, request.user, request.GET),
        "chips": _chips(request.GET, page),
        "sorted_by": str(page.order) if SORT in request.GET else "",
        "pager": _pager(request.GET, page),
        "may_enter": request.user.holds(spec.permission("enter")),
        "list_url": reverse("register_list", args=[spec.slug]),
        "whole_url": f"{request.path}?{ALL}=all",
    }
    # Going back, htmx asks for the whole page again.
    wants_rows = request.htmx and not request.htmx.history_restore_request
    response = render(request, f"registers/{'_rows' if wants_rows else 'list'}.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _column(
    spec: RegisterSpec, name: str, is_hidden: bool, page: ListPage, query: QueryDict
) -> Column:
    label = label_of(spec.model, name)
    column = Column(name, label, is_number(spec.model, name), is_hidden)
    if name not in page.sorts or is_hidden:
        return column
    order = page.order
    is_current = order.name == name
    sorted_as = ("descending" if order.downwards else "ascending") if is_current else ""
    wanted = str(order.turned) if is_current else name
    return Column(
        name,
        label,
        column.is_number,
        is_hidden,
        sort_url=_address(query, **{SORT: wanted}),
        sorted_as=sorted_as,
    )


def _row(spec: RegisterSpec, record: Record, columns: tuple[Column, ...]) -> Row:
    cells = []
    for column in columns:
        text = shown(record, column.name)
        cells.append((column, masked(text) if column.is_hidden else text))
    return Row(record, record_url(spec, record), tuple(cells))


def _chips(query: QueryDict, page: ListPage) -> list[Chip]:
    return [
        Chip(label, value, _address(query, **{name: ""}))
        for name, label, value in asked(page.filters)
    ]


def _pager(query: QueryDict, page: ListPage) -> Pager:
    first = _address(query) if CURSOR in query else ""
    if not page.cursor:
        return Pager(first_url=first)
    return Pager(
        first_url=first,
        next_url=_address(query, **{CURSOR: page.cursor}),
        note=_("%(count)s records on this page") % {"count": len(page.rows)},
    )


def _address(query: QueryDict, **changed: str) -> str:
    """The list asked otherwise, from its first page on; "" takes a part of the question away."""
    wanted = query.copy()
    wanted.pop(CURSOR, None)
    for name, value in changed.items():
        wanted[name] = value
    for name in [name for name, value in wanted.items() if not value]:
        del wanted[name]
    return f"?{wanted.urlencode()}"
