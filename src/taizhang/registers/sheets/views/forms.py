"""The forms of an import: the file, and what its columns are."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.registers.sheets.cells import text_of
from taizhang.registers.sheets.columns import entered_columns, header
from taizhang.registers.sheets.models import ImportRun
from taizhang.registers.sheets.runs import mapping_of
from taizhang.registers.sheets.workbook import Grid
from taizhang.registers.spec import RegisterSpec

_SAMPLES = 3
_SAMPLE_LENGTH = 30


def _clears_field() -> forms.BooleanField:
    return forms.BooleanField(
        required=False,
        label=_("Empty cells clear the field of a record that exists"),
        help_text=_("Otherwise an empty cell leaves the field as it is."),
    )


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_(
            "An .xlsx, .xls or .csv file. Title rows above the header do not matter. Nothing is"
            " written before you have seen what it would change."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )
    clears = _clears_field()


class ColumnsForm(forms.Form):
    """One choice per column of the file; `clears` as the person said when uploading."""

    def __init__(
        self, spec: RegisterSpec, run: ImportRun, grid: Grid, by: User, data: Mapping | None
    ) -> None:
        super().__init__(data, initial={"clears": run.clears})
        self._headings = mapping_of(spec, grid, by).headings
        choices = column_choices(spec, by)
        allowed = dict(choices)
        for heading in self._headings:
            self.fields[_name(heading.place)] = forms.ChoiceField(
                label=heading.text,
                choices=choices,
                required=False,
                initial=heading.field if heading.field in allowed else "",
                help_text=_samples(grid, run.header_row, heading.place),
            )
        self.fields["clears"] = _clears_field()

    def clean(self) -> dict[str, object]:
        """A field is taken from one column only, and at least one column is imported."""
        given: dict[str, str] = {}
        for place, field in self.columns().items():
            if field in given:
                self.add_error(
                    _name(place),
                    _("“%(first)s” is taken for this already. Keep one of them.")
                    % {"first": self.fields[given[field]].label},
                )
            given.setdefault(field, _name(place))
        if not given and not self.errors:
            raise forms.ValidationError(_("Choose at least one column to import."))
        return self.cleaned_data

    def columns(self) -> dict[int, str]:
        """Place → field, as chosen."""
        chosen = {each.place: self.cleaned_data.get(_name(each.place)) for each in self._headings}
        return {place: field for place, field in chosen.items() if field}

    def rows(self) -> list[tuple[forms.BoundField, bool]]:
        """The choices in the order of the file; with each, whether somebody should look at it."""
        return [(self[_name(each.place)], not each.is_sure) for each in self._headings]


def column_choices(spec: RegisterSpec, by: User) -> list[tuple[str, object]]:
    names = entered_columns(spec, by)
    return [("", _("Do not import")), *((name, header(spec, name)) for name in names)]


def _name(place: int) -> str:
    return f"column_{place}"


def _samples(grid: Grid, header_row: int, place: int) -> str:
    """The first values below a header, so that one sees what the column holds."""
    below = (row[place] for row in grid.rows[header_row + 1 :] if place < len(row))
    found: list[str] = []
    for cell in below:
        if (text := text_of(cell)[:_SAMPLE_LENGTH]) and text not in found:
            found.append(text)
        if len(found) == _SAMPLES:
            break
    return " · ".join(found)
