"""The forms in which a reading is corrected; names of bodies have a line each."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from taizhang.ledger.models import Duty, Notice
from taizhang.ledger.reviewing.reading import HEAD, Field, Values

MAX_DEPARTMENT = Duty._meta.get_field("department_zh").max_length
MAX_NUMBER = 999


def _longest(column: str) -> int | None:
    return Notice._meta.get_field(column).max_length


class LinesField(forms.CharField):
    """Names with a line each, as a list."""

    def __init__(self, *, longest: int = 200, rows: int = 2, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), required=False, **options)
        self._longest = longest

    def to_python(self, value: Any) -> list[str]:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def validate(self, value: list[str]) -> None:
        for line in value:
            if len(line) > self._longest:
                raise forms.ValidationError(
                    _("“%(start)s…” is too long for a name; give each name a line of its own."),
                    params={"start": line[:12]},
                )

    def run_validators(self, value: list[str]) -> None:
        """The limits of a text do not apply to a list; `validate` has looked at each line."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(data) != (initial or [])


class CorrectingForm(forms.Form):
    """A form that knows what had been corrected when it was opened."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput())


class HeadForm(CorrectingForm):
    """The head of a notice."""

    issuers = LinesField(label=_("Issuers"), help_text=_("One a line, in the order of the head."))
    document_number = forms.CharField(
        label=_("Document number"), required=False, max_length=_longest("document_number")
    )
    title = forms.CharField(label=_("Title"), required=False, max_length=_longest("title"))
    issued_on = forms.DateField(
        label=_("Date of issue"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    recipients = LinesField(label=_("Recipients"), rows=3, help_text=_("One group a line."))
    signatories = LinesField(label=_("Signed by"), help_text=_("One a line."))
    annex_title = forms.CharField(
        label=_("Title of the annex"), required=False, max_length=_longest("annex_title")
    )

    @classmethod
    def initial_of(cls, head: Values) -> dict[str, Any]:
        return {str(name): head[name] for name in HEAD}

    @property
    def values(self) -> dict[str, Any]:
        """The head in the form of a reading."""
        said = self.cleaned_data
        day = said["issued_on"]
        return said | {
            "document_number": said["document_number"] or None,
            "title": said["title"] or None,
            "issued_on": day.isoformat() if day else None,
            "annex_title": said["annex_title"] or None,
        }


class ItemForm(CorrectingForm):
    """An item of a notice."""

    number = forms.IntegerField(label=_("Item number"), min_value=1, max_value=MAX_NUMBER)
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 8}))
    lead = LinesField(
        label=_("Lead"), longest=MAX_DEPARTMENT, help_text=_("One department a line.")
    )
    cooperating = LinesField(
        label=_("Co-operating"), longest=MAX_DEPARTMENT, help_text=_("One department a line.")
    )
    deadline = forms.CharField(label=_("Deadline"), required=False, max_length=200)

    @classmethod
    def initial_of(cls, item: Values) -> dict[str, Any]:
        departments = item[Field.DEPARTMENTS]
        return {
            "number": item[Field.NUMBER],
            "text": item[Field.TEXT],
            "lead": departments["lead"],
            "cooperating": departments["cooperating"],
            "lead_is_stated": departments["lead_is_stated"],
            "deadline": item[Field.DEADLINE] or "",
        }

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n")

    @property
    def values(self) -> dict[str, Any]:
        """The item in the form of a reading: who leads is stated where the lists were changed.

        A single list without a lead that nobody touched stays one; publishing proposes its first.
        """
        said = self.cleaned_data
        was_stated = self.initial.get("lead_is_stated", True)
        is_touched = bool({"lead", "cooperating"} & set(self.changed_data))
        return {
            "number": said["number"],
            "text": said["text"],
            "departments": {
                "lead": said["lead"],
                "cooperating": said["cooperating"],
                "lead_is_stated": was_stated or is_touched,
            },
            "deadline": said["deadline"] or None,
        }
