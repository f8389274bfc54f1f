"""The proposals that concern one account: for whoever shows what waits for it."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from taizhang.core.access.models import User
from taizhang.registers.corrections.models import Correction, CorrectionState
from taizhang.registers.spec import REGISTERS, RegisterSpec

# How long a refusal is told to whoever proposed.
TOLD = timedelta(days=30)


def waiting_for(user: User) -> QuerySet[Correction]:
    """What others proposed for records that the account may verify, the oldest first."""
    rows = Correction.objects.filter(state=CorrectionState.PROPOSED).exclude(proposed_by=user.pk)
    return _with_people(rows.filter(_verifiable(user)))


def refused_of(user: User) -> QuerySet[Correction]:
    """What the account proposed and somebody refused lately, the newest first."""
    rows = Correction.objects.filter(
        state=CorrectionState.REFUSED,
        proposed_by=user.pk,
        decided_at__gte=timezone.now() - TOLD,
    )
    return _with_people(rows.order_by("-decided_at"))


def _verifiable(user: User) -> Q:
    found = Q(pk__in=())
    for spec in REGISTERS.values():
        found |= _verifiable_in(spec, user)
    return found


def _verifiable_in(spec: RegisterSpec, user: User) -> Q:
    reach = user.reach(spec.permission("verify"))
    if reach is None:
        return Q(pk__in=())
    if reach.everywhere:
        return Q(register=spec.slug)
    within = spec.model.objects.filter(spec.model.within(reach)).values("pk")
    return Q(register=spec.slug, record__in=within)


def _with_people(rows: QuerySet[Correction]) -> QuerySet[Correction]:
    return rows.select_related("proposed_by", "decided_by")
