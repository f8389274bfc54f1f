"""The pieces of a document and the sureness of a value, as the review page shows them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from taizhang.ledger.reviewing.checks import Check
from taizhang.ledger.reviewing.layout import Piece
from taizhang.ledger.reviewing.page import Review
from taizhang.ledger.reviewing.values import FoundCommitment, ShownItem, Value
from taizhang.ledger.reviewing.words import KINDS, RECURRENCES, SIGNS, SURENESS
from taizhang.notices.commitments import Commitment, Role
from taizhang.notices.model import Sureness

register = template.Library()

_NOTHING = mark_safe('<span class="tz-muted">—</span>')


@register.simple_tag
def marked(pieces: Iterable[Piece]) -> SafeString:
    """The text with each marked place as a link to what was read from it."""
    return format_html_join("", "{}", ((_piece(piece),) for piece in pieces))


@register.simple_tag(takes_context=True)
def shown(context: Context, value: Value | FoundCommitment, text: str) -> SafeString:
    """A value as text that leads to its place, with how sure it is where it is not.

    Whoever may correct gets a button that says it is right, as long as it is to be checked. In
    Python, not in a template: a long notice has a thousand of them.
    """
    if not text:
        parts = [_NOTHING]
    elif value.has_place:
        parts = [format_html('<a class="tz-back" href="#from-{}">{}</a>', value.key, text)]
    else:
        parts = [conditional_escape(text)]
    if value.sureness in (Sureness.LIKELY, Sureness.GUESSED):
        badge = '<span class="tz-sure tz-sure--{}">{}</span>'
        parts.append(format_html(badge, value.sureness.value, SURENESS[value.sureness]))
    if context["may_correct"] and value.key in context["review"].open_keys:
        button = '<button class="tz-right" form="right" name="keys" value="{}">{}</button>'
        parts.append(format_html(button, value.key, _("It is right")))
    return format_html_join(" ", "{}", ((part,) for part in parts))


@register.simple_tag
def spot_links(check: Check) -> SafeString:
    """The spots of a check, each a link to its place in the page."""
    links = (
        format_html('<a href="#read-{}">{}</a>', spot.anchor, spot.text) for spot in check.spots
    )
    return format_html_join(_separator(), "{}", ((link,) for link in links))


@register.simple_tag
def open_keys(shown: ShownItem, review: Review) -> list[str]:
    """The values of an item that are still to be checked."""
    return [key for key in shown.keys if key in review.open_keys]


@register.filter
def measure(commitment: Commitment) -> str:
    """What a found commitment comes to: ≥1次, every year."""
    parts = [str(RECURRENCES.get(commitment.recurrence or "", commitment.recurrence or ""))]
    amount, deadline = commitment.amount, commitment.deadline
    if amount is not None:
        upper = "" if amount.upper is None else f"–{amount.upper}"
        sign = SIGNS[commitment.comparator]
        parts.append(f"{sign}{amount.number}{upper}{amount.multiplier}{amount.unit}")
    if deadline is not None:
        parts.append(deadline.text)
    return " ".join(part for part in parts if part)


@register.filter
def kind_label(commitment: Commitment) -> Promise:
    """What a found commitment is: a condition, else what it measures."""
    if commitment.role is Role.CONDITION:
        return _("Condition")
    return KINDS[commitment.kind]


@register.filter
def colon(label: Any) -> str:
    """A label before its value, with the colon of the language."""
    return pgettext("a label before its value", "%(label)s: ") % {"label": label}


@register.filter
def listed(texts: Iterable[Any]) -> str:
    """Texts in a row, with the separator of the language."""
    return _separator().join(map(str, texts))


@register.filter
def as_text(value: Any) -> str:
    """A value of a reading in one line: names joined, departments by their part."""
    if isinstance(value, Commitment):
        return f"{value.quote} {measure(value)}"
    if isinstance(value, Mapping) and "lead" in value:
        return _departments(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _parts(value)
    return "" if value is None else str(value)


def _separator() -> str:
    return pgettext("between the names of a list", ", ")


def _departments(said: Mapping[str, Any]) -> str:
    # Without a lead the list is one of those responsible, and a person has to say who leads.
    name = _("Lead") if said["lead_is_stated"] else _("Responsible")
    parts = ((name, said["lead"]), (_("Co-operating"), said["cooperating"]))
    return _parts(f"{colon(label)}{listed(names)}" for label, names in parts if names)


def _parts(texts: Iterable[str]) -> str:
    return pgettext("between the parts of a list", "; ").join(texts)


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
