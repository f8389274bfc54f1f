"""A commitment 量化要求: what it asks, its figure, and the records and subjects behind it."""

import re
from datetime import datetime
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from taizhang.core.access.gate import permission_required
from taizhang.core.organisations.models import Area
from taizhang.ledger.board import latest_run
from taizhang.ledger.explanation import (
    explained,
    lacking_lines,
    record_lines,
    tells_hidden_values,
)
from taizhang.ledger.figures import Amount, ShownFigure, amount_asked
from taizhang.ledger.formula_words import formula_words
from taizhang.ledger.history import history
from taizhang.ledger.measured import own_answer
from taizhang.ledger.models import Commitment, EvaluationRun, FigureRow
from taizhang.ledger.next_step import next_step
from taizhang.ledger.permissions import APPROVE, READ_BOARD
from taizhang.ledger.trend_charts import trend_chart
from taizhang.ledger.trends import trend, trend_if_kept
from taizhang.ledger.views.item import chosen_area
from taizhang.measures.explanation import Cursor
from taizhang.measures.snapshot import SnapshotError
from taizhang.ui.components import Pager, Tab

# The lists behind a figure, in the order of their tabs.
LISTS = {
    "counted": _("Records that count"),
    "subjects": _("Who lacks one"),
    "uncounted": _("Records that do not count"),
    "unknown": _("Unknown"),
}
# What `after` of each list looks like; subjects are named by number, area code or value.
PLACES = {
    "counted": re.compile(r"\d{1,9}\|\d{1,18}", re.ASCII),
    "uncounted": re.compile(r"\d{1,9}\|\d{1,18}", re.ASCII),
    "subjects": re.compile(r"\w{1,60}", re.ASCII),
    "unknown": re.compile(r"\d{1,18}", re.ASCII),
}


@require_GET
@permission_required(READ_BOARD)
def commitment(request: HttpRequest, code: str) -> HttpResponse:
    """One commitment of a ledger in force; `area` shows the figure of one area."""
    row = _in_force(code)
    ledger = row.item.ledger
    areas = list(Area.objects.order_by("code"))
    area = chosen_area(request, areas)
    figures = {each.area_id: each for each in FigureRow.objects.filter(commitment=row)}
    shown = ShownFigure(row, figures.get(area.code), ledger.pack_key)
    context = {
        "commitment": row,
        "may_write": request.user.holds(APPROVE),
        "area": area,
        "shown": shown,
        "run": latest_run(),
        "numerator": formula_words(row.numerator, ledger.pack_key),
        "denominator": formula_words(row.denominator, ledger.pack_key),
        "by_area": [
            (place, ShownFigure(row, figures.get(place.code), ledger.pack_key)) for place in areas
        ],
        "step": next_step(row, request.user, "" if area.is_city else area.code),
        **_history(request, row, area),
    }
    run = context["run"]
    if run is not None and not area.is_city:
        context |= _own_target(row, area, run)
    if run is not None and row.numerator:
        context |= _behind(request, run, shown, None if area.is_city else area.code)
        context |= _trend(run, shown, area)
    return render(request, "ledger/commitment.html", context)


@require_GET
@permission_required(READ_BOARD)
def commitment_trend(request: HttpRequest, code: str) -> HttpResponse:
    """The figure of an area in the windows before: a part of the page above, or one of its own."""
    row = _in_force(code)
    run = latest_run()
    if run is None or not row.numerator:
        raise Http404(f"nothing is computed for {code}")
    area = chosen_area(request, list(Area.objects.order_by("code")))
    figure = FigureRow.objects.filter(commitment=row, area=area).first()
    shown = ShownFigure(row, figure, row.item.ledger.pack_key)
    context = {
        "commitment": row,
        "area": area,
        "run": run,
        "chart": trend_chart(trend(run, code), shown, area, run),
    }
    is_part = request.htmx and not request.htmx.history_restore_request
    return render(request, "ledger/trend.html" if is_part else "ledger/trend_page.html", context)


def _in_force(code: str) -> Commitment:
    return get_object_or_404(Commitment.objects.coded(code).select_related("written_by"))


