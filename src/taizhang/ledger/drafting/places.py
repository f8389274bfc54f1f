"""From the address of a page to the item and the words that it is about, and back."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from taizhang.ledger.drafting.publishing import Span
from taizhang.ledger.models import Item


def item_coded(code: str) -> Item:
    return get_object_or_404(Item.objects.coded(code))


def span_of(request: HttpRequest, item: Item) -> Span | None:
    """The words that `start` and `end` of the address or the form name; others are not found."""
    given = request.POST if request.method == "POST" else request.GET
    start, end = given.get("start", ""), given.get("end", "")
    if not start and not end:
        return None
    is_number = all(each.isascii() and each.isdecimal() and len(each) < 7 for each in (start, end))
    if not is_number or not int(start) < int(end) <= len(item.text):
        raise Http404("no such passage")
    return Span(int(start), int(end))


def list_address(item: Item) -> str:
    return f"{reverse('drafts')}?{urlencode({'ledger': item.ledger.key})}#item-{item.code}"


def draft_address(item: Item, clause: Span | None) -> str:
    page = reverse("draft_new", args=[item.code])
    return f"{page}?{urlencode({'start': clause.start, 'end': clause.end})}" if clause else page
