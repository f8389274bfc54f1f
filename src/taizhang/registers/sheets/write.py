"""Writing what a plan says: all of it in one transaction, with one audit row per record."""

import json
from collections.abc import Callable, Iterator

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from taizhang.core.access.models import User
from taizhang.core.audit.trail import AuditEntry, write_audit, write_audit_rows
from taizhang.core.records.models import Batch, Record
from taizhang.registers.corrections.actions import propose_correction
from taizhang.registers.lists.search_index import index_records
from taizhang.registers.merging.finder import own_lines
from taizhang.registers.packages.checks import check_record
from taizhang.registers.packages.faults import Fault
from taizhang.registers.packages.insert import insert_rows
from taizhang.registers.packages.numbers import number_rows
from taizhang.registers.sheets.models import ImportedRow, ImportRun
from taizhang.registers.sheets.outcome import Outcome, Plan, Planned
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.workflow import CHANGED, CREATED

_AT_ONCE = 500
Told = Callable[[int], None]


class RecordsChanged(RuntimeError):
    """Somebody changed a record between the check and the write; nothing was written."""


class RowsClash(RuntimeError):
    """Each row is right by itself, but not beside the others; nothing was written."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(len(faults))
        self.faults = faults


@transaction.atomic
def write_plan(
    spec: RegisterSpec, plan: Plan, run: ImportRun, *, by: User, told: Told = lambda _done: None
) -> Batch:
    """Enter, change, and propose corrections as the plan says; its faults are not asked here.

    `told` hears how many rows are done. Raises RecordsChanged, RowsClash, and what
    `propose_correction` does.
    """
    batch = Batch.objects.create(name=run.name, sha256=run.sha256, loaded_by=by)
    new, changed = plan.of(Outcome.NEW), plan.of(Outcome.CHANGED)
    _expect_versions(spec, changed)
    entries = [*_enter(spec, new, batch, told), *_change(spec, changed, len(new), told)]
    write_audit_rows(entries, by=by)
    _note_rows(run, new, changed)
    _propose(spec, plan.of(Outcome.TO_BE_CORRECTED), run, by, len(entries), told)
    batch.rows = {spec.slug: len(new)}
    batch.save(update_fields=["rows"])
    counts = {key: count for key, count in plan.counts.items() if count}
    write_audit(
        by=by,
        action="import_sheet",
        subject=spec.key,
        subject_no=str(run.pk),
        changes={
            "name": (None, run.name),
            "sha256": (None, run.sha256),
            **{key: (None, count) for key, count in counts.items()},
        },
    )
    return batch


def _expect_versions(spec: RegisterSpec, changed: list[Planned]) -> None:
    versions = {each.row.pk: each.row.record.version for each in changed}
    keys = list(versions)
    for start in range(0, len(keys), _AT_ONCE):
        rows = spec.model.objects.select_for_update().filter(pk__in=keys[start : start + _AT_ONCE])
        found = dict(rows.values_list("pk", "version"))
        if any(found.get(key) != versions[key] for key in keys[start : start + _AT_ONCE]):
            raise RecordsChanged


def _enter(
    spec: RegisterSpec, new: list[Planned], batch: Batch, told: Told
) -> Iterator[AuditEntry]:
    rows = [each.row for each in new]
    number_rows(rows)
    for row in rows:
        row.record.batch = batch
    for start in range(0, len(rows), _AT_ONCE):
        insert_rows(rows[start : start + _AT_ONCE])
        told(min(start + _AT_ONCE, len(rows)))
    _affect(spec, new)
    for each in new:
        yield AuditEntry(CREATED, spec.key, each.row.record.record_no, each.changes)


def _change(
    spec: RegisterSpec, changed: list[Planned], before: int, told: Told
) -> Iterator[AuditEntry]:
    for done, each in enumerate(changed, start=before + 1):
        record = each.row.record
        record.version += 1
        record.save()
        for name in each.lists.keys() & each.values.keys():
            getattr(record, name).set(each.lists[name])
        told(done)
        yield AuditEntry(CHANGED, spec.key, record.record_no, each.changes)
    _expect_no_clash(spec, changed)
    index_records(spec, (each.row.record for each in changed))
    _affect(spec, changed)


def _expect_no_clash(spec: RegisterSpec, changed: list[Planned]) -> None:
    """Rows that came to stand above or before one another are checked once all of them stand."""
    lines = {field.name for field in own_lines(spec)}
    moved = (each for each in changed if not lines.isdisjoint(each.values))
    faults = [fault for each in moved for fault in check_record(each.row, each.lists)]
    if faults:
        raise RowsClash(faults)


def _propose(
    spec: RegisterSpec, planned: list[Planned], run: ImportRun, by: User, before: int, told: Told
) -> None:
    """A verified record is never changed in place: a second person decides (handbook 4.3)."""
    for done, each in enumerate(planned, start=before + 1):
        record = each.row.record
        correction = propose_correction(
            spec, record, each.values, reason=run.reason, by=by, version=record.version
        )
        row = _noted(run, record, "")
        row.correction = correction
        row.save()
        told(done)


def _affect(spec: RegisterSpec, planned: list[Planned]) -> None:
    """What else changes with the records, as when each is entered by itself."""
    if spec.effects_at_once:
        for effect in spec.effects_at_once if planned else ():
            effect([each.row.record for each in planned])
        return
    for effect in spec.effects:
        for each in planned:
            effect(each.row.record, each.changes.keys())


def _note_rows(run: ImportRun, new: list[Planned], changed: list[Planned]) -> None:
    """What an undo needs to know."""
    ImportedRow.objects.bulk_create(
        (
            *(_noted(run, each.row.record, "") for each in new),
            *(_noted(run, each.row.record, _kept(each)) for each in changed),
        ),
        batch_size=_AT_ONCE,
    )


def _noted(run: ImportRun, record: Record, before: str) -> ImportedRow:
    return ImportedRow(
        run=run,
        record=record.pk,
        record_no=record.record_no,
        version=record.version,
        before=before,
    )


def _kept(each: Planned) -> str:
    """The values before the change as JSON, references as ids."""
    values = {name: _plain(value) for name, value in each.before.items()}
    return json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.pk if hasattr(value, "pk") else value
