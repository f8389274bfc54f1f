"""What the ledger adds to the registers; found at start by the generic register."""

from django.utils.translation import gettext_lazy as _

from taizhang.ledger.api.operations import router
from taizhang.ledger.current import NoLedger
from taizhang.ledger.evaluation import evaluate_stale, mark_register
from taizhang.ledger.views.counting import counting_panel
from taizhang.registers.api.extension import API_ROUTERS
from taizhang.registers.chores import Chore, offer_chore
from taizhang.registers.extension import RECORD_PANELS, RecordPanel
from taizhang.registers.staleness import STALE_HOOKS

STALE_HOOKS.append(mark_register)
API_ROUTERS.register("ledger", router)
RECORD_PANELS.register(
    "ledger.commitments", RecordPanel(_("Counts for"), position=10, render=counting_panel)
)


def keep_fresh() -> bool:
    """Compute what changed facts touch, for the worker; False when nothing has changed."""
    try:
        return evaluate_stale() is not None
    except NoLedger:
        return False  # one may be published while the worker waits


offer_chore(Chore("ledger.evaluation", keep_fresh))
