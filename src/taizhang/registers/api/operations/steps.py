"""The life of a record: which steps it may take, taking one, and what happened to it."""

from datetime import datetime
from typing import Literal

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Body, Router
from pydantic import BaseModel, Field

from taizhang.core.records.models import RecordStatus
from taizhang.registers.actions import perform
from taizhang.registers.api.addressing import RECORD, RecordNo, Register, record_of
from taizhang.registers.api.faults import OF_READING, OF_WRITING, Fault, refusals_of
from taizhang.registers.api.schemas import Closed, Text, Version
from taizhang.registers.history import Change, history
from taizhang.registers.workflow import WORKFLOW, steps

REASON_LENGTH = 2000
_ADDRESS = RECORD.format(slug="{slug}")

router = Router(tags=["Workflow 办理"])


class StepEntry(BaseModel):
    name: Literal[tuple(WORKFLOW)]
    label: str
    allowed: bool = Field(description="Whether this account may take the step now.")
    why: str = Field(description="Why not, and what to do; empty when it may.")
    needs_reason: bool


class StepRequest(Closed):
    version: int = Version
    reason: Text = Field("", max_length=REASON_LENGTH, description="Some steps need one.")


class Standing(BaseModel):
    """A record after a step."""

    record_no: str
    record_status: Literal[tuple(RecordStatus.values)]
    version: int


class ChangeEntry(BaseModel):
    label: str
    old: str
    new: str


class HistoryEntry(BaseModel):
    at: datetime
    by: str | None = Field(description="Null for the system itself.")
    action: str = Field(description="For programs.")
    label: str = Field(description="In words.")
    reason: str
    changes: list[ChangeEntry]


@router.get(
    f"{_ADDRESS}/steps",
    response={200: list[StepEntry], OF_READING: Fault},
    operation_id="steps",
    summary=gettext_noop("What may follow for a record"),
)
def list_steps(request: HttpRequest, slug: str = Register, record_no: str = RecordNo):
    """The steps that lead on from where the record stands, and why one may not be taken."""
    spec, record = record_of(request, slug, record_no)
    return [
        {
            "name": step.transition.name,
            "label": str(step.transition.label),
            "allowed": step.refusal is None,
            "why": step.explanation,
            "needs_reason": step.transition.needs_reason,
        }
        for step in steps(spec, record, request.user)
    ]


@router.post(
    f"{_ADDRESS}/steps/{{step}}",
    response={200: Standing, OF_WRITING: Fault},
    operation_id="step",
    summary=gettext_noop("Take a step with a record"),
)
def take_step(
    request: HttpRequest,
    step: Literal[tuple(WORKFLOW)],
    content: StepRequest = Body(...),  # noqa: B008
    slug: str = Register,
    record_no: str = RecordNo,
):
    """Submit, verify, return, withdraw or make void. Nobody verifies what they entered."""
    spec, record = record_of(request, slug, record_no)
    with refusals_of(spec, record, WORKFLOW[step].verb, request.user):
        moved = perform(
            spec,
            record,
            step,
            by=request.user,
            reason=content.reason,
            version=content.version,
        )
    return {
        "record_no": moved.record_no,
        "record_status": moved.record_status,
        "version": moved.version,
    }


@router.get(
    f"{_ADDRESS}/history",
    response={200: list[HistoryEntry], OF_READING: Fault},
    operation_id="history",
    summary=gettext_noop("What happened to a record"),
)
def read_history(request: HttpRequest, slug: str = Register, record_no: str = RecordNo):
    """The last actions on the record, newest first; personal values stand as masks."""
    spec, record = record_of(request, slug, record_no)
    return [
        {
            "at": timezone.localtime(entry.at),
            "by": str(entry.by) if entry.by else None,
            "action": entry.key,
            "label": str(entry.action),
            "reason": entry.reason,
            "changes": [change_content(change) for change in entry.changes],
        }
        for entry in history(spec, record.record_no)
    ]


def change_content(change: Change) -> dict[str, str]:
    """One field's change in words."""
    return {"label": str(change.label), "old": change.old, "new": change.new}
