"""`taizhang record STEP REGISTER NUMBER --by USER`: take a step with a record, as its page does."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from taizhang.core.access.models import User
from taizhang.core.records.models import Record
from taizhang.lib.refusal import Refused
from taizhang.registers.actions import perform
from taizhang.registers.spec import REGISTERS, RegisterSpec
from taizhang.registers.terminal import account_named, in_both
from taizhang.registers.workflow import WORKFLOW


class Command(BaseCommand):
    help = "办理记录：提交、核实、退回等 / Submit, verify, return, withdraw or void a record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("step", choices=tuple(WORKFLOW))
        parser.add_argument("register", choices=tuple(REGISTERS))
        parser.add_argument("number", help="record number")
        parser.add_argument("--by", required=True, metavar="USER", help="who takes the step")
        parser.add_argument("--reason", default="", help="needed to return a record or void it")

    def handle(
        self, *, step: str, register: str, number: str, by: str, reason: str, **options
    ) -> None:
        spec, actor = REGISTERS[register], account_named(by)
        record = _visible_record(spec, number, actor)
        try:
            done = perform(spec, record, step, by=actor, reason=reason, version=record.version)
        except Refused as refusal:
            raise CommandError("\n".join(in_both(refusal.__str__))) from None
        status = " · ".join(in_both(lambda: str(done.get_record_status_display())))
        self.stdout.write(f"{done.record_no}  {status}")


def _visible_record(spec: RegisterSpec, number: str, actor: User) -> Record:
    """A record out of the account's sight is reported as missing, as on the pages."""
    record = spec.model.objects.visible_to(actor).filter(record_no=number).first()
    if record is None:
        raise CommandError(
            f"登记簿“{spec.slug}”中没有编号为“{number}”的记录。\n"
            f"There is no record “{number}” in the register “{spec.slug}”."
        )
    return record
