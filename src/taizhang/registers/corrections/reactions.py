"""What corrections add to the registers: two kinds of proposals and a panel; found at start."""

from django.utils.translation import gettext_lazy as _

from taizhang.registers.corrections.correcting import CORRECT
from taizhang.registers.corrections.kinds import KINDS
from taizhang.registers.corrections.panel import correction_panel
from taizhang.registers.corrections.voiding import VOID
from taizhang.registers.extension import RECORD_PANELS, RecordPanel

for kind in (CORRECT, VOID):
    KINDS.register(kind.key, kind)
RECORD_PANELS.register(
    "corrections", RecordPanel(_("Correcting"), position=5, render=correction_panel)
)
