"""The pages of duplicates: the pairs of a register, and two records side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from taizhang.core.records.models import Record, RecordStatus
from taizhang.lib.refusal import Refused
from taizhang.registers.merging.actions import mark_distinct, propose_merge
from taizhang.registers.merging.comparing import Compared, compared
from taizhang.registers.merging.finder import Pair, duplicates, record_pairs, rows_to_judge
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.views.addressing import record_url, register_view, whole_number

SHOWN = 50


@dataclass(frozen=True, slots=True)
class ShownPair:
    one: Record
    other: Record
    pair: Pair
    differing: list[Compared]

    @property
    def are_verified(self) -> bool:
        return {self.one.record_status, self.other.record_status} == {RecordStatus.VERIFIED}


def duplicates_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 unless the register knows duplicates and the account may verify in it."""

    @wraps(view)
    def wrapped(request: HttpRequest, spec: RegisterSpec, **kwargs) -> HttpResponse:
        if spec.identity is None or not request.user.holds(spec.permission("verify")):
            raise Http404(spec.slug)
        return view(request, spec, **kwargs)

    return register_view(wrapped)


@require_GET
@duplicates_view
def duplicates_list(request: HttpRequest, spec: RegisterSpec) -> HttpResponse:
    """The pairs that may be one body entered twice, the surest first."""
    found = duplicates(spec, request.user)
    pairs = [
        ShownPair(one, other, pair, _differing(spec, one, other, request))
        for one, other, pair in record_pairs(spec, found[:SHOWN])
    ]
    context = {"spec": spec, "pairs": pairs, "total": len(found)}
    return render(request, "merging/duplicates.html", context)


@require_POST
@duplicates_view
def duplicates_distinct(
    request: HttpRequest, spec: RegisterSpec, one: int, other: int
) -> HttpResponse:
    """Keep that the two are not the same."""
    first, second = _pair(request, spec, one, other)
    try:
        mark_distinct(spec, first, second, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, _("Kept: these are two. The pair is not shown again."))
    return redirect("duplicates", spec.slug)


@duplicates_view
def merge_new(request: HttpRequest, spec: RegisterSpec, one: int, other: int) -> HttpResponse:
    """Two records side by side: which of them stands on, and which values stay."""
    first, second = _pair(request, spec, one, other)
    if request.method != "POST":
        return _page(request, spec, first, second)
    survivor, loser = first, second
    if _chosen(request, "survivor") == second.pk:
        survivor, loser = second, first
    taken = [
        field.name
        for field in compared(spec, first, second, request.user)
        if field.may_choose and _chosen(request, f"keep_{field.name}") == loser.pk
    ]
    try:
        propose_merge(
            spec,
            survivor,
            loser,
            taken,
            reason=request.POST.get("reason", ""),
            by=request.user,
            versions=tuple(_chosen(request, f"version_{row.pk}") for row in (survivor, loser)),
        )
    except Refused as refusal:
        return _page(request, spec, first, second, refusal=refusal, status=409)
    messages.success(request, _("Proposed. Another person decides; until then both records count."))
    return redirect(record_url(spec, loser))


def _page(
    request: HttpRequest,
    spec: RegisterSpec,
    one: Record,
    other: Record,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    fields = compared(spec, one, other, request.user)
    context = {
        "spec": spec,
        "one": one,
        "other": other,
        "fields": [_asked(request, field, one, other) for field in fields],
        "survivor": _chosen(request, "survivor") or one.pk,
        "reason": request.POST.get("reason", ""),
        "refusal": refusal,
        "are_verified": {one.record_status, other.record_status} == {RecordStatus.VERIFIED},
    }
    return render(request, "merging/merge.html", context, status=status)


def _asked(request: HttpRequest, field: Compared, one: Record, other: Record) -> dict[str, object]:
    """A field with the record whose value is ticked: as sent, else the one that states more."""
    proposed = other.pk if field.other_is_better else one.pk
    return {"field": field, "kept": _chosen(request, f"keep_{field.name}") or proposed}


def _differing(
    spec: RegisterSpec, one: Record, other: Record, request: HttpRequest
) -> list[Compared]:
    return [field for field in compared(spec, one, other, request.user) if field.differs]


def _pair(request: HttpRequest, spec: RegisterSpec, one: int, other: int) -> tuple[Record, Record]:
    wanted = Q(pk=one) | Q(pk=other)  # unlike `pk__in`, also of numbers that no id can be
    rows = {row.pk: row for row in rows_to_judge(spec, request.user).filter(wanted)}
    if len(rows) != 2:
        raise Http404(spec.slug)
    return rows[one], rows[other]


def _chosen(request: HttpRequest, name: str) -> int:
    """A number that was sent; 0 for anything else."""
    return whole_number(request.POST.get(name, "")) or 0
