"""`taizhang record STEP REGISTER NUMBER --by USER`: take a step with a record, as its page does.

At a verified record `correct` and `void` make a proposal; `accept`, `refuse` and `withdraw` are
about the one that waits.
"""

from argparse import ArgumentParser
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from taizhang.core.access.models import User
from taizhang.core.records.models import Record, RecordStatus
from taizhang.lib.refusal import Refused
from taizhang.registers.actions import perform
from taizhang.registers.corrections.actions import (
    accept,
    open_correction,
    propose_correction,
    propose_void,
    refuse,
    withdraw,
)
from taizhang.registers.corrections.forms import REASON, correction_form
from taizhang.registers.corrections.models import Correction
from taizhang.registers.spec import REGISTERS, RegisterSpec
from taizhang.registers.terminal import account_named, in_both
from taizhang.registers.workflow import WORKFLOW

DECISIONS = ("accept", "refuse", "withdraw")


class Command(BaseCommand):
    help = (
        "办理记录：提交、核实、退回、更正、作废等"
        " / Submit, verify, return, withdraw, correct or void a record; decide on a proposal."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = dict.fromkeys((*WORKFLOW, "correct", *DECISIONS))
        parser.add_argument("step", choices=tuple(steps))
        parser.add_argument("register", choices=tuple(REGISTERS))
        parser.add_argument("number", help="record number")
        parser.add_argument("--by", required=True, metavar="USER", help="who takes the step")
        parser.add_argument(
            "--reason", default="", help="needed to return, correct, refuse and void"
        )
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            metavar="FIELD=VALUE",
            dest="given",
            help="a value to correct, typed as in the form; may be repeated",
        )

    def handle(
        self,
        *,
        step: str,
        register: str,
        number: str,
        by: str,
        reason: str,
        given: Sequence[str],
        **options,
    ) -> None:
        spec, actor = REGISTERS[register], account_named(by)
        record = _visible_record(spec, number, actor)
        try:
            done = _take(spec, record, step, actor, reason, _values(spec, given))
        except Refused as refusal:
            raise CommandError("\n".join(in_both(refusal.__str__))) from None
        except ValidationError as fault:
            raise CommandError("\n".join(_faults(fault))) from None
        self.stdout.write(f"{done.record_no}  {' · '.join(in_both(lambda: _state(done)))}")


def _take(
    spec: RegisterSpec,
    record: Record,
    step: str,
    actor: User,
    reason: str,
    given: Mapping[str, str],
) -> Record | Correction:
    """The record in its new state, or the proposal about it."""
    is_verified = record.record_status == RecordStatus.VERIFIED
    if step == "correct":
        values = _corrected(spec, record, actor, reason, given)
        return propose_correction(
            spec, record, values, reason=reason, by=actor, version=record.version
        )
    if step == "void" and is_verified:
        return propose_void(spec, record, reason=reason, by=actor, version=record.version)
    if step in ("accept", "refuse") or (step == "withdraw" and is_verified):
        return _decide(_waiting(spec, record), step, actor, reason)
    return perform(spec, record, step, by=actor, reason=reason, version=record.version)


def _decide(correction: Correction, step: str, actor: User, reason: str) -> Correction:
    if step == "refuse":
        return refuse(correction, by=actor, reason=reason)
    return (accept if step == "accept" else withdraw)(correction, by=actor)


def _waiting(spec: RegisterSpec, record: Record) -> Correction:
    waiting = open_correction(spec, record)
    if waiting is None:
        raise CommandError(
            f"记录“{record.record_no}”没有待核定的申请。\n"
            f"No proposal waits for a decision on “{record.record_no}”."
        )
    return waiting


def _corrected(
    spec: RegisterSpec, record: Record, actor: User, reason: str, given: Mapping[str, str]
) -> dict[str, object]:
    """The values of the form as it stands, with what was given. Raises ValidationError."""
    shown = correction_form(spec, record, actor)
    typed = {name: shown[name].value() for name in shown.fields}
    data = {name: "" if value is None else value for name, value in typed.items()}
    form = correction_form(spec, record, actor, {**data, REASON: reason or "-", **given})
    if not form.is_valid():
        raise ValidationError({name: list(faults) for name, faults in form.errors.items()})
    return form.values()


def _values(spec: RegisterSpec, given: Sequence[str]) -> dict[str, str]:
    """`FIELD=VALUE` by field. Raises CommandError for a field that nobody enters."""
    values = dict(each.partition("=")[::2] for each in given)
    unknown = ", ".join(sorted(values.keys() - set(spec.fields)))
    if unknown:
        raise CommandError(
            f"登记簿“{spec.slug}”没有可填报的字段：{unknown}。\n"
            f"The register “{spec.slug}” has no such field to enter: {unknown}."
        )
    return values


def _faults(fault: ValidationError) -> list[str]:
    if not hasattr(fault, "error_dict"):
        return fault.messages
    return [f"{name}: {' '.join(texts)}" for name, texts in fault.message_dict.items()]


def _state(done: Record | Correction) -> str:
    if isinstance(done, Correction):
        return str(done.get_state_display())
    return str(done.get_record_status_display())


def _visible_record(spec: RegisterSpec, number: str, actor: User) -> Record:
    """A record out of the account's sight is reported as missing, as on the pages."""
    record = spec.model.objects.visible_to(actor).filter(record_no=number).first()
    if record is None:
        raise CommandError(
            f"登记簿“{spec.slug}”中没有编号为“{number}”的记录。\n"
            f"There is no record “{number}” in the register “{spec.slug}”."
        )
    return record
