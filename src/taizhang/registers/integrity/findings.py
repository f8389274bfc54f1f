"""What the checks find in the facts as they stand: computed once per snapshot, and kept."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings

from taizhang.core.access.models import User
from taizhang.core.parameters.clock import status_date
from taizhang.measures import catalogue as measures
from taizhang.measures.findings import Check, faulty_rows
from taizhang.measures.snapshot import Snapshot, SnapshotError
from taizhang.registers.catalogue import known_areas, offered_registers
from taizhang.registers.integrity.general import GENERAL_CHECKS
from taizhang.registers.integrity.offering import INTEGRITY_CHECKS, Severity
from taizhang.registers.snapshots import take_snapshot
from taizhang.registers.spec import REGISTERS, Label, RegisterSpec

IDS_AT_ONCE = 5000
KEPT = 2  # snapshots: the one shown, and the one that the worker has just written


@dataclass(frozen=True, slots=True)
class Finding:
    """One check of one register, with the ids of the records that it found, in their order."""

    key: str
    spec: RegisterSpec
    label: Label
    advice: Label
    severity: Severity
    ids: tuple[int, ...]


@dataclass(frozen=True)
class Findings:
    """All checks over one snapshot as of one day, errors first; also those that found nothing."""

    snapshot: str
    day: date
    checks: Sequence[Finding]

    @cached_property
    def by_record(self) -> Mapping[tuple[str, int], Sequence[Finding]]:
        """Register and id of a record → the checks that found it."""
        found: dict[tuple[str, int], list[Finding]] = defaultdict(list)
        for check in self.checks:
            for pk in check.ids:
                found[check.spec.slug, pk].append(check)
        return found

    def of(self, key: str) -> Finding | None:
        return next((check for check in self.checks if check.key == key), None)


def current_findings() -> Findings:
    """The findings in the snapshot from which the figures are computed; one is taken if need be."""
    try:
        snapshot = Snapshot.open(settings.SNAPSHOT_DIR)
    except SnapshotError:
        snapshot = take_snapshot(settings.SNAPSHOT_DIR)
    return findings_in(snapshot)


def fresh_findings() -> Findings:
    """The findings in the facts as they stand at this moment."""
    return findings_in(take_snapshot(settings.SNAPSHOT_DIR))


def known_findings() -> Findings | None:
    """As `current_findings`, None where no snapshot has been taken yet."""
    try:
        return findings_in(Snapshot.open(settings.SNAPSHOT_DIR))
    except SnapshotError:
        return None


def findings_in(snapshot: Snapshot) -> Findings:
    key = snapshot.id, status_date()
    if key not in _kept:
        while len(_kept) >= KEPT:
            del _kept[next(iter(_kept))]
        _kept[key] = _find(snapshot, key[1])
    return _kept[key]


def seen_of(finding: Finding, by: User, area: str = "") -> list[int]:
    """The ids of the records found that the account may see, in one area or in all."""
    reach = by.reach(finding.spec.permission("read"))
    if reach is not None and reach.everywhere and not area:
        return list(finding.ids)
    rows = finding.spec.model.objects.visible_to(by)
    if area:
        rows = rows.filter(region=area)
    seen: set[int] = set()
    for start in range(0, len(finding.ids), IDS_AT_ONCE):
        some = finding.ids[start : start + IDS_AT_ONCE]
        seen.update(rows.filter(pk__in=some).values_list("pk", flat=True))
    return [pk for pk in finding.ids if pk in seen]


_kept: dict[tuple[str, date], Findings] = {}


def _find(snapshot: Snapshot, day: date) -> Findings:
    checks = sorted(
        (*_of_domains(snapshot, day), *_of_all_registers()),
        key=lambda check: (list(Severity).index(check.severity), check.spec.code, check.key),
    )
    return Findings(snapshot.id, day, tuple(checks))


def _of_domains(snapshot: Snapshot, day: date) -> Iterator[Finding]:
    areas = known_areas()
    if not areas:
        return
    catalogue = measures.Catalogue(offered_registers())
    rules = [Check(one.key, one.register, one.rule) for one in INTEGRITY_CHECKS.values()]
    found = faulty_rows(rules, catalogue, areas, snapshot, day)
    for one in INTEGRITY_CHECKS.values():
        spec = REGISTERS[one.register]
        yield Finding(one.key, spec, one.label, one.advice, one.severity, found[one.key])


def _of_all_registers() -> Iterator[Finding]:
    for check in GENERAL_CHECKS:
        for spec in REGISTERS.values():
            if check.faulty(spec) is not None:
                yield Finding(
                    f"{spec.slug}.{check.key}",
                    spec,
                    check.label,
                    check.advice,
                    check.severity,
                    check.rows(spec),
                )
