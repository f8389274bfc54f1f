"""Thresholds 标准确认: where each number comes from, and the office's answers to our defaults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from taizhang.core.access.gate import permission_required
from taizhang.core.organisations.models import Area
from taizhang.ledger.board import latest_run
from taizhang.ledger.figures import Amount, amount_asked, target_text, window_text
from taizhang.ledger.models import Commitment, Item, Ledger, ThresholdAnswer
from taizhang.ledger.permissions import APPROVE, READ_BOARD
from taizhang.ledger.preview import AreaPreview, preview
from taizhang.ledger.reasons import parameter_label
from taizhang.ledger.thresholds import (
    CHANGEABLE,
    WITHOUT_NUMBER,
    ThresholdRefused,
    confirm_threshold,
    confirm_thresholds,
    proposed_answer,
    set_parameter,
    withdraw_answer,
)
from taizhang.ledger.wording import THRESHOLD_SOURCES
from taizhang.measures.commitments import Kind, Scope
from taizhang.measures.snapshot import SnapshotError
from taizhang.ui.components import Tab

SHOWN = {
    "open": _("To be confirmed"),
    "answered": _("Answered"),
    "fixed": _("From the notice, the law or practice"),
}


@dataclass(frozen=True)
class ThresholdRow:
    """A commitment with what the office answered; `local` counts the areas with their own."""

    commitment: Commitment
    answers: Sequence[ThresholdAnswer]

    @property
    def standing(self) -> list[ThresholdAnswer]:
        return [each for each in self.answers if not each.is_withdrawn]

    @property
    def whole(self) -> ThresholdAnswer | None:
        """The last answer for the whole ledger."""
        return next((each for each in reversed(self.standing) if each.area_id is None), None)

    @property
    def local(self) -> int:
        return len({each.area_id for each in self.standing if each.area_id})

    @property
    def target(self) -> str:
        return target_text(self.commitment)

    @property
    def is_each(self) -> bool:
        return self.commitment.scope == Scope.EACH

    @property
    def window(self) -> str:
        return window_text(self.commitment, "")

    @property
    def source(self) -> str:
        return str(THRESHOLD_SOURCES[self.commitment.threshold_source])

    @property
    def is_changeable(self) -> bool:
        return self.commitment.threshold_source in CHANGEABLE

    @property
    def group(self) -> str:
        """Which of the lists it stands in; one answered for later days only is open still."""
        if self.commitment.is_provisional:
            return "open"
        return "answered" if self.standing else "fixed"

    @property
    def stated(self) -> str:
        """What the pack states, where that is no longer what was answered on; "" else."""
        answer, row = self.whole, self.commitment
        if answer is None:
            return ""
        now = Amount(row.stated_target, row.stated_target_to, row.stated_planned)
        then = Amount(answer.stated_value, answer.stated_value_to, answer.stated_planned)
        return "" if now == then else amount_asked(row, now)


class SourceForm(forms.Form):
    """What every answer names, whatever it is about."""

    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("The document number, or who decided it on which day."),
    )
    holds_from = forms.DateField(
        label=_("Holds from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Windows that end earlier keep their target. Empty: it holds for all."),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class ParameterForm(SourceForm):
    value = forms.DecimalField(label=_("Value"), max_digits=14, decimal_places=4)
    field_order = ("value", "source", "holds_from", "note")


class AnswerForm(SourceForm):
    """The answer on one commitment: only the fields that it has a number for."""

    value = forms.DecimalField(label=_("Value"), max_digits=14, decimal_places=4)
    value_to = forms.DecimalField(label=_("Up to"), max_digits=14, decimal_places=4)
    planned = forms.DateField(
        label=_("Planned for"), widget=forms.DateInput(attrs={"type": "date"})
    )
    area = forms.ModelChoiceField(
        label=_("Set by"),
        queryset=Area.objects.exclude(parent=None).order_by("code"),
        required=False,
        empty_label=_("The city, for everybody"),
        help_text=_("A county that has set its own target is judged by that one."),
    )
    field_order = ("value", "value_to", "planned", "area", "source", "holds_from", "note")

    def __init__(self, commitment: Commitment, data: QueryDict | None = None) -> None:
        initial = {
            "value": _plain(commitment.target),
            "value_to": _plain(commitment.target_to),
            "planned": commitment.planned,
        }
        super().__init__(data, initial=initial)
        kind = Kind(commitment.kind)
        if kind in WITHOUT_NUMBER:
            del self.fields["value"], self.fields["area"]
        else:
            self.fields["value"].help_text = commitment.unit
        if kind is not Kind.RANGE:
            del self.fields["value_to"]
        if kind is not Kind.MILESTONE:
            del self.fields["planned"]


@require_GET
@permission_required(READ_BOARD)
def thresholds(request: HttpRequest) -> HttpResponse:
    """All thresholds of the ledgers in force, by item; `show` names one of three lists.

    The items are folded, as they are many; `item` names the one to unfold.
    """
    ledger = current_row()
    rows = _rows()
    groups = {name: [row for row in rows if row.group == name] for name in SHOWN}
    wanted = request.GET.get("show", "")
    show = wanted if wanted in SHOWN else next((name for name in SHOWN if groups[name]), "open")
    context = {
        "ledger": ledger,
        "tabs": threshold_tabs(ledger, {name: len(groups[name]) for name in SHOWN}, show),
        "show": show,
        "items": _by_item(groups[show]),
        "opened": request.GET.get("item", ""),
        "parameters": _parameters(ledger),
        "total": len(rows),
        "open": len(groups["open"]),
        "may_confirm": request.user.holds(APPROVE),
    }
    return render(request, "ledger/thresholds.html", context)


@permission_required(APPROVE)
def threshold_answer(request: HttpRequest) -> HttpResponse:
    """Confirm the commitments that `code` names, or change the one; shows first what follows.

    A post with `look` keeps nothing: it shows what the answer would do.
    """
    rows = _chosen(request)
    if not rows:
        messages.error(request, _("Nothing is chosen. Tick what you want to confirm."))
        return redirect("thresholds")
    one = rows[0] if len(rows) == 1 else None
    is_post = request.method == "POST"
    form = _form(one, request.POST if is_post else None)
    answers = []
    try:
        if not is_post:
            answers = _proposed(rows, {"source": "—"}, request)
        elif form.is_valid() and "look" in request.POST:
            answers = _proposed(rows, form.cleaned_data, request)
        elif form.is_valid():
            return _confirmed(request, rows, form.cleaned_data)
    except ThresholdRefused as refusal:
        form.add_error(None, str(refusal))
    context = {
        "rows": rows,
        "one": one,
        "form": form,
        "previews": _previews(rows, answers),
        "history": list(reversed(one.answers)) if one else (),
    }
    status = 422 if form.errors else 200
    return render(request, "ledger/threshold_answer.html", context, status=status)


@permission_required(APPROVE)
def threshold_parameter(request: HttpRequest, name: str) -> HttpResponse:
    """Set a number that formulas take from the office."""
    ledger = current_row()
    if name not in ledger.parameters:
        raise Http404(f"no parameter {name!r}")
    form = ParameterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            set_parameter(ledger, name, by=request.user, **form.cleaned_data)
        except ThresholdRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept. The figures follow in a moment."))
            return redirect("thresholds")
    context = {
        "form": form,
        "label": parameter_label(name, ledger.pack_key),
        "history": ledger.answers.filter(parameter=name).order_by("-pk"),
    }
    status = 422 if form.errors else 200
    return render(request, "ledger/threshold_parameter.html", context, status=status)


@require_POST
@permission_required(APPROVE)
def threshold_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an answer back, with a reason."""
    answer = get_object_or_404(ThresholdAnswer, pk=pk, ledger__is_in_force=True)
    try:
        withdraw_answer(answer, by=request.user, reason=request.POST.get("reason", ""))
    except ThresholdRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn. The figures follow in a moment."))
    return redirect("thresholds")


