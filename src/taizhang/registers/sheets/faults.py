"""What is wrong with a cell of a sheet, told in both languages, so that it can be kept."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from taizhang.registers.packages.columns import letter
from taizhang.registers.packages.faults import TEXTS, Fault, Text
from taizhang.registers.sheets.columns import header
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.terminal import LANGUAGES

SHEET_TEXTS: Mapping[str, Text] = {
    # cells
    "sheet_boolean": _("Write yes or no; leave the cell empty where it is not known."),
    "sheet_date": _("Not a day of the calendar. Write it as 2026-11-24 or 2026年11月24日."),
    "sheet_number": _("Not a number. Write digits only, without a unit."),
    "sheet_integer": _("Not a whole number. Write digits only, without a unit."),
    "sheet_percent": _("A share in percent is not meant here. Write the number itself."),
    "sheet_digits": _(
        "A spreadsheet keeps 15 digits of a number, and this one lost the rest. Format the column"
        " as text and type it again."
    ),
    "sheet_choice": _("Not one of the values of this column. Choose one of: %(known)s."),
    "sheet_choice_near": _("Not one of the values of this column. Did you mean “%(near)s”?"),
    # references
    "sheet_unknown": _(
        "No record goes by this that you may refer to. Write its record number or credit code, or"
        " its exact name."
    ),
    "sheet_several": _("Several records go by this name: %(numbers)s. Write the number you mean."),
    "sheet_area": _("No area goes by this. Write its name or its code."),
    "sheet_several_areas": _("Several areas go by this name: %(numbers)s. Write the code."),
    # rows and columns
    "column_missing": _("Every new record needs a value here. Add the column “%(column)s”."),
    "sheet_closed": _("This is not yours to enter. Leave the column out, or its cells empty."),
    "sheet_no_number": _(
        "There is no record of this number. Leave the cell empty for a new record; the number is"
        " given when it is entered."
    ),
    "sheet_twice": _("Row %(first)s is about this record already. Keep one of them."),
    "sheet_elsewhere": _("A record with this code exists; it is not yours to change."),
    "sheet_past_changing": _("%(why)s %(next)s"),
}


@dataclass(frozen=True, slots=True)
class SheetFault:
    """One faulty cell, or with `address` "" a fault of the whole sheet. `headers` and `texts` by
    language; `row` and `place` are counted from 1 and 0, None where they are not known."""

    row: int | None
    place: int | None
    value: str
    headers: Mapping[str, str]
    texts: Mapping[str, str]

    @property
    def address(self) -> str:
        """Such as C17, or 17 for a fault of a whole row."""
        column = "" if self.place is None else letter(self.place)
        return f"{column}{self.row or ''}"

    @property
    def header(self) -> str:
        return self._in_language(self.headers)

    @property
    def text(self) -> str:
        """What is wrong and what to do, in the active language."""
        return self._in_language(self.texts)

    def kept(self) -> dict[str, object]:
        """As JSON holds it; `SheetFault(**kept)` is the same again."""
        return asdict(self)

    def _in_language(self, texts: Mapping[str, str]) -> str:
        language = get_language() or LANGUAGES[0]
        return texts.get(language, texts[LANGUAGES[0]])


def told(spec: RegisterSpec, fault: Fault, places: Mapping[str, int]) -> SheetFault:
    """The fault of a pipeline row, by the columns of the sheet (field → place)."""
    names = [name for name in fault.column.split(", ") if name]
    place = next((places[name] for name in names if name in places), None)
    headers, texts = {}, {}
    for language in LANGUAGES:
        with translation.override(language):
            headers[language] = "、".join(header(spec, name) for name in names)
            template = fault.message or SHEET_TEXTS.get(fault.key) or TEXTS[fault.key]
            params = {"column": headers[language], **_spoken(fault.params)}
            texts[language] = str(
                template % params if fault.params or not fault.message else template
            )
    return SheetFault(fault.row, place, fault.value, headers, texts)


def by_place(faults: Sequence[Fault], places: Mapping[str, int]) -> list[Fault]:
    """Row by row, those of the whole sheet first, and in a row from left to right."""

    def place(fault: Fault) -> tuple[int, int]:
        return fault.row or 0, places.get(fault.column.partition(", ")[0], -1)

    return sorted(faults, key=place)


def _spoken(params: Mapping[str, object]) -> dict[str, object]:
    return {
        key: value if isinstance(value, int | float) else str(value)
        for key, value in params.items()
    }
