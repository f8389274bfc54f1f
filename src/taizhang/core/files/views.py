"""Handing out evidence: only to who may see its record, and never to be run in the browser."""

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from taizhang.core.audit.trail import write_audit
from taizhang.core.files.models import Evidence
from taizhang.core.files.owners import owner_seen_by
from taizhang.core.records.models import Confidentiality, Record

# Looking at what these classes hold is itself kept in the log (handbook 7.1, 7.4).
_LOOKS_ARE_LOGGED = (Confidentiality.S2, Confidentiality.S3, Confidentiality.C)
_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


@require_safe
@transaction.atomic
def evidence(request: HttpRequest, pk: int) -> FileResponse:
    """The file as an attachment under its own name; hidden and missing are both 404."""
    found = Evidence.objects.filter(pk=pk).first()
    record = owner_seen_by(request.user, found) if found else None
    if record is None or not found.file.storage.exists(found.file.name):
        raise Http404
    _log_look(request, found, record)
    response = FileResponse(
        found.file.open(), as_attachment=True, filename=found.name, content_type=found.content_type
    )
    response["Content-Security-Policy"] = _POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _log_look(request: HttpRequest, found: Evidence, record: Record) -> None:
    if record.confidentiality in _LOOKS_ARE_LOGGED:
        write_audit(
            by=request.user,
            action="open_evidence",
            subject=found.register,
            subject_no=record.record_no,
            changes={"evidence": (found.name, found.name)},
        )
