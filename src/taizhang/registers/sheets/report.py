"""The checked sheet as a workbook in which each faulty cell is coloured and says what is wrong."""

import io
from collections import defaultdict
from collections.abc import Sequence

import xlsxwriter
from django.utils.translation import gettext as _

from taizhang.registers.sheets.cells import text_of
from taizhang.registers.sheets.faults import SheetFault
from taizhang.registers.sheets.workbook import Grid

_COMMENT_SIZE = {"x_scale": 2, "y_scale": 1.2}


def fault_workbook(grid: Grid, header_row: int, faults: Sequence[SheetFault]) -> bytes:
    """The cells as they were uploaded, at their own addresses; put right, it can be sent again."""
    at: dict[tuple[int, int], list[str]] = defaultdict(list)
    for fault in faults:
        row = header_row if fault.row is None else fault.row - 1
        at[row, fault.place or 0].append(fault.text)
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        sheet = workbook.add_worksheet(_("Sheet"))  # its own name may be one that none may have
        head = workbook.add_format({"bold": True, "bg_color": "#F2F2F2"})
        faulty = workbook.add_format({"bg_color": "#F9D6D2"})
        for row, cells in enumerate(grid.rows):
            for place, cell in enumerate(cells):
                look = faulty if (row, place) in at else head if row == header_row else None
                _write(sheet, row, place, cell, look)
        for (row, place), texts in at.items():
            if row >= len(grid.rows) or place >= len(grid.rows[row]):
                sheet.write_blank(row, place, None, faulty)
            sheet.write_comment(row, place, "\n".join(texts), _COMMENT_SIZE)
        sheet.freeze_panes(header_row + 1, 0)
        _list_faults(workbook, faults)
    return buffer.getvalue()


def _write(sheet, row: int, place: int, cell: object, look) -> None:
    """Numbers stay numbers; days are written as text, which is read again as the same day."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(row, place, cell, look)
    elif text := text_of(cell):
        sheet.write_string(row, place, text, look)
    elif look is not None:
        sheet.write_blank(row, place, None, look)


def _list_faults(workbook, faults: Sequence[SheetFault]) -> None:
    sheet = workbook.add_worksheet(_("Faults"))
    head = workbook.add_format({"bold": True, "bg_color": "#F2F2F2"})
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 2, 24)
    sheet.set_column(3, 3, 80)
    sheet.write_row(0, 0, (_("Cell"), _("Column"), _("What it says"), _("What to do")), head)
    for row, fault in enumerate(faults, start=1):
        for place, text in enumerate((fault.address, fault.header, fault.value, fault.text)):
            sheet.write_string(row, place, text)