def current_row() -> Ledger:
    """The current ledger; without one there is nothing to show."""
    return get_object_or_404(Ledger, is_current=True)


def threshold_tabs(ledger: Ledger, counts: Mapping[str, int], current: str) -> list[Tab]:
    """The tabs of the office's pages on the ledger itself."""
    page = reverse("thresholds")
    lists = [
        Tab(label, f"{page}?show={name}", name == current, counts.get(name))
        for name, label in SHOWN.items()
    ]
    return [
        *lists,
        Tab(_("Leads"), reverse("leads"), current == "leads"),
        Tab(_("Version"), reverse("pack_version"), current == "pack"),
    ]


def _plain(number: Decimal | None) -> str | None:
    """As it is typed: without the zeros that the column adds."""
    return None if number is None else f"{number.normalize():f}"


def _rows() -> list[ThresholdRow]:
    rows = (
        Commitment.objects.in_force()
        .select_related("item__ledger", "confirmed_by")
        .prefetch_related("answers__by", "answers__area", "answers__withdrawn_by")
    )
    return [ThresholdRow(row, list(row.answers.all())) for row in rows]


def _by_item(rows: Sequence[ThresholdRow]) -> list[tuple[Item, list[ThresholdRow]]]:
    groups = groupby(rows, key=lambda row: row.commitment.item)
    return [(item, list(found)) for item, found in groups]


