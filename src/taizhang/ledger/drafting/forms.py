"""The form in which a commitment is written; pages and the command check by it alike."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taizhang.core.organisations.terms import TermBody
from taizhang.ledger.current import CurrentLedger
from taizhang.ledger.drafting.faults import LONGEST_FORMULA, faults
from taizhang.ledger.drafting.statement import Statement
from taizhang.ledger.drafting.typing_marks import as_formula
from taizhang.ledger.models import Commitment, in_language
from taizhang.ledger.packs import LedgerPack
from taizhang.ledger.wording import MODALITIES, PERIODS, SCOPES, THRESHOLD_SOURCES
from taizhang.lib.windows import Period
from taizhang.measures.commitments import Comparator, Modality, Scope
from taizhang.measures.periods import Body
from taizhang.ui.components import FormPanel

COMPARATORS = {
    Comparator.AT_LEAST: _("at least (≥)"),
    Comparator.MORE_THAN: _("more than (>)"),
    Comparator.AT_MOST: _("at most (≤)"),
    Comparator.BETWEEN: _("between two numbers"),
    Comparator.EXISTS: _("has to be there"),
    Comparator.INCREASE: _("rises against the window before"),
    Comparator.NOT_DECREASE: _("does not fall against the window before"),
    Comparator.NOT_INCREASE: _("does not rise against the window before"),
}
PANELS = (
    FormPanel(_("What is owed, and by whom"), ("duty_zh", "duty_en", "modality", "who_owes")),
    FormPanel(_("Who is judged"), ("population", "scope")),
    FormPanel(_("What is counted"), ("numerator", "denominator", "by")),
    FormPanel(
        _("How much is enough"),
        (
            *("comparator", "target", "target_to", "unit_zh", "unit_en"),
            *("period", "term_body", "planned", "threshold_source"),
        ),
    ),
    FormPanel(_("For the record"), ("evidence_zh", "evidence_en", "note_zh", "note_en")),
)
_ENUMS = ("modality", "scope", "comparator", "period", "term_body")
OWN_POPULATION = FormPanel(
    _("A population of your own"), ("definition", "population_zh", "population_en")
)


def _longest(column: str) -> int | None:
    return Commitment._meta.get_field(column).max_length


class FormulaField(forms.CharField):
    """A formula on several lines if need be; `language` tells the completion what is written."""

    def __init__(self, *, language: str, longest: int = LONGEST_FORMULA, **options: Any) -> None:
        attributes = {
            "rows": 2,
            "spellcheck": "false",
            "autocomplete": "off",
            "autocapitalize": "off",
            "data-language": language,
        }
        super().__init__(
            max_length=longest,
            required=False,
            widget=forms.Textarea(attrs=attributes),
            **options,
        )

    def to_python(self, value: Any) -> str:
        return as_formula(super().to_python(value))


class StatementForm(forms.Form):
    """All that a commitment asks. What does not fit together is said at its field."""

    duty_zh = forms.CharField(label=_("Wording, Chinese"), max_length=_longest("duty_zh"))
    duty_en = forms.CharField(
        label=_("Wording, English"),
        max_length=_longest("duty_en"),
        required=False,
        help_text=_("Empty: the Chinese wording stands in its place."),
    )
    modality = forms.ChoiceField(
        label=_("Force"), choices=[(each.value, MODALITIES[each]) for each in Modality]
    )
    who_owes = forms.MultipleChoiceField(
        label=_("Owed by"), widget=forms.CheckboxSelectMultiple, choices=()
    )
    population = forms.ChoiceField(label=_("Population"), required=False, choices=())
    scope = forms.ChoiceField(
        label=_("Judged"), choices=[(each.value, SCOPES[each]) for each in Scope]
    )
    definition = FormulaField(
        language="population",
        longest=_longest("population_definition"),
        label=_("Own definition"),
        help_text=_("Only for a population of your own, such as employer[headcount>=200]."),
    )
    population_zh = forms.CharField(
        label=_("Own population in words, Chinese"),
        max_length=_longest("population_zh"),
        required=False,
    )
    population_en = forms.CharField(
        label=_("Own population in words, English"),
        max_length=_longest("population_en"),
        required=False,
    )
    numerator = FormulaField(
        language="formula",
        label=_("Counted"),
        help_text=_("Such as count(meeting[kind=gov_union_joint])."),
    )
    denominator = FormulaField(
        language="formula", label=_("Out of"), help_text=_("Only for a share; else empty.")
    )
    by = forms.CharField(
        label=_("Dated by"),
        max_length=120,
        required=False,
        help_text=_("Empty: as the register dates its records. Else names of dates, or state."),
    )
    comparator = forms.ChoiceField(
        label=_("Comparison"), choices=[(each.value, COMPARATORS[each]) for each in COMPARATORS]
    )
    target = forms.DecimalField(
        label=pgettext_lazy("field", "Target"), max_digits=14, decimal_places=4, required=False
    )
    target_to = forms.DecimalField(
        label=_("Up to"), max_digits=14, decimal_places=4, required=False
    )
    unit_zh = forms.CharField(
        label=_("Unit, Chinese"),
        max_length=_longest("unit_zh"),
        required=False,
        widget=forms.TextInput(attrs={"list": "units"}),
    )
    unit_en = forms.CharField(
        label=_("Unit, English"), max_length=_longest("unit_en"), required=False
    )
    period = forms.ChoiceField(
        label=_("Window"), choices=[(each.value, PERIODS[each]) for each in Period]
    )
    term_body = forms.ChoiceField(
        label=_("Whose term of office"),
        choices=[(each.value, TermBody(each.value).label) for each in Body],
        initial=Body.UNION_CONGRESS.value,
        required=False,
        help_text=_("Only where the window is a term of office."),
    )
    planned = forms.DateField(
        label=_("Planned for"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Only where something has to be there by a day."),
    )
    threshold_source = forms.ChoiceField(
        label=_("Where the threshold comes from"),
        choices=list(THRESHOLD_SOURCES.items()),
        help_text=_("A default is marked as one until the office confirms it."),
    )
    evidence_zh = forms.CharField(
        label=_("Evidence, Chinese"), max_length=_longest("evidence_zh"), required=False
    )
    evidence_en = forms.CharField(
        label=_("Evidence, English"), max_length=_longest("evidence_en"), required=False
    )
    note_zh = forms.CharField(label=_("Note, Chinese"), max_length=1000, required=False)
    note_en = forms.CharField(label=_("Note, English"), max_length=1000, required=False)

    def __init__(
        self,
        current: CurrentLedger,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        nearest: Sequence[str] = (),
    ) -> None:
        """`nearest`: populations of the pack to offer first, by id."""
        super().__init__(data, initial=initial)
        self._current = current
        self.fields["who_owes"].choices = [
            (code, in_language(label.zh, label.en)) for code, label in current.pack.who.items()
        ]
        self.fields["population"].choices = _populations(current.pack, nearest)

    def clean_by(self) -> tuple[str, ...]:
        said = self.cleaned_data["by"].replace("，", ",")
        return tuple(name.strip() for name in said.split(",") if name.strip())

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.errors:
            return said
        if not said["numerator"]:
            self.add_error("numerator", _("Say what is counted."))
            return said
        for fault in faults(self.statement, self._current.pack, self._current.catalogue):
            self.add_error(fault.field, fault.text)
        return said

    @property
    def statement(self) -> Statement:
        """What was written, once every field is readable by itself."""
        said = dict(self.cleaned_data)
        return Statement(
            **said
            | {
                "who_owes": tuple(said["who_owes"]),
                "modality": Modality(said["modality"]),
                "scope": Scope(said["scope"]),
                "comparator": Comparator(said["comparator"]),
                "period": Period(said["period"]),
                "term_body": Body(said["term_body"] or Body.UNION_CONGRESS),
            }
        )


def initial_of(statement: Statement) -> dict[str, Any]:
    """The form as it stands for a statement."""
    names = [name for panel in (*PANELS, OWN_POPULATION) for name in panel.fields]
    values = {name: getattr(statement, name) for name in names}
    for name in ("target", "target_to"):
        if values[name] is not None:
            values[name] = f"{values[name].normalize():f}"
    return values | {
        "who_owes": list(statement.who_owes),
        "by": ", ".join(statement.by),
        **{name: values[name].value for name in _ENUMS},
    }


def _populations(pack: LedgerPack, nearest: Sequence[str]) -> list:
    """An own one, those that come nearest by their words, then all of them."""
    labels = {
        key: in_language(each.label.zh, each.label.en) for key, each in pack.populations.items()
    }
    near = [(key, labels[key]) for key in nearest if key in labels]
    groups = [(_("All of the pack"), list(labels.items()))]
    if near:
        groups.insert(0, (_("Nearest by their words"), near))
    return [("", _("An own definition (below)")), *groups]
