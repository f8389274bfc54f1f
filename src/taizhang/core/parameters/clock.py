"""The day that counts as today: the status date where one is fixed, else today in the time zone."""

from datetime import date

from django.utils import timezone

from taizhang.core.parameters.models import Parameter

STATUS_DATE = "status_date"


def fixed_status_date() -> date | None:
    """The fixed status date of a demonstration or an exercise, None in daily service."""
    value = Parameter.objects.filter(code=STATUS_DATE).values_list("value", flat=True).first()
    return date.fromisoformat(value) if value else None


def status_date() -> date:
    """The day whose end (24:00) everything is read at (handbook 0.4)."""
    return fixed_status_date() or timezone.localdate()


def fix_status_date(day: date | None, *, source: str) -> None:
    """Fix the status date, or release it with None; shown on every page while it is fixed."""
    Parameter.objects.filter(code=STATUS_DATE).delete()
    if day is not None:
        Parameter.objects.create(code=STATUS_DATE, value=day.isoformat(), source=source)
