"""What writing commitments adds to the interface for programs; found at start."""

from taizhang.ledger.drafting.api import router
from taizhang.registers.api.extension import API_ROUTERS

API_ROUTERS.register("ledger.drafting", router)
