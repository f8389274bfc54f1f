"""The list of a register's records."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from taizhang.core.records.models import Record
from taizhang.registers.authority import hidden_fields
from taizhang.registers.display import is_number, label_of, masked, shown
from taizhang.registers.listing import CURSOR, CursorFault, ListPage, list_page
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.views.addressing import record_url, register_view
from taizhang.ui.components import Pager


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    label: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Row:
    record: Record
    url: str
    cells: tuple[Cell, ...]


@register_view
def register_list(request: HttpRequest, spec: RegisterSpec) -> HttpResponse:
    """The whole page, or for htmx the part below the filters."""
    try:
        page = list_page(spec, request.user, request.GET)
    except CursorFault as fault:
        raise Http404(str(fault)) from fault
    hidden = hidden_fields(spec, request.user)
    context = {
        "spec": spec,
        "page": page,
        "headings": [(label_of(spec.model, n), is_number(spec.model, n)) for n in spec.columns],
        "rows": [_row(spec, record, hidden) for record in page.rows],
        "pager": _pager(request, page),
        "may_enter": request.user.holds(spec.permission("enter")),
        "list_url": reverse("register_list", args=[spec.slug]),
    }
    template = "registers/_rows.html" if request.htmx else "registers/list.html"
    return render(request, template, context)


def _row(spec: RegisterSpec, record: Record, hidden: frozenset[str]) -> Row:
    cells = []
    for name in spec.columns:
        text = shown(record, name)
        cells.append(
            Cell(
                masked(text) if name in hidden else text,
                label_of(spec.model, name),
                is_number(spec.model, name),
            )
        )
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
