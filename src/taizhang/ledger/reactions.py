"""What the ledger adds to the registers; found at start by the generic register."""

from django.utils.translation import gettext_lazy as _

from taizhang.ledger.evaluation import mark_register
from taizhang.ledger.views.counting import counting_panel
from taizhang.registers.extension import RECORD_PANELS, RecordPanel
from taizhang.registers.staleness import STALE_HOOKS

STALE_HOOKS.append(mark_register)
RECORD_PANELS.register(
    "ledger.commitments", RecordPanel(_("Counts for"), position=10, render=counting_panel)
)
