"""The pieces of a document and the sureness of a value, as the review page shows them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from taizhang.ledger.reviewing.layout import Piece
from taizhang.notices.commitments import Commitment, Comparator
from taizhang.notices.model import Sureness

register = template.Library()

SURENESS = {
    Sureness.SURE: _("Sure"),
    Sureness.LIKELY: _("Likely"),
    Sureness.GUESSED: _("Guessed"),
}
RECURRENCES = {
    "year": _("every year"),
    "half-year": _("every half-year"),
    "quarter": _("every quarter"),
    "month": _("every month"),
    "10 days": _("every ten days"),
    "week": _("every week"),
    "day": _("every day"),
    "term": _("every term of office"),
    "5 years": _("every five years"),
}
_SIGNS = {
    Comparator.AT_LEAST: "≥",
    Comparator.AT_MOST: "≤",
    Comparator.MORE_THAN: ">",
    Comparator.LESS_THAN: "<",
    Comparator.EQUAL: "=",
    Comparator.BETWEEN: "",
}


@register.simple_tag
def marked(pieces: Iterable[Piece]) -> SafeString:
    """The text with each marked place as a link to what was read from it."""
    return format_html_join("", "{}", ((_piece(piece),) for piece in pieces))


@register.simple_tag
def sureness_badge(sureness: Sureness | None) -> SafeString | str:
    """How sure the reader is, in a word; nothing where a person gave the value."""
    if sureness is None:
        return ""
    return format_html(
        '<span class="tz-sure tz-sure--{}">{}</span>', sureness.value, SURENESS[sureness]
    )


@register.filter
def measure(commitment: Commitment) -> str:
    """What a found commitment comes to: ≥1次, every year."""
    parts = [str(RECURRENCES.get(commitment.recurrence or "", commitment.recurrence or ""))]
    amount, deadline = commitment.amount, commitment.deadline
    if amount is not None:
        upper = "" if amount.upper is None else f"–{amount.upper}"
        sign = _SIGNS[commitment.comparator]
        parts.append(f"{sign}{amount.number}{upper}{amount.multiplier}{amount.unit}")
    if deadline is not None:
        parts.append(deadline.text)
    return " ".join(part for part in parts if part)


@register.filter
def as_text(value: Any) -> str:
    """A value of a reading in one line: names joined, departments by their part."""
    if isinstance(value, Mapping) and "lead" in value:
        return _departments(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "；".join(value)
    return "" if value is None else str(value)


def _departments(said: Mapping[str, Any]) -> str:
    lead, helping = "、".join(said["lead"]), "、".join(said["cooperating"])
    # Without a lead the list is one of those responsible, and a person has to say who leads.
    name = _("Lead") if said["lead_is_stated"] else _("Responsible")
    parts = ((name, lead), (_("Co-operating"), helping))
    return "；".join(f"{label}：{names}" for label, names in parts if names)


def _piece(piece: Piece) -> SafeString | str:
    if not piece.marks:
        return piece.text
    opened = format_html_join(
        "", '<span class="tz-from" id="from-{}"></span>', ((mark.key,) for mark in piece.opens[1:])
    )
    own = format_html(' id="from-{}"', piece.opens[0].key) if piece.opens else ""
    kinds = " ".join(f"tz-read--{mark.kind}" for mark in piece.marks)
    return format_html(
        '{}<a class="tz-read {}"{} href="#read-{}">{}</a>',
        opened,
        kinds,
        own,
        piece.marks[-1].key,
        piece.text,
    )
