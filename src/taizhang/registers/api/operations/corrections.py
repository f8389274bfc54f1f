"""Verified records are not changed but corrected: one person proposes, another decides."""

from datetime import datetime
from typing import Literal

import pydantic
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Body, Path, Router, Status
from pydantic import BaseModel, Field

from taizhang.core.access.models import User
from taizhang.core.records.models import Record
from taizhang.registers.api.addressing import RECORD, RecordNo, Register, record_of
from taizhang.registers.api.entering import changed_values
from taizhang.registers.api.faults import (
    OF_READING,
    OF_WRITING,
    Fault,
    faults_by_field,
    invalid,
    not_found,
    refusals_of,
)
from taizhang.registers.api.operations.steps import REASON_LENGTH, ChangeEntry, change_content
from taizhang.registers.api.schemas import Closed, Text, Version, schemas_of
from taizhang.registers.corrections.actions import (
    accept,
    proposal_refusal,
    propose_correction,
    propose_void,
    refuse,
    withdraw,
)
from taizhang.registers.corrections.kinds import KINDS, Proposal
from taizhang.registers.corrections.models import Correction, CorrectionState
from taizhang.registers.spec import RegisterSpec

_ADDRESS = RECORD.format(slug="{slug}") + "/corrections"

router = Router(tags=["Corrections 更正"])


class Proposed(Closed):
    """`fields` are the values that shall stand; for `void` there are none."""

    kind: Literal["correct", "void"]
    version: int = Version
    reason: Text = Field(max_length=REASON_LENGTH, description="What is wrong, and how you know.")
    fields: dict[str, object] = Field(
        {}, description="As in changing a record of this register; only the fields that change."
    )


class Decision(Closed):
    reason: Text = Field("", max_length=REASON_LENGTH, description="Refusing needs one.")


class CorrectionEntry(BaseModel):
    id: int
    kind: str
    state: Literal[tuple(CorrectionState.values)]
    reason: str
    version: int = Field(description="Of the record when it was proposed.")
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    decision_reason: str
    changes: list[ChangeEntry] = Field(description="What it would change, while it is open.")


@router.get(
    _ADDRESS,
    response={200: list[CorrectionEntry], OF_READING: Fault},
    operation_id="correction_list",
    summary=gettext_noop("List the proposals to correct a record"),
)
def list_corrections(request: HttpRequest, slug: str = Register, record_no: str = RecordNo):
    """All proposals for the record, the oldest first."""
    spec, record = record_of(request, slug, record_no)
    rows = Correction.objects.filter(register=spec.slug, record=record.pk)
    return [
        _entry(row, spec, record, request.user)
        for row in rows.select_related("proposed_by", "decided_by")
    ]


@router.post(
    _ADDRESS,
    response={201: CorrectionEntry, OF_WRITING: Fault},
    operation_id="correction_propose",
    summary=gettext_noop("Propose to correct a verified record, or to make it void"),
)
def propose(
    request: HttpRequest,
    content: Proposed = Body(...),  # noqa: B008
    slug: str = Register,
    record_no: str = RecordNo,
):
    """The record stays verified and counts as it stands until another person accepts."""
    spec, record = record_of(request, slug, record_no)
    asked = {"reason": content.reason, "by": request.user, "version": content.version}
    with refusals_of(spec, record, "enter", request.user):
        refusal = proposal_refusal(spec, record, request.user)
        if refusal is not None:
            raise refusal
        if content.kind == "void":
            made = propose_void(spec, record, **asked)
        else:
            values = changed_values(spec, record, _given(spec, content.fields), request.user)
            made = propose_correction(spec, record, values, **asked)
    return Status(201, _entry(made, spec, record, request.user))


@router.post(
    f"{_ADDRESS}/{{int:correction_id}}/{{decision}}",
    response={200: CorrectionEntry, OF_WRITING: Fault},
    operation_id="correction_decide",
    summary=gettext_noop("Decide on a proposal"),
)
def decide(
    request: HttpRequest,
    decision: Literal["accept", "refuse", "withdraw"],
    content: Decision = Body(...),  # noqa: B008
    slug: str = Register,
    record_no: str = RecordNo,
    correction_id: int = Path(..., ge=1, le=2**63 - 1),
):
    """Accepting and refusing is for a second person, withdrawing for the one who proposed."""
    spec, record = record_of(request, slug, record_no)
    found = Correction.objects.filter(register=spec.slug, record=record.pk, pk=correction_id)
    correction = found.first()
    if correction is None:
        raise not_found()
    verb = "enter" if decision == "withdraw" else "verify"
    with refusals_of(spec, record, verb, request.user):
        decided = _decide(correction, decision, content.reason, request.user)
    record.refresh_from_db()
    return _entry(decided, spec, record, request.user)


def _decide(correction: Correction, decision: str, reason: str, by: User) -> Correction:
    match decision:
        case "accept":
            return accept(correction, by=by)
        case "refuse":
            return refuse(correction, by=by, reason=reason)
        case _:
            return withdraw(correction, by=by)


def _given(spec: RegisterSpec, fields: dict[str, object]) -> dict[str, object]:
    """The fields in the form of the register's own. Raises Refusal with the faults by field."""
    try:
        change = schemas_of(spec.slug).change_fields.model_validate(fields)
    except pydantic.ValidationError as fault:
        raise invalid(faults_by_field(fault.errors())) from fault
    return change.model_dump(exclude_unset=True)


def _entry(row: Correction, spec: RegisterSpec, record: Record, by: User) -> dict[str, object]:
    changes = KINDS[row.kind].changes(Proposal(row, spec, record), by) if row.is_open else ()
    return {
        "id": row.pk,
        "kind": row.kind,
        "state": row.state,
        "reason": row.reason,
        "version": row.version,
        "proposed_by": str(row.proposed_by),
        "proposed_at": timezone.localtime(row.proposed_at),
        "decided_by": str(row.decided_by) if row.decided_by else None,
        "decided_at": row.decided_at and timezone.localtime(row.decided_at),
        "decision_reason": row.decision_reason,
        "changes": [change_content(each) for each in changes],
    }
