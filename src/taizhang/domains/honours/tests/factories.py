"""Rows of the register `honour`."""

from datetime import date

from taizhang.core.organisations.testing import HAIGANG, RecordFactory
from taizhang.domains.honours.models import (
    CommendedBy,
    Honour,
    HonourLevel,
    HonourStage,
    TitleKind,
)


class HonourFactory(RecordFactory):
    """A model worker of Haigang, commended by Party committee and government in April 2026."""

    class Meta:
        model = Honour

    title_kind = TitleKind.MODEL_WORKER
    level = HonourLevel.COUNTY
    region_id = HAIGANG
    campaign_year = 2026
    commended_by = CommendedBy.PARTY_GOV
    stage = HonourStage.CONFERRED
    conferred_on = date(2026, 4, 28)
