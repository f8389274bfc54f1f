"""The panel on the page of a record that a check has found; found at start."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from taizhang.core.records.models import Record
from taizhang.registers.extension import RECORD_PANELS, RecordPanel
from taizhang.registers.integrity.findings import known_findings
from taizhang.registers.spec import RegisterSpec


def findings_panel(request: HttpRequest, spec: RegisterSpec, record: Record) -> SafeString | str:
    """What the checks found in the record; "" where they found nothing."""
    findings = known_findings()
    found = findings.by_record.get((spec.slug, record.pk)) if findings else None
    if not found:
        return ""
    return render_to_string("integrity/_panel.html", {"found": found}, request)


RECORD_PANELS.register(
    "integrity.findings", RecordPanel(_("Data checks"), position=5, render=findings_panel)
)
