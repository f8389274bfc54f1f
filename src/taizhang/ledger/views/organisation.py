"""An organisation 组织: what it is, where it stands, and what it owes."""

from collections.abc import Sequence

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from taizhang.core.access.gate import permission_required
from taizhang.core.access.models import User
from taizhang.core.organisations.models import Employer, Lineage, Organisation, Post
from taizhang.core.parameters.clock import status_date
from taizhang.core.records.models import Record
from taizhang.ledger.board import latest_run
from taizhang.ledger.owing import is_looked_up, owed_by
from taizhang.ledger.permissions import READ_BOARD
from taizhang.ledger.views.below import organisation_tabs
from taizhang.registers.display import label_of, shown
from taizhang.ui.components import Fact, Pager

ROWS = 25
_FACTS = (
    "org_type",
    "org_state",
    "region",
    "uscc",
    "founded_on",
    "approval_no",
    "term_no",
    "term_start",
    "term_end",
    "ended_on",
    "successor",
)


@require_GET
@permission_required(READ_BOARD)
def organisation(request: HttpRequest, record_no: str) -> HttpResponse:
    """One organisation that the account may see; hidden and missing are both not found.

    What it owes takes a second to look up the first time: the page fetches it as a part (htmx),
    or without script by `?owed`.
    """
    row = get_object_or_404(
        Organisation.objects.visible_to(request.user).select_related("region", "successor"),
        record_no=record_no,
    )
    run = latest_run()
    may_wait = bool(request.htmx) or "owed" in request.GET
    context = {"organisation": row, "owed": None, "owed_url": f"{request.path}?owed"}
    if run is not None and (may_wait or is_looked_up(row, run)):
        context["owed"] = owed_by(row, run, request.user, status_date())
    context["is_computed"] = run is not None
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "ledger/owed.html", context)
    children, pager = _children(request, row)
    employers, employer_pager = _employers(request, row)
    context |= {
        "facts": [
            Fact(label_of(Organisation, name), shown(row, name))
            for name in _FACTS
            if shown(row, name)
        ],
        "line": _line(request.user, row),
        "children": children,
        "pager": pager,
        "posts": _posts(request.user, row),
        "employers": employers,
        "employer_pager": employer_pager,
        "tabs": organisation_tabs(row, ""),
    }
    return render(request, "ledger/organisation.html", context)


def _line(user: User, row: Organisation) -> list[tuple[Organisation, bool]]:
    """The bodies above, the highest first, and whether the account may open the page of each."""
    links = Lineage.objects.filter(descendant=row, depth__gt=0).order_by("-depth")
    above = [link.ancestor for link in links.select_related("ancestor")]
    seen = Organisation.objects.visible_to(user).filter(pk__in=[each.pk for each in above])
    open_to_user = set(seen.values_list("pk", flat=True))
    return [(each, each.pk in open_to_user) for each in above]


def _children(request: HttpRequest, row: Organisation) -> tuple[Sequence[Organisation], Pager]:
    """The bodies right below that the account may see."""
    below = Organisation.objects.visible_to(request.user).verified().filter(parent=row)
    return _page(request, row, below.select_related("region"), "after")


def _employers(request: HttpRequest, row: Organisation) -> tuple[Sequence[Employer], Pager]:
    """The employing units of the union that the account may see."""
    rows = Employer.objects.visible_to(request.user).filter(unions=row)
    return _page(request, row, rows, "employers_after")


def _page(
    request: HttpRequest, row: Organisation, rows: QuerySet, place: str
) -> tuple[Sequence[Record], Pager]:
    """The rows after the record number that `place` in the address names."""
    after = request.GET.get(place, "")
    found = list(rows.filter(record_no__gt=after).order_by("record_no")[: ROWS + 1])
    here = reverse("organisation", args=[row.record_no])
    has_more = len(found) > ROWS
    return found[:ROWS], Pager(
        first_url=here if after else "",
        next_url=f"{here}?{urlencode({place: found[ROWS - 1].record_no})}" if has_more else "",
    )


def _posts(user: User, row: Organisation) -> list[tuple[str, int]]:
    """How many hold which post; names stay in their register."""
    standing = Post.objects.visible_to(user).verified().filter(org=row, ended_on=None)
    counts = dict(standing.order_by().values_list("post_type").annotate(Count("pk")))
    labels = dict(Post._meta.get_field("post_type").flatchoices)
    return [(str(labels[kind]), counts[kind]) for kind in labels if kind in counts]
