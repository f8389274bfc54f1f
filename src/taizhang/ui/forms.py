"""A form that shows how forms look; it saves nothing."""

from django import forms
from django.utils.translation import pgettext_lazy


class SampleForm(forms.Form):
    name = forms.CharField(
        label=pgettext_lazy("sample", "Name"),
        help_text=pgettext_lazy("sample", "Full official name."),
    )
    held_on = forms.DateField(
        label=pgettext_lazy("sample", "Day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("sample", "Kind"),
        choices=[
            ("a", pgettext_lazy("sample", "First kind")),
            ("b", pgettext_lazy("sample", "Second")),
        ],
    )
    parts = forms.MultipleChoiceField(
        label=pgettext_lazy("sample", "Parts"),
        choices=[
            ("a", pgettext_lazy("sample", "First kind")),
            ("b", pgettext_lazy("sample", "Second")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
