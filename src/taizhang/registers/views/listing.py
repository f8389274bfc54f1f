"""The list of a register's records."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from taizhang.core.records.models import Record
from taizhang.registers.authority import hidden_fields
from taizhang.registers.display import is_number, label_of, masked, shown
from taizhang.registers.listing import CURSOR, CursorFault, ListPage, list_page
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.views.addressing import record_url, register_view
from taizhang.ui.components import Pager


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    label: str
    is_number: bool
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` are the columns with the record's values as text."""

    record: Record
    url: str
    cells: tuple[tuple[Column, str], ...]


@register_view
def register_list(request: HttpRequest, spec: RegisterSpec) -> HttpResponse:
    """The whole page, or for htmx the part below the filters."""
    try:
        page = list_page(spec, request.user, request.GET)
    except CursorFault as fault:
        raise Http404(str(fault)) from fault
    columns = _columns(spec, hidden_fields(spec, request.user))
    context = {
        "spec": spec,
        "page": page,
        "columns": columns,
        "rows": [_row(spec, record, columns) for record in page.rows],
        "pager": _pager(request, page),
        "may_enter": request.user.holds(spec.permission("enter")),
        "list_url": reverse("register_list", args=[spec.slug]),
    }
    # Going back, htmx asks for the whole page again.
    wants_rows = request.htmx and not request.htmx.history_restore_request
    response = render(request, f"registers/{'_rows' if wants_rows else 'list'}.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _columns(spec: RegisterSpec, hidden: frozenset[str]) -> tuple[Column, ...]:
    return tuple(
        Column(name, label_of(spec.model, name), is_number(spec.model, name), name in hidden)
        for name in spec.columns
    )


def _row(spec: RegisterSpec, record: Record, columns: tuple[Column, ...]) -> Row:
    cells = []
    for column in columns:
        text = shown(record, column.name)
        cells.append((column, masked(text) if column.is_hidden else text))
    return Row(record, record_url(spec, record), tuple(cells))


def _pager(request: HttpRequest, page: ListPage) -> Pager:
    place = request.GET.copy()
    place.pop(CURSOR, None)
    first = f"?{place.urlencode()}" if CURSOR in request.GET else ""
    if not page.cursor:
        return Pager(first_url=first)
    place[CURSOR] = page.cursor
    return Pager(
        first_url=first,
        next_url=f"?{place.urlencode()}",
        note=_("%(count)s records on this page") % {"count": len(page.rows)},
    )
