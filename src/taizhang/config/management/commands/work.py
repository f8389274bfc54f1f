"""`taizhang work`: the worker: computes what changed facts touch, imports sheets, and so on."""

import time

from django.core.management.base import BaseCommand
from django.db import connection

from taizhang.registers.chores import run_chores

PAUSE_SECONDS = 0.5


class Command(BaseCommand):
    help = "后台工作：计算台账、导入表格等 / Do what waits in the background, until told to stop."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")

    def handle(self, *, once: bool, **options) -> None:
        if once:
            while run_chores():
                pass
            return
        while True:
            busy = run_chores()
            # SQLite readers must not hold an old view of the database while they wait.
            connection.close_if_unusable_or_obsolete()
            if not busy:
                time.sleep(PAUSE_SECONDS)
