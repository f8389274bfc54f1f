"""Writing to the change log, and checking that nobody changed it."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from taizhang.core.audit.models import NO_HASH, AuditRow, ChainHead
from taizhang.core.audit.personal import MASK, masked_changes, masked_text

__all__ = ["MASK", "AuditEntry", "chain_faults", "row_hash", "write_audit", "write_audit_rows"]

_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """What one row tells; the fields are those of `write_audit`."""

    action: str
    subject: str
    subject_no: str = ""
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    reason: str = ""
    personal: Collection[str] = ()


def write_audit(
    *,
    by,
    action: str,
    subject: str,
    subject_no: str = "",
    changes: Mapping[str, tuple[object, object]] | None = None,
    reason: str = "",
    personal: Collection[str] = (),
) -> AuditRow:
    """Append one row to the chain, inside the transaction of the action that it tells of.

    `by` is an account, or None for the system itself. `changes`: field → (old, new); the values
    of the fields in `personal` are masked, and so are identity and mobile numbers in any text.
    """
    entry = AuditEntry(action, subject, subject_no, changes or {}, reason, personal)
    return write_audit_rows([entry], by=by)[0]


@transaction.atomic
def write_audit_rows(entries: Iterable[AuditEntry], *, by) -> list[AuditRow]:
    """Append the rows of many actions of one account at once; as `write_audit` does one."""
    ChainHead.objects.get_or_create(pk=1)
    # Whoever appends next waits here, and then reads the head that these rows leave behind.
    head = ChainHead.objects.select_for_update().get(pk=1)
    rows = []
    for entry in entries:
        row = _following(head, entry, by)
        head.seq, head.hash = row.seq, row.hash
        rows.append(row)
    AuditRow.objects.bulk_create(rows, batch_size=_ROWS_AT_ONCE)
    head.save(update_fields=["seq", "hash"])
    return rows


def _following(head: ChainHead, entry: AuditEntry, by) -> AuditRow:
    row = AuditRow(
        seq=head.seq + 1,
        at=timezone.now(),
        actor=by,
        action=entry.action,
        subject=entry.subject,
        subject_no=entry.subject_no,
        changes=_plain(masked_changes(entry.changes, entry.personal)),
        reason=masked_text(entry.reason),
        previous_hash=head.hash,
    )
    row.hash = row_hash(row)
    return row


def row_hash(row: AuditRow) -> str:
    """SHA-256 over the row's content and the hash before it."""
    content = [
        row.seq,
        row.at.isoformat(),
        row.actor_id,
        row.action,
        row.subject,
        row.subject_no,
        row.changes,
        row.reason,
        row.previous_hash,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def chain_faults() -> Iterator[str]:
    """What is wrong with the chain, a sentence each; nothing when all rows stand as written."""
    previous_hash, expected = NO_HASH, 0
    for row in AuditRow.objects.order_by("seq").iterator():
        expected += 1
        if row.seq != expected:
            yield f"rows {expected} to {row.seq - 1} are missing"
            expected = row.seq
        if row.previous_hash != previous_hash:
            yield f"row {row.seq} does not follow the row before it"
        if row.hash != row_hash(row):
            yield f"row {row.seq} was changed after it was written"
        previous_hash = row.hash
    head = ChainHead.objects.filter(pk=1).first() or ChainHead()
    if head.seq != expected:
        yield f"the chain ends at row {expected}, its head says row {head.seq}"
    elif head.hash != previous_hash:
        yield f"row {expected} is not the one that was written there"


def _plain(changes: Mapping[str, list[object]]) -> dict:
    return json.loads(json.dumps(changes, cls=DjangoJSONEncoder))
