"""The files beside a record: listed, added, handed out."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import File, Path, Router, Status
from ninja.files import UploadedFile
from pydantic import BaseModel, Field

from taizhang.core.files.actions import UploadRefused
from taizhang.core.files.kinds import FILE_KINDS
from taizhang.core.files.models import Evidence
from taizhang.core.files.owners import owner_seen_by
from taizhang.core.files.views import evidence as hand_out
from taizhang.registers.actions import add_evidence
from taizhang.registers.api.addressing import RECORD, RecordNo, Register, record_of, register_of
from taizhang.registers.api.faults import (
    OF_READING,
    OF_WRITING,
    Fault,
    Refusal,
    not_found,
    refusals_of,
)

_ADDRESS = RECORD.format(slug="{slug}") + "/evidence"
# What a file may be, by its kind.
_FILES = {
    kind.content_type: {"schema": {"type": "string", "format": "binary"}} for kind in FILE_KINDS
}

router = Router(tags=["Evidence 佐证材料"])


class EvidenceEntry(BaseModel):
    id: int
    name: str
    content_type: str
    size: int = Field(description="In bytes.")
    sha256: str
    uploaded_by: str
    uploaded_at: datetime


@router.get(
    _ADDRESS,
    response={200: list[EvidenceEntry], OF_READING: Fault},
    operation_id="evidence_list",
    summary=gettext_noop("List the files beside a record"),
)
def list_evidence(request: HttpRequest, slug: str = Register, record_no: str = RecordNo):
    spec, record = record_of(request, slug, record_no)
    rows = Evidence.objects.filter(register=spec.key, record=record.pk)
    return [_entry(row) for row in rows.select_related("uploaded_by")]


@router.post(
    _ADDRESS,
    response={201: EvidenceEntry, OF_WRITING: Fault},
    operation_id="evidence_add",
    summary=gettext_noop("Add a file to a record"),
)
def upload_evidence(
    request: HttpRequest,
    slug: str = Register,
    record_no: str = RecordNo,
    file: UploadedFile = File(...),  # noqa: B008
):
    """One file as the part `file` of a form; also beside a verified record."""
    spec, record = record_of(request, slug, record_no)
    with refusals_of(spec, record, "enter", request.user):
        try:
            kept = add_evidence(spec, record, file, by=request.user)
        except UploadRefused as refused:
            is_large = file.size > settings.UPLOAD_LIMIT_BYTES
            raise Refusal(413 if is_large else 422, "file_refused", refused) from refused
    return Status(201, _entry(kept))


@router.get(
    "/evidence/{evidence_id}",
    response={200: None, OF_READING: Fault},
    operation_id="evidence_read",
    summary=gettext_noop("Fetch a file"),
    openapi_extra={"responses": {200: {"content": _FILES}}},
)
def read_evidence(
    request: HttpRequest,
    evidence_id: int = Path(..., ge=1, le=2**63 - 1, description="`id` of the file."),
):
    """The file under its own name. Looking at what is personal or secret is kept in the log."""
    found = Evidence.objects.filter(pk=evidence_id).first()
    if found is None or owner_seen_by(request.user, found) is None:
        raise not_found()
    register_of(request, found.register.rpartition(".")[2])
    return hand_out(request, evidence_id)


def _entry(row: Evidence) -> dict[str, object]:
    return {
        "id": row.pk,
        "name": row.name,
        "content_type": row.content_type,
        "size": row.size,
        "sha256": row.sha256,
        "uploaded_by": str(row.uploaded_by),
        "uploaded_at": timezone.localtime(row.uploaded_at),
    }
