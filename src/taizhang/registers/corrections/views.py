"""The pages of corrections: proposing one, and what follows."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from taizhang.core.records.models import Record
from taizhang.lib.refusal import Refused
from taizhang.registers.corrections.actions import (
    accept,
    proposal_refusal,
    propose_correction,
    propose_void,
    refuse,
    withdraw,
)
from taizhang.registers.corrections.authority import may_propose
from taizhang.registers.corrections.forms import REASON, CorrectionForm, correction_form
from taizhang.registers.corrections.models import Correction
from taizhang.registers.refusals import RecordChanged
from taizhang.registers.spec import Label, RegisterSpec
from taizhang.registers.views.addressing import record_url, record_view
from taizhang.registers.views.entry import differing
from taizhang.registers.views.record import record_page
from taizhang.registers.views.steps import shown_version
from taizhang.ui.components import FormPanel

DECISIONS: dict[str, tuple[Callable[..., Correction], Label]] = {
    "accept": (accept, gettext_lazy("Accepted.")),
    "refuse": (refuse, gettext_lazy("Refused; the record stays as it stands.")),
    "withdraw": (withdraw, gettext_lazy("Withdrawn; the record stays as it stands.")),
}


@record_view
def correction_new(request: HttpRequest, spec: RegisterSpec, record: Record) -> HttpResponse:
    """The form of a verified record; what is sent waits for a second person."""
    if not may_propose(spec, record, request.user):
        raise Http404(record.record_no)
    if request.method == "POST":
        return _propose(request, spec, record)
    refusal = proposal_refusal(spec, record, request.user)
    if refusal is not None:
        messages.error(request, refusal)
        return redirect(record_url(spec, record))
    return _page(request, spec, record, correction_form(spec, record, request.user))


@require_POST
@record_view
def correction_void(request: HttpRequest, spec: RegisterSpec, record: Record) -> HttpResponse:
    """Propose that the record count no more; when that is refused, the page says why."""
    if not may_propose(spec, record, request.user):
        raise Http404(record.record_no)
    reason = request.POST.get("reason", "")
    try:
        propose_void(spec, record, reason=reason, by=request.user, version=shown_version(request))
    except Refused as refusal:
        return _refused(request, spec, record, refusal)
    messages.success(request, _("Proposed. Another person decides; until then the record counts."))
    return redirect(record_url(spec, record))


@require_POST
@record_view
def correction_decision(
    request: HttpRequest, spec: RegisterSpec, record: Record, pk: int, decision: str
) -> HttpResponse:
    """Accept, refuse or withdraw the proposal; when that is refused, the page says why."""
    correction = get_object_or_404(Correction, register=spec.slug, record=record.pk, pk=pk)
    act, done = DECISIONS[decision]
    given = {"reason": request.POST.get("reason", "")} if decision == "refuse" else {}
    try:
        act(correction, by=request.user, **given)
    except Refused as refusal:
        return _refused(request, spec, record, refusal)
    messages.success(request, done)
    return redirect(record_url(spec, record))


def _propose(request: HttpRequest, spec: RegisterSpec, record: Record) -> HttpResponse:
    form = correction_form(spec, record, request.user, request.POST)
    if form.is_valid():
        try:
            propose_correction(
                spec,
                record,
                form.values(),
                reason=form.cleaned_data[REASON],
                by=request.user,
                version=form.cleaned_data["version"] or 0,
            )
        except RecordChanged as refusal:
            return _changed_meanwhile(request, spec, form, refusal)
        except ValidationError as fault:
            form.mark(fault)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Proposed. Another person decides; until then the record counts.")
            )
            return redirect(record_url(spec, record))
    return _page(request, spec, record, form, status=422)


def _changed_meanwhile(
    request: HttpRequest, spec: RegisterSpec, form: CorrectionForm, refusal: RecordChanged
) -> HttpResponse:
    """The form with everything that was typed, on top of the record as it stands now."""
    data = request.POST.copy()
    data["version"] = refusal.current.version
    on_top = correction_form(spec, refusal.current, request.user, data)
    return _page(
        request,
        spec,
        refusal.current,
        on_top,
        refusal=refusal,
        conflicts=differing(spec, refusal.current, form),
        status=409,
    )


def _page(
    request: HttpRequest,
    spec: RegisterSpec,
    record: Record,
    form: CorrectionForm,
    *,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    context = {
        "spec": spec,
        "record": record,
        "form": form,
        "panels": [
            FormPanel(_("Why it is corrected"), (REASON,)),
            *(FormPanel(panel.title, panel.fields) for panel in spec.panels),
        ],
        "cancel_url": record_url(spec, record),
        **more,
    }
    return render(request, "corrections/form.html", context, status=status)


def _refused(
    request: HttpRequest, spec: RegisterSpec, record: Record, refusal: Refused
) -> HttpResponse:
    record.refresh_from_db()
    return record_page(request, spec, record, status=409, step_fault=refusal)
