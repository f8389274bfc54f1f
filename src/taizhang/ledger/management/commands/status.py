"""`taizhang status`: the board on the command line."""

import json
from argparse import ArgumentTypeError
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from taizhang.ledger.current import NoLedger
from taizhang.ledger.status import UnknownOrganisation, board
from taizhang.ui.verdicts import VERDICTS


class Command(BaseCommand):
    help = "打印台账总览 / Print the board of the ledger."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--as-of", type=_day, metavar="DATE", help="status date, YYYY-MM-DD")
        parser.add_argument(
            "--org", metavar="CODE", help="area code, unified social credit code or record number"
        )

    def handle(self, **options) -> None:
        try:
            shown = board(options["as_of"], options["org"])
        except NoLedger:
            raise CommandError(
                "数据库中还没有台账，请先运行 taizhang init / "
                "There is no ledger in this database: run `taizhang init` first."
            ) from None
        except UnknownOrganisation as unknown:
            raise CommandError(
                f"没有代码为“{unknown}”的区域、组织或单位，请核对 / "
                f"No area, organisation or employer has the code {unknown}."
            ) from None
        if options["json"]:
            self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1))
        else:
            self._print(shown)

    def _print(self, shown: dict) -> None:
        self.stdout.write(f"{shown['as_of']}  {shown['org']}  {shown['snapshot'][:12]}")
        for item in shown["items"]:
            self.stdout.write("")
            title = f"{item['code']:>2}  {item['title']}"
            self.stdout.write(f"{title}  【{VERDICTS[item['verdict']].label}】")
            for row in item["commitments"]:
                self.stdout.write(_line(row))


def _line(row: dict) -> str:
    parts = "/".join(
        "–" if row[key] is None else str(row[key]) for key in ("numerator", "denominator")
    )
    value = "–" if row["value"] is None else row["value"]
    flags = " ".join(row["flags"])
    return (
        f"    {row['code']:<6} {row['window']:<12} {parts:<12} {value!s:<8} "
        f"{VERDICTS[row['verdict']].label} {flags}".rstrip()
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(
            f"“{text}”不是日期，请写成 2026-09-30 / "
            f"“{text}” is not a day of the calendar: write it as 2026-09-30."
        ) from None
