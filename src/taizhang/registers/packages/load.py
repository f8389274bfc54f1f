"""Loading a facts package: all of it in one transaction, or nothing, with every fault named."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from taizhang.core.access.models import User
from taizhang.core.audit.trail import write_audit
from taizhang.core.organisations.lineage import rebuild_lineage
from taizhang.core.organisations.models import Organisation
from taizhang.core.records.models import Batch, RecordStatus, Source
from taizhang.registers.packages.checks import build_records, check_rows, check_rows_among
from taizhang.registers.packages.columns import filled_by_load, letter, read_header
from taizhang.registers.packages.existing import compare_existing, match_existing
from taizhang.registers.packages.faults import Fault
from taizhang.registers.packages.insert import insert_rows
from taizhang.registers.packages.numbers import number_rows
from taizhang.registers.packages.read import RawPackage, read_package
from taizhang.registers.packages.references import find_references, key_fields
from taizhang.registers.packages.rows import Row, read_rows
from taizhang.registers.spec import REGISTERS
from taizhang.registers.staleness import mark_stale


class SamePerson(ValueError):
    """Whoever loads a package cannot verify it (handbook 4.3)."""


@dataclass(frozen=True)
class LoadReport:
    """What a load did, or would do in a dry run.

    entered: rows by register. unchanged: rows that the database held already, just so.
    written: the load took effect; never in a dry run, and never when there are faults.
    """

    package: str
    sha256: str
    entered: Mapping[str, int] = field(default_factory=dict)
    unchanged: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    written: bool = False
    seconds: float = 0.0


def load_package(
    folder: Path, *, by: User | None, verified_by: User | None = None, dry_run: bool = False
) -> LoadReport:
    """Load the folder's files (handbook 2.6); `by` None is the system itself.

    `verified_by` verifies the rows that carry no status, and only those. Faults do not raise: they
    are in the report, and nothing was written. Raises SamePerson.
    """
    if verified_by is not None and verified_by == by:
        raise SamePerson(by)
    started = time.perf_counter()
    package = read_package(folder)
    rows, faults = _read(package)
    with transaction.atomic():
        faults.extend(_check(package, rows, verified_by))
        fresh = [row for row in rows if row.pk is None]
        entered = Counter(row.spec.slug for row in fresh)
        unchanged = Counter(row.spec.slug for row in rows if row.pk is not None)
        if not faults:
            _write(package, fresh, by)
            faults.extend(check_rows_among(fresh))
        written = not faults and not dry_run
        if not written:
            transaction.set_rollback(True)
    return LoadReport(
        package=package.name,
        sha256=package.sha256,
        entered=_in_order(entered),
        unchanged=_in_order(unchanged),
        faults=tuple(
            _addressed(package, fault)
            for fault in sorted(faults, key=lambda fault: _place(package, fault))
        ),
        written=written,
        seconds=time.perf_counter() - started,
    )


def _read(package: RawPackage) -> tuple[list[Row], list[Fault]]:
    """All rows of all files as far as they can be read, and what cannot."""
    rows: list[Row] = []
    faults = list(package.faults)
    for sheet in package.sheets:
        spec = REGISTERS[sheet.slug]
        columns = read_header(sheet, spec)
        own, found = read_rows(sheet, spec, columns)
        rows.extend(own)
        faults.extend((*columns.faults, *found))
    return rows, faults


def _check(package: RawPackage, rows: list[Row], verified_by: User | None) -> list[Fault]:
    """Find what the rows refer to, give each its record, and ask all rules."""
    now = timezone.now()
    match_existing(rows)
    faults = find_references(rows)
    build_records(rows)
    for row in rows:
        _fill_common(row, now, verified_by)
    faults.extend(check_rows(rows))
    faults.extend(compare_existing(rows))
    faults.extend(_loaded_before(package, rows))
    return faults


def _fill_common(row: Row, now: datetime, verified_by: User | None) -> None:
    """The common fields that a package need not bring (handbook 2.6 rule 7)."""
    record = row.record
    filled = {
        "entered_at": now,
        "source": Source.IMPORT,
        "confidentiality": row.spec.confidentiality,
    }
    for name in filled.keys() & filled_by_load(row.spec):
        setattr(record, name, row.values.get(name) or filled[name])
    if row.values.get("record_status"):
        return
    record.record_status = RecordStatus.DRAFT
    if verified_by is not None:
        record.record_status = RecordStatus.VERIFIED
        record.verified_by = verified_by
        record.verified_at = now


def _loaded_before(package: RawPackage, rows: Iterable[Row]) -> Iterator[Fault]:
    """Rows that nobody could tell from those that the same package brought before."""
    before = Batch.objects.filter(sha256=package.sha256).order_by("loaded_at").first()
    if before is None:
        return
    day = timezone.localdate(before.loaded_at).isoformat()
    for row in rows:
        if row.pk is None and not any(key in row.texts for key in key_fields(row.spec.model)):
            yield row.fault("loaded_before", params={"day": day})


def _write(package: RawPackage, rows: list[Row], by: User | None) -> None:
    """Number and insert the rows, and tell the change log and whoever computes from them."""
    counts = Counter(row.spec.slug for row in rows)
    if not counts:
        return
    batch = Batch.objects.create(
        name=package.name, sha256=package.sha256, loaded_by=by, rows=dict(counts)
    )
    number_rows(rows)
    for row in rows:
        row.record.entered_by = by
        row.record.batch = batch
    insert_rows(rows)
    if any(row.spec.model is Organisation for row in rows):
        rebuild_lineage(dict(Organisation.objects.values_list("pk", "parent")))
    write_audit(
        by=by,
        action="load_package",
        subject="registers.package",
        subject_no=str(batch.pk),
        changes={
            "name": (None, package.name),
            "sha256": (None, package.sha256),
            **{slug: (None, count) for slug, count in counts.items()},
        },
    )
    for slug in counts:
        mark_stale(slug)


def _in_order(counts: Mapping[str, int]) -> dict[str, int]:
    return {slug: counts[slug] for slug in REGISTERS if counts.get(slug)}


def _place(package: RawPackage, fault: Fault) -> tuple[int, int, str]:
    """Faults are told file by file and row by row; those of the whole package come first."""
    files = [sheet.file for sheet in package.sheets]
    file = files.index(fault.file) if fault.file in files else -1
    return file, fault.row or 0, fault.column


def _addressed(package: RawPackage, fault: Fault) -> Fault:
    """The fault with the address of its cell, where the file is a workbook."""
    sheet = next((each for each in package.sheets if each.file == fault.file), None)
    if sheet is None or not sheet.has_addresses or fault.row is None:
        return fault
    if fault.column not in sheet.header:
        return fault
    return replace(fault, cell=f"{letter(sheet.header.index(fault.column))}{fault.row}")
