"""`taizhang commitment`: write a commitment from a file, as the page does; list, withdraw."""

import tomllib
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from taizhang.ledger.current import CurrentLedger, NoLedger, current_ledger
from taizhang.ledger.drafting.clauses import clauses_of
from taizhang.ledger.drafting.forms import StatementForm
from taizhang.ledger.drafting.publishing import (
    publish_commitment,
    quoted,
    revise_commitment,
    withdraw_commitment,
)
from taizhang.ledger.drafting.statement import Statement, as_row
from taizhang.ledger.drafting.trial import Trial, compute_trial
from taizhang.ledger.models import Commitment, Item, Ledger
from taizhang.lib.nearest import nearest
from taizhang.lib.refusal import Refused
from taizhang.registers.terminal import account_named, in_both
from taizhang.ui.components import number
from taizhang.ui.verdicts import VERDICTS


class Command(BaseCommand):
    help = "量化要求：列出、试算、发布、修订、撤回 / Write commitments as the page does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        listing = steps.add_parser("list", help="what the items' words commit to, and its state")
        listing.add_argument("--ledger", default="", metavar="KEY", help="default: the current one")
        for name, said in (("check", "compute it, keep nothing"), ("publish", "and put it live")):
            step = steps.add_parser(name, help=f"a commitment from a TOML file: {said}")
            step.add_argument("item", metavar="ITEM", help="such as 5 or A5")
            step.add_argument("file", type=Path, metavar="FILE")
            step.add_argument("--by", required=True, metavar="USER")
            step.add_argument("--quote", default="", help="the words of the item that state it")
        revise = steps.add_parser("revise", help="one that the office wrote, from a TOML file")
        revise.add_argument("code", metavar="CODE")
        revise.add_argument("file", type=Path, metavar="FILE")
        withdraw = steps.add_parser("withdraw", help="one that the office wrote")
        withdraw.add_argument("code", metavar="CODE")
        for step in (revise, withdraw):
            step.add_argument("--by", required=True, metavar="USER")
            step.add_argument("--reason", required=True)

    def handle(self, *, step: str, **options: Any) -> None:
        try:
            getattr(self, f"_{step}")(**options)
        except Refused as refusal:
            raise CommandError("\n".join(in_both(refusal.__str__))) from None
        except NoLedger:
            raise CommandError(
                "数据库中还没有台账，请先运行 taizhang init / "
                "There is no ledger in this database: run `taizhang init` first."
            ) from None

    def _list(self, *, ledger: str, **_options: Any) -> None:
        rows = Ledger.objects.in_force()
        chosen = rows.filter(key=ledger).first() if ledger else rows.first()
        if chosen is None:
            raise CommandError(f"没有现行台账“{ledger}” / No ledger in force has the key {ledger}.")
        for group in clauses_of(chosen):
            for each in group.clauses:
                codes = " ".join(row.code for row in each.commitments)
                said = f"{group.item.code:<5} {each.outcome.value:<10} {each.found.quote}  {codes}"
                self.stdout.write(said.rstrip())

    def _check(self, *, item: str, file: Path, by: str, quote: str, **_options: Any) -> None:
        current, actor = current_ledger(), account_named(by)
        row = as_row(_statement(file, current), _item(item), current.pack, current.catalogue)
        self._say(compute_trial(row, by=actor))

    def _publish(self, *, item: str, file: Path, by: str, quote: str, **_options: Any) -> None:
        row, actor = _item(item), account_named(by)
        statement = _statement(file, current_ledger())
        clause = quoted(row, quote) if quote else None
        made = publish_commitment(row, statement, by=actor, clause=clause)
        self.stdout.write(f"{made.code}  {made.duty_zh}")

    def _revise(self, *, code: str, file: Path, by: str, reason: str, **_options: Any) -> None:
        row, actor = _commitment(code), account_named(by)
        revise_commitment(row, _statement(file, current_ledger()), by=actor, reason=reason)
        self.stdout.write(f"{row.code}  {row.duty_zh}")

    def _withdraw(self, *, code: str, by: str, reason: str, **_options: Any) -> None:
        withdraw_commitment(_commitment(code), by=account_named(by), reason=reason)
        self.stdout.write(f"{code} 已撤回 / withdrawn")

    def _say(self, trial: Trial) -> None:
        self.stdout.write(f"{trial.day}  {trial.snapshot[:12]}")
        for area, each in trial.figures:
            row = each.figure
            parts = f"{number(row.numerator)}/{number(row.denominator)}"
            self.stdout.write(
                f"{area.code}  {parts:>15}  {number(row.value):>8}  "
                f"{VERDICTS[each.verdict].label}  {each.reason}".rstrip()
            )


def _item(code: str) -> Item:
    found = Item.objects.coded(code).first()
    if found is None:
        raise CommandError(f"没有事项 {code} / There is no item {code}.")
    return found


def _commitment(code: str) -> Commitment:
    found = Commitment.objects.coded(code).first()
    if found is None:
        raise CommandError(f"没有量化要求 {code} / There is no commitment {code}.")
    return found


def _statement(file: Path, current: CurrentLedger) -> Statement:
    """The statement in the file, checked as the page checks it; keys are the fields of the form.

    Raises CommandError, naming everything that is wrong.
    """
    form = StatementForm(current, _values(file))
    unknown = sorted(form.data.keys() - form.fields.keys())
    for key in unknown:
        near = nearest(key, form.fields)
        meant = f"，是否指 {near} / did you mean {near}?" if near else ""
        raise CommandError(f"{file.name}: {key}{meant}")
    if not form.is_valid():
        faults = [f"{name}: {fault}" for name, found in form.errors.items() for fault in found]
        raise CommandError("\n".join(faults))
    return form.statement


def _values(file: Path) -> Mapping[str, Any]:
    """The file as a form would be posted; `value` stands for the target, a pair for a range."""
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise CommandError(f"{file}: {fault}") from None
    value = said.pop("value", None)
    if isinstance(value, list):
        said |= dict(zip(("target", "target_to"), value, strict=False))
    elif value is not None:
        said["target"] = value
    if isinstance(said.get("by"), list):
        said["by"] = ", ".join(map(str, said["by"]))
    return said
