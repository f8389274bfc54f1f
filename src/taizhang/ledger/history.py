"""What happened to a commitment (变化记录): its figure, the answers on its threshold, its pack."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db.models import Q, QuerySet

from taizhang.core.access.models import User
from taizhang.core.audit.models import AuditRow
from taizhang.core.organisations.models import Area
from taizhang.ledger.models import Commitment, FigureChange, ThresholdAnswer
from taizhang.ledger.upgrading import FIELDS, FieldChange

ROWS = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: of `change`, `given`, `withdrawn` and `fields` one is there.

    `fields`: what the version `version` of the pack changed, or without one the office itself, for
    a `reason`. `by`: None for the system itself.
    """

    at: datetime
    by: User | None = None
    change: FigureChange | None = None
    given: ThresholdAnswer | None = None
    withdrawn: ThresholdAnswer | None = None
    fields: Sequence[FieldChange] = ()
    version: str = ""
    reason: str = ""


def history(
    commitment: Commitment, area: Area, before: datetime | None = None
) -> tuple[Sequence[Entry], datetime | None]:
    """A page of events in an area, newest first, and the moment before which the next one begins.

    Of answers those for the whole ledger and the area's own. None: there are no earlier ones.
    """
    found = [
        *_changes(commitment, area, before),
        *_answers(commitment, area, before),
        *_versions(commitment, before),
        *_revisions(commitment, before),
    ]
    found.sort(key=attrgetter("at"), reverse=True)
    end = ROWS
    # What happened in one moment stays on one page: the next one begins before that moment.
    while 0 < end < len(found) and found[end].at == found[end - 1].at:
        end += 1
    return found[:end], found[end - 1].at if end < len(found) else None


def _until(rows: QuerySet, name: str, before: datetime | None) -> QuerySet:
    rows = rows.filter(**{f"{name}__lt": before}) if before else rows
    return rows.order_by(f"-{name}")


def _changes(commitment: Commitment, area: Area, before: datetime | None) -> Iterator[Entry]:
    rows = FigureChange.objects.filter(commitment=commitment, area=area).select_related("run")
    for row in _until(rows, "at", before)[: ROWS + 1]:
        yield Entry(row.at, change=row)


def _answers(commitment: Commitment, area: Area, before: datetime | None) -> Iterator[Entry]:
    """An answer is given, and perhaps withdrawn: two events."""
    rows = commitment.answers.filter(Q(area=None) | Q(area=area))
    for row in rows.select_related("area", "by", "withdrawn_by"):
        if before is None or row.at < before:
            yield Entry(row.at, row.by, given=row)
        if row.withdrawn_at and (before is None or row.withdrawn_at < before):
            yield Entry(row.withdrawn_at, row.withdrawn_by, withdrawn=row)


def _versions(commitment: Commitment, before: datetime | None) -> Iterator[Entry]:
    """What newer packs changed of the commitment, told by the change log."""
    rows = AuditRow.objects.filter(
        action="upgrade_ledger", subject="ledger.ledger", subject_no=commitment.item.ledger.key
    )
    for row in _until(rows, "at", before).select_related("actor"):
        fields = [
            FieldChange(name.removeprefix(f"{commitment.code} "), old, new)
            for name, (old, new) in row.changes.items()
            if name.startswith(f"{commitment.code} ")
        ]
        if fields:
            yield Entry(row.at, row.actor, fields=fields, version=row.changes["version"][1])


def _revisions(commitment: Commitment, before: datetime | None) -> Iterator[Entry]:
    """How the office changed a commitment that no pack states, told by the change log."""
    if not commitment.is_written_here:
        return
    rows = AuditRow.objects.filter(
        action="revise_commitment",
        subject="ledger.commitment",
        subject_no=commitment.code,
        at__gte=commitment.written_at,
    )
    for row in _until(rows, "at", before).select_related("actor"):
        fields = [FieldChange(name, *row.changes[name]) for name in FIELDS if name in row.changes]
        yield Entry(row.at, row.actor, fields=fields, reason=row.reason)
