"""The tiles of the board, drawn in one go: a template loop over 370 of them took half the page."""

from collections.abc import Iterable
from functools import cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from taizhang.ledger.board import Tile, ledger_url
from taizhang.ui.templatetags.ui import verdict_label

register = template.Library()


@register.simple_tag
def tile_cells(tiles: Iterable[Tile], url: str) -> SafeString:
    """A table cell per tile, each leading to the item's page of that area."""
    language = get_language()
    cells = [_cell(tile.verdict, tile.area, tile.name, url, language) for tile in tiles]
    return mark_safe("".join(cells))  # noqa: S308  every part comes from format_html


register.simple_tag(ledger_url)


@cache
def _cell(verdict: str, area: str, name: str, url: str, language: str) -> SafeString:
    """Kept: a ledger has some thousand different ones, and each is asked for on every page."""
    if not verdict:
        return format_html(
            '<td class="tz-area"><span class="tz-city-duty" role="img" aria-label="{0}" '
            'title="{0}">·</span></td>',
            _("city duty"),
        )
    return format_html(
        '<td class="tz-area"><a href="{0}?area={1}" title="{2}" aria-label="{2}">'
        '<svg class="tz-tile" aria-hidden="true"><use href="#v-{3}"></use></svg></a></td>',
        url,
        area,
        f"{name} · {verdict_label(verdict)}",
        verdict,
    )
