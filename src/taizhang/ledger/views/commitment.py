"""A commitment 量化要求: what it asks, its figure, and the records and subjects behind it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from taizhang.core.access.gate import permission_required
from taizhang.core.organisations.models import Area
from taizhang.ledger.figures import ShownFigure
from taizhang.ledger.formula_words import formula_words
from taizhang.ledger.models import Commitment, FigureRow
from taizhang.ledger.next_step import next_step
from taizhang.ledger.permissions import READ_BOARD
from taizhang.ledger.reasons import register_label
from taizhang.ledger.views.item import chosen_area


@require_GET
@permission_required(READ_BOARD)
def commitment(request: HttpRequest, code: str) -> HttpResponse:
    """One commitment of the ledger in force; `area` shows the figure of one area."""
    row = get_object_or_404(
        Commitment.objects.select_related("item__ledger"),
        item__ledger__is_current=True,
        code=code,
    )
    ledger = row.item.ledger
    areas = list(Area.objects.order_by("code"))
    area = chosen_area(request, areas)
    figures = {each.area_id: each for each in FigureRow.objects.filter(commitment=row)}
    shown = ShownFigure(row, figures.get(area.code), ledger.key)
    context = {
        "commitment": row,
        "area": area,
        "shown": shown,
        "run": ledger.runs.order_by("-pk").first(),
        "register": register_label(row.register, ledger.key),
        "numerator": formula_words(row.numerator, ledger.key),
        "denominator": formula_words(row.denominator, ledger.key),
        "by_area": [
            (place, ShownFigure(row, figures.get(place.code), ledger.key)) for place in areas
        ],
        "step": next_step(row, request.user, "" if area.is_city else area.code),
    }
    return render(request, "ledger/commitment.html", context)
