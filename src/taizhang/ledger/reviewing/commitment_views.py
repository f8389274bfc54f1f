"""The forms that correct a found commitment, add one, or leave one out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from taizhang.core.access.gate import permission_required
from taizhang.ledger.models import Notice
from taizhang.ledger.permissions import PUBLISH_NOTICES
from taizhang.ledger.reviewing.commitment_form import CommitmentForm
from taizhang.ledger.reviewing.commitments import ItemCommitments, commitments_of
from taizhang.ledger.reviewing.correcting import (
    CorrectionRefused,
    correct_commitment,
    last_correction,
)
from taizhang.ledger.reviewing.keys import commitment_key, key_of
from taizhang.ledger.reviewing.reading import corrected
from taizhang.ledger.reviewing.views import back_to, form_page, kept_notice
from taizhang.notices.commitments import Commitment


@permission_required(PUBLISH_NOTICES)
def notice_commitment_new(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Add a commitment that was not found, by the words of the item that state it."""
    return _answer(request, kept_notice(pk), position, None)


@permission_required(PUBLISH_NOTICES)
def notice_commitment(
    request: HttpRequest, pk: int, position: int, start: int, end: int
) -> HttpResponse:
    """Correct a commitment: its words, what it measures, how much, by when, who."""
    row = kept_notice(pk)
    return _answer(request, row, position, _found(_shown(row, position), start, end))


@require_POST
@permission_required(PUBLISH_NOTICES)
def notice_commitment_drop(
    request: HttpRequest, pk: int, position: int, start: int, end: int
) -> HttpResponse:
    """Leave out what was taken for a commitment and is none."""
    row = kept_notice(pk)
    try:
        correct_commitment(
            row, position, _found(_shown(row, position), start, end), None, by=request.user
        )
    except CorrectionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The commitment was left out."))
    return back_to(row, f"read-{key_of(position)}")


def _answer(
    request: HttpRequest, row: Notice, position: int, read: Commitment | None
) -> HttpResponse:
    shown = _shown(row, position)
    form = CommitmentForm(
        request.POST or None,
        text=shown.item.text,
        issued_on=corrected(row).issued_on,
        read=read,
        seen=last_correction(row),
    )
    if request.method == "POST" and form.is_valid():
        new = form.commitment
        try:
            correct_commitment(
                row, position, read, new, by=request.user, seen=form.cleaned_data["seen"]
            )
        except CorrectionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return back_to(row, f"read-{commitment_key(position, new.start, new.end)}")
    context = {"notice": row, "form": form, "item": shown.item, "read": read}
    return form_page(request, "reviewing/commitment.html", context)


def _shown(row: Notice, position: int) -> ItemCommitments:
    for each in commitments_of(row):
        if each.item.position == position:
            return each
    raise Http404


def _found(shown: ItemCommitments, start: int, end: int) -> Commitment:
    for each in shown.commitments:
        if (each.start, each.end) == (start, end):
            return each
    raise Http404
