"""Taking a step with a record, and adding a file to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taizhang.core.records.models import Record, RecordStatus
from taizhang.lib.refusal import Refused
from taizhang.registers.actions import add_evidence, perform
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.views.addressing import record_url, record_view, whole_number
from taizhang.registers.views.record import record_page


@require_POST
@record_view
def record_transition(
    request: HttpRequest, spec: RegisterSpec, record: Record, step: str
) -> HttpResponse:
    """Take the step; when it is refused, the page says why and keeps the reason that was typed."""
    reason = request.POST.get("reason", "")
    try:
        moved = perform(
            spec,
            record,
            step,
            by=request.user,
            reason=reason,
            version=shown_version(request),
        )
    except Refused as refusal:
        record.refresh_from_db()
        return record_page(
            request,
            spec,
            record,
            status=409,
            step_fault=refusal,
            failed_step=step,
            reason=reason,
        )
    messages.success(
        request,
        _("The record is now in the state “%(status)s”.")
        % {"status": RecordStatus(moved.record_status).label},
    )
    return redirect(record_url(spec, moved))


def shown_version(request: HttpRequest) -> int:
    """The version of the record that the page showed; 0, which none has, for anything else."""
    return whole_number(request.POST.get("version", "")) or 0


@require_POST
@record_view
def evidence_add(request: HttpRequest, spec: RegisterSpec, record: Record) -> HttpResponse:
    """Keep the uploaded file; when it is refused, the page says why."""
    upload = request.FILES.get("file")
    if upload is None:
        fault = _("Choose a file first.")
        return record_page(request, spec, record, status=422, evidence_fault=fault)
    try:
        kept = add_evidence(spec, record, upload, by=request.user)
    except Refused as refusal:
        return record_page(request, spec, record, status=422, evidence_fault=refusal)
    messages.success(request, _("“%(name)s” was added.") % {"name": kept.name})
    return redirect(record_url(spec, record))
