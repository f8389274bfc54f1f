"""The page of the data checks, and the records that one of them found."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from taizhang.core.organisations.models import Area
from taizhang.core.records.models import Record
from taizhang.registers.integrity.findings import Finding, current_findings, seen_of
from taizhang.registers.integrity.offering import Severity
from taizhang.registers.views.addressing import record_url, whole_number
from taizhang.ui.components import Pager

PAGE_ROWS = 50
AREA = "area"
AFTER = "after"


@dataclass(frozen=True, slots=True)
class Line:
    """One check with the number of its records that the viewer may see."""

    finding: Finding
    count: int

    @property
    def is_error(self) -> bool:
        return self.finding.severity is Severity.ERROR


@login_required
def integrity(request: HttpRequest) -> HttpResponse:
    """The checks that found records which the account may see, errors first."""
    findings = current_findings()
    area = _area(request)
    readable = [each for each in findings.checks if _may_read(request, each)]
    lines = [Line(each, len(seen_of(each, request.user, area))) for each in readable if each.ids]
    lines = [line for line in lines if line.count]
    context = {
        "findings": findings,
        "lines": lines,
        "quiet": len(readable) - len(lines),
        "areas": Area.objects.all(),
        "area": area,
    }
    return render(request, "integrity/index.html", context)


@login_required
def integrity_check(request: HttpRequest, key: str) -> HttpResponse:
    """The records that one check found and the account may see. 404 for an unknown check."""
    findings = current_findings()
    finding = findings.of(key)
    if finding is None or not _may_read(request, finding):
        raise Http404(key)
    area = _area(request)
    ids = seen_of(finding, request.user, area)
    records, pager = _page(request, finding, ids)
    context = {
        "findings": findings,
        "finding": finding,
        "is_error": finding.severity is Severity.ERROR,
        "count": len(ids),
        "rows": [(record, record_url(finding.spec, record)) for record in records],
        "pager": pager,
        "area": Area.objects.filter(code=area).first() if area else None,
    }
    return render(request, "integrity/check.html", context)


def _may_read(request: HttpRequest, finding: Finding) -> bool:
    return request.user.holds(finding.spec.permission("read"))


def _area(request: HttpRequest) -> str:
    """The area asked for; 404 for one that is not there."""
    code = request.GET.get(AREA, "")
    if code and not Area.objects.filter(code=code).exists():
        raise Http404(code)
    return code


def _page(request: HttpRequest, finding: Finding, ids: Sequence[int]) -> tuple[list[Record], Pager]:
    after = whole_number(request.GET.get(AFTER, "0"))
    if after is None:
        raise Http404(AFTER)
    left = [pk for pk in ids if pk > after]
    shown = left[:PAGE_ROWS]
    rows = finding.spec.model.objects.select_related("region", *finding.spec.model.NAMED_BY)
    records = list(rows.filter(pk__in=shown).order_by("pk"))
    here = request.GET.copy()
    here.pop(AFTER, None)
    first = f"{reverse('integrity_check', args=[finding.key])}?{here.urlencode()}"
    if len(left) <= PAGE_ROWS:
        return records, Pager(first_url=first if after else "")
    here[AFTER] = str(shown[-1])
    note = _("%(count)s records on this page") % {"count": len(records)}
    return records, Pager(first if after else "", f"?{here.urlencode()}", note)
