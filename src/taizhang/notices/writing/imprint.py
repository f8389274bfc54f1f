"""The imprint (版记) at the bottom of an even page (handbook 6.4)."""

import math

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from taizhang.notices.writing import styles
from taizhang.notices.writing.layout import BLOCK_HEIGHT, BLOCK_WIDTH, LINE, Size
from taizhang.notices.writing.markup import element
from taizhang.notices.writing.model import Imprint, day_text
from taizhang.notices.writing.page import next_section, unnumbered
from taizhang.notices.writing.styles import Style
from taizhang.notices.writing.wording import text_width

_HEAVY, _LIGHT = 8, 6  # eighths of a point: 0.35 and 0.25 mm
_MARK = 3  # characters: 抄送：
# One is left free at either side; punctuation that may not begin a line takes one more with it.
_COPIES_WIDTH = BLOCK_WIDTH // Size.SIZE_4.twips - _MARK - 2 - 1
_RULES = 150  # twips that the three rules and what is around them take
_LAST_LINE = 20  # a document ends with a paragraph, never with a table


def write_imprint(document: Document, imprint: Imprint) -> None:
    """A page of its own, even and without a number.

    Whether the last page of the text is even is known only once the pages are made up, so the
    imprint begins a section on the next even page. It stands on the lower edge of the block by an
    empty line above it, as high as what its own lines leave: a table placed on the page is drawn
    elsewhere by LibreOffice.
    """
    unnumbered(next_section(document, on_even_page=True))
    printed = f"{imprint.printed_by}\t{day_text(imprint.printed_on)}印发"
    rows = [_row(printed, styles.PRINTED)]
    lines = 1
    if imprint.copied_to:
        copies = f"抄送：{'，'.join(imprint.copied_to)}。"
        rows.insert(0, _row(copies, styles.COPIES))
        lines += math.ceil((text_width(copies) - _MARK) / _COPIES_WIDTH)
    _write_gap(document, BLOCK_HEIGHT - lines * LINE - _RULES - _LAST_LINE)
    document.element.body.insert_element_before(_table(rows), "w:sectPr")
    _write_gap(document, _LAST_LINE)


def _write_gap(document: Document, height: int) -> None:
    spacing = element("spacing", before=0, after=0, line=height, lineRule="exact")
    gap = document.add_paragraph(style="Normal")
    gap._p.get_or_add_pPr().append(spacing)


def _table(rows: list[BaseOxmlElement]) -> BaseOxmlElement:
    return element(
        "tbl",
        element(
            "tblPr",
            element("tblW", w=BLOCK_WIDTH, type="dxa"),
            element(
                "tblBorders",
                *(
                    element(side, val="single", sz=width, space=0, color="auto")
                    for side, width in (("top", _HEAVY), ("bottom", _HEAVY), ("insideH", _LIGHT))
                ),
            ),
            element("tblLayout", type="fixed"),
            element("tblCellMar", *(element(side, w=0, type="dxa") for side in ("left", "right"))),
        ),
        element("tblGrid", element("gridCol", w=BLOCK_WIDTH)),
        *rows,
    )


def _row(text: str, style: Style) -> BaseOxmlElement:
    properties = element("pPr", element("pStyle", val=style.key))
    one = style.size.twips
    if style is styles.COPIES:
        # The names stand below each other, right of 抄送：.
        indent = element(
            "ind",
            leftChars=400,
            left=4 * one,
            rightChars=100,
            right=one,
            hangingChars=300,
            hanging=3 * one,
        )
        properties.append(indent)
    else:
        end = BLOCK_WIDTH - one
        properties.append(element("tabs", element("tab", val="right", pos=end)))
    run = element("r")
    for position, part in enumerate(text.split("\t")):
        if position:
            run.append(element("tab"))
        words = element("t")
        words.text = part
        words.set(qn("xml:space"), "preserve")
        run.append(words)
    cell = element("tcPr", element("tcW", w=BLOCK_WIDTH, type="dxa"))
    return element("tr", element("tc", cell, element("p", properties, run)))
