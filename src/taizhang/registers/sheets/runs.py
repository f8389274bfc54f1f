"""What people ask of an import: take the file, settle the columns, check, import, cancel, undo.

Each only notes what is asked; the worker does it (`chore`).
"""

import hashlib
from collections.abc import Mapping

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.files.actions import plain_name
from taizhang.lib.refusal import Refused
from taizhang.registers.authority import owning_organisation
from taizhang.registers.sheets.cells import text_of
from taizhang.registers.sheets.mapping import SheetMapping, header_key, suggest
from taizhang.registers.sheets.models import ColumnMapping, ImportRun, RunState
from taizhang.registers.sheets.workbook import Grid, read_grid
from taizhang.registers.spec import REGISTERS, RegisterSpec

WORKED_ON = {
    RunState.CHECKING: RunState.WAITING_CHECK,
    RunState.WRITING: RunState.WAITING_WRITE,
    RunState.UNDOING: RunState.WAITING_UNDO,
}
WAITING = {waiting: working for working, waiting in WORKED_ON.items()}
# Until it writes, an import can be called off; from then on it is done, or not at all.
CANCELLABLE = (
    RunState.MAPPING,
    RunState.WAITING_CHECK,
    RunState.CHECKING,
    RunState.CHECKED,
    RunState.WAITING_WRITE,
)


class RunRefused(Refused):
    """The import is not in a state for this; nothing was changed."""


@transaction.atomic
def start_import(
    spec: RegisterSpec, name: str, content: bytes, *, by: User, clears: bool = False
) -> ImportRun:
    """Keep the file and say what its columns are; where nobody need look, it waits to be checked.

    `clears`: empty cells empty the fields of records that exist. Raises SheetRefused for a file
    that cannot be read.
    """
    grid = read_grid(name, content)
    organisation = owning_organisation(by, spec.permission("enter"))
    mapping = mapping_of(spec, grid, by)
    run = ImportRun(
        register=spec.slug,
        by=by,
        organisation=organisation,
        name=plain_name(name),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        sheet=grid.sheet[:120],
        header_row=mapping.header_row,
        mapping=_kept(mapping.columns),
        clears=clears,
    )
    if mapping.is_sure and mapping.columns:
        run.state = RunState.WAITING_CHECK
    run.file.save(run.name, ContentFile(content), save=False)
    run.save()
    return run


def mapping_of(spec: RegisterSpec, grid: Grid, by: User) -> SheetMapping:
    """What the columns of the grid are, as its words and the office's memory say."""
    first = suggest(spec, grid, {})
    remembered = ColumnMapping.objects.filter(
        organisation=owning_organisation(by, spec.permission("enter")),
        register=spec.slug,
        headers=header_key([heading.text for heading in first.headings]),
    ).first()
    return suggest(spec, grid, remembered.columns) if remembered else first


def grid_of(run: ImportRun) -> Grid:
    """The cells of the stored file. Raises SheetRefused, FileNotFoundError."""
    with run.file.open("rb") as file:
        return read_grid(run.name, file.read())


@transaction.atomic
def settle_columns(
    run: ImportRun, columns: Mapping[int, str], *, by: User, clears: bool = False
) -> None:
    """Take the columns (place → field) as a person confirmed them, and remember them.

    Raises RunRefused.
    """
    grid = grid_of(run)
    headings = {
        place: text_of(cell)
        for place, cell in enumerate(grid.rows[run.header_row])
        if text_of(cell)
    }
    ColumnMapping.objects.update_or_create(
        organisation=run.organisation,
        register=run.register,
        headers=header_key(list(headings.values())),
        defaults={
            "columns": {text: columns.get(place, "") for place, text in headings.items()},
            "by": by,
        },
    )
    move(
        run,
        (RunState.MAPPING, RunState.CHECKED),
        RunState.WAITING_CHECK,
        mapping=_kept(columns),
        clears=clears,
    )


def request_write(run: ImportRun, *, reason: str = "") -> None:
    """Let the worker import the checked sheet.

    `reason`: why verified records are to be corrected. Raises RunRefused, also for a sheet with
    faults or without anything to do.
    """
    if run.fault_count or not any(run.counts.get(key) for key in _WRITTEN):
        raise _refused()
    if run.counts.get("to_be_corrected") and not reason.strip():
        raise RunRefused(
            _("Nothing was imported."),
            _("Some rows differ from verified records; a correction needs a reason."),
            _("Say in a sentence why these records are wrong, and try again."),
        )
    move(run, (RunState.CHECKED,), RunState.WAITING_WRITE, reason=reason.strip())


def cancel(run: ImportRun) -> None:
    """Call the import off before it writes. Raises RunRefused when it is too late."""
    move(run, CANCELLABLE, RunState.CANCELLED)


def request_undo(run: ImportRun) -> None:
    """Let the worker take the import back. Raises RunRefused."""
    move(run, (RunState.DONE,), RunState.WAITING_UNDO, message={})


def move(run: ImportRun, sources: tuple[str, ...], target: str, **fields: object) -> None:
    """Bring the run into the state, if nobody else moved it meanwhile. Raises RunRefused."""
    fields = {"state": target, "attempts": 0, **fields}
    if not ImportRun.objects.filter(pk=run.pk, state__in=sources).update(**fields):
        raise _refused()
    for name, value in fields.items():
        setattr(run, name, value)


def spec_of_run(run: ImportRun) -> RegisterSpec:
    return REGISTERS[run.register]


_WRITTEN = ("new", "changed", "to_be_corrected")


def _kept(columns: Mapping[int, str]) -> dict[str, str]:
    return {str(place): name for place, name in columns.items() if name}


def _refused() -> RunRefused:
    return RunRefused(
        _("Nothing was changed."),
        _("The import is not at this step any more."),
        _("Open its page again to see what can be done with it now."),
    )
