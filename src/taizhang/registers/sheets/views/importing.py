"""The pages of an import: choose a file, confirm its columns, look at the check, import, undo."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taizhang.core.access.sessions import polled
from taizhang.lib.refusal import Refused
from taizhang.registers.display import separator
from taizhang.registers.sheets.faults import SheetFault
from taizhang.registers.sheets.models import ImportRun, RunState
from taizhang.registers.sheets.progress import progress_of
from taizhang.registers.sheets.report import fault_workbook
from taizhang.registers.sheets.runs import (
    CANCELLABLE,
    WAITING,
    WORKED_ON,
    cancel,
    grid_of,
    request_undo,
    request_write,
    settle_columns,
    start_import,
)
from taizhang.registers.sheets.views.export import workbook_response
from taizhang.registers.sheets.views.forms import ColumnsForm, UploadForm, column_choices
from taizhang.registers.sheets.workbook import EXTENSIONS, ROWS_LIMIT, expect_size
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.views.addressing import register_view, whole_number
from taizhang.ui.components import Pager

_SHOWN_RUNS = 10
_SHOWN_FAULTS = 200
_PAGE_ROWS = 50
_WORKING = {*WAITING, *WORKED_ON}


def entering_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for those who enter in the register; to others there is no such page."""

    @wraps(view)
    def wrapped(request: HttpRequest, spec: RegisterSpec, **kwargs) -> HttpResponse:
        if not request.user.holds(spec.permission("enter")):
            raise Http404(spec.slug)
        return view(request, spec, **kwargs)

    return register_view(wrapped)


