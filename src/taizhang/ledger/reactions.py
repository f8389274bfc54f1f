"""What the ledger does when facts change; found at start by the generic register."""

from taizhang.ledger.evaluation import mark_register
from taizhang.registers.staleness import STALE_HOOKS

STALE_HOOKS.append(mark_register)
