"""The page of one record: its facts, what may follow, its evidence and its change log."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from taizhang.core.files.kinds import accepted_extensions
from taizhang.core.files.models import Evidence
from taizhang.core.records.models import Record, RecordStatus
from taizhang.registers.actions import edit_refusal, evidence_refusal
from taizhang.registers.authority import hidden_fields
from taizhang.registers.display import label_of, masked, separator, shown, spec_of
from taizhang.registers.extension import panels_for
from taizhang.registers.history import Entry, history
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.views.addressing import record_url, record_view
from taizhang.registers.workflow import steps
from taizhang.ui.components import Fact


@record_view
def record(request: HttpRequest, spec: RegisterSpec, record: Record) -> HttpResponse:
    return record_page(request, spec, record)


def record_page(
    request: HttpRequest,
    spec: RegisterSpec,
    record: Record,
    *,
    status: int = 200,
    step_fault: object = None,
    failed_step: str = "",
    reason: str = "",
    evidence_fault: object = None,
) -> HttpResponse:
    """The page; with a fault and what was typed, when a step or a file was refused."""
    by = request.user
    offered = steps(spec, record, by)
    entries = history(spec, record.record_no)
    context = {
        "spec": spec,
        "record": record,
        # After a refusal the address is that of the step, which cannot be opened.
        "here": record_url(spec, record),
        "panels": fact_panels(request, spec, record),
        "about": _about(record),
        "steps": [step for step in offered if step.refusal is None],
        "barred": [step for step in offered if step.refusal is not None],
        "may_edit": edit_refusal(spec, record, by) is None,
        "may_add_evidence": evidence_refusal(spec, record, by) is None,
        "evidence": Evidence.objects.filter(register=spec.key, record=record.pk).select_related(
            "uploaded_by"
        ),
        "accepted": ",".join(f".{extension}" for extension in accepted_extensions()),
        "more_panels": panels_for(request, spec, record),
        "history": entries,
        "sent_back": _sent_back(record, entries),
        "step_fault": step_fault,
        "failed_step": failed_step,
        "reason": reason,
        "evidence_fault": evidence_fault,
    }
    return render(request, "registers/record.html", context, status=status)


def _sent_back(record: Record, entries: list[Entry]) -> Entry | None:
    """Who returned the record and why, while it waits to be put right."""
    if record.record_status != RecordStatus.RETURNED:
        return None
    return next((entry for entry in entries if entry.key == "return"), None)


def fact_panels(
    request: HttpRequest, spec: RegisterSpec, record: Record
) -> list[tuple[object, list[Fact]]]:
    """The entered fields in the panels of the form, as (title, facts)."""
    hidden = hidden_fields(spec, request.user, record)
    seen = _seen(request, spec, record)
    return [
        (panel.title, [_fact(spec, record, name, hidden, seen) for name in panel.fields])
        for panel in spec.panels
    ]


def _fact(spec: RegisterSpec, record: Record, name: str, hidden: frozenset[str], seen) -> Fact:
    label = label_of(spec.model, name)
    if name in hidden:
        return Fact(label, masked(shown(record, name)))
    target = spec_of(spec.model._meta.get_field(name).related_model)
    if target is None:
        return Fact(label, shown(record, name))
    links = [
        format_html('<a href="{}">{}</a>', _url(target, row), row)
        if (target.slug, row.pk) in seen
        else str(row)
        for row in _referred(record, name)
    ]
    return Fact(label, format_html_join(separator(), "{}", ((link,) for link in links)))


def _seen(request: HttpRequest, spec: RegisterSpec, record: Record) -> set[tuple[str, int]]:
    """Which of the records referred to the account may open: one query per register."""
    wanted: dict[str, set[int]] = {}
    targets: dict[str, RegisterSpec] = {}
    for name in spec.fields:
        target = spec_of(spec.model._meta.get_field(name).related_model)
        if target is not None:
            targets[target.slug] = target
            wanted.setdefault(target.slug, set()).update(r.pk for r in _referred(record, name))
    return {
        (slug, pk)
        for slug, keys in wanted.items()
        if keys
        for pk in targets[slug]
        .model.objects.visible_to(request.user)
        .filter(pk__in=keys)
        .values_list("pk", flat=True)
    }


def _referred(record: Record, name: str) -> list[Record]:
    if record._meta.get_field(name).many_to_many:
        return list(getattr(record, name).all())
    row = getattr(record, name)
    return [row] if row else []


def _url(spec: RegisterSpec, row: Record) -> str:
    return reverse("record", kwargs={"slug": spec.slug, "record_no": row.record_no})


def _about(record: Record) -> list[Fact]:
    """What the system knows of the record itself."""
    return [
        Fact(_("Record number"), record.record_no),
        Fact(label_of(type(record), "owner_org"), record.owner_org),
        Fact(_("Entered by"), record.entered_by),
        Fact(_("Entered at"), shown(record, "entered_at")),
        Fact(_("Verified by"), record.verified_by),
        Fact(_("Verified at"), shown(record, "verified_at")),
        Fact(_("Source"), record.get_source_display()),
        Fact(_("Class"), record.get_confidentiality_display()),
    ]
