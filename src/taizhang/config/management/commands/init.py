"""`taizhang init`: an empty database with the ledger pack and its areas."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from taizhang.ledger.current import DEFAULT_PACK, shipped_pack
from taizhang.ledger.establish import establish_ledger


class Command(BaseCommand):
    help = "建库并载入台账包 / Create the database with the ledger pack and its areas."

    def handle(self, **options) -> None:
        prepare_database(verbosity=0)
        ledger = establish_ledger(shipped_pack(DEFAULT_PACK), by=None)
        self.stdout.write(
            f"{ledger.title_zh}：{ledger.items.count()} 项 / {ledger.items.count()} items"
        )


def prepare_database(verbosity: int) -> None:
    """Tables up to date, and the table of the shared cache."""
    call_command("migrate", verbosity=verbosity, interactive=False)
    call_command("createcachetable", verbosity=verbosity)