def _parameters(ledger: Ledger) -> list[tuple[str, str, ThresholdAnswer | None]]:
    given = {
        answer.parameter: answer
        for answer in ledger.answers.filter(withdrawn_at=None).exclude(parameter="")
    }
    return [
        (name, parameter_label(name, ledger.pack_key), given.get(name))
        for name in ledger.parameters
    ]


def _chosen(request: HttpRequest) -> list[ThresholdRow]:
    """The commitments named, all of which must be there and open to an answer; none named: none."""
    named = request.GET.getlist("code") or request.POST.getlist("code")
    codes = set(named)
    rows = [row for row in _rows() if row.commitment.code in codes and row.is_changeable]
    if len(rows) != len(codes):
        raise Http404("no such threshold")
    return rows


def _form(one: ThresholdRow | None, data: QueryDict | None) -> SourceForm:
    return SourceForm(data) if one is None else AnswerForm(one.commitment, data)


def _proposed(
    rows: Sequence[ThresholdRow], given: Mapping[str, object], request: HttpRequest
) -> list[ThresholdAnswer]:
    return [proposed_answer(row.commitment, by=request.user, **given) for row in rows]


def _confirmed(
    request: HttpRequest, rows: Sequence[ThresholdRow], given: Mapping[str, object]
) -> HttpResponse:
    if len(rows) == 1:
        confirm_threshold(rows[0].commitment, by=request.user, **given)
    else:
        confirm_thresholds([row.commitment for row in rows], by=request.user, **given)
    text = ngettext(
        "%(n)d threshold confirmed. The figures follow in a moment.",
        "%(n)d thresholds confirmed. The figures follow in a moment.",
        len(rows),
    ) % {"n": len(rows)}
    messages.success(request, text)
    # Back to where the person was among the many items.
    code = rows[0].commitment.item.code
    return redirect(f"{reverse('thresholds')}?item={code}#item-{code}")


def _previews(
    rows: Sequence[ThresholdRow], answers: Sequence[ThresholdAnswer]
) -> list[tuple[ThresholdRow, list[AreaPreview]]] | None:
    """None where nothing can be said: nothing computed yet, or its snapshot is gone."""
    run = latest_run()
    if run is None or not answers:
        return None
    try:
        found = preview(answers, run)
    except SnapshotError:
        return None
    return [(row, found[row.commitment.code]) for row in rows]
