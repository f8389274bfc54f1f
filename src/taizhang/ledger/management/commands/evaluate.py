"""`taizhang evaluate`: compute the ledger; with --watch, keep it fresh as facts change."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from taizhang.ledger.current import NoLedger
from taizhang.ledger.evaluation import evaluate_ledger, evaluate_stale
from taizhang.ledger.models import EvaluationRun

PAUSE_SECONDS = 0.5


class Command(BaseCommand):
    help = "计算台账 / Compute the ledger and keep its figures."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--watch", action="store_true", help="compute again whenever facts or the day change"
        )

    def handle(self, **options) -> None:
        if not options["watch"]:
            self._evaluate()
            return
        while True:
            self._keep_fresh()
            # SQLite readers must not hold an old view of the database while they wait.
            connection.close_if_unusable_or_obsolete()
            time.sleep(PAUSE_SECONDS)

    def _evaluate(self) -> None:
        try:
            self._say(evaluate_ledger())
        except NoLedger:
            raise CommandError(
                "数据库中还没有台账，请先运行 taizhang init / "
                "There is no ledger in this database: run `taizhang init` first."
            ) from None

    def _keep_fresh(self) -> None:
        try:
            run = evaluate_stale()
        except NoLedger:
            return  # one may be published while the worker waits
        if run is not None:
            self._say(run)

    def _say(self, run: EvaluationRun) -> None:
        self.stdout.write(f"{run.as_of}  {run.snapshot[:12]}  {run.milliseconds} ms", ending="\n")
        self.stdout.flush()
