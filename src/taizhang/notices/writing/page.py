"""Sections: paper, margins and grid; page numbers outside on the right and on the left."""

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _Footer
from docx.shared import Twips

from taizhang.notices.writing.layout import (
    BLOCK_HEIGHT,
    BLOCK_WIDTH,
    BOTTOM,
    CHARACTER_SPACE,
    FOOTER,
    LEFT,
    LINE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    TOP,
    Size,
    twips,
)
from taizhang.notices.writing.markup import element, replace
from taizhang.notices.writing.styles import PAGE_NUMBER

_NUMBER_LINE = PAGE_NUMBER.line
_NUMBER_WIDTH = twips(30)


def portrait(section: Section) -> None:
    """An upright page with its page number."""
    _paper(section, PAGE_WIDTH, PAGE_HEIGHT)
    _margins(section, top=TOP, right=RIGHT, bottom=BOTTOM, left=LEFT)
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        _clear(footer)
        _write_number(footer.paragraphs[0]._p, align)


def landscape(section: Section) -> None:
    """A page to be turned: its head is the left edge of the upright sheet.

    The page number stays where it is on an upright page (handbook 6.5), so here it stands at the
    left edge, turned.
    """
    _paper(section, PAGE_HEIGHT, PAGE_WIDTH)
    section.orientation = WD_ORIENT.LANDSCAPE
    _margins(section, top=LEFT, right=TOP, bottom=RIGHT, left=BOTTOM)
    one = Size.SIZE_4.twips
    lowest = LEFT + BLOCK_WIDTH - one - _NUMBER_WIDTH
    for footer, align, top in (
        (section.footer, "right", lowest),
        (section.even_page_footer, "left", LEFT + one),
    ):
        _clear(footer)
        footer._element.insert(0, _turned_number(align, top))


def unnumbered(section: Section) -> None:
    """An upright page without a page number: that of the imprint."""
    _paper(section, PAGE_WIDTH, PAGE_HEIGHT)
    _margins(section, top=TOP, right=RIGHT, bottom=BOTTOM, left=LEFT)
    for footer in (section.footer, section.even_page_footer):
        _clear(footer)


def next_section(document: Document, *, on_even_page: bool = False) -> Section:
    """Begin a section on the next page, or on the next even one."""
    section: Section = document.add_section(
        WD_SECTION.EVEN_PAGE if on_even_page else WD_SECTION.NEW_PAGE
    )
    return section


def block_width(section: Section) -> int:
    """The width of the text block of a section, in twips."""
    return BLOCK_HEIGHT if section.orientation is WD_ORIENT.LANDSCAPE else BLOCK_WIDTH


def block_height(section: Section) -> int:
    return BLOCK_WIDTH if section.orientation is WD_ORIENT.LANDSCAPE else BLOCK_HEIGHT


def _paper(section: Section, width: int, height: int) -> None:
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Twips(width), Twips(height)
    replace(
        section._sectPr,
        "docGrid",
        type="linesAndChars",
        linePitch=LINE,
        charSpace=CHARACTER_SPACE,
    )


def _margins(section: Section, *, top: int, right: int, bottom: int, left: int) -> None:
    replace(
        section._sectPr,
        "pgMar",
        top=top,
        right=right,
        bottom=bottom,
        left=left,
        header=851,
        footer=FOOTER,
        gutter=0,
    )


def _clear(footer: _Footer) -> None:
    """A footer of its own, with one empty paragraph."""
    footer.is_linked_to_previous = False
    footer.paragraphs[0].style = PAGE_NUMBER.name


def _write_number(paragraph: BaseOxmlElement, align: str) -> None:
    """“— 1 —”, by a field."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is not None:
        properties.append(element("jc", val=align))
    field = element("fldSimple", _text("1"), instr=" PAGE ")
    paragraph.extend((_text("— "), field, _text(" —")))


def _text(text: str) -> BaseOxmlElement:
    words = element("t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    return element("r", words)


def _turned_number(align: str, top: int) -> BaseOxmlElement:
    """A page number that reads downward, `top` below the upper edge of the page.

    Its upper side looks to the text and stands 7 mm from it, as on an upright page.
    """
    no_indent = element("ind", leftChars=0, left=0, rightChars=0, right=0)
    paragraph = element("p", element("pPr", element("pStyle", val=PAGE_NUMBER.key), no_indent))
    _write_number(paragraph, align)
    size = (element("tcW", w=_NUMBER_LINE, type="dxa"), element("textDirection", val="tbRl"))
    cell = element("tc", element("tcPr", *size, element("vAlign", val="center")), paragraph)
    height = element("trHeight", val=_NUMBER_WIDTH, hRule="exact")
    return element(
        "tbl",
        element(
            "tblPr",
            element(
                "tblpPr",
                vertAnchor="page",
                horzAnchor="page",
                tblpX=FOOTER,
                tblpY=top,
            ),
            element("tblW", w=_NUMBER_LINE, type="dxa"),
            element("tblLayout", type="fixed"),
            element("tblCellMar", *(element(side, w=0, type="dxa") for side in ("left", "right"))),
        ),
        element("tblGrid", element("gridCol", w=_NUMBER_LINE)),
        element("tr", element("trPr", height), cell),
    )
