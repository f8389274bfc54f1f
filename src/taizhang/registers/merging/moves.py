"""What refers to a record that is merged away, and how it will refer to the one that stands."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey

from taizhang.core.access.actions import GRANT
from taizhang.core.access.models import Grant, User
from taizhang.core.audit.trail import write_audit
from taizhang.core.records.models import Record, RecordStatus
from taizhang.registers.authority import place
from taizhang.registers.history import MERGED
from taizhang.registers.referring import fields_leading_to, holding_fields
from taizhang.registers.saving import Checked
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.values import standing_lists, validate


@dataclass(slots=True)
class Move:
    """A row with the fields in which it names the loser."""

    spec: RegisterSpec
    row: Record
    fields: list[str] = field(default_factory=list)

    def lists(self, loser: Record, survivor: Record) -> dict[str, list[Record]]:
        """Its lists of references with the survivor, once, in the loser's place."""
        return {
            name: list(dict.fromkeys(survivor if each == loser else each for each in rows))
            for name, rows in standing_lists(self.spec, self.row, {}).items()
            if name in self.fields
        }

    def point_to(self, survivor: Record) -> None:
        for name in self.fields:
            if not self.spec.model._meta.get_field(name).many_to_many:
                setattr(self.row, name, survivor)
        place(self.spec, self.row)


def moves_of(loser: Record, survivor: Record, *, lock: bool = False) -> list[Move]:
    """Every row of every register that is not void and names the loser.

    The two themselves are left out: whoever merges them sees to their own fields. `lock`: nobody
    changes the rows until the transaction ends.
    """
    found: dict[tuple[str, int], Move] = {}
    for referring in fields_leading_to(type(loser)):
        rows = referring.rows(loser).exclude(record_status=RecordStatus.VOID)
        if lock:
            rows = rows.select_for_update(of=("self",))
        for row in rows.order_by("pk"):
            if row in (loser, survivor):
                continue
            move = found.setdefault((referring.spec.slug, row.pk), Move(referring.spec, row))
            move.fields.append(referring.field.name)
    return list(found.values())


def conflicts(moves: list[Move], loser: Record, survivor: Record) -> list[str]:
    """What would break a rule by naming the survivor: register, number and the rule, in words.

    The rows keep pointing to the survivor afterwards, so that they can be saved.
    """
    found = []
    for move in moves:
        before = _faults(move, standing_lists(move.spec, move.row, {}))
        lists = standing_lists(move.spec, move.row, {}) | move.lists(loser, survivor)
        move.point_to(survivor)
        found += [
            f"{move.spec.label} {move.row.record_no}: {text}"
            for text in _faults(move, lists)
            if text not in before
        ]
    return found


def carry(move: Move, loser: Record, survivor: Record, *, by: User, reason: str) -> None:
    """Save a row that points to the survivor, with its row in the change log."""
    changes = dict.fromkeys(move.fields, (loser.record_no, survivor.record_no))
    move.row.version += 1
    Checked(move.spec, move.row, move.lists(loser, survivor), changes).save()
    write_audit(
        by=by,
        action=MERGED,
        subject=move.spec.key,
        subject_no=move.row.record_no,
        changes=changes,
        reason=reason,
    )


def carry_roles(loser: Record, survivor: Record, *, by: User, reason: str) -> None:
    """Whoever holds a role at the loser holds it at the survivor; one held at both stays once.

    Rows of other tables that are no register follow as they are; where the survivor has its own,
    that of the loser stays with it.
    """
    for key in holding_fields(type(loser)):
        if key.model is not Grant:
            _hand_over(key, loser, survivor)
    if type(loser) is not Grant._meta.get_field("organisation").related_model:
        return
    for grant in Grant.objects.filter(organisation=loser).select_related("user"):
        held = Grant.objects.filter(user=grant.user, role=grant.role, organisation=survivor)
        if held.filter(confirmed=True).exists() or (held.exists() and not grant.confirmed):
            grant.delete()
        else:
            held.delete()
            grant.organisation = survivor
            grant.save(update_fields=["organisation"])
        write_audit(
            by=by,
            action=MERGED,
            subject=GRANT,
            subject_no=grant.user.username,
            changes={
                "role": (grant.role, grant.role),
                "organisation": (loser.record_no, survivor.record_no),
            },
            reason=reason,
        )


def _hand_over(key: ForeignKey, loser: Record, survivor: Record) -> None:
    rows = key.model._default_manager
    for pk in rows.filter(**{key.name: loser}).values_list("pk", flat=True):
        try:
            with transaction.atomic():
                rows.filter(pk=pk).update(**{key.name: survivor})
        except IntegrityError:
            continue  # such as what the columns of a sheet are, settled by both


def _faults(move: Move, lists: Mapping[str, list[Record]]) -> set[str]:
    try:
        validate(move.spec, move.row, lists)
    except ValidationError as fault:
        return set(fault.messages)
    return set()


def by_register(moves: list[Move]) -> dict[str, int]:
    """How many rows of each register would move, by slug."""
    counted: dict[str, int] = defaultdict(int)
    for move in moves:
        counted[move.spec.slug] += 1
    return dict(counted)
