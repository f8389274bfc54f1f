"""The workbook that people fill in: headers, lists to choose from, and what each column means."""

import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter
from django.db import models
from django.utils.translation import gettext as _

from taizhang.core.access.models import User
from taizhang.core.organisations.models import Area
from taizhang.core.records.fields import EnumListField, IntListField
from taizhang.registers.authority import entry_areas
from taizhang.registers.display import separator, yes_no
from taizhang.registers.sheets.columns import (
    NUMBER,
    entered_columns,
    field_of,
    headers,
    is_needed,
)
from taizhang.registers.sheets.export import SEPARATOR, add_marker, sheet_name
from taizhang.registers.spec import RegisterSpec

_REQUIRED_MARK = " *"
_FILLED_ROWS = 5000  # for which a list to choose from is offered


def template_workbook(spec: RegisterSpec, by: User) -> bytes:
    """An .xlsx with an empty sheet for the register, its explanation, and hidden lists."""
    names = entered_columns(spec, by)
    labels = [
        label + (_REQUIRED_MARK if is_needed(spec, name) else "")
        for label, name in zip(headers(spec, names), names, strict=True)
    ]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet(sheet_name(spec))
        _explain(workbook, spec, names, labels, by)
        _write_head(workbook, sheet, spec, names, labels)
        lists = workbook.add_worksheet(_("Lists"))
        lists.hide()
        for place, name in enumerate(names):
            _offer_choices(sheet, lists, place, _choices(spec, name, by))
        add_marker(workbook, spec, dict(zip(labels, names, strict=True)))
        sheet.activate()
    return buffer.getvalue()


def _write_head(workbook, sheet, spec: RegisterSpec, names: Sequence[str], labels) -> None:
    optional = workbook.add_format({"bold": True, "bg_color": "#F2F2F2", "bottom": 1})
    needed = workbook.add_format({"bold": True, "bg_color": "#F9E3E1", "bottom": 1})
    text = workbook.add_format({"num_format": "@"})
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    for place, (name, label) in enumerate(zip(names, labels, strict=True)):
        field = field_of(spec, name)
        # A code of eighteen digits typed into a cell for numbers loses its last three.
        form = day if isinstance(field, models.DateField) else text if _is_text(field) else None
        sheet.set_column(place, place, max(12, min(30, 2 * len(label))), form)
        sheet.write_string(0, place, label, needed if is_needed(spec, name) else optional)


def _is_text(field: models.Field) -> bool:
    return isinstance(field, models.CharField | models.TextField) and not field.choices


def _explain(workbook, spec: RegisterSpec, names: Sequence[str], labels, by: User) -> None:
    """The second sheet: one row per column, in the words of the form."""
    sheet = workbook.add_worksheet(_("How to fill it in"))
    head = workbook.add_format({"bold": True, "bg_color": "#F2F2F2", "bottom": 1})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 3, 22)
    sheet.set_column(4, 4, 70)
    titles = (_("Column"), _("Required"), _("Kind of value"), _("Example"), _("What to write"))
    sheet.write_row(0, 0, titles, head)
    for row, (name, label) in enumerate(zip(names, labels, strict=True), start=1):
        kind, example = _kind(field_of(spec, name))
        meaning = _number_help() if name == NUMBER else str(field_of(spec, name).help_text)
        choices = _choices(spec, name, by)
        if choices and not isinstance(field_of(spec, name), models.BooleanField):
            meaning = " ".join(filter(None, (meaning, separator().join(choices))))
        needed = yes_no(is_needed(spec, name))
        sheet.write_row(row, 0, (label, needed, kind, example, meaning), wrapped)


def _number_help() -> str:
    return _("Leave it empty for a new record. With a number, the row changes that record.")


def _kind(field: models.Field) -> tuple[str, str]:
    """The kind of value in words, and an example."""
    if field.many_to_many:
        return _("Records, several"), _("Number or exact name") + SEPARATOR + "…"
    if field.related_model is Area:
        return _("Area"), ""
    if field.is_relation:
        return _("Record"), _("Number or exact name")
    if isinstance(field, EnumListField):
        return _("From a list, several"), SEPARATOR.join(str(x) for _v, x in field.enum[:2])
    if isinstance(field, IntListField):
        return _("Whole numbers, several"), f"2025{SEPARATOR}2026"
    if field.choices:
        return _("From a list"), str(field.choices[0][1])
    for cls, kind, example in _kinds():
        if isinstance(field, cls):
            return kind, example
    return _("Text"), ""


def _kinds() -> tuple[tuple[type[models.Field], str, str], ...]:
    return (
        (models.BooleanField, _("Yes or no"), yes_no(True)),
        (models.DateField, _("A day"), date(2026, 11, 24).isoformat()),
        (models.DecimalField, _("Number"), "1200.50"),
        (models.IntegerField, _("Whole number"), "120"),
    )


def _choices(spec: RegisterSpec, name: str, by: User) -> list[str]:
    """What a cell of the column may be, where it is one of few things."""
    field = field_of(spec, name)
    if isinstance(field, models.BooleanField):
        return [yes_no(True), yes_no(False)]
    if field.related_model is Area:
        areas = entry_areas(by.reach(spec.permission("enter"))).distinct()
        return [str(area) for area in areas]
    if isinstance(field, EnumListField):
        return []
    return [str(label) for _value, label in field.flatchoices or ()]


def _offer_choices(sheet, lists, place: int, choices: list[str]) -> None:
    """A list to choose from; it lies on a sheet of its own, as one in the rule may not be long."""
    if not choices:
        return
    lists.write_column(0, place, choices)
    column = xlsxwriter.utility.xl_col_to_name(place, col_abs=True)
    source = f"='{lists.get_name()}'!{column}$1:{column}${len(choices)}"
    sheet.data_validation(
        1,
        place,
        _FILLED_ROWS,
        place,
        {"validate": "list", "source": source, "error_type": "warning"},
    )
