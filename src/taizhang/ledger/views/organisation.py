"""An organisation 组织: what it is, where it stands, and what it owes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from taizhang.core.access.gate import permission_required
from taizhang.core.access.models import User
from taizhang.core.organisations.models import Employer, Lineage, Organisation, Post
from taizhang.ledger.figures import target_text, window_text
from taizhang.ledger.models import AssessmentRow
from taizhang.ledger.permissions import READ_BOARD
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


@dataclass(frozen=True, slots=True)
class Owed:
    """A commitment judged for the organisation alone, with its target and window in words."""

    assessment: AssessmentRow
    target: str
    window: str


@require_GET
@permission_required(READ_BOARD)
def organisation(request: HttpRequest, record_no: str) -> HttpResponse:
    """One organisation that the account may see; hidden and missing are both not found."""
    row = get_object_or_404(
        Organisation.objects.visible_to(request.user).select_related("region", "successor"),
        record_no=record_no,
    )
    children, pager = _children(request, row)
    context = {
        "organisation": row,
        "facts": [
            Fact(label_of(Organisation, name), shown(row, name))
            for name in _FACTS
            if shown(row, name)
        ],
        "line": _line(request.user, row),
        "children": children,
        "pager": pager,
        "posts": _posts(request.user, row),
        "employers": Employer.objects.visible_to(request.user).filter(unions=row)[:ROWS],
        "owed": _owed(row),
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
    """The bodies right below that the account may see, paged by record number."""
    after = request.GET.get("after", "")
    below = Organisation.objects.visible_to(request.user).filter(parent=row, record_no__gt=after)
    rows = list(below.verified().select_related("region").order_by("record_no")[: ROWS + 1])
    here = reverse("organisation", args=[row.record_no])
    has_more = len(rows) > ROWS
    return rows[:ROWS], Pager(
        first_url=here if after else "",
        next_url=f"{here}?{urlencode({'after': rows[ROWS - 1].record_no})}" if has_more else "",
    )


def _posts(user: User, row: Organisation) -> list[tuple[str, int]]:
    """How many hold which post; names stay in their register."""
    standing = Post.objects.visible_to(user).verified().filter(org=row, ended_on=None)
    counts = dict(standing.order_by().values_list("post_type").annotate(Count("pk")))
    labels = dict(Post._meta.get_field("post_type").flatchoices)
    return [(str(labels[kind]), counts[kind]) for kind in labels if kind in counts]


def _owed(row: Organisation) -> list[Owed]:
    """What it owes as a unit of its own; a local federation also stands for its area."""
    subjects = [("org", str(row.pk))]
    if row.is_local_federation:
        subjects.append(("area", row.region_id))
    found = [
        each
        for subject, key in subjects
        for each in AssessmentRow.objects.filter(
            subject=subject, key=key, commitment__item__ledger__is_current=True
        ).select_related("commitment__item")
    ]
    found.sort(key=lambda each: (each.commitment.item.number, each.commitment.position))
    return [
        Owed(each, target_text(each.commitment), window_text(each.commitment, each.window))
        for each in found
    ]
