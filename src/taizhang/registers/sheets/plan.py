"""What an import would do: which rows are new, changed or the same, and what is wrong with them.

Nothing is written here. The rules are those of `create_record` and `change_record`, asked of all
rows at once: the same checks, places, closed fields and states.
"""

from collections.abc import Iterator, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from django.utils import timezone

from taizhang.core.access.models import User
from taizhang.core.records.models import Reach, Record, RecordStatus, Source
from taizhang.registers.actions import edit_refusal
from taizhang.registers.authority import (
    EntryPlaces,
    closed_fields,
    misplaced,
    owning_organisation,
    place,
)
from taizhang.registers.corrections.actions import proposal_refusal
from taizhang.registers.packages.cells import empty_value
from taizhang.registers.packages.checks import (
    build_records,
    check_record,
    check_rows,
    refused,
)
from taizhang.registers.packages.faults import Fault
from taizhang.registers.packages.rows import Row
from taizhang.registers.sheets.columns import is_needed
from taizhang.registers.sheets.outcome import Outcome, Plan, Planned, plan_of
from taizhang.registers.sheets.reading import KEYS, ReadSheet, Steps, read_sheet
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.values import (
    Changes,
    difference,
    lists_of,
    put,
    standing_lists,
    stated,
)
from taizhang.registers.workflow import EDITABLE

_KEYS_AT_ONCE = 500


def plan_import(
    spec: RegisterSpec,
    cells: Sequence[Sequence[object]],
    header_row: int,
    columns: Mapping[int, str],
    *,
    by: User,
    clears: bool = False,
    steps: Steps = lambda _phase, _done, _all: None,
) -> Plan:
    """The plan for the rows below the header; `columns`: place → field.

    `clears`: an empty cell empties the field of a record that exists; else it leaves it as it is.
    `steps` is told how far the work is, and may raise to end it. Whoever may enter nothing in the
    register is to be refused before.
    """
    sheet = read_sheet(spec, cells, header_row, columns, by=by, steps=steps)
    new = [row for row in sheet.rows if row.pk is None]
    known = [row for row in sheet.rows if row.pk is not None]
    faults = [*sheet.faults, *_missing_columns(spec, columns, new)]
    planned = [*_plan_new(spec, new, sheet, by, faults, steps)]
    planned += _plan_known(spec, known, sheet, by, clears, faults, steps)
    return plan_of(spec, planned, faults, columns)


def _missing_columns(
    spec: RegisterSpec, columns: Mapping[int, str], new: list[Row]
) -> Iterator[Fault]:
    """A column that every new record needs; told once, not in each row."""
    present = set(columns.values())
    for name in spec.fields if new else ():
        if is_needed(spec, name) and name not in present:
            for row in new:
                row.faulty.add(name)
            yield Fault("column_missing", "", None, name, params={"column": name})


def _plan_new(
    spec: RegisterSpec,
    rows: list[Row],
    sheet: ReadSheet,
    by: User,
    faults: list[Fault],
    steps: Steps,
) -> Iterator[Planned]:
    """New rows by the rules of `create_record`."""
    reach = by.reach(spec.permission("enter"))
    places = EntryPlaces(reach)
    owner = owning_organisation(by, spec.permission("enter"))
    now = timezone.now()
    build_records(rows)
    for row in rows:
        record = row.record
        record.owner_org, record.entered_by, record.entered_at = owner, by, now
        record.confidentiality = spec.confidentiality
        if "source" not in spec.fields:  # a register may have a field of that name of its own
            record.source = Source.IMPORT
        _refer(row, sheet)
        place(spec, record)
        row.area = record.region_id or ""
    faults.extend(check_rows(rows, lambda done: steps("checking", done, len(sheet.rows))))
    for row in rows:
        lists = {name: sheet.records_of(row, name) for name in lists_of(spec)}
        names = [name for name in spec.fields if name in row.columns - row.faulty]
        changes = difference(spec, {}, stated(row.record, names, lists))
        faults.extend(_misplaced(spec, row, changes, reach, places))
        yield Planned(row, Outcome.NEW, {}, changes, lists)


def _refer(row: Row, sheet: ReadSheet) -> None:
    """Set the records themselves, so that no rule has to fetch them one by one."""
    for name in row.targets:
        if not row.record._meta.get_field(name).many_to_many:
            for record in sheet.records_of(row, name):
                setattr(row.record, name, record)


def _misplaced(
    spec: RegisterSpec, row: Row, changed: Mapping, reach: Reach, places: EntryPlaces
) -> Iterator[Fault]:
    for name, message in misplaced(spec, row.record, changed.keys(), reach, places).items():
        if name not in row.faulty:
            yield row.fault("refused", name, message=message)


