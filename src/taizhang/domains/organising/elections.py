"""Elections that are overdue: the state follows the clock, the day after the term has ended.

Nobody types it. Formulas read an overdue union as active all the same (handbook 2.7); the state is
what lists and pages show and are filtered by.
"""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from taizhang.core.audit.trail import write_audit
from taizhang.core.organisations.models import Organisation
from taizhang.core.organisations.organisations import OrgState
from taizhang.core.parameters.clock import status_date
from taizhang.registers.staleness import mark_stale

FOLLOWED = "follow_term"


def follow_terms() -> bool:
    """Bring the state of every verified union in line with its term on the status date.

    Each change is in the change log as one of the system. Returns whether there was any.
    """
    day = status_date()
    if not (_ended(day).exists() or _renewed(day).exists()):
        return False
    with transaction.atomic():
        for union in _ended(day).select_for_update():
            _follow(union, OrgState.ELECTION_OVERDUE)
        for union in _renewed(day).select_for_update():
            _follow(union, OrgState.ACTIVE)
        mark_stale("org")
    return True


def _ended(day: date) -> QuerySet[Organisation]:
    """Active unions whose term is over (handbook 2.5 R01, 3.4)."""
    return Organisation.objects.verified().filter(org_state=OrgState.ACTIVE, term_end__lt=day)


def _renewed(day: date) -> QuerySet[Organisation]:
    """Overdue unions whose term has been corrected, after an election or an approved delay."""
    not_ended = Q(term_end__isnull=True) | Q(term_end__gte=day)
    return Organisation.objects.verified().filter(not_ended, org_state=OrgState.ELECTION_OVERDUE)


def _follow(union: Organisation, state: OrgState) -> None:
    before, union.org_state = union.org_state, state
    union.version += 1
    union.save(update_fields=["org_state", "version"])
    write_audit(
        by=None,
        action=FOLLOWED,
        subject=Organisation.REGISTER,
        subject_no=union.record_no,
        changes={"org_state": (before, state.value)},
    )
