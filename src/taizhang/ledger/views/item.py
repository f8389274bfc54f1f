"""An item 事项: its text with the clauses marked, and each commitment with its figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from taizhang.core.access.gate import permission_required
from taizhang.core.organisations.models import Area
from taizhang.ledger.board import latest_run
from taizhang.ledger.clauses import Span, passages
from taizhang.ledger.figures import ShownFigure
from taizhang.ledger.models import Clause, Commitment, FigureRow, Item, ItemVerdict
from taizhang.ledger.permissions import APPROVE, READ_BOARD


@dataclass(frozen=True)
class AreaRow:
    """One commitment across the areas."""

    commitment: Commitment
    figures: Sequence[tuple[Area, ShownFigure]]


@require_GET
@permission_required(READ_BOARD)
def item(request: HttpRequest, code: str) -> HttpResponse:
    """One item of a ledger in force; `area` shows one area's figures, not the city's."""
    row = get_object_or_404(Item.objects.coded(code).prefetch_related("duties"))
    areas = list(Area.objects.order_by("code"))
    area = chosen_area(request, areas)
    commitments = list(row.commitments.order_by("position"))
    figures = _figures(row, commitments, areas)
    verdicts = dict(ItemVerdict.objects.filter(item=row).values_list("area", "verdict"))
    context = {
        "item": row,
        "areas": [(each, verdicts.get(each.code, "no_data")) for each in areas],
        "area": area,
        "verdict": verdicts.get(area.code, "no_data"),
        "may_confirm": request.user.holds(APPROVE),
        "run": latest_run(),
        "passages": list(passages(row.text, _spans(row))) if row.text else [],
        "shown": [figures[each.pk, area.code] for each in commitments],
        "by_area": [
            AreaRow(each, [(place, figures[each.pk, place.code]) for place in areas])
            for each in commitments
        ],
        **neighbours(row),
    }
    return render(request, "ledger/item.html", context)


def chosen_area(request: HttpRequest, areas: Sequence[Area]) -> Area:
    """The area that `?area=` names, else the city; an unknown code is not found."""
    code = request.GET.get("area")
    for area in areas:
        if area.code == code or (not code and area.is_city):
            return area
    raise Http404(f"no area {code!r}")


def neighbours(row: Item) -> dict[str, str | None]:
    """The codes of the items before and after."""
    numbers = row.ledger.items.order_by("number").values_list("number", flat=True)
    codes = [f"{row.ledger.prefix}{number}" for number in numbers]
    at = codes.index(row.code)
    return {
        "previous": codes[at - 1] if at else None,
        "next": codes[at + 1] if at + 1 < len(codes) else None,
    }


def _figures(
    row: Item, commitments: Sequence[Commitment], areas: Sequence[Area]
) -> dict[tuple[int, str], ShownFigure]:
    """Every commitment in every area, also where nothing was computed."""
    pack = row.ledger.pack_key
    found = {
        (figure.commitment_id, figure.area_id): figure
        for figure in FigureRow.objects.filter(commitment__in=commitments)
    }
    return {
        (each.pk, area.code): ShownFigure(each, found.get((each.pk, area.code)), pack)
        for area in areas
        for each in commitments
    }


def _spans(row: Item) -> list[Span]:
    clauses = Clause.objects.filter(commitment__item=row).order_by("start", "commitment__position")
    return [
        Span(code, start, end, text_hash)
        for code, start, end, text_hash in clauses.values_list(
            "commitment__code", "start", "end", "text_hash"
        )
    ]
