"""The life of a record as data (handbook 4.3): its steps, who may take them, and why not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.audit.models import AuditRow
from taizhang.core.records.models import Record, RecordStatus
from taizhang.registers.authority import permits
from taizhang.registers.refusals import TransitionRefused
from taizhang.registers.spec import Label, RegisterSpec

CREATED = "create"
CHANGED = "change"


class Who(Enum):
    """Which of the accounts with the permission may take a step."""

    ANYBODY = "anybody"
    ENTERER = "enterer"
    ANOTHER_PERSON = "another_person"


@dataclass(frozen=True, slots=True)
class Transition:
    """One step. `label` is the button, `refused` says that the step was not taken."""

    name: str
    label: Label
    sources: frozenset[RecordStatus]
    target: RecordStatus
    verb: str
    refused: Label
    who: Who = Who.ANYBODY
    needs_reason: bool = False
    is_primary: bool = False


_UNVERIFIED = frozenset({RecordStatus.DRAFT, RecordStatus.SUBMITTED, RecordStatus.RETURNED})

WORKFLOW: Mapping[str, Transition] = {
    step.name: step
    for step in (
        Transition(
            "submit",
            _("Submit"),
            frozenset({RecordStatus.DRAFT, RecordStatus.RETURNED}),
            RecordStatus.SUBMITTED,
            "enter",
            _("The record was not submitted."),
            is_primary=True,
        ),
        Transition(
            "verify",
            _("Verify"),
            frozenset({RecordStatus.SUBMITTED}),
            RecordStatus.VERIFIED,
            "verify",
            _("The record was not verified."),
            who=Who.ANOTHER_PERSON,
            is_primary=True,
        ),
        Transition(
            "return",
            _("Return"),
            frozenset({RecordStatus.SUBMITTED}),
            RecordStatus.RETURNED,
            "verify",
            _("The record was not returned."),
            who=Who.ANOTHER_PERSON,
            needs_reason=True,
        ),
        Transition(
            "withdraw",
            _("Withdraw"),
            frozenset({RecordStatus.SUBMITTED}),
            RecordStatus.DRAFT,
            "enter",
            _("The record was not withdrawn."),
            who=Who.ENTERER,
        ),
        Transition(
            "void",
            _("Make void"),
            _UNVERIFIED,
            RecordStatus.VOID,
            "enter",
            _("The record was not made void."),
            who=Who.ENTERER,
            needs_reason=True,
        ),
    )
}

EDITABLE = frozenset({RecordStatus.DRAFT, RecordStatus.RETURNED})


@dataclass(frozen=True, slots=True)
class Step:
    """A transition as one record offers it to one account; `refusal` None: it may be taken."""

    transition: Transition
    refusal: TransitionRefused | None

    @property
    def explanation(self) -> str:
        """Why the step may not be taken, and what to do; "" when it may."""
        if self.refusal is None:
            return ""
        return f"{self.refusal.why} {self.refusal.next}".replace("。 ", "。")


def steps(spec: RegisterSpec, record: Record, by: User) -> list[Step]:
    """What may follow for the record, and what this account may not do and why.

    Steps of people with other permissions are left out, and so are those that only whoever
    entered the record may take.
    """
    offered = [
        Step(transition, refusal_of(spec, record, transition, by))
        for transition in WORKFLOW.values()
        if record.record_status in transition.sources and by.holds(spec.permission(transition.verb))
    ]
    return [
        step
        for step in offered
        if step.refusal is None or step.transition.who is Who.ANOTHER_PERSON
    ]


def refusal_of(
    spec: RegisterSpec, record: Record, transition: Transition, by: User
) -> TransitionRefused | None:
    """Why the account may not take the step; None when it may."""
    for guard in _GUARDS:
        fault = guard(spec, record, transition, by)
        if fault is not None:
            return TransitionRefused(transition.refused, *fault)
    return None


def typed_by(spec: RegisterSpec, record: Record, by: User) -> bool:
    """Did the account enter the record, or change what is entered in it?"""
    if record.entered_by_id == by.pk:
        return True
    return AuditRow.objects.filter(
        subject=spec.key, subject_no=record.record_no, actor=by, action__in=(CREATED, CHANGED)
    ).exists()


Fault = tuple[Label, Label]
Guard = Callable[[RegisterSpec, Record, Transition, User], Fault | None]


def _state_fits(
    spec: RegisterSpec, record: Record, transition: Transition, by: User
) -> Fault | None:
    if record.record_status in transition.sources:
        return None
    status = RecordStatus(record.record_status).label
    return (
        format_lazy(
            _("It is in the state “{status}”, from which this step does not lead."), status=status
        ),
        _("Open the record again to see what can be done with it now."),
    )


def _permission_reaches(
    spec: RegisterSpec, record: Record, transition: Transition, by: User
) -> Fault | None:
    if permits(by, spec.permission(transition.verb), record):
        return None
    return (
        _("Your account has no role that allows this step for this organisation and area."),
        _("Ask the officer of the organisation concerned, or of the union above it."),
    )


def _person_fits(
    spec: RegisterSpec, record: Record, transition: Transition, by: User
) -> Fault | None:
    if transition.who is Who.ENTERER and record.entered_by_id != by.pk:
        return (
            _("Only the person who entered the record can take this step."),
            _("Ask that person, or return the record to them."),
        )
    if transition.who is Who.ANOTHER_PERSON and typed_by(spec, record, by):
        return (
            _("You entered or changed this record yourself; two persons stand for each fact."),
            _("Ask another person with the right to verify."),
        )
    return None


_GUARDS: tuple[Guard, ...] = (_state_fits, _permission_reaches, _person_fits)
