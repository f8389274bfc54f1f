"""What the worker does with imports: check, write, undo; and what a dead worker left, again.

A run that is being worked on while nobody holds the lock was left by a worker that was killed. A
write is one transaction, so nothing of it stands: the run simply waits again.
"""

import fcntl
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from taizhang.lib.refusal import Refused
from taizhang.registers.guards import OUTSIDE_REACH
from taizhang.registers.refusals import EntryRefused
from taizhang.registers.sheets.models import ImportRun, RunState
from taizhang.registers.sheets.outcome import Plan, plan_of
from taizhang.registers.sheets.plan import plan_import
from taizhang.registers.sheets.progress import ProgressFile
from taizhang.registers.sheets.runs import (
    CANCELLABLE,
    WAITING,
    WORKED_ON,
    RunRefused,
    grid_of,
    move,
    spec_of_run,
)
from taizhang.registers.sheets.undo import undo_import
from taizhang.registers.sheets.write import RecordsChanged, RowsClash, write_plan
from taizhang.registers.terminal import LANGUAGES

_log = logging.getLogger(__name__)

ATTEMPTS = 3
KEPT_DAYS = 30


def work_on_imports() -> bool:
    """Take up the import that has waited longest; False when none waits."""
    if not ImportRun.objects.filter(state__in=[*WAITING, *WORKED_ON]).exists():
        return _forget_files()
    with _alone() as alone:
        if not alone:
            return False  # another worker is at it
        _take_up_what_was_left()
        run = ImportRun.objects.filter(state__in=WAITING).order_by("pk").first()
        if run is not None:
            work_on(run)
        return run is not None


def work_now(run: ImportRun) -> None:
    """Do the step that the run waits for here and now, for a command; a worker at it is awaited."""
    with _alone(waits=True):
        run.refresh_from_db()
        if run.state in WAITING:
            work_on(run)
    run.refresh_from_db()


def work_on(run: ImportRun) -> None:
    """Do the step that the run waits for, and note what came of it."""
    waiting = RunState(run.state)
    try:
        move(run, (waiting,), WAITING[waiting], attempts=run.attempts + 1)
    except RunRefused:
        return  # called off meanwhile
    told = _Told(run)
    try:
        _STEPS[waiting](run, told)
    except _CalledOff:
        _log.info("import %s was called off", run.pk)
    except (Refused, FileNotFoundError, IntegrityError, RecordsChanged, ValidationError) as refusal:
        _note_failure(run, waiting, refusal)
    finally:
        told.file.remove()


class _CalledOff(Exception):
    """A person cancelled the import while it was being checked."""


class _Told:
    """Tells the progress, and looks now and then whether the import was called off."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self.file = ProgressFile(run.pk)

    def __call__(self, phase: str, done: int, total: int) -> None:
        if self.file(phase, done, total) and phase in ("reading", "checking"):
            state = ImportRun.objects.values_list("state", flat=True).get(pk=self._run.pk)
            if state == RunState.CANCELLED:
                raise _CalledOff


def _check(run: ImportRun, told: _Told) -> None:
    plan = _plan(run, told)
    _note_plan(run, plan, RunState.CHECKING, RunState.CHECKED)


def _write(run: ImportRun, told: _Told) -> None:
    """Checks again, as the register may have changed, before the short transaction begins."""
    spec = spec_of_run(run)
    plan = _plan(run, told)
    if plan.faults:
        _note_plan(run, plan, RunState.WRITING, RunState.CHECKED)
        return
    total = len(plan.rows)
    try:
        with transaction.atomic():
            batch = write_plan(
                spec, plan, run, by=run.by, told=lambda done: told("writing", done, total)
            )
            move(
                run,
                (RunState.WRITING,),
                RunState.DONE,
                batch=batch,
                counts=plan.counts,
                finished_at=timezone.now(),
                message={},
            )
    except RowsClash as clash:
        clashing = plan_of(spec, plan.rows, clash.faults, run.columns)
        _note_plan(run, clashing, RunState.WRITING, RunState.CHECKED)


def _undo(run: ImportRun, told: _Told) -> None:
    total = run.rows.count()
    with transaction.atomic():
        undo_import(
            spec_of_run(run), run, by=run.by, told=lambda done: told("undoing", done, total)
        )
        move(run, (RunState.UNDOING,), RunState.UNDONE, finished_at=timezone.now())


_STEPS: Mapping[RunState, Callable[[ImportRun, _Told], None]] = {
    RunState.WAITING_CHECK: _check,
    RunState.WAITING_WRITE: _write,
    RunState.WAITING_UNDO: _undo,
}


def _plan(run: ImportRun, told: _Told) -> Plan:
    """Raises EntryRefused when the account has lost its role meanwhile."""
    spec = spec_of_run(run)
    if not run.by.is_active or not run.by.holds(spec.permission("enter")):
        raise EntryRefused(_("Nothing was imported."), *OUTSIDE_REACH)
    grid = grid_of(run)
    return plan_import(
        spec,
        grid.rows,
        run.header_row,
        run.columns,
        by=run.by,
        clears=run.clears,
        steps=told,
    )


def _note_plan(run: ImportRun, plan: Plan, source: str, target: str) -> None:
    try:
        move(
            run,
            (source,),
            target,
            counts=plan.counts,
            faults=[fault.kept() for fault in plan.faults],
            fault_count=plan.fault_count,
            message={},
        )
    except RunRefused:
        raise _CalledOff from None


def _note_failure(run: ImportRun, waiting: RunState, refusal: Exception) -> None:
    """Back to where a person can go on: an undo that is refused leaves the import done."""
    target = RunState.DONE if waiting is RunState.WAITING_UNDO else RunState.FAILED
    if isinstance(refusal, RecordsChanged):
        target = RunState.WAITING_WRITE
    move(run, (WAITING[waiting],), target, message=_in_languages(_message(refusal)))


def _message(refusal: Exception) -> object:
    if isinstance(refusal, Refused):
        return refusal
    if isinstance(refusal, FileNotFoundError):
        return _("The stored file is missing. Upload it again.")
    return _(
        "Somebody entered the same or changed these records at the same moment. Upload it again."
    )


def _in_languages(message: object) -> dict[str, str]:
    texts = {}
    for language in LANGUAGES:
        with translation.override(language):
            texts[language] = str(message)
    return texts


def _take_up_what_was_left() -> None:
    """Runs that a killed worker left wait again; one that kills each worker has failed."""
    for working, waiting in WORKED_ON.items():
        left = ImportRun.objects.filter(state=working)
        gave_up = RunState.DONE if working is RunState.UNDOING else RunState.FAILED
        left.filter(attempts__gte=ATTEMPTS).update(
            state=gave_up,
            message=_in_languages(
                _("The server was stopped three times while it was at it. Tell its administrator.")
            ),
        )
        left.update(state=waiting)


@contextmanager
def _alone(*, waits: bool = False) -> Iterator[bool]:
    """Holds the lock of imports; False inside when another worker holds it."""
    settings.PROGRESS_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.PROGRESS_DIR / "LOCK").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True


def _forget_files() -> bool:
    """Delete uploaded sheets after thirty days: they may hold what concerns persons."""
    last = timezone.now() - timedelta(days=KEPT_DAYS)
    old = ImportRun.objects.filter(created_at__lt=last).exclude(file="").first()
    if old is None:
        return False
    old.file.delete(save=False)
    states = {"state": RunState.CANCELLED} if old.state in CANCELLABLE else {}
    ImportRun.objects.filter(pk=old.pk).update(file="", faults=[], **states)
    return True
