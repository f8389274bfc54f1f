"""Proposing to change a verified record, and deciding on it.

Pages, commands and the interface call the same functions. Each is one transaction with one audit
row. Until a proposal is accepted the record stays verified and counts as it stands.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.audit.personal import masked_text
from taizhang.core.audit.trail import write_audit
from taizhang.core.records.models import Record, RecordStatus
from taizhang.registers.corrections.authority import (
    bar_to_deciding,
    bar_to_withdrawing,
    may_propose,
)
from taizhang.registers.corrections.correcting import (
    CORRECT,
    NOT_ACCEPTED,
    REFUSE_INSTEAD,
    as_corrected,
)
from taizhang.registers.corrections.kinds import KINDS, Proposal, ProposalKind
from taizhang.registers.corrections.models import Correction, CorrectionState
from taizhang.registers.corrections.packing import packed
from taizhang.registers.corrections.payload import fields_changed_since, payload_of
from taizhang.registers.corrections.voiding import VOID, expect_unreferred
from taizhang.registers.guards import OUTSIDE_REACH, expect_own_fields, expect_version
from taizhang.registers.history import REFUSED_PROPOSAL, WITHDREW_PROPOSAL
from taizhang.registers.refusals import EntryRefused, RecordChanged, TransitionRefused
from taizhang.registers.spec import REGISTERS, Label, RegisterSpec
from taizhang.registers.values import Changes, Values

NOT_PROPOSED = _("Nothing was proposed.")
_NOT_REFUSED = _("The proposal was not refused.")
_NOT_WITHDRAWN = _("The proposal was not withdrawn.")


@transaction.atomic
def propose_correction(
    spec: RegisterSpec, record: Record, values: Values, *, reason: str, by: User, version: int
) -> Correction:
    """Ask that `values` take the place of what stands; fields that say the same are left out.

    `version` is the one that the page showed.
    Raises EntryRefused where the account may not propose or nothing would change, RecordChanged
    when somebody else was faster, ValidationError with all faults by field.
    """
    current = lock_for_proposal(spec, record, by=by, version=version)
    expect_own_fields(spec, values, by, current)
    changes = as_corrected(spec, spec.model.objects.get(pk=current.pk), values, by=by).changes
    if not changes:
        raise EntryRefused(
            NOT_PROPOSED,
            _("Every value that you typed stands in the record already."),
            _("Change the field that is wrong, then propose it."),
        )
    kept = {name: value for name, value in values.items() if name in changes}
    return open_proposal(
        CORRECT,
        spec,
        current,
        {"values": packed(spec, kept)},
        reason=reason,
        by=by,
        changes=changes,
    )


@transaction.atomic
def propose_void(
    spec: RegisterSpec, record: Record, *, reason: str, by: User, version: int
) -> Correction:
    """Ask that the record count no more. Raises EntryRefused, RecordChanged, and TransitionRefused
    with what refers to it."""
    current = lock_for_proposal(spec, record, by=by, version=version)
    expect_unreferred(spec, current, NOT_PROPOSED)
    return open_proposal(VOID, spec, current, {}, reason=reason, by=by, changes={})


@transaction.atomic
def accept(correction: Correction, *, by: User) -> Correction:
    """Carry out what was proposed, as a second person.

    Raises TransitionRefused with the reason, RecordChanged with what differs when the record is
    not what it was when it was proposed.
    """
    proposal = _locked(correction)
    _expect_no_bar(bar_to_deciding(proposal, by), NOT_ACCEPTED)
    _expect_unchanged(proposal)
    KINDS[proposal.correction.kind].carry_out(proposal, by)
    return _close(proposal, CorrectionState.ACCEPTED, by)


@transaction.atomic
def refuse(correction: Correction, *, by: User, reason: str) -> Correction:
    """Leave the record as it stands, with a reason. Raises TransitionRefused."""
    proposal = _locked(correction)
    _expect_no_bar(bar_to_deciding(proposal, by), _NOT_REFUSED)
    if not reason.strip():
        raise TransitionRefused(
            _NOT_REFUSED,
            _("This step needs a reason."),
            _("Say in a sentence why, and try again."),
        )
    _log(proposal, REFUSED_PROPOSAL, by, reason)
    return _close(proposal, CorrectionState.REFUSED, by, reason)


@transaction.atomic
def withdraw(correction: Correction, *, by: User) -> Correction:
    """Take the own proposal back. Raises TransitionRefused."""
    proposal = _locked(correction)
    _expect_no_bar(bar_to_withdrawing(proposal, by), _NOT_WITHDRAWN)
    _log(proposal, WITHDREW_PROPOSAL, by)
    return _close(proposal, CorrectionState.WITHDRAWN, by)


def lock_for_proposal(spec: RegisterSpec, record: Record, *, by: User, version: int) -> Record:
    """The record as it stands now, kept from others until the transaction ends.

    Raises EntryRefused where no proposal can be made for it by this account, RecordChanged.
    """
    current = spec.model.objects.select_for_update().get(pk=record.pk)
    refusal = proposal_refusal(spec, current, by)
    if refusal is not None:
        raise refusal
    expect_version(spec, current, version)
    return current


def proposal_refusal(spec: RegisterSpec, record: Record, by: User) -> EntryRefused | None:
    """Why the account cannot propose to change the record now; None when it can."""
    if not may_propose(spec, record, by):
        return EntryRefused(NOT_PROPOSED, *OUTSIDE_REACH)
    if record.record_status != RecordStatus.VERIFIED:
        status = RecordStatus(record.record_status).label
        return EntryRefused(
            NOT_PROPOSED,
            format_lazy(
                _("It is in the state “{status}”; only verified records are corrected."),
                status=status,
            ),
            _("Open the record again to see what can be done with it now."),
        )
    waiting = open_correction(spec, record)
    if waiting is None:
        return None
    return EntryRefused(
        NOT_PROPOSED,
        format_lazy(
            _("A proposal of {who} of {day} waits for a decision."),
            who=waiting.proposed_by,
            day=date_format(timezone.localtime(waiting.proposed_at), "DATE_FORMAT"),
        ),
        _("Wait for the decision, or ask that person to withdraw it."),
    )


def open_correction(spec: RegisterSpec, record: Record) -> Correction | None:
    """The proposal that waits for a decision on the record."""
    return (
        Correction.objects.filter(
            register=spec.slug, record=record.pk, state=CorrectionState.PROPOSED
        )
        .select_related("proposed_by")
        .first()
    )


def open_proposal(
    kind: ProposalKind,
    spec: RegisterSpec,
    record: Record,
    content: Mapping[str, object],
    *,
    reason: str,
    by: User,
    changes: Changes,
) -> Correction:
    """Keep the proposal for a record that is locked. Raises EntryRefused without a reason."""
    if not reason.strip():
        raise EntryRefused(
            NOT_PROPOSED,
            _("A proposal needs a reason."),
            _("Say in a sentence what is wrong and how you know, then propose it again."),
        )
    correction = Correction.objects.create(
        register=spec.slug,
        record=record.pk,
        record_no=record.record_no,
        kind=kind.key,
        payload=payload_of(spec, record, content),
        version=record.version,
        reason=masked_text(reason.strip()),
        proposed_by=by,
    )
    write_audit(
        by=by,
        action=kind.proposed,
        subject=spec.key,
        subject_no=record.record_no,
        changes=changes,
        reason=correction.reason,
    )
    return correction


def _locked(correction: Correction) -> Proposal:
    """The record first, as those who propose do, so that nobody waits for nobody."""
    spec = REGISTERS[correction.register]
    record = spec.model.objects.select_for_update().get(pk=correction.record)
    current = Correction.objects.select_for_update().get(pk=correction.pk)
    return Proposal(current, spec, record)


def _expect_no_bar(bar: tuple[Label, Label] | None, what: Label) -> None:
    if bar is not None:
        raise TransitionRefused(what, *bar)


def _expect_unchanged(proposal: Proposal) -> None:
    record, correction = proposal.record, proposal.correction
    if record.version == correction.version and record.record_status == RecordStatus.VERIFIED:
        return
    fields = fields_changed_since(proposal.spec, record, correction)
    raise RecordChanged(
        NOT_ACCEPTED,
        format_lazy(
            _("The record was changed after the proposal was made. Otherwise now: {fields}."),
            fields=fields or _("none of the entered fields"),
        ),
        REFUSE_INSTEAD,
        current=record,
    )


def _log(proposal: Proposal, action: str, by: User, reason: str = "") -> None:
    write_audit(
        by=by,
        action=action,
        subject=proposal.spec.key,
        subject_no=proposal.record.record_no,
        reason=reason.strip(),
    )


def _close(proposal: Proposal, state: CorrectionState, by: User, reason: str = "") -> Correction:
    correction = proposal.correction
    correction.state = state
    correction.decided_by = by
    correction.decided_at = timezone.now()
    correction.decision_reason = masked_text(reason.strip())
    correction.save()
    return correction
