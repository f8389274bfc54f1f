"""What merging adds to the registers: a kind of proposal and a panel; found at start."""

from django.utils.translation import gettext_lazy as _

from taizhang.registers.corrections.kinds import KINDS
from taizhang.registers.extension import RECORD_PANELS, RecordPanel
from taizhang.registers.merging.merging import MERGE
from taizhang.registers.merging.panel import merger_panel

KINDS.register(MERGE.key, MERGE)
RECORD_PANELS.register("merging", RecordPanel(_("Mergers"), position=90, render=merger_panel))
