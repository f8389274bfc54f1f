"""`taizhang pack upgrade`: take over a newer version of the ledger's pack, or see its changes."""

from argparse import ArgumentParser
from functools import partial

from django.core.management.base import BaseCommand, CommandError

from taizhang.ledger.formula_refusals import refusal_text
from taizhang.ledger.models import Ledger
from taizhang.ledger.upgrading import (
    Change,
    Upgrade,
    newer_pack,
    upgrade_ledger,
    upgrade_to,
)
from taizhang.lib.refusal import Refused
from taizhang.measures.formula import FormulaError
from taizhang.registers.terminal import account_named, in_both

SAID = {
    Change.ADDED: "新增 / added",
    Change.CHANGED: "修改 / changed",
    Change.RETIRED: "停用 / retired",
}


class Command(BaseCommand):
    help = "台账包：升级版本 / Take over a newer version of the ledger's pack."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        upgrade = steps.add_parser("upgrade", help="what the office answered is kept")
        upgrade.add_argument("--dry-run", action="store_true", help="only say what would change")
        upgrade.add_argument("--by", metavar="USER", help="needed unless it is a dry run")

    def handle(self, *, step: str, dry_run: bool, by: str | None, **options) -> None:
        ledger = Ledger.objects.filter(is_current=True).first()
        pack = newer_pack(ledger) if ledger else None
        if ledger is None or pack is None:
            version = ledger.version if ledger else "–"
            self.stdout.write(f"没有更新的版本 / There is no newer version ({version}).")
            return
        if not dry_run and by is None:
            raise CommandError("请用 --by 写明经办账号 / Name the account with --by.")
        try:
            if dry_run:
                self._print(upgrade_to(ledger, pack))
            else:
                self._print(upgrade_ledger(ledger, pack, by=account_named(by)))
        except Refused as refusal:
            raise CommandError("\n".join(in_both(refusal.__str__))) from None
        except FormulaError as error:
            raise CommandError("\n".join(in_both(partial(refusal_text, error)))) from None

    def _print(self, upgrade: Upgrade) -> None:
        self.stdout.write(f"{upgrade.from_version} → {upgrade.to_version}")
        for change in upgrade.commitments:
            self.stdout.write(f"{change.code:<6} {SAID[change.what]}  {change.duty_zh}")
            for each in change.fields:
                self.stdout.write(f"       {each.name}: {each.old!s} → {each.new!s}")
            if change.wants_a_look:
                self.stdout.write(
                    "       已有答复，予以保留；默认值有变，请复核 / "
                    "answer kept; the default has changed, please look"
                )
            if change.exemptions:
                self.stdout.write(
                    f"       {change.exemptions} 条不适用认定仍写旧编号，请更正 / "
                    f"{change.exemptions} exemptions still name the old code: correct them"
                )
        for number in upgrade.items:
            self.stdout.write(f"事项 {number} 有修改 / item {number} changes")
        for number in upgrade.kept_leads:
            self.stdout.write(
                f"事项 {number} 的责任部门已确认，予以保留 / "
                f"item {number}: confirmed departments kept"
            )
        for each in upgrade.parameters:
            self.stdout.write(f"{each.name}: {each.old!s} → {each.new!s}")
