"""`taizhang threshold list|confirm`: the thresholds of the ledger, and the office's answers."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.management.base import BaseCommand, CommandError

from taizhang.core.organisations.models import Area
from taizhang.ledger.figures import target_text
from taizhang.ledger.models import Commitment, Ledger
from taizhang.ledger.thresholds import confirm_threshold, set_parameter
from taizhang.lib.nearest import nearest
from taizhang.lib.refusal import Refused
from taizhang.registers.terminal import account_named, in_both


class Command(BaseCommand):
    help = "标准：列出、确认 / List the thresholds of the ledger, confirm or change one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        listing = steps.add_parser("list", help="those to be confirmed; --all for every one")
        listing.add_argument("--all", action="store_true")
        confirm = steps.add_parser("confirm", help="confirm as it stands, or with another value")
        confirm.add_argument("code", metavar="CODE", help="of a commitment, or a parameter")
        confirm.add_argument("--value", type=_number, metavar="NUMBER")
        confirm.add_argument("--to", type=_number, metavar="NUMBER", help="upper end of a range")
        confirm.add_argument("--planned", type=_day, metavar="DATE", help="of a milestone")
        confirm.add_argument("--area", metavar="CODE", help="the area that sets it for itself")
        confirm.add_argument("--from", dest="holds_from", type=_day, metavar="DATE")
        confirm.add_argument("--source", required=True, help="document number, or who decided when")
        confirm.add_argument("--note", default="")
        confirm.add_argument("--by", required=True, metavar="USER")

    def handle(self, *, step: str, **options) -> None:
        ledger = Ledger.objects.filter(is_current=True).first()
        if ledger is None:
            raise CommandError(
                "数据库中还没有台账，请先运行 taizhang init / "
                "There is no ledger in this database: run `taizhang init` first."
            )
        if step == "list":
            self._list(everything=options["all"])
        else:
            self._confirm(ledger, **options)

    def _list(self, *, everything: bool) -> None:
        rows = Commitment.objects.in_force()
        if not everything:
            rows = rows.filter(threshold_source="default", confirmed_at=None)
        for row in rows:
            state = "待确认" if row.is_provisional else row.threshold_source
            self.stdout.write(f"{row.code:<6} {state:<10} {row.duty}：{target_text(row)}")
        self.stdout.write(f"{len(rows)} 条 / {len(rows)} commitments")

    def _confirm(self, ledger: Ledger, *, code: str, by: str, **given) -> None:
        actor = account_named(by)
        common = {name: given[name] for name in ("source", "holds_from", "note")}
        try:
            if code in ledger.parameters:
                if given["value"] is None:
                    raise CommandError("参数须给出 --value / A parameter needs --value.")
                set_parameter(ledger, code, by=actor, value=given["value"], **common)
                self.stdout.write(f"{code} = {given['value']}")
                return
            commitment = _commitment(code)
            confirm_threshold(
                commitment,
                by=actor,
                value=given["value"],
                value_to=given["to"],
                planned=given["planned"],
                area=_area(given["area"]),
                **common,
            )
        except Refused as refusal:
            raise CommandError("\n".join(in_both(refusal.__str__))) from None
        self.stdout.write(f"{code}  {target_text(commitment)}")


def _commitment(code: str) -> Commitment:
    rows = {row.code: row for row in Commitment.objects.in_force()}
    if code not in rows:
        near = nearest(code, rows)
        meant = f"，是否指 {near}？" if near else "。"
        did_you = f" Did you mean {near}?" if near else ""
        raise CommandError(
            f"台账中没有量化要求 {code}{meant}\nThe ledger has no commitment {code}.{did_you}"
        )
    return rows[code]


def _area(code: str | None) -> Area | None:
    if code is None:
        return None
    area = Area.objects.filter(code=code).first()
    if area is None:
        raise CommandError(f"没有区域 {code} / There is no area {code}.")
    return area


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ArgumentTypeError(f"“{text}”不是数 / “{text}” is not a number.")
    return number


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(
            f"“{text}”不是日期，请写成 2026-09-30 / "
            f"“{text}” is not a day of the calendar: write it as 2026-09-30."
        ) from None
