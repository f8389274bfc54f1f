"""The day that counts as today: a fixed status date, else today in the installation's time zone."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError
from django.utils import timezone

from taizhang.core.parameters.clock import fix_status_date, fixed_status_date, status_date
from taizhang.core.parameters.models import Parameter

pytestmark = pytest.mark.django_db


def test_a_fixed_date_counts_as_today_until_it_is_released():
    fix_status_date(date(2026, 9, 30), source="演示")

    assert fixed_status_date() == status_date() == date(2026, 9, 30)
    fix_status_date(None, source="演示结束")
    assert fixed_status_date() is None


def test_fixing_again_replaces_the_date():
    fix_status_date(date(2026, 6, 30), source="演示")
    fix_status_date(date(2026, 9, 30), source="演示")

    assert status_date() == date(2026, 9, 30)
    assert Parameter.objects.count() == 1


def test_in_daily_service_today_begins_at_midnight_in_china(monkeypatch):
    late_in_utc = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: late_in_utc)

    assert status_date() == date(2027, 1, 1)


def test_a_parameter_does_not_end_before_it_starts():
    with pytest.raises(IntegrityError):
        Parameter.objects.create(
            code="coverage", value="80", valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 1)
        )
