"""Which notice a new one supersedes, both side by side, and the ledger that was superseded."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from taizhang.core.access.gate import permission_required
from taizhang.ledger.board import ledger_url
from taizhang.ledger.figures import ShownFigure
from taizhang.ledger.models import Commitment, EvaluationRun, FigureRow, Ledger
from taizhang.ledger.permissions import PUBLISH_NOTICES, READ_BOARD, READ_NOTICES
from taizhang.ledger.reviewing.documents import document_of
from taizhang.ledger.reviewing.page import review
from taizhang.ledger.reviewing.views import kept_notice
from taizhang.ledger.superseding.candidates import Ground, candidates
from taizhang.ledger.superseding.carrying import Choices
from taizhang.ledger.superseding.models import CarriedCommitment, Supersession
from taizhang.ledger.superseding.offering import Choice
from taizhang.ledger.superseding.page import counts, misnamed, sections
from taizhang.ledger.superseding.succession import (
    Beside,
    ChoiceMissing,
    SupersedingRefused,
    beside,
    look_at,
    refusal_of,
    supersede,
)
from taizhang.lib.refusal import Refused

GROUNDS = {
    Ground.REPEALED: _("The notice says that it no longer holds"),
    Ground.SAME_NUMBER: _("The same document number: issued again"),
    Ground.LIKE_TITLE: _("The same issuer and a like title"),
}
COMMITMENT, LEAD = "commitment-", "lead-"


@require_GET
@permission_required(READ_NOTICES)
def notice_candidates(request: HttpRequest, pk: int) -> HttpResponse:
    """The published notices that this one may supersede; which one, a person says."""
    row = kept_notice(pk)
    document = document_of(row)
    found = candidates(row, document.text if document else "")
    context = {
        "notice": row,
        "proposed": [(each, GROUNDS[each.ground]) for each in found if each.ground],
        "others": [each for each in found if not each.ground],
    }
    return render(request, "superseding/candidates.html", context)


@permission_required(READ_NOTICES)
def notice_beside(request: HttpRequest, pk: int, old_pk: int) -> HttpResponse:
    """Both notices item by item; who may publish chooses what carries over."""
    row, old = kept_notice(pk), kept_notice(old_pk)
    if row == old:
        raise Http404("a notice beside itself")
    shown = beside(row, old)
    if request.method != "POST":
        return _page(request, shown, Choices())
    if not request.user.holds(PUBLISH_NOTICES):
        raise PermissionDenied
    choices = _chosen(request.POST)
    try:
        supersession = supersede(
            row, old, choices, by=request.user, seen=request.POST.get("seen", "")
        )
    except ChoiceMissing as refusal:
        return _page(request, shown, choices, refusal, refusal.codes)
    except Refused as refusal:
        return _page(request, beside(row, old), choices, refusal)
    messages.success(
        request, _("The notice took the place of the earlier one; its figures follow.")
    )
    if supersession.carried.filter(wants_a_look=True).exists() or misnamed(supersession):
        return redirect("notice_beside", pk=pk, old_pk=old_pk)
    return redirect(ledger_url(supersession.new))


@require_POST
@permission_required(PUBLISH_NOTICES)
def carried_looked_at(request: HttpRequest, pk: int) -> HttpResponse:
    """A person has looked at a commitment that was carried over without its words."""
    row = get_object_or_404(CarriedCommitment.objects.select_related("supersession"), pk=pk)
    try:
        look_at(row, by=request.user)
    except SupersedingRefused as refusal:
        messages.error(request, str(refusal))
    supersession = row.supersession
    return redirect(
        "notice_beside", pk=supersession.new.notice_id, old_pk=supersession.old.notice_id
    )


@require_GET
@permission_required(READ_BOARD)
def superseded_ledger(request: HttpRequest, key: str) -> HttpResponse:
    """A ledger that was superseded, with the last figures that were computed for it."""
    row = get_object_or_404(Ledger.objects.filter(is_in_force=False), key=key)
    commitments = Commitment.objects.filter(item__ledger=row).select_related("item")
    figures = {
        each.commitment_id: each
        for each in FigureRow.objects.filter(commitment__item__ledger=row, area__parent=None)
    }
    by_item: dict[int, list[ShownFigure]] = {}
    for each in commitments.order_by("item__number", "position"):
        shown = ShownFigure(each, figures.get(each.pk), row.pack_key)
        by_item.setdefault(each.item_id, []).append(shown)
    items = row.items.prefetch_related("duties").order_by("number")
    supersession = Supersession.objects.filter(old=row).select_related("new", "by").first()
    context = {
        "ledger": row,
        "supersession": supersession,
        "run": _last_run(supersession),
        "items": [(item, by_item.get(item.pk, [])) for item in items],
    }
    return render(request, "superseding/ledger.html", context)


def _last_run(supersession: Supersession | None) -> EvaluationRun | None:
    """The last computation that the superseded ledger was part of."""
    if supersession is None:
        return None
    runs = EvaluationRun.objects.filter(finished_at__lte=supersession.at)
    return runs.order_by("-pk").first()


def _chosen(posted: QueryDict) -> Choices:
    """What the form says; values that nobody could have chosen count as not chosen."""
    known = {choice.value: choice for choice in Choice}
    return Choices(
        {
            name.removeprefix(COMMITMENT): known[value]
            for name, value in posted.items()
            if name.startswith(COMMITMENT) and value in known
        },
        {
            name.removeprefix(LEAD): value == "keep"
            for name, value in posted.items()
            if name.startswith(LEAD) and value in ("keep", "new")
        },
    )


def _page(
    request: HttpRequest,
    shown: Beside,
    choices: Choices,
    refusal: Refused | None = None,
    missing: tuple[str, ...] = (),
) -> HttpResponse:
    supersession = _supersession(shown)
    blocking = refusal_of(shown.notice, shown.old, by=request.user)
    may_choose = blocking is None and supersession is None
    context = {
        "notice": shown.notice,
        "old": shown.old,
        "ledger": shown.ledger,
        "counts": counts(shown),
        "sections": sections(shown, choices, missing, supersession),
        "may_choose": may_choose,
        "guesses": review(shown.notice).guesses if may_choose else 0,
        "blocking": blocking if request.user.holds(PUBLISH_NOTICES) else None,
        "refusal": refusal,
        "missing": missing,
        "seen": shown.fingerprint,
        "supersession": supersession,
        "looks": _looks(supersession),
        "decisions": misnamed(supersession) if supersession else [],
        "may_publish": request.user.holds(PUBLISH_NOTICES),
    }
    return render(request, "superseding/beside.html", context, status=409 if refusal else 200)


def _supersession(shown: Beside) -> Supersession | None:
    """How the later notice took the place of the earlier one, where it has."""
    return (
        Supersession.objects.filter(new__notice=shown.notice, old__notice=shown.old)
        .select_related("new", "old", "by")
        .first()
    )


def _looks(supersession: Supersession | None) -> list[CarriedCommitment]:
    """What was carried over for somebody to look at, and nobody has."""
    if supersession is None:
        return []
    rows = supersession.carried.to_be_looked_at()
    return list(rows.select_related("old", "new__item__ledger"))
