"""The way out: an official document, or one annex by itself, as a .docx file."""

import os
from datetime import UTC, datetime
from typing import IO

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.section import Section

from taizhang.notices.writing import styles
from taizhang.notices.writing.imprint import write_imprint
from taizhang.notices.writing.model import Attachment, OfficialDocument, Paragraph, Table
from taizhang.notices.writing.page import (
    block_height,
    block_width,
    landscape,
    next_section,
    portrait,
)
from taizhang.notices.writing.styles import install_styles
from taizhang.notices.writing.tables import write_table
from taizhang.notices.writing.text import write, write_body, write_foot, write_head, write_title

_WORD_2013 = "15"  # the layout of Word since then; an older number opens in compatibility mode


def write_docx(
    document: OfficialDocument | Attachment, target: str | os.PathLike[str] | IO[bytes]
) -> None:
    """Write a document, or an annex by itself, in the layout of GB/T 9704-2012.

    `target` is a path or a binary file. An annex by itself has no red head: it is put behind a
    notice, or used in the house. The same document gives the same bytes on every day.

    Raises OSError when the file cannot be written.
    """
    made = _empty_document()
    if isinstance(document, OfficialDocument):
        _write_notice(made, document)
    else:
        _write_attachment(made, made.sections[0], document, number="")
    _describe(made, document)
    made.save(os.fspath(target) if isinstance(target, os.PathLike) else target)


def _empty_document() -> Document:
    made = docx.Document()
    install_styles(made)
    made.settings.odd_and_even_pages_header_footer = True
    for setting in made.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_2013)
    return made


def _write_notice(made: Document, notice: OfficialDocument) -> None:
    portrait(made.sections[0])
    write_head(made, notice)
    write_foot(made, notice, write_body(made, notice.body))
    for count, attachment in enumerate(notice.attachments, start=1):
        number = "" if len(notice.attachments) == 1 else str(count)
        _write_attachment(made, next_section(made), attachment, number)
    if notice.imprint is not None:
        write_imprint(made, notice.imprint)


def _write_attachment(
    made: Document, section: Section, attachment: Attachment, number: str
) -> None:
    """Mark in the first line, title in the third, and the blocks."""
    (landscape if attachment.landscape else portrait)(section)
    write(made, f"{attachment.mark}{number}", styles.ATTACHMENT_MARK)
    write_title(made, attachment.title, styles.ATTACHMENT_TITLE)
    if attachment.note:
        write(made, f"（{attachment.note}）", styles.ATTACHMENT_AS_OF)
    text: list[Paragraph] = []
    for block in attachment.blocks:
        if isinstance(block, Table):
            write_body(made, text)
            text = []
            width, height = block_width(section), block_height(section)
            write_table(made, block, width=width, height=height)
        else:
            text.append(block)
    write_body(made, text)


def _describe(made: Document, document: OfficialDocument | Attachment) -> None:
    """The file's own properties: nothing of the program that wrote it, and no moment of writing."""
    properties = made.core_properties
    properties.title = "".join(document.title.splitlines())
    properties.author = document.agency if isinstance(document, OfficialDocument) else ""
    properties.comments = ""
    properties.language = "zh-CN"
    day = (
        datetime.combine(document.signature.signed_on, datetime.min.time(), UTC)
        if isinstance(document, OfficialDocument)
        else datetime(2000, 1, 1, tzinfo=UTC)
    )
    properties.created = properties.modified = day
