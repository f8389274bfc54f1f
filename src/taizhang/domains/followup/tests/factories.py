"""Rows of the register `exemption`."""

from taizhang.core.organisations.testing import HAIGANG, RecordFactory
from taizhang.domains.followup.models import Exemption


class ExemptionFactory(RecordFactory):
    """Haigang owes no commendation of model workers in 2022–2026: it has no approved item."""

    class Meta:
        model = Exemption

    commitment = "13.1"
    region_id = HAIGANG
    window = "2022-2026"
    reason = "无经批准的评比达标表彰项目，不具备开展表彰的条件。"
