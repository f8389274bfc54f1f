"""The form of a record: entering a new one and changing a draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from taizhang.core.records.models import Record
from taizhang.lib.refusal import Refused
from taizhang.registers.actions import change_record, create_record, edit_refusal
from taizhang.registers.authority import permits
from taizhang.registers.display import label_of, separator, shown
from taizhang.registers.fields import ReferenceListField
from taizhang.registers.forms import RecordForm, record_form
from taizhang.registers.refusals import RecordChanged
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.values import lists_of, put
from taizhang.registers.views.addressing import record_url, record_view, register_view
from taizhang.ui.components import FormPanel


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that stands differently now than in the form that was sent."""

    label: str
    theirs: str
    mine: str


@register_view
def record_new(request: HttpRequest, spec: RegisterSpec) -> HttpResponse:
    """A form filled with what is known and what the address asks for; saved as a draft."""
    if not request.user.holds(spec.permission("enter")):
        raise Http404(spec.slug)
    if request.method != "POST":
        return _page(
            request, spec, record_form(spec, request.user, prefilled=_prefilled(request, spec))
        )
    form = record_form(spec, request.user, data=request.POST)
    if form.is_valid():
        try:
            record = create_record(spec, form.values(), by=request.user)
        except ValidationError as fault:
            form.mark(fault)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Saved as a draft. Submit it, so that another person can verify it.")
            )
            return redirect(record_url(spec, record))
    return _page(request, spec, form, status=422)


@record_view
def record_edit(request: HttpRequest, spec: RegisterSpec, record: Record) -> HttpResponse:
    """The form of a draft or returned record; a verified one says why it cannot be changed."""
    if not permits(request.user, spec.permission("enter"), record):
        raise Http404(record.record_no)
    if request.method == "POST":
        return _change(request, spec, record)
    refusal = edit_refusal(spec, record, request.user)
    if refusal is not None:
        messages.error(request, refusal)
        return redirect(record_url(spec, record))
    return _page(request, spec, record_form(spec, request.user, record=record), record)


def differing(spec: RegisterSpec, current: Record, form: RecordForm) -> list[Conflict]:
    """What stands now beside what was typed, for the fields in which they differ."""
    values = form.values()
    typed = spec.model.objects.get(pk=current.pk)
    put(spec, typed, values)
    found = []
    for name in values:
        theirs = shown(current, name)
        if isinstance(form.fields[name], ReferenceListField):
            mine = separator().join(map(str, values[name]))
        else:
            mine = shown(typed, name)
        if mine != theirs:
            found.append(Conflict(label_of(spec.model, name), theirs, mine))
    return found


def _change(request: HttpRequest, spec: RegisterSpec, record: Record) -> HttpResponse:
    form = record_form(spec, request.user, record=record, data=request.POST)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            changed = change_record(spec, record, form.values(), by=request.user, version=version)
        except RecordChanged as refusal:
            return _page(
                request,
                spec,
                _on_top_of(request, spec, refusal.current),
                record,
                refusal=refusal,
                conflicts=differing(spec, refusal.current, form),
                status=409,
            )
        except ValidationError as fault:
            form.mark(fault)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(record_url(spec, changed))
    return _page(request, spec, form, record, status=422)


def _page(
    request: HttpRequest,
    spec: RegisterSpec,
    form: RecordForm,
    record: Record | None = None,
    *,
    refusal: RecordChanged | None = None,
    conflicts: Sequence[Conflict] = (),
    status: int = 200,
) -> HttpResponse:
    list_url = reverse("register_list", args=[spec.slug])
    context = {
        "spec": spec,
        "record": record,
        "form": form,
        "panels": [FormPanel(panel.title, panel.fields) for panel in spec.panels],
        "refusal": refusal,
        "conflicts": conflicts,
        "cancel_url": record_url(spec, record) if record else list_url,
    }
    return render(request, "registers/form.html", context, status=status)


def _prefilled(request: HttpRequest, spec: RegisterSpec) -> dict[str, object]:
    """Values in the address for fields of the register, such as `?kind=gov_union_joint`."""
    return {
        name: request.GET.getlist(name) if name in lists_of(spec) else request.GET[name]
        for name in spec.fields
        if name in request.GET
    }


def _on_top_of(request: HttpRequest, spec: RegisterSpec, current: Record) -> RecordForm:
    """The form with everything that was typed; sent again, it changes the record as it stands."""
    data = request.POST.copy()
    data["version"] = current.version
    return record_form(spec, request.user, record=current, data=data)
