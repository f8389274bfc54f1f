"""`taizhang demo`: a made-up city's facts on the shipped ledger, computed and served."""

import os
import tempfile
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from taizhang.config.demo_accounts import (
    PASSWORD,
    account_lines,
    create_demo_accounts,
    grant_demo_roles,
)
from taizhang.config.demo_city.city import STATUS_DATE, write_demo_city
from taizhang.config.management.commands.init import prepare_database
from taizhang.core.access.models import User
from taizhang.core.parameters.clock import fix_status_date
from taizhang.core.records.models import Batch
from taizhang.ledger.current import DEFAULT_PACK, shipped_pack
from taizhang.ledger.establish import establish_ledger
from taizhang.ledger.evaluation import evaluate_stale
from taizhang.ledger.receiving import publish_notice, receive_notice
from taizhang.registers.packages.load import load_package

PACKAGE_NAME = "demo-city"


class Command(BaseCommand):
    help = "演示：载入虚构城市的数据并启动 / Load a made-up city's facts, compute, and serve."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000", metavar="HOST:PORT")
        parser.add_argument("--no-serve", action="store_true", help="prepare everything and stop")

    def handle(self, **options) -> None:
        prepare_database(verbosity=0)
        establish_ledger(shipped_pack(DEFAULT_PACK), by=None)
        create_demo_accounts()
        if not Batch.objects.filter(name=PACKAGE_NAME).exists():
            self._load_city()
        grant_demo_roles()
        run = evaluate_stale()
        if run is not None:
            self.stdout.write(
                f"计算用时 {run.milliseconds} 毫秒 / computed in {run.milliseconds} ms"
            )
        self._introduce()
        if not options["no_serve"]:
            call_command("serve", bind=options["bind"])

    def _load_city(self) -> None:
        """The facts, the fixed status date, and the real notice where the samples have it."""
        self.stdout.write("正在载入演示数据…… / Loading the demonstration's facts …")
        self.stdout.flush()
        # First, as no fact may lie after the status date, whatever today is.
        fix_status_date(STATUS_DATE, source="demonstration")
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / PACKAGE_NAME
            write_demo_city(folder)
            report = load_package(
                folder,
                by=User.objects.get(username="clerk"),
                verified_by=User.objects.get(username="head"),
            )
        if not report.written:
            faults = "\n".join(str(fault) for fault in report.faults[:20])
            raise CommandError(f"the demonstration's facts were refused:\n{faults}")
        rows = sum(report.entered.values())
        self.stdout.write(f"{rows} 条记录 / {rows} records, {report.seconds:.1f} s")
        samples = Path(os.environ.get("TAIZHANG_SAMPLES", "../shared"))
        text = samples / "seed" / "notice.txt"
        if text.is_file():
            publish_notice(receive_notice(text.read_bytes(), text.name, by=None), by=None)

    def _introduce(self) -> None:
        self.stdout.write("")
        self.stdout.write(f"演示账号，密码均为 {PASSWORD} / Demo accounts, all with this password:")
        for line in account_lines():
            self.stdout.write(f"  {line}")
        self.stdout.write("")
