"""Plain text and Markdown: lines that are paragraphs or rows, wrapped at the width of a page.

Cells may carry the `<p>` of the page they were copied from. A blank line ends a table, so that a
ledger that goes over several pages comes as several tables, each with the head repeated.
"""

import re

from taizhang.notices.document import Document, DocumentBuilder
from taizhang.notices.formats.encoding import decode
from taizhang.notices.formats.flow import write_lines

_HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+|^[ ]{0,3}>[ \t]?", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*[-*+][ \t]+(?=\S)", re.MULTILINE)
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)([^*_\n]+?)(?<=\S)\1")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|-])")


def read_text(content: bytes) -> Document:
    """The document in a text file. Raises `NotText` when it is none."""
    builder = DocumentBuilder()
    write_lines(builder, _HEADING.sub("", decode(content)).split("\n"), may_be_wrapped=True)
    return builder.build()


def read_markdown(content: bytes) -> Document:
    """The document in a Markdown file, without its marks of headings, lists and emphasis."""
    text = _EMPHASIS.sub(r"\2", _BULLET.sub("", _HEADING.sub("", decode(content))))
    builder = DocumentBuilder()
    write_lines(builder, _ESCAPED.sub(r"\1", text).split("\n"), may_be_wrapped=True)
    return builder.build()
