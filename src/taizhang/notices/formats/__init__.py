"""One module per file format: bytes in, a `Document` out.

A new format is one function, listed here as a `Format`. A file may carry any name: what it is
decides the way it begins, and its name only tells the kinds of text apart.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from taizhang.notices.document import Document
from taizhang.notices.errors import (
    BrokenFile,
    EmptyDocument,
    EncryptedFile,
    TooLarge,
    UnknownFormat,
)
from taizhang.notices.formats.archive import Archive
from taizhang.notices.formats.doc import read_doc
from taizhang.notices.formats.docx import main_part, read_docx
from taizhang.notices.formats.html import looks_like_html, read_html
from taizhang.notices.formats.pdf import read_pdf
from taizhang.notices.formats.sheets import read_sheets, read_xlsx
from taizhang.notices.formats.text import read_markdown, read_text


@dataclass(frozen=True, slots=True)
class Format:
    """How files of a format are read, and how large one may be for the memory it then takes."""

    read: Callable[[bytes], Document]
    max_bytes: int


_TEXT_BYTES = 2_000_000  # about a thousand pages
_PICTURES_TOO = 30_000_000  # what a file may weigh with its pictures, which are not read
TEXT = Format(read_text, _TEXT_BYTES)
MARKDOWN = Format(read_markdown, _TEXT_BYTES)
HTML = Format(read_html, _TEXT_BYTES)
DOCX = Format(read_docx, _PICTURES_TOO)
XLSX = Format(read_xlsx, _PICTURES_TOO)
XLS = Format(read_sheets, _PICTURES_TOO)
DOC = Format(read_doc, _PICTURES_TOO)
PDF = Format(read_pdf, _PICTURES_TOO)

FORMATS: Mapping[str, Format] = {
    ".docx": DOCX,
    ".doc": DOC,
    ".wps": DOC,
    ".xlsx": XLSX,
    ".xls": XLS,
    ".et": XLS,
    ".pdf": PDF,
    ".html": HTML,
    ".htm": HTML,
    ".md": MARKDOWN,
    ".txt": TEXT,
    ".text": TEXT,
}
"""The format that a file's ending promises."""

_TEXTS = (TEXT, MARKDOWN, HTML)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_READ: Mapping[bytes, str] = {
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"Rar!": "an archive",
    b"7z\xbc\xaf": "an archive",
}


def read_document(content: bytes, filename: str | None) -> Document:
    """The document in `content`; without a file name its beginning alone says what it is.

    Raises `EmptyDocument`, `TooLarge`, `UnknownFormat`, or what the format's reader raises.
    """
    if not content:
        raise EmptyDocument
    kind = _format(content, filename)
    if len(content) > kind.max_bytes:
        raise TooLarge(len(content), kind.max_bytes)
    document = kind.read(content)
    if not document.blocks:
        raise EmptyDocument
    return document


def _format(content: bytes, filename: str | None) -> Format:
    for beginning, description in _NOT_READ.items():
        if content.startswith(beginning):
            raise UnknownFormat(description, ", ".join(FORMATS))
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    if content.startswith(_OLD_OFFICE):
        return _old_office(content)
    ending = PurePath(filename).suffix.lower() if filename else ".txt"
    promised = FORMATS.get(ending)
    if promised is None:
        raise UnknownFormat(f"a file named {filename}", ", ".join(FORMATS))
    if looks_like_html(content):
        return HTML  # whatever its name: web pages are often saved as .doc or .xls
    if promised not in _TEXTS:
        raise BrokenFile(f"it does not begin as a {ending} file does")
    return promised


def _zipped(content: bytes) -> Format:
    names = Archive(content).names
    if main_part(names):
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    raise UnknownFormat("an archive that is neither .docx nor .xlsx", ", ".join(FORMATS))


def _old_office(content: bytes) -> Format:
    """What the streams named in an OLE2 file make of it; a locked .docx is one too."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise EncryptedFile
    if "WordDocument".encode("utf-16-le") in content:
        return DOC
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return XLS
    raise UnknownFormat("an old Office file that holds no text", ", ".join(FORMATS))
