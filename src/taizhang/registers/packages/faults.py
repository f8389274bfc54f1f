"""What can be wrong with a facts package: each fault with its place, its value and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Text = str | Promise

TEXTS: Mapping[str, Text] = {
    # the package and its files
    "no_folder": _("There is no such folder. Name the folder that holds the files."),
    "no_files": _(
        "The folder holds no file of a register. Name each file after its register, such as"
        " meeting.csv."
    ),
    "unknown_register": _("There is no register of this name. Known are: %(known)s."),
    "unknown_register_near": _("There is no register of this name. Did you mean %(near)s.csv?"),
    "old_workbook": _("Workbooks of the old form cannot be read. Save the file as .xlsx."),
    "not_workbook": _(
        "The file cannot be read as a workbook: it is damaged, or locked by a password. Open it,"
        " and save it as .xlsx without a password."
    ),
    "register_twice": _("This register has two files in the folder. Keep one."),
    "loaded_before": _(
        "This very package was loaded on %(day)s. A row without a record number would be entered"
        " twice: give it one, or leave it out."
    ),
    "encoding": _(
        "The file is in %(encoding)s; packages are in UTF-8. Save it as “CSV UTF-8 (comma"
        " delimited)”; nothing need be typed again."
    ),
    "not_text": _(
        "The file is not text in UTF-8 (byte %(position)s). Save it as “CSV UTF-8 (comma"
        " delimited)”."
    ),
    "broken_csv": _(
        "Here the file cannot be parted into cells. A cell that holds a comma, a line break or a"
        " quotation mark stands in quotation marks, and a mark inside it is written twice."
    ),
    "no_header": _("The file is empty. Its first row names the columns."),
    # columns
    "unknown_column": _(
        "Column %(letter)s: this register has no field of this name. Known are: %(known)s."
    ),
    "unknown_column_near": _(
        "Column %(letter)s: this register has no field of this name. Did you mean “%(near)s”?"
    ),
    "system_column": _("Column %(letter)s: the system sets this itself. Leave the column out."),
    "not_in_packages": _(
        "Column %(letter)s: packages do not carry this. Leave the column out, and add it to the"
        " record in the register."
    ),
    "column_twice": _("Columns %(first)s and %(letter)s have the same name. Keep one of them."),
    "column_unnamed": _("Column %(letter)s has values but no name. Name it, or empty it."),
    "column_missing": _("Every row needs a value here. Add the column."),
    "row_width": _(
        "The row has %(found)s cells, the header has %(expected)s. A comma is missing, or stands in"
        " a cell without quotation marks."
    ),
    # cells
    "required": _("This cell must not be empty."),
    "boolean": _("Write true or false."),
    "date": _("Not a day of the calendar. Write it as YYYY-MM-DD, such as 2026-09-30."),
    "moment": _("Not a moment. Write it as in ISO 8601, such as 2026-09-30T08:30:00+08:00."),
    "integer": _("Not a whole number. Write digits only, without separators or a unit."),
    "decimal": _(
        "Not a number. Write digits with a point and without separators or a unit, such as"
        " 1200000.50."
    ),
    "choice": _("Not a value of this column. Write one of: %(known)s."),
    "choice_near": _("Not a value of this column. Did you mean “%(near)s”?"),
    "character": _("The cell holds a character that cannot be printed (%(code)s). Delete it."),
    # rows and what they refer to
    "unknown_area": _("There is no area of this code. Known are: %(known)s."),
    "unknown_row": _(
        "Neither the package nor the database has a row in “%(register)s” with this code or record"
        " number. Add the row, or correct the cell."
    ),
    "unknown_row_near": _(
        "Neither the package nor the database has a row in “%(register)s” with this code or record"
        " number. Did you mean “%(near)s”?"
    ),
    "repeated": _("Row %(first)s has this value already. It may stand once only."),
    "exists": _(
        "The database has this record already, and differs in: %(fields)s. A package adds records;"
        " correct this one in the register."
    ),
    "cycle": _("By this cell the organisation would stand above itself. Name its higher union."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `message` is set where a record's own rule refused; else `key` names the text.

    `row` counts as a spreadsheet does: the header is row 1. `cell` is the address in a workbook.
    """

    key: str
    file: str
    row: int | None = None
    column: str = ""
    value: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    message: Text = ""
    cell: str = ""

    @property
    def place(self) -> str:
        """File, row, column and value, as far as the fault has them, in the active language."""
        parts = [self.file]
        if self.cell:
            parts.append(gettext("cell %(cell)s") % {"cell": self.cell})
        elif self.row is not None:
            parts.append(gettext("row %(row)s") % {"row": self.row})
        if self.column:
            parts.append(gettext("column %(column)s") % {"column": self.column})
        if self.value:
            parts.append(gettext("“%(value)s”") % {"value": self.value})
        return " ".join(parts)

    @property
    def text(self) -> str:
        """What is wrong and what to do, in the active language."""
        template = self.message or TEXTS[self.key]
        # A text with a plural has no form until its number is put in.
        return str(template % self.params if self.params else template)

    def __str__(self) -> str:
        return gettext("%(place)s: %(text)s") % {"place": self.place, "text": self.text}
