"""The ledger as a file, from the board's buttons."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from taizhang.core.access.gate import permission_required
from taizhang.ledger.current import NoLedger
from taizhang.ledger.exporting.actions import Format, Wanted, export_ledger
from taizhang.ledger.exporting.document import Detail
from taizhang.ledger.exporting.progress import UnknownArea, UnknownDepartment, UnknownLedger
from taizhang.ledger.permissions import READ_BOARD

CONTENT_TYPES = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_GET
@permission_required(READ_BOARD)
def board_export(request: HttpRequest) -> HttpResponse:
    """The ledger as `format` says, of one `area`, `department` and `ledger` where given."""
    asked = request.GET
    try:
        wanted = Wanted(
            format=Format(asked.get("format", Format.DOCX.value)),
            detail=Detail(asked.get("detail", Detail.ITEMS.value)),
            area=asked.get("area", ""),
            department=asked.get("department", ""),
            ledger=asked.get("ledger", ""),
        )
        made = export_ledger(wanted, by=request.user)
    except (ValueError, NoLedger, UnknownArea, UnknownDepartment, UnknownLedger) as unknown:
        raise Http404(str(unknown)) from None
    response = HttpResponse(made.content, content_type=CONTENT_TYPES[wanted.format])
    response["Content-Disposition"] = content_disposition_header(True, made.name)
    response["Cache-Control"] = "private, no-store"
    return response
