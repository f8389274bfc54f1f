"""A database with the ledger and the organisations of the cast, and a status date."""

from datetime import date

import pytest
from django.conf import settings as django_settings

from taizhang.core.parameters.clock import fix_status_date
from taizhang.ledger.current import DEFAULT_PACK, shipped_pack
from taizhang.ledger.establish import establish_ledger
from taizhang.ledger.models import Ledger

STATUS_DATE = date(2026, 9, 30)


@pytest.fixture
def ledger(tree, tmp_path, monkeypatch) -> Ledger:
    """The shipped ledger over the cast's organisations, on 30 September 2026."""
    monkeypatch.setattr(django_settings, "SNAPSHOT_DIR", tmp_path / "snapshots")
    monkeypatch.setattr(django_settings, "MEDIA_ROOT", tmp_path / "uploads")
    fix_status_date(STATUS_DATE, source="test")
    return establish_ledger(shipped_pack(DEFAULT_PACK), by=None)