def _own_target(row: Commitment, area: Area, run: EvaluationRun) -> dict[str, object]:
    """What the area has set for itself, where it has."""
    own = own_answer(row, area, run.as_of)
    if own is None:
        return {}
    target = amount_asked(row, Amount(own.value, own.value_to))
    return {"own_target": target, "own_source": own.source}


def _trend(run: EvaluationRun, shown: ShownFigure, area: Area) -> dict[str, object]:
    """The windows before, where they are kept; else only where the page fetches them from."""
    code = shown.commitment.code
    kept = trend_if_kept(run, code)
    place = "" if area.is_city else f"?{urlencode({'area': area.code})}"
    return {
        "trend_url": reverse("commitment_trend", args=[code]) + place,
        "chart": trend_chart(kept, shown, area, run) if kept else None,
    }


def _history(request: HttpRequest, row: Commitment, area: Area) -> dict[str, object]:
    """What happened to the commitment in the area, before the moment that `until` names."""
    code = None if area.is_city else area.code
    until = _moment(request.GET.get("until", ""))
    entries, earlier = history(row, area, until)
    return {
        "history": entries,
        "history_pager": Pager(
            first_url=_address(area=code, at="history") if until else "",
            next_url=_address(area=code, until=earlier.isoformat(), at="history")
            if earlier
            else "",
        ),
    }


def _moment(text: str) -> datetime | None:
    """The moment as an earlier page gave it out; anything else is not found."""
    try:
        moment = parse_datetime(text) if text else None
    except ValueError as fault:
        raise Http404(f"no moment {text!r}") from fault
    if text and (moment is None or moment.tzinfo is None):
        raise Http404(f"no moment {text!r}")
    return moment


def _behind(
    request: HttpRequest, run: EvaluationRun, shown: ShownFigure, area: str | None
) -> dict[str, object]:
    """The tabs and the list that `list` names, from the one that `after` continues."""
    chosen = request.GET.get("list", "")
    chosen = chosen if chosen in LISTS else _first_list(shown)
    after = _place(request, chosen)
    try:
        found = explained(run, shown.commitment.code, area, Cursor(**{chosen: after}))
    except SnapshotError:
        return {"snapshot_is_gone": True}
    make = lacking_lines if chosen == "subjects" else record_lines
    withheld = tells_hidden_values(shown.commitment, request.user)
    lines = make(getattr(found, chosen), request.user, withheld=withheld)
    totals = {name: getattr(found, name).total for name in LISTS} | {"subjects": _lacking(shown)}
    return {
        "tabs": [
            Tab(label, _address(area=area, list=name, at="behind"), name == chosen, totals[name])
            for name, label in LISTS.items()
            if totals[name] or name in ("counted", "subjects")
        ],
        "chosen": chosen,
        "lines": lines,
        "pager": Pager(
            first_url=_address(area=area, list=chosen, at="behind") if after else "",
            next_url=_address(area=area, list=chosen, after=lines.after, at="behind")
            if lines.after
            else "",
        ),
    }


def _place(request: HttpRequest, name: str) -> str:
    """Where the list goes on, as an earlier page gave it out; anything else is not found."""
    after = request.GET.get("after", "")
    if after and not PLACES[name].fullmatch(after):
        raise Http404(f"no page after {after!r}")
    return after


def _first_list(shown: ShownFigure) -> str:
    """What a reader most likely came for: what is missing, where something is."""
    return "subjects" if _lacking(shown) else "counted"


def _lacking(shown: ShownFigure) -> int | None:
    """How many lack something, by the figure; None where it does not count subjects."""
    figure = shown.figure
    if figure is None:
        return None
    if shown.is_each:
        return figure.owed - figure.met
    if figure.numerator is None or figure.denominator is None or shown.commitment.unit != "%":
        return None
    return int(max(Decimal(0), figure.denominator - figure.numerator))


def _address(*, at: str, **wanted: str | None) -> str:
    """The address of a part of this page, `at` its heading."""
    return f"?{urlencode({key: value for key, value in wanted.items() if value})}#{at}"
