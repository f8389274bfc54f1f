"""Who may propose to change a verified record, and who may decide (handbook 4.3)."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.records.models import Reach, Record
from taizhang.registers.authority import permits
from taizhang.registers.corrections.kinds import KINDS, Proposal
from taizhang.registers.guards import OUTSIDE_REACH
from taizhang.registers.spec import Label, RegisterSpec

Fault = tuple[Label, Label]


def reach_to_propose(spec: RegisterSpec, record: Record, by: User) -> Reach | None:
    """Where the account enters or verifies, as far as it covers the record; None: nowhere."""
    for verb in ("enter", "verify"):
        if permits(by, spec.permission(verb), record):
            return by.reach(spec.permission(verb))
    return None


def may_propose(spec: RegisterSpec, record: Record, by: User) -> bool:
    return reach_to_propose(spec, record, by) is not None


def bar_to_deciding(proposal: Proposal, by: User) -> Fault | None:
    """Why the account may not accept or refuse, and what to do; None when it may."""
    return next(filter(None, (bar(proposal, by) for bar in _BARS)), None)


def bar_to_withdrawing(proposal: Proposal, by: User) -> Fault | None:
    """Why the account may not take the proposal back, and what to do; None when it may."""
    if proposal.correction.proposed_by_id == by.pk:
        return _is_closed(proposal, by)
    return (
        _("Only the person who made the proposal can withdraw it."),
        _("Ask that person, or refuse the proposal."),
    )


def _is_closed(proposal: Proposal, by: User) -> Fault | None:
    if proposal.correction.is_open:
        return None
    return (
        _("It was decided or withdrawn already."),
        _("Open the record again to see how it stands now."),
    )


def _is_out_of_reach(proposal: Proposal, by: User) -> Fault | None:
    if permits(by, proposal.spec.permission("verify"), proposal.record):
        return None
    return OUTSIDE_REACH


def _is_own(proposal: Proposal, by: User) -> Fault | None:
    if proposal.correction.proposed_by_id != by.pk:
        return None
    return (
        _("You made this proposal yourself; two persons stand for each change."),
        _("Ask another person with the right to verify."),
    )


def _is_barred_by_kind(proposal: Proposal, by: User) -> Fault | None:
    return KINDS[proposal.correction.kind].undecidable(proposal, by)


_BARS: tuple[Callable[[Proposal, User], Fault | None], ...] = (
    _is_closed,
    _is_out_of_reach,
    _is_own,
    _is_barred_by_kind,
)
