"""Plain text: a line is a paragraph, or a row whose cells are parted by tabs or pipes.

Cells may carry the `<p>` of the page they were copied from. A blank line ends a table, so that a
ledger that goes over several pages comes as several tables, each with the head repeated.
"""

import re

from taizhang.notices.document import Document, DocumentBuilder, Passage
from taizhang.notices.formats.encoding import decode
from taizhang.notices.formats.wrapping import Wrapping

_PARAGRAPH_BREAK = re.compile(r"</p>\s*<p[^<>\n]{0,80}>|<br\s*/?>", re.IGNORECASE)
_PARAGRAPH_TAG = re.compile(r"</?p(?:\s[^<>\n]{0,80})?>", re.IGNORECASE)
_PIPE_RULE = re.compile(r"[\s|:-]+")
_HEADING_MARK = re.compile(r"#{1,6}\s+")


def read_text(content: bytes) -> Document:
    """The document in a text file. Raises `NotText` when it is none."""
    lines = decode(content).split("\n")
    wrapping = Wrapping.of(line for line in lines if _cells(line) is None)
    builder = DocumentBuilder()
    paragraph: list[Passage] = []
    for line in lines:
        cells = _cells(line)
        if cells is None and paragraph and wrapping.is_page_number(line):
            builder.line(line)
            continue
        if cells is None and paragraph and wrapping.continues(paragraph[-1].text, line):
            paragraph.append(builder.line(line))
            continue
        builder.paragraph(paragraph)
        paragraph = []
        if cells is None:
            paragraph = [builder.line(_without_markup(_HEADING_MARK.sub("", line)))]
        elif cells:
            builder.row([_without_markup(cell) for cell in cells])
    builder.paragraph(paragraph)
    return builder.build()


def _cells(line: str) -> list[str] | None:
    """The cells of a row; [] for the rule under a Markdown head; None for any other line."""
    stripped = line.strip(" \u3000")
    if stripped.startswith("|") and stripped.count("|") > 1:
        if "-" in stripped and _PIPE_RULE.fullmatch(stripped):
            return []
        return stripped.removeprefix("|").removesuffix("|").split("|")
    return line.split("\t") if "\t" in line.lstrip() else None  # a tab before it indents


def _without_markup(text: str) -> str:
    return _PARAGRAPH_TAG.sub("", _PARAGRAPH_BREAK.sub("\n", text))
