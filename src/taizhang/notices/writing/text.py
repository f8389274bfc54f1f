"""Head, text and signature of a notice (handbook 6.2 and 6.3)."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph as DocxParagraph

from taizhang.notices.writing import styles
from taizhang.notices.writing.layout import BLOCK_WIDTH, LINE, Size, twips
from taizhang.notices.writing.markup import element
from taizhang.notices.writing.model import (
    Attachment,
    OfficialDocument,
    Paragraph,
    Signature,
    day_text,
)
from taizhang.notices.writing.styles import Style
from taizhang.notices.writing.wording import numbered, text_width, title_lines

_LARGEST_MARK = 60.0  # points
_MARK_TOP = twips(35)
_RULE_WIDTH = 18  # eighths of a point
_RULE_SPACE = 5  # points; with what the line leaves below its type it is 4 mm below the number
_RIGHT_OF_DATE = 4.0  # characters that a sealed date leaves free
_RIGHT_UNSEALED = 2.0


def write_head(document: Document, notice: OfficialDocument) -> None:
    """From the urgency to the addressee."""
    if notice.urgency:
        write(document, notice.urgency, styles.URGENCY)
    _write_mark(document, notice)
    number = write(document, str(notice.number), styles.NUMBER)
    rule = element("bottom", val="single", sz=_RULE_WIDTH, space=_RULE_SPACE, color=styles.RED)
    number._p.get_or_add_pPr().insert_element_before(
        element("pBdr", rule), "w:snapToGrid", "w:spacing", "w:ind", "w:jc"
    )
    write_title(document, notice.title, styles.TITLE)
    write(document, f"{notice.addressees.rstrip('：:')}：", styles.ADDRESSEE)


def write_body(document: Document, body: Sequence[Paragraph]) -> DocxParagraph | None:
    """The paragraphs of a text under their numbers; returns the last one."""
    last = None
    for level, text in numbered(body):
        last = write(document, text, styles.TEXT if level is None else styles.LEVELS[level])
    return last


def write_foot(document: Document, notice: OfficialDocument, last: DocxParagraph | None) -> None:
    """Attachment note, signature and note. The signature never stands on a page of its own."""
    last = _write_attachment_note(document, notice.attachments) or last
    if last is not None:
        last.paragraph_format.keep_with_next = True
    _write_signature(document, notice.signature)
    if notice.note:
        write(document, f"（{notice.note.strip('（）')}）", styles.NOTE)


def write_title(document: Document, title: str, style: Style) -> None:
    """A title as one paragraph, its lines parted by line breaks."""
    lines = title_lines(title)
    paragraph = write(document, lines[0], style)
    for line in lines[1:]:
        run = paragraph.add_run()
        run.add_break(WD_BREAK.LINE)
        run.add_text(line)


def write(document: Document, text: str, style: Style) -> DocxParagraph:
    """A paragraph in a style."""
    return document.add_paragraph(text, style.name)


def _write_mark(document: Document, notice: OfficialDocument) -> None:
    """The mark in one line, as large as it fits, its top 35 mm below that of the block."""
    mark = f"{notice.agency.removesuffix('文件')}文件"
    size = min(_LARGEST_MARK, int(BLOCK_WIDTH / 20 / text_width(mark)))
    line = round(size * 1.2)
    paragraph = write(document, mark, styles.MARK)
    paragraph.runs[0].font.size = Pt(size)
    above = LINE if notice.urgency else 0
    top = _MARK_TOP - above - round((line - size) / 2 * 20)
    paragraph._p.get_or_add_pPr().insert_element_before(
        element("spacing", before=top, line=line * 20, lineRule="exact"), "w:ind", "w:jc"
    )


def _write_attachment_note(
    document: Document, attachments: Sequence[Attachment]
) -> DocxParagraph | None:
    """附件：1.…, its numbers below each other; without a number where there is one only."""
    last = None
    for count, attachment in enumerate(attachments, start=1):
        number = "" if len(attachments) == 1 else f"{count}."
        mark = "附件：" if count == 1 else ""
        name = "".join(attachment.title.splitlines())
        last = write(document, f"{mark}{number}{name}", styles.ATTACHMENT_NOTE)
        hanging = text_width(f"{mark}{number}")
        _indent(last, left=2 + text_width(f"附件：{number}"), hanging=hanging)
        if count == 1:
            last.paragraph_format.space_before = Pt(LINE / 20)
    return last


def _write_signature(document: Document, signature: Signature) -> None:
    """Agency and date; sealed, the agency is centred above the date (handbook 6.3)."""
    agency, day = text_width(signature.agency), text_width(day_text(signature.signed_on))
    if signature.sealed:
        right_of_agency = _RIGHT_OF_DATE + (day - agency) / 2
        right_of_date = _RIGHT_OF_DATE - min(right_of_agency, 0.0)
    else:
        # The date begins two characters right of the agency; the longer of the two is in place.
        right_of_date = max(agency - day, _RIGHT_UNSEALED)
        right_of_agency = right_of_date + day + 2 - agency
    signed = write(document, signature.agency, styles.SIGNATURE)
    signed.paragraph_format.space_before = Pt((2 if signature.sealed else 1) * LINE / 20)
    _indent(signed, right=max(right_of_agency, 0.0))
    _indent(write(document, day_text(signature.signed_on), styles.SIGNED_ON), right=right_of_date)


def _indent(
    paragraph: DocxParagraph, *, left: float = 0.0, right: float = 0.0, hanging: float = 0.0
) -> None:
    """Indents in characters of 3-hao type, and in twips for programs that do not count them."""
    properties = paragraph._p.get_or_add_pPr()
    known = properties.find(qn("w:ind"))
    if known is not None:
        properties.remove(known)
    wanted = {"left": left, "right": right, "hanging": hanging}
    given = {side: chars for side, chars in wanted.items() if chars}
    properties.insert_element_before(
        element(
            "ind",
            **{f"{side}Chars": round(100 * chars) for side, chars in given.items()},
            **{side: round(chars * Size.SIZE_3.twips) for side, chars in given.items()},
        ),
        "w:jc",
        "w:outlineLvl",
    )
