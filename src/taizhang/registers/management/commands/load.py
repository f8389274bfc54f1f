"""`taizhang load FOLDER`: load a facts package, or say what is wrong with it."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from taizhang.core.access.actions import activate_account, create_account
from taizhang.core.access.models import User
from taizhang.lib.nearest import nearest
from taizhang.registers.packages.load import LoadReport, SamePerson, load_package
from taizhang.registers.spec import REGISTERS
from taizhang.registers.terminal import account_named, in_both


class Command(BaseCommand):
    help = "装载数据包 / Load a folder of <register>.csv files: all of it, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check only, write nothing")
        parser.add_argument(
            "--verified-by",
            metavar="USER",
            help="verify the rows that carry no record_status, in this user's name",
        )
        parser.add_argument(
            "--by", metavar="USER", help="who enters the rows (default: the system itself)"
        )

    def handle(self, *, folder: Path, dry_run: bool, verified_by: str, by: str, **options) -> None:
        try:
            with transaction.atomic():
                verifier = self._verifier(verified_by) if verified_by else None
                entering = account_named(by) if by else None
                report = load_package(folder, by=entering, verified_by=verifier, dry_run=dry_run)
                if not report.written:
                    transaction.set_rollback(True)
        except SamePerson:
            raise CommandError(
                "录入人不能同时是核实人，请在 --verified-by 中写另一个账号。\n"
                "Whoever enters may not verify: name another account in --verified-by."
            ) from None
        if report.faults:
            self._tell_faults(report)
        else:
            self._tell_success(report)

    def _verifier(self, username: str) -> User:
        """The account that vouches for the rows; a name unlike any known one is entered as new.

        Whoever runs the server fills an empty database before there are accounts. The new one has
        neither password nor role: it names a person, and nobody can sign in with it.
        """
        known = User.objects.values_list("username", flat=True)
        if username in known or nearest(username, known) is not None:
            return account_named(username)
        user = create_account(by=None, username=username, display_name=username)
        activate_account(by=None, user=user)
        self.stdout.write(
            f"已登记核实人“{username}”（无密码、无角色，不能登录）。\n"
            f"“{username}” is entered as a verifier, without password or role."
        )
        return user

    def _tell_success(self, report: LoadReport) -> None:
        for slug in REGISTERS:
            entered, unchanged = report.entered.get(slug, 0), report.unchanged.get(slug, 0)
            if entered or unchanged:
                label = in_both(lambda spec=REGISTERS[slug]: str(spec.label))
                same = f"  (未变 unchanged: {unchanged})" if unchanged else ""
                self.stdout.write(f"{entered:>7,}  {slug:<10} {' · '.join(label)}{same}")
        done = (
            f"已装载 {report.package}，用时 {report.seconds:.1f} 秒。 Loaded."
            if report.written
            else f"试装 {report.package}：没有问题，未写入任何数据。"
            " Dry run: no faults, nothing written."
        )
        self.stdout.write(done)

    def _tell_faults(self, report: LoadReport) -> None:
        for fault in report.faults:
            for line in in_both(lambda fault=fault: str(fault)):
                self.stderr.write(line)
        count = len(report.faults)
        faults = "1 fault" if count == 1 else f"{count} faults"
        raise CommandError(
            f"发现 {count} 处问题，未写入任何数据。改正后重新装载整个文件夹。\n"
            f"{faults}; nothing was written. Correct and load the whole folder again."
        )
