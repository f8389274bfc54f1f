"""`taizhang supersede NEW OLD`: put a notice in the place of an earlier one."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from taizhang.ledger.models import Notice
from taizhang.ledger.superseding.carrying import Choices
from taizhang.ledger.superseding.offering import Choice, LaidItem
from taizhang.ledger.superseding.page import misnamed
from taizhang.ledger.superseding.succession import beside, supersede
from taizhang.lib.refusal import Refused
from taizhang.notices.comparing import Sameness
from taizhang.registers.terminal import account_named, in_both

SAID = {
    Sameness.SAME: "相同 / same",
    Sameness.CHANGED: "修改 / changed",
    Sameness.NEW: "新增 / new",
    Sameness.GONE: "取消 / gone",
}


class Command(BaseCommand):
    help = "公文替代：比对，并确定沿用内容 / Put a notice in the place of an earlier one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("new", metavar="NEW", type=int, help="as its page is numbered")
        parser.add_argument("old", metavar="OLD", type=int, help="the earlier one, likewise")
        for choice in Choice:
            parser.add_argument(
                f"--{choice.value}", metavar="CODE", action="append", default=[], help=HELP[choice]
            )
        parser.add_argument("--keep-lead", metavar="ITEM", action="append", default=[])
        parser.add_argument("--new-lead", metavar="ITEM", action="append", default=[])
        parser.add_argument("--dry-run", action="store_true", help="only say what is to be chosen")
        parser.add_argument("--by", metavar="USER", help="needed unless it is a dry run")

    def handle(self, *, new: int, old: int, dry_run: bool, by: str | None, **given) -> None:
        notice, earlier = _notice(new), _notice(old)
        if dry_run:
            for each in beside(notice, earlier).items:
                self._print(each)
            return
        if by is None:
            raise CommandError("请用 --by 写明经办账号 / Name the account with --by.")
        try:
            supersession = supersede(notice, earlier, _choices(given), by=account_named(by))
        except Refused as refusal:
            raise CommandError("\n".join(in_both(refusal.__str__))) from None
        for each in supersession.carried.select_related("old", "new"):
            mark = "  待核对 / to be looked at" if each.wants_a_look else ""
            self.stdout.write(f"{each.old.code} → {each.new.code}{mark}")
        for each in misnamed(supersession):
            self.stdout.write(
                f"仍写 {each.code} 的不适用认定 {each.count} 条，请更正 / "
                f"Exemptions that still name {each.code}: {each.count}; correct them"
            )

    def _print(self, each: LaidItem) -> None:
        pair = each.pair
        numbers = [str(item.number) if item else "—" for item in (pair.old, pair.new)]
        text = (pair.new or pair.old).text
        self.stdout.write(f"{numbers[0]:>3} → {numbers[1]:<3} {SAID[pair.sameness]}  {text[:40]}")
        for offer in each.offers:
            options = " | ".join(
                f"[{option.value}]" if option is offer.default else option.value
                for option in offer.options
            )
            self.stdout.write(f"          {offer.commitment.code:<6} {options}")
        if each.lead:
            self.stdout.write(f"          {each.lead.item.code:<6} keep-lead | new-lead")


HELP = {
    Choice.CARRY: "carry the commitment over",
    Choice.LOOK: "carry it over, to be looked at",
    Choice.END: "it ends with the old ledger",
}


def _notice(number: int) -> Notice:
    row = Notice.objects.exclude(state=Notice.State.DISCARDED).filter(pk=number).first()
    if row is None:
        raise CommandError(f"没有编号为 {number} 的公文 / There is no notice {number}.")
    return row


def _choices(given: dict) -> Choices:
    return Choices(
        {code: choice for choice in Choice for code in given[choice.value]},
        dict.fromkeys(given["keep_lead"], True) | dict.fromkeys(given["new_lead"], False),
    )
