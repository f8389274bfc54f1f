"""Taking an import back: what it entered is removed, what it changed is restored, or nothing is.

All or nothing: a sheet that is half undone would be neither the office's nor the file's. Whoever
wants to keep some rows deals with the others one by one.
"""

import json
from collections.abc import Callable, Iterator, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.audit.trail import AuditEntry, write_audit, write_audit_rows
from taizhang.core.files.models import Evidence
from taizhang.core.records.models import Reach, Record, RecordStatus
from taizhang.lib.refusal import Refused
from taizhang.registers.authority import place
from taizhang.registers.corrections.actions import withdraw
from taizhang.registers.guards import OUTSIDE_REACH
from taizhang.registers.lists.search_index import drop_records, index_records
from taizhang.registers.sheets.models import ImportedRow, ImportRun
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.values import difference, lists_of, put, standing_lists, stated, validate
from taizhang.registers.workflow import CHANGED, EDITABLE

_AT_ONCE = 500
_NAMED = 20
REMOVED = "remove"
_NOT_UNDONE = _("The import was not undone.")
Told = Callable[[int], None]


class UndoRefused(Refused):
    """The import stands as it did: somebody has gone on from what it entered."""


@transaction.atomic
def undo_import(
    spec: RegisterSpec, run: ImportRun, *, by: User, told: Told = lambda _done: None
) -> None:
    """Remove what the import entered, restore what it changed, withdraw what it proposed.

    Numbers are not given again. `told` hears how many rows are done. Raises UndoRefused, naming
    the records that somebody has changed, submitted, verified, decided on or referred to since,
    or the one that cannot say again what it said.
    """
    rows = list(run.rows.filter(correction=None).order_by("pk"))
    proposed = list(run.rows.exclude(correction=None).select_related("correction"))
    touched = [row.record_no for row in proposed if not row.correction.is_open]
    entries: list[AuditEntry] = []
    reason = f"#{run.pk} {run.name}"
    reach = _reach(spec, by)
    for start in range(0, len(rows), _AT_ONCE):
        chunk = rows[start : start + _AT_ONCE]
        records = _records(spec, chunk, reach)
        found = [row.record_no for row in chunk if _is_touched(spec, row, records)]
        found += _with_evidence(spec, records)
        touched += found
        if not touched:
            entries += _restore(spec, chunk, records, reason)
            entries += _remove(spec, chunk, records, reason)
        told(min(start + _AT_ONCE, len(rows)))
    if touched:
        raise _refused(sorted(set(touched)))
    for row in proposed:
        withdraw(row.correction, by=by)
    write_audit_rows(entries, by=by)
    run.rows.all().delete()
    write_audit(
        by=by,
        action="undo_import",
        subject=spec.key,
        subject_no=str(run.pk),
        changes={"name": (run.name, None), "rows": (len(rows) + len(proposed), None)},
    )


def _reach(spec: RegisterSpec, by: User) -> Reach:
    """Where the account enters now; it may be elsewhere than when it imported."""
    reach = by.reach(spec.permission("enter"))
    if reach is None:
        raise UndoRefused(_NOT_UNDONE, *OUTSIDE_REACH)
    return reach


def _records(spec: RegisterSpec, rows: list[ImportedRow], reach: Reach) -> Mapping[int, Record]:
    """The records of the rows that lie within the reach, by id."""
    model, keys = spec.model, [row.record for row in rows]
    if not reach.everywhere:
        within = model.objects.filter(model.within(reach), pk__in=keys)
        keys = list(within.values_list("pk", flat=True))
    records = model.objects.select_for_update().prefetch_related(*lists_of(spec))
    return {record.pk: record for record in records.filter(pk__in=keys)}


def _is_touched(spec: RegisterSpec, row: ImportedRow, records: Mapping[int, Record]) -> bool:
    """Has anybody gone on from what the import left?"""
    record = records.get(row.record)
    states = EDITABLE if row.before else {RecordStatus.DRAFT}
    return record is None or record.version != row.version or record.record_status not in states


def _with_evidence(spec: RegisterSpec, records: Mapping[int, Record]) -> list[str]:
    files = Evidence.objects.filter(register=spec.key, record__in=records)
    return [records[key].record_no for key in files.values_list("record", flat=True)]


def _restore(
    spec: RegisterSpec, rows: list[ImportedRow], records: Mapping[int, Record], reason: str
) -> Iterator[AuditEntry]:
    for row in rows:
        if not row.before:
            continue
        record = records[row.record]
        values = {
            name: _restored(spec, name, value) for name, value in json.loads(row.before).items()
        }
        lists = standing_lists(spec, record, {})
        now = stated(record, values, lists)
        put(spec, record, values)
        place(spec, record)
        lists = standing_lists(spec, record, values)
        _expect_allowed(spec, record, lists)
        changes = difference(spec, now, stated(record, values, lists))
        record.version += 1
        record.save()
        for name in lists.keys() & values.keys():
            getattr(record, name).set(lists[name])
        for effect in spec.effects:
            effect(record, changes.keys())
        index_records(spec, [record])
        yield AuditEntry(CHANGED, spec.key, record.record_no, changes, reason)


def _expect_allowed(spec: RegisterSpec, record: Record, lists: Mapping[str, list[Record]]) -> None:
    """What stood before may have been given to another record since. Raises UndoRefused."""
    try:
        validate(spec, record, lists)
    except ValidationError as fault:
        raise UndoRefused(
            _NOT_UNDONE,
            format_lazy(
                _("What “{record}” said before is not allowed any more: {fault}"),
                record=record.record_no,
                fault=fault.messages[0],
            ),
            _("Put that right first, or correct the records one by one."),
        ) from fault


def _restored(spec: RegisterSpec, name: str, value: object) -> object:
    field = spec.model._meta.get_field(name)
    if field.many_to_many:
        return list(field.related_model.objects.filter(pk__in=value))
    if field.is_relation:
        return field.related_model.objects.filter(pk=value).first()
    return field.to_python(value)


def _remove(
    spec: RegisterSpec, rows: list[ImportedRow], records: Mapping[int, Record], reason: str
) -> list[AuditEntry]:
    entered = [records[row.record] for row in rows if not row.before]
    keys = [record.pk for record in entered]
    try:
        spec.model.objects.filter(pk__in=keys).delete()
    except ProtectedError as refusal:
        # Named are the records that refer to them: those stand in the way.
        raise _refused(sorted(str(each) for each in refusal.protected_objects)) from refusal
    drop_records(spec, keys)
    return [
        AuditEntry(
            REMOVED,
            spec.key,
            record.record_no,
            {"record_status": (record.record_status, None)},
            reason,
        )
        for record in entered
    ]


def _refused(touched: list[str]) -> UndoRefused:
    named = ", ".join(touched[:_NAMED]) + (" …" if len(touched) > _NAMED else "")
    return UndoRefused(
        _NOT_UNDONE,
        format_lazy(
            _(
                "Of its records {count} were changed, submitted, decided on, given a file or"
                " referred to since: {records}."
            ),
            count=len(touched),
            records=named,
        ),
        _("Withdraw or remove those steps first, or correct the records one by one."),
    )
