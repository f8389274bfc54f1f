"""Sheets to take away: the rows of a list, and the template of a register."""

import io

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from taizhang.registers.lists.page import list_rows
from taizhang.registers.sheets.export import csv_chunks, note_export, workbook_file
from taizhang.registers.sheets.template import template_workbook
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.views.addressing import register_view

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@register_view
def sheet_export(request: HttpRequest, spec: RegisterSpec, form: str) -> HttpResponse:
    """The rows of the list that the address asks for, on no pages; taking them is logged."""
    rows = list_rows(spec, request.user, request.GET)
    name = f"{spec.label}-{timezone.localdate():%Y%m%d}.{form}"
    if request.method == "HEAD":
        return HttpResponse()
    note_export(spec, rows, request.GET, form, by=request.user)
    if form == "xlsx":
        file = workbook_file(spec, rows, request.user)
        return private(FileResponse(file, as_attachment=True, filename=name, content_type=XLSX))
    response = StreamingHttpResponse(
        csv_chunks(spec, rows, request.user), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = content_disposition_header(True, name)
    return private(response)


@require_safe
@register_view
def sheet_template(request: HttpRequest, spec: RegisterSpec) -> HttpResponse:
    """The workbook to fill in, for those who enter in the register."""
    if not request.user.holds(spec.permission("enter")):
        raise Http404(spec.slug)
    return workbook_response(template_workbook(spec, request.user), f"{spec.label}.xlsx")


def workbook_response(content: bytes, name: str) -> HttpResponse:
    file = io.BytesIO(content)
    return private(FileResponse(file, as_attachment=True, filename=name, content_type=XLSX))


def private(response: HttpResponse) -> HttpResponse:
    """What it holds is for this account; no cache between may keep it."""
    response["Cache-Control"] = "private, no-store"
    return response
