"""What the worker does for the registers of organising; found at start."""

from datetime import date

from django.db.models import Max

from taizhang.core.audit.models import AuditRow
from taizhang.core.parameters.clock import status_date
from taizhang.domains.organising.elections import follow_terms
from taizhang.registers.chores import Chore, offer_chore


class FollowTerms:
    """Looks at the terms only when the day or the change log has moved on since it last did."""

    def __init__(self) -> None:
        self._seen: tuple[date, int | None] | None = None

    def __call__(self) -> bool:
        now = status_date(), AuditRow.objects.aggregate(last=Max("pk"))["last"]
        if now == self._seen:
            return False
        self._seen = now
        return follow_terms()


offer_chore(Chore("organising.elections", FollowTerms()))
