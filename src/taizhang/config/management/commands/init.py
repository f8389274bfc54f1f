"""`taizhang init`: an empty database with the ledger pack and its areas."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from taizhang.ledger.current import DEFAULT_PACK, shipped_pack
from taizhang.ledger.establish import establish_ledger
from taizhang.ledger.upgrading import newer_pack


class Command(BaseCommand):
    help = "建库并载入台账包 / Create the database with the ledger pack and its areas."

    def handle(self, **options) -> None:
        prepare_database(verbosity=0)
        ledger = establish_ledger(shipped_pack(DEFAULT_PACK), by=None)
        self.stdout.write(
            f"{ledger.title_zh}：{ledger.items.count()} 项 / {ledger.items.count()} items"
        )
        newer = newer_pack(ledger)
        if newer is not None:
            self.stdout.write(
                f"台账包已有版本 {newer.version}，变更请看 taizhang pack upgrade --dry-run / "
                f"Version {newer.version} is here: `taizhang pack upgrade --dry-run` shows it."
            )


def prepare_database(verbosity: int) -> None:
    """Tables up to date, and the table of the shared cache."""
    call_command("migrate", verbosity=verbosity, interactive=False)
    call_command("createcachetable", verbosity=verbosity)
