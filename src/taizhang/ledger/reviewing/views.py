"""The review of a notice: its document beside what was read, and the forms that correct it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from taizhang.core.access.gate import permission_required
from taizhang.ledger.binding import BindingState, bind
from taizhang.ledger.current import shipped_pack
from taizhang.ledger.models import Ledger, Notice
from taizhang.ledger.permissions import PUBLISH_NOTICES, READ_NOTICES
from taizhang.ledger.reviewing.correcting import (
    CorrectionRefused,
    add_item,
    confirm_values,
    correct_reading,
    drop_item,
    last_correction,
    restore_item,
)
from taizhang.ledger.reviewing.documents import document_of
from taizhang.ledger.reviewing.forms import HeadForm, ItemForm
from taizhang.ledger.reviewing.keys import key_of, place_of
from taizhang.ledger.reviewing.layout import laid_out
from taizhang.ledger.reviewing.page import Review, review
from taizhang.ledger.reviewing.reading import corrected


@require_GET
@permission_required(READ_NOTICES)
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read, the unsure first, beside the document with every recognised span marked."""
    row = kept_notice(pk)
    document = document_of(row)
    shown = review(row, document)
    states = _binding_states(row)
    may_publish = request.user.holds(PUBLISH_NOTICES)
    context = {
        "notice": row,
        "review": shown,
        "document": document,
        "blocks": laid_out(document, shown.marks) if document else (),
        "earlier": _of_the_same_number(row),
        "differing": _differing(shown, states),
        "bound": sum(state is BindingState.BOUND for state in states.values()),
        "is_restated": bool(states),
        "may_publish": may_publish,
        "may_correct": may_publish and row.state == Notice.State.READ,
        "ledger": row.ledgers.first(),
    }
    return render(request, "reviewing/notice.html", context)


@permission_required(PUBLISH_NOTICES)
def notice_head(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the head: issuers, number, title, date, recipients."""
    row = kept_notice(pk)
    initial = HeadForm.initial_of(corrected(row).head) | {"seen": last_correction(row)}
    form = HeadForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            correct_reading(row, form.values, by=request.user, seen=form.cleaned_data["seen"])
        except CorrectionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("notice", pk=pk)
    return form_page(request, "reviewing/head.html", {"notice": row, "form": form})


@permission_required(PUBLISH_NOTICES)
def notice_item(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Correct an item: its number, text, departments, deadline."""
    row = kept_notice(pk)
    item = corrected(row).item(position)
    if item is None:
        raise Http404
    initial = ItemForm.initial_of(item.values) | {"seen": last_correction(row)}
    form = ItemForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            correct_reading(row, form.values, by=request.user, position=position, seen=seen)
        except CorrectionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return back_to(row, f"read-{key_of(position)}")
    context = {"notice": row, "form": form, "item": item}
    return form_page(request, "reviewing/item.html", context)


@permission_required(PUBLISH_NOTICES)
def notice_item_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an item that was not read."""
    row = kept_notice(pk)
    items = corrected(row).items
    following = max((item.number for item in items), default=0) + 1
    form = ItemForm(request.POST or None, initial={"number": following})
    if request.method == "POST" and form.is_valid():
        try:
            added = add_item(row, form.values, by=request.user)
        except CorrectionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return back_to(row, f"read-{key_of(added.position)}")
    return form_page(request, "reviewing/item.html", {"notice": row, "form": form, "item": None})


@require_POST
@permission_required(PUBLISH_NOTICES)
def notice_item_drop(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Leave out what was read as an item and is none."""
    row = kept_notice(pk)
    try:
        drop_item(row, position, by=request.user)
    except CorrectionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The item was left out."))
    return redirect("notice", pk=pk)


@require_POST
@permission_required(PUBLISH_NOTICES)
def notice_item_restore(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Take back in what was left out as no item."""
    row = kept_notice(pk)
    try:
        restore_item(row, position, by=request.user)
    except CorrectionRefused as refusal:
        messages.error(request, str(refusal))
    return back_to(row, f"read-{key_of(position)}")


@require_POST
@permission_required(PUBLISH_NOTICES)
def notice_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that values are right as read, by their keys; leads on to the next that is unsure."""
    row = kept_notice(pk)
    places = [place for key in request.POST.get("keys", "").split() if (place := place_of(key))]
    try:
        made = confirm_values(row, places, by=request.user)
    except CorrectionRefused as refusal:
        messages.error(request, str(refusal))
        return back_to(row, "checks")
    if not made:
        messages.info(request, _("Somebody has looked at it already."))
    return back_to(row, review(row).anchor_after(places))


def kept_notice(pk: int) -> Notice:
    """The notice, unless it was discarded."""
    return get_object_or_404(Notice.objects.exclude(state=Notice.State.DISCARDED), pk=pk)


def back_to(row: Notice, anchor: str) -> HttpResponse:
    """To the review, at that place of it."""
    return HttpResponseRedirect(f"{reverse('notice', args=[row.pk])}#{anchor}")


def form_page(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    """The page of the form in the context."""
    return render(request, template, context, status=400 if context["form"].errors else 200)


def _of_the_same_number(row: Notice) -> Notice | None:
    """The published notice with the number of this one that waits: likely the same document."""
    if not row.document_number or row.state != Notice.State.READ:
        return None
    same = Notice.objects.filter(
        document_number=row.document_number, state=Notice.State.PUBLISHED
    ).exclude(pk=row.pk)
    return same.order_by("-pk").first()


def _binding_states(row: Notice) -> dict[int, BindingState]:
    """How each item agrees with the ledger that restates this notice; empty when none does."""
    ledger = Ledger.objects.restating(row.document_number)
    if ledger is None or not ledger.has_pack:
        return {}
    return {each.number: each.state for each in bind(shipped_pack(ledger.key), corrected(row))}


def _differing(shown: Review, states: dict[int, BindingState]) -> frozenset[int]:
    """The positions of items whose wording is not the one their commitments were written for."""
    return frozenset(
        item.item.position
        for item in shown.items
        if states.get(item.item.number, BindingState.BOUND) is not BindingState.BOUND
    )
