"""The panels about mergers: where a merged record went, and what the other brought along."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from taizhang.core.records.models import Record, RecordStatus
from taizhang.registers.history import Entry, history
from taizhang.registers.merging.models import Merged
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.views.addressing import record_url


@dataclass(frozen=True, slots=True)
class MergedRecord:
    """A record that was merged into the one shown, with its own change log."""

    record: Record
    url: str
    history: list[Entry]


def merger_panel(request: HttpRequest, spec: RegisterSpec, record: Record) -> SafeString | str:
    """HTML, "" for a record that no merger concerns and for registers without duplicates."""
    if spec.identity is None:
        return ""
    rows = Merged.objects.filter(register=spec.slug)
    seen = spec.model.objects.visible_to(request.user)
    if record.record_status == RecordStatus.VOID:
        into = seen.filter(pk__in=rows.filter(loser=record.pk).values("survivor")).first()
        if into is None:
            return ""
        context = {"into": into, "into_url": record_url(spec, into)}
    else:
        losers = seen.filter(pk__in=rows.filter(survivor=record.pk).values("loser"))
        merged = [_merged(spec, row) for row in losers.order_by("pk")]
        if not merged:
            return ""
        context = {"merged": merged}
    return render_to_string("merging/panel.html", context, request=request)


def _merged(spec: RegisterSpec, row: Record) -> MergedRecord:
    return MergedRecord(row, record_url(spec, row), history(spec, row.record_no))
