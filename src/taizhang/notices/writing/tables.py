"""Tables as ledgers have them (handbook 6.5): ruled, with heads that every page repeats."""

import math
from collections.abc import Sequence

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from taizhang.notices.writing import styles
from taizhang.notices.writing.layout import ROW_HEIGHT
from taizhang.notices.writing.markup import element
from taizhang.notices.writing.model import Align, Cell, Row, Table
from taizhang.notices.writing.styles import Style
from taizhang.notices.writing.wording import text_width

_BORDER = 4  # eighths of a point: 0.5 pt
_PADDING = 57  # 1 mm at each side
_GROUP = "F2F2F2"


def write_table(document: Document, table: Table, *, width: int, height: int) -> None:
    """A table as wide as the text block, `width` by `height` twips.

    A row is kept on one page, unless it would fill more than half of one.
    """
    columns = _columns(table.widths, width)
    made = element(
        "tbl",
        element(
            "tblPr",
            element("tblW", w=sum(columns), type="dxa"),
            element("jc", val="center"),
            _borders(),
            element("tblLayout", type="fixed"),
            element(
                "tblCellMar",
                element("left", w=_PADDING, type="dxa"),
                element("right", w=_PADDING, type="dxa"),
            ),
        ),
        element("tblGrid", *(element("gridCol", w=column) for column in columns)),
        *(_head_row(row, columns) for row in table.head),
        *(_row(row, columns, height / 2) for row in table.rows),
    )
    document.element.body.insert_element_before(made, "w:sectPr")


def _columns(widths: Sequence[float], width: int) -> list[int]:
    """The widths in twips; rounding goes to the widest."""
    scale = width / sum(widths)
    columns = [round(each * scale) for each in widths]
    columns[columns.index(max(columns))] += width - sum(columns)
    return columns


def _borders() -> BaseOxmlElement:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return element(
        "tblBorders",
        *(element(side, val="single", sz=_BORDER, space=0, color="auto") for side in sides),
    )


def _head_row(row: Row, columns: Sequence[int]) -> BaseOxmlElement:
    made = _cells(row, columns, styles.TABLE_HEAD)
    made.insert(0, element("trPr", element("cantSplit"), _height(), element("tblHeader")))
    return made


def _row(row: Row, columns: Sequence[int], highest: float) -> BaseOxmlElement:
    made = _cells(row, columns, styles.TABLE_TEXT)
    whole = [] if _estimated_height(row, columns) > highest else [element("cantSplit")]
    made.insert(0, element("trPr", *whole, _height()))
    return made


def _height() -> BaseOxmlElement:
    return element("trHeight", val=ROW_HEIGHT, hRule="atLeast")


def _cells(row: Row, columns: Sequence[int], style: Style) -> BaseOxmlElement:
    made = element("tr")
    at = 0
    for cell in row.cells:
        width = sum(columns[at : at + cell.span])
        made.append(_cell(cell, width, style, is_group=row.is_group))
        at += cell.span
    if at != len(columns):
        raise ValueError(f"a row spans {at} of {len(columns)} columns")
    return made


def _cell(cell: Cell, width: int, style: Style, *, is_group: bool) -> BaseOxmlElement:
    properties = element("tcPr", element("tcW", w=width, type="dxa"))
    if cell.span > 1:
        properties.append(element("gridSpan", val=cell.span))
    if is_group:
        properties.append(element("shd", val="clear", color="auto", fill=_GROUP))
    properties.append(element("vAlign", val="center"))
    align = Align.CENTRE if style is styles.TABLE_HEAD else cell.align
    lines = [_paragraph(line, style, align, keeps_next=is_group) for line in cell.text.split("\n")]
    return element("tc", properties, *lines)


def _paragraph(line: str, style: Style, align: Align, *, keeps_next: bool) -> BaseOxmlElement:
    properties = element("pPr", element("pStyle", val=style.key))
    if keeps_next:
        properties.append(element("keepNext"))
    properties.append(element("jc", val=align.value))
    words = element("t")
    words.text = line
    words.set(qn("xml:space"), "preserve")
    return element("p", properties, element("r", words))


def _estimated_height(row: Row, columns: Sequence[int]) -> int:
    """The height of a row in twips, by the width of its texts; a line more or less is no matter."""
    at = 0
    most = 1
    for cell in row.cells:
        inner = sum(columns[at : at + cell.span]) - 2 * _PADDING
        fit = max(inner / styles.TABLE_TEXT.size.twips, 1.0)
        lines = sum(math.ceil(max(text_width(line), 1) / fit) for line in cell.text.split("\n"))
        most = max(most, lines)
        at += cell.span
    return most * styles.TABLE_TEXT.line
