"""The panel of a verified record: the proposal that waits, or the ways to make one."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from taizhang.core.records.models import Record, RecordStatus
from taizhang.registers.corrections.actions import open_correction
from taizhang.registers.corrections.authority import (
    bar_to_deciding,
    bar_to_withdrawing,
    may_propose,
)
from taizhang.registers.corrections.kinds import KINDS, Proposal
from taizhang.registers.corrections.models import Correction
from taizhang.registers.spec import RegisterSpec


def correction_panel(request: HttpRequest, spec: RegisterSpec, record: Record) -> SafeString | str:
    """HTML, "" for a record that is not verified and for readers when nothing waits."""
    if record.record_status != RecordStatus.VERIFIED:
        return ""
    waiting = open_correction(spec, record)
    if waiting is None and not may_propose(spec, record, request.user):
        return ""
    context = {"spec": spec, "record": record}
    if waiting is not None:
        context |= _waiting(request, spec, record, waiting)
    return render_to_string("corrections/panel.html", context, request=request)


def _waiting(
    request: HttpRequest, spec: RegisterSpec, record: Record, correction: Correction
) -> dict[str, object]:
    proposal, by = Proposal(correction, spec, record), request.user
    kind = KINDS[correction.kind]
    may_verify = by.holds(spec.permission("verify"))
    return {
        "correction": correction,
        "kind": kind,
        "changes": kind.changes(proposal, by),
        "bar": bar_to_deciding(proposal, by),
        "may_verify": may_verify,
        "may_withdraw": bar_to_withdrawing(proposal, by) is None,
    }
