"""The form of a correction: the form of the record, and why."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.records.models import Record
from taizhang.registers.forms import RecordForm, entered
from taizhang.registers.spec import RegisterSpec

REASON = "correction_reason"  # registers may have a field `reason` of their own


class CorrectionForm(RecordForm):
    """`version` is that of the record when the page was made."""

    def __init__(self, spec: RegisterSpec, record: Record, by: User, **kwargs) -> None:
        super().__init__(spec, record, by, **kwargs)
        self.fields[REASON] = forms.CharField(
            label=_("Reason"),
            help_text=_("What is wrong, and how you know: a document, a certificate, a count."),
            widget=forms.Textarea(attrs={"rows": 3}),
        )


def correction_form(
    spec: RegisterSpec, record: Record, by: User, data: Mapping | None = None
) -> CorrectionForm:
    """The form with what stands in the record."""
    return CorrectionForm(spec, record, by, data=data, initial=entered(spec, record))
