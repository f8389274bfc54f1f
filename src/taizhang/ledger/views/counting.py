"""Which commitments a record counts for: a part of the record's page, computed when it is shown."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from taizhang.core.access.gate import permission_required
from taizhang.core.access.models import User
from taizhang.core.records.models import Record, RecordStatus
from taizhang.ledger.board import latest_run
from taizhang.ledger.current import current_ledger
from taizhang.ledger.explanation import tells_hidden_values
from taizhang.ledger.models import Commitment, StaleRegister
from taizhang.ledger.permissions import READ_BOARD
from taizhang.measures.explain import counted_for
from taizhang.measures.snapshot import Snapshot, SnapshotError
from taizhang.registers.spec import REGISTERS, RegisterSpec


def counting_panel(request: HttpRequest, spec: RegisterSpec, record: Record) -> SafeString | str:
    """The panel on the page of a verified record; it fetches its list once the page stands."""
    if record.record_status != RecordStatus.VERIFIED or not request.user.holds(READ_BOARD):
        return ""
    address = reverse("record_commitments", args=[spec.slug, record.record_no])
    return render_to_string("ledger/counting_panel.html", {"address": address}, request)


@require_GET
@permission_required(READ_BOARD)
def record_commitments(request: HttpRequest, slug: str, record_no: str) -> HttpResponse:
    """The commitments whose numerator counts the record in the present window."""
    if slug not in REGISTERS:
        raise Http404
    spec = REGISTERS[slug]
    record = get_object_or_404(
        spec.model.objects.visible_to(request.user).verified(), record_no=record_no
    )
    context = {
        "spec": spec,
        "record": record,
        "commitments": _commitments(spec, record, request.user),
    }
    name = "ledger/counting_list.html" if request.htmx else "ledger/counting.html"
    return render(request, name, context)


def _commitments(spec: RegisterSpec, record: Record, user: User) -> list[Commitment] | None:
    """What it counts for, less what would tell the user a field hidden from them.

    None where nothing has been computed yet, or its snapshot is not kept any more.
    """
    run = latest_run()
    # Where the register changed a moment ago, the worker is about to compute it.
    if run is None or StaleRegister.objects.filter(register=spec.slug).exists():
        return None
    current = current_ledger()
    try:
        snapshot = Snapshot.open(settings.SNAPSHOT_DIR, run.snapshot)
    except SnapshotError:
        return None
    codes = counted_for(
        current.measures,
        current.catalogue,
        current.areas,
        snapshot,
        run.as_of,
        spec.slug,
        record.pk,
    )
    rows = Commitment.objects.in_force().filter(code__in=codes).select_related("item__ledger")
    return [row for row in rows if not tells_hidden_values(row, user)]
