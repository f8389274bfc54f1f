"""The styles of an official document, named in Chinese, and the faces behind them.

Every look of the document is a style: an office that wants another one changes it in one place.
"""

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from taizhang.notices.writing.layout import CHARACTER_PITCH, LATIN, LINE, Font, Size
from taizhang.notices.writing.markup import element
from taizhang.notices.writing.model import Level

RED = "FF0000"
TITLE_LINE = 660  # 33 pt, between the 32 and 35 of handbook 6.3
CELL_LINE = 300  # 15 pt under 5-hao type


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. `indent` and `margin` are characters: of the first line, at both sides.

    `line` is exact, `before` the space above; both in twips.
    """

    key: str
    name: str
    font: Font = Font.TEXT
    size: Size = Size.SIZE_3
    align: str = "both"
    line: int = LINE
    before: int = 0
    indent: int = 0
    margin: int = 0
    colour: str = ""
    outline: int | None = None
    keeps_next: bool = False
    latin: str = LATIN


MARK = Style("AgencyMark", "发文机关标志", Font.TITLE, align="center", colour=RED)
URGENCY = Style("Urgency", "紧急程度", Font.FIRST)
NUMBER = Style("DocumentNumber", "发文字号", align="center", before=2 * LINE)
TITLE = Style(
    *("DocumentTitle", "公文标题", Font.TITLE, Size.SIZE_2, "center"),
    line=TITLE_LINE,
    before=2 * LINE,
    outline=0,
    latin=Font.TITLE.face,
)
ADDRESSEE = Style("Addressee", "主送机关", before=LINE, align="left")
TEXT = Style("BodyText", "公文正文", indent=2)
LEVELS = {
    Level.FIRST: Style("Level1", "一级标题", Font.FIRST, indent=2, outline=1),
    Level.SECOND: Style("Level2", "二级标题", Font.SECOND, indent=2, outline=2),
    Level.THIRD: Style("Level3", "三级标题", indent=2),
    Level.FOURTH: Style("Level4", "四级标题", indent=2),
}
ATTACHMENT_NOTE = Style("AttachmentNote", "附件说明")
SIGNATURE = Style("Signature", "发文机关署名", align="right", keeps_next=True)
SIGNED_ON = Style("SignedOn", "成文日期", align="right")
NOTE = Style("Note", "附注", indent=2)
ATTACHMENT_MARK = Style("AttachmentMark", "附件标志", Font.FIRST, align="left")
ATTACHMENT_TITLE = Style(
    *("AttachmentTitle", "附件标题", Font.TITLE, Size.SIZE_2, "center"),
    line=TITLE_LINE,
    before=LINE,
    outline=0,
    latin=Font.TITLE.face,
)
ATTACHMENT_AS_OF = Style(
    *("AttachmentAsOf", "附件题注", Font.SECOND, Size.SIZE_4, "center"), keeps_next=True
)
TABLE_HEAD = Style(*("TableHead", "表头", Font.FIRST, Size.SIZE_5, "center"), line=CELL_LINE)
TABLE_TEXT = Style("TableText", "表格文字", size=Size.SIZE_5, align="left", line=CELL_LINE)
COPIES = Style("CopiedTo", "抄送机关", size=Size.SIZE_4, margin=1)
PRINTED = Style("PrintedBy", "印发机关和印发日期", size=Size.SIZE_4, margin=1)
PAGE_NUMBER = Style(
    *("PageNumber", "页码", Font.NUMBER, Size.SIZE_4, "left"),
    line=360,
    margin=1,
    latin=Font.NUMBER.face,
)

STYLES = (
    *(MARK, URGENCY, NUMBER, TITLE, ADDRESSEE, TEXT, *LEVELS.values(), ATTACHMENT_NOTE),
    *(SIGNATURE, SIGNED_ON, NOTE, ATTACHMENT_MARK, ATTACHMENT_TITLE, ATTACHMENT_AS_OF),
    *(TABLE_HEAD, TABLE_TEXT, COPIES, PRINTED, PAGE_NUMBER),
)


def install_styles(document: Document) -> None:
    """Replace the styles and the table of fonts that an empty document comes with."""
    root = document.styles.element
    for child in list(root):
        root.remove(child)
    root.append(_defaults())
    root.append(_normal())
    root.append(_plain_table())
    for style in STYLES:
        root.append(_paragraph_style(style))
    _install_fonts(document)


def run_fonts(font: Font, latin: str = LATIN) -> BaseOxmlElement:
    """The faces of a run: Chinese, and Latin letters and digits."""
    return element("rFonts", ascii=latin, hAnsi=latin, eastAsia=font.face, cs=latin)


def _defaults() -> BaseOxmlElement:
    language = element("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    return element(
        "docDefaults",
        element("rPrDefault", element("rPr", run_fonts(Font.TEXT), language)),
        element("pPrDefault", element("pPr")),
    )


def _normal() -> BaseOxmlElement:
    """The style that the grid counts its characters by: 3-hao, so that 28 fill a line.

    Text keeps the pitch of the grid by its own spacing and is not snapped to it: LibreOffice gives
    a character two cells where a cell is narrower than the type, as the standard's is.
    """
    paragraph = element(
        "pPr",
        element("widowControl", val=0),
        element("autoSpaceDE", val=0),
        element("autoSpaceDN", val=0),
        element("snapToGrid", val=0),
        element("spacing", line=LINE, lineRule="exact"),
        element("jc", val="both"),
    )
    run = element("rPr", run_fonts(Font.TEXT), *_size(Size.SIZE_3))
    name, look = element("name", val="Normal"), element("qFormat")
    return element(
        "style", name, look, paragraph, run, type="paragraph", default=1, styleId="Normal"
    )


def _plain_table() -> BaseOxmlElement:
    margins = element(
        "tblCellMar",
        element("top", w=0, type="dxa"),
        element("left", w=57, type="dxa"),
        element("bottom", w=0, type="dxa"),
        element("right", w=57, type="dxa"),
    )
    look = element("tblPr", element("tblInd", w=0, type="dxa"), margins)
    name = element("name", val="Normal Table")
    return element("style", name, look, type="table", default=1, styleId="TableNormal")


def _paragraph_style(style: Style) -> BaseOxmlElement:
    colour = [element("color", val=style.colour)] if style.colour else []
    run = element("rPr", run_fonts(style.font, style.latin), *colour, *_size(style.size))
    return element(
        "style",
        element("name", val=style.name),
        element("basedOn", val="Normal"),
        element("qFormat"),
        _paragraph_properties(style),
        run,
        type="paragraph",
        customStyle=1,
        styleId=style.key,
    )


def _paragraph_properties(style: Style) -> BaseOxmlElement:
    """In the order in which the schema wants them."""
    properties = element("pPr")
    if style.keeps_next:
        properties.append(element("keepNext"))
    properties.append(
        element("spacing", before=style.before, after=0, line=style.line, lineRule="exact")
    )
    if style.indent or style.margin:
        properties.append(_indent(style))
    properties.append(element("jc", val=style.align))
    if style.outline is not None:
        properties.append(element("outlineLvl", val=style.outline))
    return properties


def _indent(style: Style) -> BaseOxmlElement:
    """In characters, and in twips for programs that do not count characters."""
    width = style.size.twips
    if style.indent:
        return element("ind", firstLineChars=100 * style.indent, firstLine=style.indent * width)
    side, chars = style.margin * width, 100 * style.margin
    return element("ind", leftChars=chars, left=side, rightChars=chars, right=side)


def _size(size: Size) -> tuple[BaseOxmlElement, ...]:
    """The size of type, and the pitch of 28 characters in a line for that of the text."""
    pitch = element("spacing", val=CHARACTER_PITCH if size is Size.SIZE_3 else 0)
    return pitch, element("sz", val=size.value), element("szCs", val=size.value)


def _install_fonts(document: Document) -> None:
    """The table of fonts says what stands in for a face that a machine lacks."""
    entries = "".join(
        f"<w:font w:name={quoteattr(font.face)}><w:altName w:val={quoteattr(font.fallback)}/>"
        '<w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for font in Font
    )
    blob = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:fonts {nsdecls('w')}>{entries}</w:fonts>"
    ).encode()
    part = document.part
    for key, relation in list(part.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            del part.rels[key]
    fonts = Part(
        PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, blob, document.part.package
    )
    part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)
