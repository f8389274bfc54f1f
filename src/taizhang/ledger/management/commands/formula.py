"""`taizhang formula TEXT`: is it right, and what does it come to on the present facts?"""

from datetime import date
from decimal import Decimal
from functools import partial

from django.core.management.base import BaseCommand, CommandError

from taizhang.ledger.current import NoLedger, current_ledger
from taizhang.ledger.evaluation import current_snapshot
from taizhang.ledger.formula_refusals import check_commitment, refusal_text
from taizhang.lib.windows import Period
from taizhang.measures.commitments import Commitment, Comparator, Kind, Ledger, Modality, Scope
from taizhang.measures.evaluate import evaluate
from taizhang.measures.formula import FormulaError
from taizhang.registers.terminal import in_both

CODE = "?"


class Command(BaseCommand):
    help = "检查并试算公式 / Check a formula and compute it on the present facts."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "formula", metavar="TEXT", help="such as count(meeting[kind=tripartite])"
        )
        parser.add_argument(
            "--by",
            default="state",
            metavar="FIELD",
            help="what dates the rows: state (default), or a date field such as held_on",
        )

    def handle(self, **options) -> None:
        try:
            current = current_ledger()
        except NoLedger:
            raise CommandError(
                "数据库中还没有台账，请先运行 taizhang init / "
                "There is no ledger in this database: run `taizhang init` first."
            ) from None
        asked = _asked(options["formula"], options["by"])
        populations = {"city": "all"}
        try:
            check_commitment(asked, populations, current.catalogue)
        except FormulaError as error:
            place = str(error).split("\n", 1)[1]
            said = in_both(partial(refusal_text, error))
            raise CommandError("\n".join([*said, place])) from None
        snapshot, day = current_snapshot()
        ledger = Ledger((asked,), populations, current.measures.parameters)
        result = evaluate(ledger, current.catalogue, current.areas, snapshot, day)
        names = {area.code: area.name for area in current.areas}
        self.stdout.write(f"{day}  {snapshot.id[:12]}")
        for figure in result.figures:
            value = "–" if figure.numerator is None else f"{figure.numerator.normalize():f}"
            reason = f"  {figure.reason}" if figure.reason else ""
            self.stdout.write(f"{figure.area}  {value:>12}  {names[figure.area]}{reason}")


def _asked(formula: str, by: str) -> Commitment:
    """The formula as a count of the whole city, over the year where its rows have a date."""
    return Commitment(
        code=CODE,
        kind=Kind.COUNT,
        scope=Scope.POOL,
        population="city",
        numerator=formula,
        denominator="",
        comparator=Comparator.AT_LEAST,
        target=Decimal(1),
        unit="",
        period=Period.POINT_IN_TIME if by == "state" else Period.YEAR,
        by=(by,),
        modality=Modality.SHOULD,
        threshold_source="text",
        planned=date.max,
    )
