"""From the parts of an address to the register and the record they name, for the one who calls."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Path

from taizhang.core.access.permissions import PERMISSIONS
from taizhang.core.records.models import Record
from taizhang.registers.api.authentication import limited
from taizhang.registers.api.faults import no_permission, not_found
from taizhang.registers.api.schemas import NUMBER_LENGTH
from taizhang.registers.spec import REGISTERS, RegisterSpec

RECORDS = "/registers/{slug}/records"
# A record number may hold a slash.
RECORD = RECORDS + "/{{path:record_no}}"

RecordNo = Path(..., min_length=1, max_length=NUMBER_LENGTH, description="The record number.")
Register = Path(..., description="The name of a register; see the list of registers.")


def register_of(request: HttpRequest, slug: str) -> RegisterSpec:
    """The register, if account and token may read there. Raises Refusal 404 or 403."""
    spec = REGISTERS.get(slug)
    if spec is None or not request.user.holds(spec.permission("read")):
        raise not_found()
    if not request.auth.opens(spec.key):
        raise limited(_("It is limited to other registers."))
    return spec


def record_of(request: HttpRequest, slug: str, record_no: str) -> tuple[RegisterSpec, Record]:
    """The record, if it may be seen; hidden and missing look the same."""
    spec = register_of(request, slug)
    # PostgreSQL does not compare with a null character.
    rows = spec.model.objects.none() if "\x00" in record_no else spec.model.objects.all()
    record = rows.visible_to(request.user).filter(record_no=record_no).first()
    if record is None:
        raise not_found()
    return spec, record


def expect_permission(request: HttpRequest, spec: RegisterSpec, verb: str) -> None:
    """Raises Refusal 403 when no role of the account carries the permission anywhere."""
    permission = spec.permission(verb)
    if not request.user.holds(permission):
        raise no_permission(PERMISSIONS[permission].label)
