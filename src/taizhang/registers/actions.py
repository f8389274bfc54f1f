"""What people do with records: enter, change, take a step, add evidence.

Pages and commands call the same functions. Each is one transaction with one audit row.
"""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.audit.trail import write_audit
from taizhang.core.files.actions import attach
from taizhang.core.files.models import Evidence
from taizhang.core.records.models import Reach, Record, RecordStatus, Source
from taizhang.registers.authority import (
    owning_organisation,
    permits,
    place,
)
from taizhang.registers.guards import (
    NOT_SAVED,
    OUTSIDE_REACH,
    expect_own_fields,
    expect_version,
)
from taizhang.registers.numbering import next_record_no
from taizhang.registers.referring import registers_reading
from taizhang.registers.refusals import EntryRefused, TransitionRefused
from taizhang.registers.saving import checked
from taizhang.registers.spec import Label, RegisterSpec
from taizhang.registers.staleness import mark_stale
from taizhang.registers.values import (
    Values,
    put,
    standing_lists,
    stated,
    validate,
)
from taizhang.registers.workflow import (
    CHANGED,
    CREATED,
    EDITABLE,
    WORKFLOW,
    Transition,
    refusal_of,
)


@transaction.atomic
def create_record(
    spec: RegisterSpec, values: Values, *, by: User, source: Source = Source.OWN
) -> Record:
    """A new draft with `values` (field → value, lists of references as lists).

    It belongs to the organisation for which the account enters.
    Raises ValidationError with all faults by field, EntryRefused without the permission,
    ValueError for a name that is no entered field.
    """
    reach = by.reach(spec.permission("enter"))
    if reach is None:
        raise EntryRefused(
            NOT_SAVED,
            format_lazy(
                _("Your account does not enter records of “{register}”."), register=spec.label
            ),
            _("Ask the officer of your organisation to enter it."),
        )
    owner = owning_organisation(by, spec.permission("enter"))
    record = spec.model(
        owner_org=owner,
        entered_by=by,
        entered_at=timezone.now(),
        confidentiality=spec.confidentiality,
    )
    if "source" not in spec.fields:  # a register may have a field of that name of its own
        record.source = source
    expect_own_fields(spec, values, by, None)
    put(spec, record, values)
    place(spec, record)
    record.record_no = next_record_no(spec, record.region_id or "")
    before = dict.fromkeys(values)
    return _save(spec, record, values, before, reach, by=by, action=CREATED)


@transaction.atomic
def change_record(
    spec: RegisterSpec, record: Record, values: Values, *, by: User, version: int
) -> Record:
    """Change the fields in `values` of a draft or returned record; no change writes nothing.

    `version` is the one that the page showed.
    Raises RecordChanged when somebody else was faster, EntryRefused for a record that cannot be
    changed or not by this account, ValidationError with all faults by field.
    """
    current = spec.model.objects.select_for_update().get(pk=record.pk)
    refusal = edit_refusal(spec, current, by)
    if refusal is not None:
        raise refusal
    expect_version(spec, current, version)
    expect_own_fields(spec, values, by, current)
    before = stated(current, values, standing_lists(spec, current, {}))
    put(spec, current, values)
    place(spec, current)
    reach = by.reach(spec.permission("enter"))
    return _save(spec, current, values, before, reach, by=by, action=CHANGED)


@transaction.atomic
def perform(
    spec: RegisterSpec,
    record: Record,
    transition: str,
    *,
    by: User,
    reason: str = "",
    version: int,
) -> Record:
    """Take a step of the workflow. Measures hear of it when it changes verified facts.

    Raises TransitionRefused with the reason, RecordChanged when the record is not what was shown.
    """
    step = WORKFLOW[transition]
    current = spec.model.objects.select_for_update().get(pk=record.pk)
    expect_version(spec, current, version)
    refusal = refusal_of(spec, current, step, by)
    if refusal is not None:
        raise refusal
    reason = reason.strip()
    if step.needs_reason and not reason:
        raise TransitionRefused(
            step.refused, _("This step needs a reason."), _("Say in a sentence why, and try again.")
        )
    old_status = current.record_status
    _move(spec, current, step, by)
    write_audit(
        by=by,
        action=step.name,
        subject=spec.key,
        subject_no=current.record_no,
        changes={"record_status": (old_status, step.target.value)},
        reason=reason,
    )
    if RecordStatus.VERIFIED in (old_status, step.target):
        for slug in {spec.slug, *registers_reading(spec, current)}:
            mark_stale(slug)
    return current


