"""The gallery of components."""

from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext

from taizhang.ui.components import Fact, FormPanel, Pager, Tab
from taizhang.ui.forms import SampleForm
from taizhang.ui.trend import TrendChart, TrendPoint
from taizhang.ui.verdicts import STATUS_LABELS, VERDICTS


@login_required
def components(request: HttpRequest) -> HttpResponse:
    """Every component once, with made-up values."""
    form = SampleForm({"name": "", "kind": "a"})
    context = {
        "verdicts": list(VERDICTS),
        "statuses": list(STATUS_LABELS),
        "counts": {"met": 4, "on_pace": 2, "behind": 1, "unmet": 1, "no_data": 2, "not_due": 1},
        "share": {"numerator": 35, "denominator": 40, "value": Decimal("87.5"), "target": 100},
        "facts": [
            Fact(pgettext("sample", "Area"), "130302"),
            Fact(pgettext("sample", "Board"), pgettext("sample", "Board"), "/"),
            Fact(pgettext("sample", "Day"), ""),
        ],
        "tabs": [
            Tab(pgettext("sample", "Counted"), "?tab=counted", True, 35),
            Tab(pgettext("sample", "Lacking"), "?tab=lacking"),
        ],
        "pager": Pager(next_url="?after=25", note=pgettext("sample", "25 of 1,204")),
        "trend": _trend(),
        "form": form,
        "panels": [
            FormPanel(pgettext("sample", "The meeting"), ("name", "held_on", "kind", "parts"))
        ],
    }
    return render(request, "ui/components.html", context)


def _trend() -> TrendChart:
    """With a window that nothing is known of, and a target that was raised."""
    known = (("2023", "unmet", 40, 60), ("2024", "behind", 55, 60), ("2025", "met", 85, 80))
    return TrendChart(
        title=pgettext("sample", "Share of enterprises with a union"),
        unit="%",
        points=[
            TrendPoint("2022", "no_data", None),
            *(
                TrendPoint(label, verdict, Decimal(value), (Decimal(target),), f"{value} / 100")
                for label, verdict, value, target in known
            ),
            TrendPoint("2026", "on_pace", Decimal("62.5"), (Decimal(80),), "62.5 / 100"),
        ],
        notes=[pgettext("sample", "The present window is not over.")],
        is_running=True,
    )
