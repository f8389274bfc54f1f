"""`taizhang export`: the ledger as a file, as the board's buttons give it."""

import os
import tempfile
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation

from taizhang.ledger.current import NoLedger
from taizhang.ledger.exporting.actions import Format, Wanted, export_ledger
from taizhang.ledger.exporting.document import Detail, NoticeHead
from taizhang.ledger.exporting.progress import UnknownArea, UnknownDepartment, UnknownLedger
from taizhang.ledger.permissions import READ_BOARD
from taizhang.notices.writing import DocumentNumber, NotADocumentNumber
from taizhang.registers.terminal import LANGUAGES, account_named

NEEDED = ("agency", "number", "title", "to", "date")


class Command(BaseCommand):
    help = "导出台账 / Write the ledger as .docx (GB/T 9704-2012) or .xlsx."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", required=True, choices=[each.value for each in Format])
        parser.add_argument("-o", "--output", required=True, type=Path, metavar="FILE")
        parser.add_argument("--area", default="", metavar="CODE", help="area code (default: city)")
        parser.add_argument(
            "--department", default="", help="部门中文名称 / a department, in Chinese"
        )
        parser.add_argument(
            "--ledger", default="", metavar="KEY", help="one beside the current one (default)"
        )
        parser.add_argument(
            "--detail",
            choices=[each.value for each in Detail],
            default=Detail.ITEMS.value,
            help=".docx: one row per item, or per commitment",
        )
        parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0])
        parser.add_argument("--by", metavar="USER", help="who exports (default: the system)")
        notice = parser.add_argument_group("正式公文 / behind a notice")
        notice.add_argument("--notice", action="store_true", help="red head before the annex")
        notice.add_argument("--agency", default="", help="发文机关 / agency")
        notice.add_argument("--number", default="", help="发文字号 / 临工办字〔2030〕7号")
        notice.add_argument("--title", default="", help="标题 / title")
        notice.add_argument("--to", default="", help="主送机关 / addressees")
        notice.add_argument("--date", type=_day, help="成文日期 / day of signing, 2030-03-05")
        notice.add_argument("--signatory", default="", help="署名 / who signs (default: agency)")
        notice.add_argument("--text", default="", help="正文 / one paragraph of text")
        notice.add_argument("--copy-to", default="", help="抄送 / copies, parted by ，")

    def handle(self, **options) -> None:
        wanted = Wanted(
            format=Format(options["format"]),
            detail=Detail(options["detail"]),
            area=options["area"],
            department=options["department"],
            ledger=options["ledger"],
            head=_head(options) if options["notice"] else None,
        )
        by = account_named(options["by"]) if options["by"] else None
        if by is not None and not by.holds(READ_BOARD):
            raise CommandError(
                f"账号“{by.username}”无权查看台账 / {by.username} may not see the ledger."
            )
        try:
            with translation.override(options["language"]), transaction.atomic():
                _save(export_ledger(wanted, by=by).content, options["output"])
        except NoLedger:
            raise CommandError(
                "台账尚未建立或尚未计算，请先运行 taizhang init 和 taizhang evaluate / "
                "There is no computed ledger: run `taizhang init` and `taizhang evaluate` first."
            ) from None
        except UnknownArea as unknown:
            raise CommandError(
                f"没有代码为“{unknown}”的区域，请核对 / No area has the code {unknown}."
            ) from None
        except UnknownDepartment as unknown:
            raise CommandError(
                f"台账中没有部门“{unknown}”，请写台账所列的名称 / "
                f"The ledger names no department “{unknown}”: write the name that it lists."
            ) from None
        except UnknownLedger as unknown:
            raise CommandError(
                f"没有现行台账“{unknown}”，请核对 / No ledger in force has the key {unknown}."
            ) from None
        except OSError as fault:
            raise CommandError(
                f"无法写入 {options['output']}（{fault.strerror}），请核对路径和权限；"
                "原文件未改动 / "
                f"{options['output']} cannot be written ({fault.strerror}): check path and rights. "
                "A file that was there is unchanged."
            ) from None
        self.stdout.write(f"已导出 {options['output']} / Exported.")


def _head(options: dict) -> NoticeHead:
    missing = [name for name in NEEDED if not options[name]]
    if missing:
        names = " ".join(f"--{name}" for name in missing)
        raise CommandError(f"正式公文还缺：{names} / A notice also needs: {names}")
    if options["format"] != Format.DOCX.value or options["language"] != LANGUAGES[0]:
        raise CommandError(
            "正式公文只能是中文 .docx / A notice is a .docx in Chinese: leave --language out and "
            "write --format docx."
        )
    try:
        number = DocumentNumber.parse(options["number"])
    except NotADocumentNumber:
        raise CommandError(
            f"“{options['number']}”不是发文字号，请写成 临工办字〔2030〕7号 / "
            f"“{options['number']}” is no document number: write it as 临工办字〔2030〕7号."
        ) from None
    return NoticeHead(
        agency=options["agency"],
        number=number,
        title=options["title"],
        addressees=options["to"],
        signatory=options["signatory"] or options["agency"],
        signed_on=options["date"],
        text=options["text"],
        copied_to=[name for name in options["copy_to"].replace(",", "，").split("，") if name],
    )


def _save(content: bytes, target: Path) -> None:
    """All of the file, or the one that was there before."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        written.chmod(0o640)
        written.replace(target)
    except OSError:
        written.unlink(missing_ok=True)
        raise


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(
            f"“{text}”不是日期，请写成 2026-09-30 / "
            f"“{text}” is not a day of the calendar: write it as 2026-09-30."
        ) from None
