"""The components of all pages, as template tags: `{% load ui %}`. `/ui/components/` shows each."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from taizhang.ui import components
from taizhang.ui.navigation import NAVIGATION
from taizhang.ui.trend import TrendChart, draw
from taizhang.ui.verdicts import STATUS_LABELS, VERDICTS

# From done to missing, so that the green part of two bars can be compared.
BAR_ORDER = (
    "met",
    "on_pace",
    "behind",
    "unmet",
    "not_due",
    "no_data",
    "not_quantified",
    "not_applicable",
    "error",
)

register = template.Library()


@register.filter
def number(value: Decimal | int | str | None) -> str:
    """A figure with at most one decimal; a dash where it is unknown or missing."""
    return components.number(None if value == "" else value)


@register.simple_tag
def verdict_badge(verdict: str) -> SafeString:
    """The verdict as shape and word."""
    return _badge(verdict, get_language())


@register.simple_tag
def verdict_tile(verdict: str, name: str = "") -> SafeString:
    """The verdict as its shape alone; `name` and the word are its accessible name."""
    label = VERDICTS[verdict].label
    return _tile(verdict, f"{name} {label}" if name else str(label))


@register.filter
def verdict_label(verdict: str) -> str:
    return str(VERDICTS[verdict].label)


@register.simple_tag
def status_badge(record_status: str) -> SafeString:
    """The state of a record in its life (draft … void)."""
    return format_html(
        '<span class="tz-status tz-status--{}">{}</span>',
        record_status,
        STATUS_LABELS[record_status],
    )


@register.inclusion_tag("ui/empty_state.html")
def empty_state(text: str, action: str = "", url: str = "") -> dict[str, str]:
    """What to show where there is nothing: says so and what to do; `action` names a link."""
    return {"text": text, "action": action, "url": url}


@register.inclusion_tag("ui/figure.html")
def figure(
    numerator: Decimal | None,
    denominator: Decimal | None,
    value: Decimal | None,
    target: Decimal | None,
    unit: str = "",
    verdict: str = "",
) -> dict[str, object]:
    """A figure with its parts, its unit and a gauge; never a percentage without its parts."""
    return {
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "target": target,
        "unit": unit,
        "verdict": verdict,
    }


@register.simple_tag
def gauge(
    value: Decimal | None, target: Decimal | None, unit: str = "", verdict: str = ""
) -> SafeString:
    """A thin bar of `value` with a mark at `target`; hidden from readers, the text says the same.

    Percentages fill a scale of 100, everything else one that ends at the larger of the two.
    """
    if value in (None, "") or target in (None, ""):
        return SafeString('<svg class="tz-gauge tz-gauge--empty" aria-hidden="true"></svg>')
    least = 100 if unit == "%" else 1
    end = max(Decimal(value), Decimal(target), Decimal(least))
    return format_html(
        '<svg class="tz-gauge tz-gauge--{}" aria-hidden="true">'
        '<rect class="tz-gauge__bar" width="{}%" height="100%"></rect>'
        '<rect class="tz-gauge__mark" x="{}%" width="2" height="100%"></rect></svg>',
        verdict or "none",
        _percent(value, end),
        min(_percent(target, end), 99.4),
    )


@register.simple_tag
def share_bar(counts: Mapping[str, int]) -> SafeString:
    """A stacked bar of how many have which verdict; hidden from readers, the numbers stand beside.

    Verdicts that count nothing are left out.
    """
    total = sum(counts.values())
    if not total:
        return SafeString('<svg class="tz-bar" aria-hidden="true"></svg>')
    parts, at = [], 0
    for verdict in BAR_ORDER:
        count = counts.get(verdict, 0)
        if count:
            parts.append(_bar_part(verdict, _percent(at, total), _percent(count, total)))
            at += count
    return SafeString(f'<svg class="tz-bar" aria-hidden="true">{"".join(parts)}</svg>')


@register.inclusion_tag("ui/trend.html")
def trend_chart(chart: TrendChart) -> dict[str, object]:
    """A figure over windows with its target and its verdicts, and the table of the same numbers."""
    return {"chart": chart, "drawing": draw(chart)}


@register.inclusion_tag("ui/main_navigation.html", takes_context=True)
def main_navigation(context: template.Context) -> dict[str, object]:
    """The entries that the signed-in account may open; the one of the present page is marked."""
    request = context["request"]
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"entries": ()}
    here = request.resolver_match.url_name if request.resolver_match else None
    entries = sorted(NAVIGATION.values(), key=lambda entry: entry.position)
    return {
        "entries": [
            {"label": e.label, "url": reverse(e.url_name), "is_current": e.is_current(here)}
            for e in entries
            if not e.permission or user.holds(e.permission)
        ]
    }


@register.filter
def panel_fields(form, panel: components.FormPanel) -> list:
    """The bound fields of a panel, in its order; names the form does not have are left out."""
    return [form[name] for name in panel.fields if name in form.fields]


@register.filter
def is_choice_list(field) -> bool:
    """Whether a field is a group of check boxes or radio buttons, which a legend must name."""
    return field.field.widget.use_fieldset


@register.filter
def bootstrap(field) -> SafeString:
    """The input of a bound field in the look of the theme, marked where it has errors."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", "")
    style = {"select": "form-select", "checkbox": "form-check-input", "radio": ""}.get(
        kind, "form-control"
    )
    if is_choice_list(field):
        style = ""
    classes = " ".join(filter(None, (style, "is-invalid" if field.errors else "")))
    return field.as_widget(attrs={"class": classes} if classes else {})


@cache
def _badge(verdict: str, language: str) -> SafeString:
    """Kept per language: a board shows hundreds."""
    return format_html(
        '<span class="tz-verdict tz-verdict--{0}"><svg class="tz-tile" aria-hidden="true">'
        '<use href="#v-{0}"></use></svg><span>{1}</span></span>',
        verdict,
        str(VERDICTS[verdict].label),
    )


def _tile(verdict: str, name: str) -> SafeString:
    return format_html(
        '<svg class="tz-tile" role="img" aria-label="{}"><use href="#v-{}"></use></svg>',
        name,
        verdict,
    )


def _bar_part(verdict: str, start: float, width: float) -> str:
    return f'<rect class="tz-fill--{verdict}" x="{start}%" width="{width}%" height="100%"></rect>'


def _percent(part: Decimal | int, whole: Decimal | int) -> float:
    return round(max(0.0, float(part) / float(whole) * 100), 2)