def _plan_known(
    spec: RegisterSpec,
    rows: list[Row],
    sheet: ReadSheet,
    by: User,
    clears: bool,
    faults: list[Fault],
    steps: Steps,
) -> Iterator[Planned]:
    """Rows of records that exist: changed by the rules of `change_record`, or to be corrected."""
    reach = by.reach(spec.permission("enter"))
    within = _within(spec, rows, reach)
    places = EntryPlaces(reach)
    for done, row in enumerate(rows, start=len(sheet.rows) - len(rows) + 1):
        record = row.record
        values = _values(spec, row, sheet, clears)
        before_lists = standing_lists(spec, record, {})
        before = {name: getattr(record, name) for name in values if name not in before_lists}
        before |= {name: before_lists[name] for name in values if name in before_lists}
        said_before = stated(record, values, before_lists)
        put(spec, record, values)
        place(spec, record)
        lists = standing_lists(spec, record, values)
        changes = difference(spec, said_before, stated(record, values, lists))
        steps("checking", done, len(sheet.rows))
        if shut := _closed_faults(spec, row, values, by):
            faults.extend(shut)
            continue
        if not changes:
            yield Planned(row, Outcome.UNCHANGED, {}, {}, {})
            continue
        found = list(_known_faults(spec, row, changes, lists, by, within, places, reach))
        faults.extend(found)
        if not found:
            verified = record.record_status == RecordStatus.VERIFIED
            outcome = Outcome.TO_BE_CORRECTED if verified else Outcome.CHANGED
            stating = {name: values[name] for name in changes}
            old = {name: before[name] for name in changes}
            yield Planned(row, outcome, stating, changes, lists, old)


def _within(spec: RegisterSpec, rows: list[Row], reach: Reach) -> frozenset[int]:
    """The ids of the rows' records for which the account enters."""
    model, keys = spec.model, [row.pk for row in rows]
    if reach.everywhere:
        return frozenset(keys)
    found: set[int] = set()
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        chunk = keys[start : start + _KEYS_AT_ONCE]
        mine = model.objects.filter(model.within(reach), pk__in=chunk)
        found.update(mine.values_list("pk", flat=True))
    return frozenset(found)


def _values(spec: RegisterSpec, row: Row, sheet: ReadSheet, clears: bool) -> dict[str, object]:
    """What the row states of its record, without what is faulty or says nothing."""
    values: dict[str, object] = {}
    for name in spec.fields:
        if name not in row.columns or name in row.faulty:
            continue
        column = spec.model._meta.get_field(name)
        if name not in row.texts:
            if clears:
                values[name] = [] if column.many_to_many else empty_value(column)
        elif column.many_to_many:
            values[name] = sheet.records_of(row, name)
        elif column.is_relation:
            values[name] = sheet.record_of(row, name)
        elif not _is_the_same_text(getattr(row.record, name), row.values[name]):
            values[name] = row.values[name]
    return values


def _is_the_same_text(stored: object, typed: object) -> bool:
    """A cell loses the blanks around its text and the ends of lines of another system."""
    return (
        isinstance(stored, str)
        and isinstance(typed, str)
        and stored.replace("\r\n", "\n").strip() == typed
    )


def _known_faults(
    spec: RegisterSpec,
    row: Row,
    changes: Changes,
    lists: Mapping[str, list[Record]],
    by: User,
    within: frozenset[int],
    places: EntryPlaces,
    reach: Reach,
) -> Iterator[Fault]:
    record = row.record
    stays = record.record_status not in {*EDITABLE, RecordStatus.VERIFIED}
    if stays or record.pk not in within:
        refusal = edit_refusal(spec, record, by)
        params = {"why": refusal.why, "next": refusal.next}
        yield row.fault("sheet_past_changing", _key_column(row), params=params)
        return
    if record.record_status == RecordStatus.VERIFIED:
        barred = proposal_refusal(spec, record, by)
        if barred is not None:
            params = {"why": barred.why, "next": barred.next}
            yield row.fault("sheet_past_changing", _key_column(row), params=params)
            return
    yield from check_record(row, lists)
    yield from _twofold(row, changes)
    yield from _misplaced(spec, row, changes, reach, places)


def _closed_faults(spec: RegisterSpec, row: Row, values: Mapping, by: User) -> list[Fault]:
    """Cells that are not the account's to fill in, whatever they say.

    A cell that happened to say what stands would tell it, were it let pass.
    """
    said = spec.restricted.keys() & (row.texts.keys() | values.keys())
    closed = closed_fields(spec, by, row.record) if said else ()
    return [row.fault("sheet_closed", name) for name in sorted(said.intersection(closed))]


def _twofold(row: Row, changed: Mapping) -> Iterator[Fault]:
    """Another record may stand where a changed one would; asked only when it moves there."""
    meta = row.record._meta
    moved = changed.keys() - row.faulty
    alone = {field.name for field in meta.fields if field.unique}
    together = [each for each in meta.constraints if isinstance(each, UniqueConstraint)]
    if moved.isdisjoint(alone.union(*(each.fields for each in together))):
        return
    try:
        row.record.validate_unique(exclude=row.faulty)
        for constraint in together:
            constraint.validate(type(row.record), row.record, exclude=row.faulty)
    except ValidationError as refusal:
        yield from refused(row, refusal)


def _key_column(row: Row) -> str:
    return next((name for name in KEYS if name in row.texts), "")
