"""`taizhang import FILE`: read a notice and publish it as a ledger."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from taizhang.ledger.receiving import NoticeRefused, publish_notice, receive_notice
from taizhang.notices.cli import REFUSALS
from taizhang.notices.errors import FileNotReadable, ReadingError


class Command(BaseCommand):
    help = "导入公文，落到台账 / Read a notice and publish it as a ledger."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, **options) -> None:
        try:
            notice = receive_notice(_content(options["file"]), options["file"].name, by=None)
            report = publish_notice(notice, by=None)
        except ReadingError as refusal:
            raise CommandError(f"{REFUSALS[refusal.key]}\n{refusal}") from None
        except NoticeRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{notice.document_number}  {notice.title}")
        if not report.bindings:
            self.stdout.write(
                f"已建立新台账，共 {report.ledger.items.count()} 项，尚无量化要求 / "
                "A new ledger; its items await commitments."
            )
            return
        self.stdout.write(
            f"{report.bound} / {len(report.bindings)} 项原文与量化要求已对应 / "
            f"{report.bound} of {len(report.bindings)} items bound to their clauses"
        )
        for each in report.differing:
            self.stdout.write(
                f"  事项 {each.number}：{each.state} / item {each.number}: {each.state}"
            )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileNotReadable(str(path), error.strerror or str(error)) from error
