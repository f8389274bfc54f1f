"""`taizhang sheet export|import|undo`: spreadsheets out and in, as the pages do it."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from taizhang.core.access.models import User
from taizhang.lib.refusal import Refused
from taizhang.registers.lists.page import list_rows
from taizhang.registers.sheets.chore import work_now
from taizhang.registers.sheets.export import csv_chunks, note_export, workbook_file
from taizhang.registers.sheets.faults import SheetFault
from taizhang.registers.sheets.models import ImportRun, RunState
from taizhang.registers.sheets.runs import cancel, request_undo, request_write, start_import
from taizhang.registers.spec import REGISTERS, RegisterSpec
from taizhang.registers.terminal import account_named, in_both

COUNTS = {
    "new": "新增 new",
    "changed": "修改 changed",
    "to_be_corrected": "提出更正 to be corrected",
    "unchanged": "未变 unchanged",
    "faulty": "有问题 faulty",
}


class Command(BaseCommand):
    help = "导出、导入表格，撤销导入 / Export and import sheets of a register; undo an import."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        for deed in ("export", "import"):
            added = deeds.add_parser(deed)
            added.add_argument("register", choices=tuple(REGISTERS))
            added.add_argument("file", type=Path, help=".xlsx or .csv")
            added.add_argument("--by", required=True, metavar="USER", help="who does it")
        deeds.choices["export"].add_argument(
            "--query", default="", help="what the address of the list asks for: kind=other&q=…"
        )
        imports = deeds.choices["import"]
        imports.add_argument("--dry-run", action="store_true", help="check only, write nothing")
        imports.add_argument("--empty-clears", action="store_true", help="empty cells clear")
        imports.add_argument("--reason", default="", help="why verified records are corrected")
        undo = deeds.add_parser("undo")
        undo.add_argument("number", type=int, help="number of the import")
        undo.add_argument("--by", required=True, metavar="USER", help="who imported it")

    def handle(self, *, deed: str, by: str, **options) -> None:
        actor = account_named(by)
        try:
            if deed == "export":
                self._export(REGISTERS[options["register"]], actor, options)
            elif deed == "import":
                self._import(REGISTERS[options["register"]], actor, options)
            else:
                self._undo(actor, options["number"])
        except Refused as refusal:
            raise CommandError("\n".join(in_both(refusal.__str__))) from None

    def _export(self, spec: RegisterSpec, by: User, options: dict) -> None:
        path: Path = options["file"]
        form = path.suffix.lower().lstrip(".")
        if form not in ("csv", "xlsx") or not by.holds(spec.permission("read")):
            raise CommandError(
                "请写 .xlsx 或 .csv 文件名，并用可查看该登记簿的账号。\n"
                "Name an .xlsx or .csv file, and an account that reads the register."
            )
        query = QueryDict(options["query"])
        rows = list_rows(spec, by, query)
        count = note_export(spec, rows, query, form, by=by)
        with path.open("wb") as target:
            if form == "csv":
                target.writelines(csv_chunks(spec, rows, by))
            else:
                with workbook_file(spec, rows, by) as book:
                    while chunk := book.read(1 << 20):
                        target.write(chunk)
        self.stdout.write(f"{path}: {count} 条记录 / {count} records")

    def _import(self, spec: RegisterSpec, by: User, options: dict) -> None:
        path: Path = options["file"]
        if not path.is_file() or not by.holds(spec.permission("enter")):
            raise CommandError(
                "没有这个文件，或账号无权登记。\n"
                "There is no such file, or the account does not enter in the register."
            )
        clears = options["empty_clears"]
        run = start_import(spec, path.name, path.read_bytes(), by=by, clears=clears)
        if run.state == RunState.MAPPING:
            cancel(run)
            raise CommandError(
                "有的列名无法确定对应哪一栏。请在页面上确认一次，或改用模板的表头。\n"
                "Some headers are in doubt. Confirm them once on the page, or use those of the"
                " template."
            )
        work_now(run)
        self._tell_counts(run)
        if run.fault_count:
            self._tell_faults(run)
        if options["dry_run"] or not any(run.counts.get(key) for key in tuple(COUNTS)[:3]):
            cancel(run)
            self.stdout.write("未写入任何数据。 Nothing was written.")
            return
        request_write(run, reason=options["reason"])
        work_now(run)
        self._expect(run, RunState.DONE)
        self.stdout.write(
            f"已导入，编号 {run.pk}；撤销：taizhang sheet undo {run.pk} --by {by.username}\n"
            f"Imported as number {run.pk}."
        )

    def _undo(self, by: User, number: int) -> None:
        run = ImportRun.objects.of(by).filter(pk=number).first()
        if run is None:
            raise CommandError(
                f"该账号没有编号为 {number} 的导入。\nThis account has no import {number}."
            )
        request_undo(run)
        work_now(run)
        self._expect(run, RunState.UNDONE)
        self.stdout.write("已撤销。 Undone.")

    def _tell_counts(self, run: ImportRun) -> None:
        self.stdout.write("  ".join(f"{COUNTS[key]}: {run.counts.get(key, 0)}" for key in COUNTS))

    def _tell_faults(self, run: ImportRun) -> None:
        for kept in run.faults:
            fault = SheetFault(**kept)
            for line in in_both(
                lambda fault=fault: f"{fault.address} {fault.header}: {fault.text}"
            ):
                self.stderr.write(line)
        cancel(run)
        raise CommandError(
            f"发现 {run.fault_count} 处问题，未写入任何数据。\n"
            f"Faults: {run.fault_count}; nothing was written."
        )

    def _expect(self, run: ImportRun, state: RunState) -> None:
        if run.state != state:
            raise CommandError("\n".join(run.message.values()) or str(RunState(run.state).label))