@transaction.atomic
def add_evidence(spec: RegisterSpec, record: Record, upload: UploadedFile, *, by: User) -> Evidence:
    """Put a file beside the record; also beside a verified one, whose facts it does not change.

    Raises EntryRefused without the permission or for a void record, and what
    `core.files.actions.attach` refuses.
    """
    refusal = evidence_refusal(spec, record, by)
    if refusal is not None:
        raise refusal
    return attach(register=spec.key, record_id=record.pk, upload=upload, by=by)


def edit_refusal(spec: RegisterSpec, record: Record, by: User) -> EntryRefused | None:
    """Why the account may not change the record; None when it may."""
    if not permits(by, spec.permission("enter"), record):
        return EntryRefused(NOT_SAVED, *OUTSIDE_REACH)
    if record.record_status in EDITABLE:
        return None
    return EntryRefused(NOT_SAVED, *_PAST_CHANGING[RecordStatus(record.record_status)])


def evidence_refusal(spec: RegisterSpec, record: Record, by: User) -> EntryRefused | None:
    """Why the account may not add a file to the record; None when it may."""
    if not permits(by, spec.permission("enter"), record):
        return EntryRefused(NOT_SAVED, *OUTSIDE_REACH)
    if record.record_status == RecordStatus.VOID:
        return EntryRefused(NOT_SAVED, *_PAST_CHANGING[RecordStatus.VOID])
    return None


_PAST_CHANGING: dict[RecordStatus, tuple[Label, Label]] = {
    RecordStatus.SUBMITTED: (
        _("It is submitted and waits for another person to verify it."),
        _("Withdraw it to change it, or ask the reviewer to return it."),
    ),
    RecordStatus.VERIFIED: (
        _("It is verified: figures rest on it, so it is never changed in place."),
        _("If a fact is wrong, propose a correction; another person decides on it."),
    ),
    RecordStatus.VOID: (
        _("It is void."),
        _("Enter a new record instead."),
    ),
}


def _save(
    spec: RegisterSpec,
    record: Record,
    values: Values,
    before: Values,
    reach: Reach,
    *,
    by: User,
    action: str,
) -> Record:
    """Check, save with the lists of references, and write down what changed."""
    entered = checked(spec, record, values, before, reach)
    if action == CHANGED:
        if not entered.changes:
            return record
        record.version += 1
    entered.save()
    write_audit(
        by=by,
        action=action,
        subject=spec.key,
        subject_no=record.record_no,
        changes=entered.changes,
    )
    return record


def _move(spec: RegisterSpec, record: Record, step: Transition, by: User) -> None:
    """Save the record in its new state; only a verified one names its second person."""
    is_verified = step.target is RecordStatus.VERIFIED
    record.record_status = step.target
    record.verified_by = by if is_verified else None
    record.verified_at = timezone.now() if is_verified else None
    if is_verified:
        _check_before_verifying(spec, record, step.refused)
    record.version += 1
    record.save()


def _check_before_verifying(spec: RegisterSpec, record: Record, refused: Label) -> None:
    """The rules that hold for verified records only. Raises TransitionRefused with the first."""
    try:
        validate(spec, record, standing_lists(spec, record, {}))
    except ValidationError as fault:
        raise TransitionRefused(
            refused, fault.messages[0], _("Return the record so that it can be put right.")
        ) from fault
