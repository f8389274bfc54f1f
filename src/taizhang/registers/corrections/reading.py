"""The proposals that concern one account: for whoever shows what waits for it."""

from collections import defaultdict
from datetime import timedelta

from django.utils import timezone

from taizhang.core.access.models import User
from taizhang.core.records.models import Record
from taizhang.registers.corrections.kinds import Proposal
from taizhang.registers.corrections.models import Correction, CorrectionState
from taizhang.registers.spec import REGISTERS, RegisterSpec

# How long a refusal is told to whoever proposed.
TOLD = timedelta(days=30)


def waiting_for(user: User) -> list[Proposal]:
    """What others proposed for records that the account may verify, the oldest first."""
    rows = Correction.objects.filter(state=CorrectionState.PROPOSED).exclude(proposed_by=user.pk)
    return _within(user, "verify", rows)


def refused_of(user: User) -> list[Proposal]:
    """What the account proposed and somebody refused lately, the newest first."""
    rows = Correction.objects.filter(
        state=CorrectionState.REFUSED,
        proposed_by=user.pk,
        decided_at__gte=timezone.now() - TOLD,
    )
    return _within(user, "read", rows.order_by("-decided_at"))


def _within(user: User, verb: str, rows) -> list[Proposal]:
    """The proposals whose records the permission reaches; one query per register concerned."""
    proposals = list(rows.select_related("proposed_by", "decided_by"))
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in proposals:
        wanted[row.register].add(row.record)
    records = {
        (slug, record.pk): record
        for slug, keys in wanted.items()
        if slug in REGISTERS
        for record in _reached(REGISTERS[slug], user, verb, keys)
    }
    return [
        Proposal(row, REGISTERS[row.register], records[row.register, row.record])
        for row in proposals
        if (row.register, row.record) in records
    ]


def _reached(spec: RegisterSpec, user: User, verb: str, keys: set[int]) -> list[Record]:
    reach = user.reach(spec.permission(verb))
    if reach is None:
        return []
    rows = spec.model.objects.filter(pk__in=keys)
    if not reach.everywhere:
        rows = rows.filter(spec.model.within(reach)).distinct()
    return list(rows)
