"""`taizhang reindex`: make the search index anew, or say where it has fallen behind."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from taizhang.lib.registry import UnknownKey
from taizhang.registers.lists.search_index import index_faults, rebuild_index
from taizhang.registers.spec import REGISTERS


class Command(BaseCommand):
    help = "重建检索索引 / Make the search index of the registers anew from their records."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "registers", nargs="*", metavar="REGISTER", help="such as meeting (default: all)"
        )
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail where it has fallen behind"
        )

    def handle(self, *, registers: list[str], check: bool, **options) -> None:
        try:
            specs = [REGISTERS[slug] for slug in registers or REGISTERS]
        except UnknownKey as fault:
            raise CommandError(str(fault)) from None
        if check:
            self._check({spec.slug: len(index_faults(spec)) for spec in specs})
            return
        for spec in specs:
            self.stdout.write(f"{spec.slug}: {rebuild_index(spec)}")

    def _check(self, faults: dict[str, int]) -> None:
        behind = [f"{slug}: {count}" for slug, count in faults.items() if count]
        if behind:
            raise CommandError(
                "以下登记簿的检索索引与记录不符，请运行 taizhang reindex。\n"
                "The index of these registers differs from their records; run taizhang reindex.\n"
                + "\n".join(behind)
            )
        self.stdout.write("检索索引与记录一致。 The search index agrees with the records.")
