"""`taizhang dump FOLDER`: write what `taizhang load` reads."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from taizhang.core.access.models import User
from taizhang.registers.packages.dump import (
    DumpReport,
    FolderInUse,
    NameNotUnique,
    NotForPersonal,
    dump_package,
)
from taizhang.registers.packages.workbook import TooLarge
from taizhang.registers.packages.write import Form
from taizhang.registers.spec import REGISTERS
from taizhang.registers.terminal import account_named, in_both


class Command(BaseCommand):
    help = "导出数据包 / Write all records as a facts package, which `load` reads again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--register",
            action="append",
            dest="registers",
            default=[],
            choices=tuple(REGISTERS),
            metavar="SLUG",
            help="only this register; may be given several times (default: all)",
        )
        parser.add_argument("--format", choices=tuple(Form), default=Form.CSV, dest="form")
        parser.add_argument(
            "--personal",
            action="store_true",
            help="include names and other personal fields in clear; needs --by",
        )
        parser.add_argument(
            "--by", metavar="USER", help="who takes the records out (default: the system itself)"
        )

    def handle(
        self, *, folder: Path, registers: list[str], form: str, personal: bool, by: str, **options
    ) -> None:
        who = account_named(by) if by else None
        report = self._dump(folder, registers, Form(form), who, personal=personal)
        for slug, count in report.written.items():
            label = in_both(lambda spec=REGISTERS[slug]: str(spec.label))
            self.stdout.write(f"{count:>7,}  {slug:<15} {' · '.join(label)}")
        if not report.written:
            self.stdout.write("没有可导出的记录。 There is no record to write.")
        self._tell_of_personal(report, personal=personal)

    def _dump(
        self, folder: Path, registers: list[str], form: Form, by: User | None, *, personal: bool
    ) -> DumpReport:
        try:
            return dump_package(folder, by=by, registers=registers, personal=personal, form=form)
        except FolderInUse:
            raise CommandError(
                f"“{folder}”中已有数据文件，请另选一个空文件夹。\n"
                f"“{folder}” holds tables already: name an empty folder."
            ) from None
        except NotForPersonal as refusal:
            raise CommandError(
                f"含个人信息的导出须以 --by 写明账号，且该账号有权查看“{refusal}”的全部记录。\n"
                "Personal fields are written out only with --by an account that may read all of"
                f" “{refusal}”."
            ) from None
        except NameNotUnique as refusal:
            raise CommandError(
                f"编号“{refusal}”无法唯一指明一条记录，请先更改该编号。\n"
                f"The record number “{refusal}” does not mean one record alone: change it first."
            ) from None
        except TooLarge as refusal:
            raise CommandError(
                f"“{refusal}”超出工作表的容量，请用 --format csv。\n"
                f"“{refusal}” does not fit in a sheet: use --format csv."
            ) from None

    def _tell_of_personal(self, report: DumpReport, *, personal: bool) -> None:
        if personal:
            self.stdout.write(
                "注意：文件中含明文个人信息，请妥善保管，用后删除；本次导出已记入日志。\n"
                "The files hold personal data in clear: keep them safe and delete them after use."
                " This is in the change log."
            )
        for slug, names in report.left_out.items():
            fields = ", ".join(names)
            self.stdout.write(
                f"{slug}：未导出个人信息字段 {fields}（如需导出，用 --personal）。\n"
                f"{slug}: personal fields left out: {fields} (include them by --personal)."
            )
        for slug in report.not_loadable:
            self.stdout.write(
                f"{slug}：缺少必填字段，该文件不能单独装回。\n"
                f"{slug}: without a field that every row needs, this file cannot be loaded."
            )