def run_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the import; 404 for one of somebody else."""

    @wraps(view)
    def wrapped(request: HttpRequest, spec: RegisterSpec, pk: int) -> HttpResponse:
        runs = ImportRun.objects.of(request.user).filter(register=spec.slug)
        run = runs.select_related("batch").filter(pk=pk).first()
        if run is None:
            raise Http404(pk)
        return view(request, spec, run)

    return entering_view(wrapped)


@entering_view
def import_new(request: HttpRequest, spec: RegisterSpec) -> HttpResponse:
    """Choose a file, take the template, and see the last imports of one's own."""
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    if is_sent and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            expect_size(upload.size)
            run = start_import(
                spec,
                upload.name,
                upload.read(),
                by=request.user,
                clears=form.cleaned_data["clears"],
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(run_url(spec, run))
    context = {
        "spec": spec,
        "form": form,
        "runs": ImportRun.objects.of(request.user).filter(register=spec.slug)[:_SHOWN_RUNS],
        "extensions": ",".join(EXTENSIONS),
        "rows_limit": ROWS_LIMIT,
    }
    return render(request, "sheets/new.html", context, status=422 if form.errors else 200)


@require_safe
@run_view
def import_run(request: HttpRequest, spec: RegisterSpec, run: ImportRun) -> HttpResponse:
    """How the import stands, and what can be done with it."""
    if run.state == RunState.MAPPING:
        return redirect("import_columns", slug=spec.slug, pk=run.pk)
    faults = [SheetFault(**kept) for kept in run.faults[:_SHOWN_FAULTS]]
    context = _context(spec, run) | {
        "faults": faults,
        "more_faults": run.fault_count - len(faults),
        "columns": [label for _place, label in _imported(spec, run)],
        "message": SheetFault(None, None, "", {}, run.message).text if run.message else "",
    }
    return render(request, "sheets/run.html", context)


@polled
@require_safe
@run_view
def import_progress(request: HttpRequest, spec: RegisterSpec, run: ImportRun) -> HttpResponse:
    """The bar alone, asked for every second; once the work is done, the whole page again."""
    response = render(request, "sheets/_progress.html", _context(spec, run))
    if run.state not in _WORKING:
        response["HX-Refresh"] = "true"
    return response


@run_view
def import_columns(request: HttpRequest, spec: RegisterSpec, run: ImportRun) -> HttpResponse:
    """Which column of the file is which field; what is settled here is remembered."""
    if run.state not in (RunState.MAPPING, RunState.CHECKED):
        return redirect(run_url(spec, run))
    try:
        grid = grid_of(run)
    except (Refused, FileNotFoundError):
        messages.error(request, _("The stored file is missing. Upload it again."))
        return redirect("import_new", slug=spec.slug)
    is_sent = request.method == "POST"
    form = ColumnsForm(spec, run, grid, request.user, request.POST if is_sent else None)
    if is_sent and form.is_valid():
        try:
            settle_columns(run, form.columns(), by=request.user, clears=form.cleaned_data["clears"])
        except Refused as refusal:
            messages.error(request, refusal)
        return redirect(run_url(spec, run))
    context = _context(spec, run) | {"form": form, "header_row": run.header_row + 1}
    return render(request, "sheets/columns.html", context, status=422 if form.errors else 200)


@require_safe
@run_view
def import_records(request: HttpRequest, spec: RegisterSpec, run: ImportRun) -> HttpResponse:
    """The records that the import entered, changed or proposed to correct, by key."""
    after = whole_number(request.GET.get("after", "")) or 0
    rows = run.rows.select_related("correction").order_by("pk")
    found = list(rows.filter(pk__gt=after)[: _PAGE_ROWS + 1])
    page = found[:_PAGE_ROWS]
    seen = spec.model.objects.visible_to(request.user).in_bulk([row.record for row in page])
    here = reverse("import_records", args=[spec.slug, run.pk])
    context = _context(spec, run) | {
        "rows": [(row, seen.get(row.record)) for row in page],
        "pager": Pager(
            first_url=here if after else "",
            next_url=f"{here}?after={page[-1].pk}" if len(found) > _PAGE_ROWS else "",
        ),
    }
    return render(request, "sheets/records.html", context)


@require_safe
@run_view
def import_faults(request: HttpRequest, spec: RegisterSpec, run: ImportRun) -> HttpResponse:
    """The uploaded cells with the faulty ones coloured, to be put right and sent again."""
    if not run.faults or not run.file:
        raise Http404(run.pk)
    faults = [SheetFault(**kept) for kept in run.faults]
    try:
        content = fault_workbook(grid_of(run), run.header_row, faults)
    except FileNotFoundError as missing:
        raise Http404(run.pk) from missing
    return workbook_response(content, f"{run.name.rpartition('.')[0]}-{_('faults')}.xlsx")


@require_POST
@run_view
def import_write(request: HttpRequest, spec: RegisterSpec, run: ImportRun) -> HttpResponse:
    return _asked(
        request, spec, run, lambda: request_write(run, reason=request.POST.get("reason", ""))
    )


@require_POST
@run_view
def import_cancel(request: HttpRequest, spec: RegisterSpec, run: ImportRun) -> HttpResponse:
    return _asked(request, spec, run, lambda: cancel(run))


@require_POST
@run_view
def import_undo(request: HttpRequest, spec: RegisterSpec, run: ImportRun) -> HttpResponse:
    return _asked(request, spec, run, lambda: request_undo(run))


def run_url(spec: RegisterSpec, run: ImportRun) -> str:
    return reverse("import_run", args=[spec.slug, run.pk])


def _asked(
    request: HttpRequest, spec: RegisterSpec, run: ImportRun, ask: Callable[[], None]
) -> HttpResponse:
    """Ask it of the worker, and go back to the page of the import."""
    try:
        ask()
    except Refused as refusal:
        messages.error(request, refusal)
    return redirect(run_url(spec, run))


def _context(spec: RegisterSpec, run: ImportRun) -> dict[str, object]:
    counts = run.counts
    return {
        "spec": spec,
        "run": run,
        "state": RunState(run.state),
        "is_working": run.state in _WORKING,
        "is_checked": run.state == RunState.CHECKED,
        "is_done": run.state == RunState.DONE,
        "may_cancel": run.state in CANCELLABLE,
        "progress": progress_of(run.pk),
        "counts": counts,
        "written": sum(counts.get(key, 0) for key in ("new", "changed", "to_be_corrected")),
        "separator": separator(),
    }


def _imported(spec: RegisterSpec, run: ImportRun) -> list[tuple[int, str]]:
    labels = dict(column_choices(spec, run.by))
    return [(place, str(labels.get(name, name))) for place, name in sorted(run.columns.items())]
