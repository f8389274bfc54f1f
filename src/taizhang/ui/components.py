"""The values that components are drawn from; views build them, templates in `ui/` draw them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of several that share a heading; `count` None: not counted."""

    label: Text
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Pager:
    """Ways to the neighbouring pages of a list paged by key; "" where there is none."""

    first_url: str = ""
    next_url: str = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a definition list; `url` makes its value a link."""

    label: Text
    value: Any
    url: str = ""


@dataclass(frozen=True, slots=True)
class FormPanel:
    """A titled group of a form's fields, by name."""

    title: Text
    fields: Sequence[str]


def number(value: Decimal | int | float | None) -> str:
    """A figure as it is shown: at most one decimal (half-up), thousands parted; "—" when unknown.

    >>> number(Decimal("87.50")), number(Decimal("12000.0000")), number(None)
    ('87.5', '12,000', '—')
    """
    if value is None:
        return "—"
    rounded = Decimal(value).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rounded:,.0f}" if rounded == rounded.to_integral_value() else f"{rounded:,.1f}"
