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
from taizhang.notices.formats.converting import convert
from taizhang.notices.formats.docx import main_part, read_docx
from taizhang.notices.formats.html import looks_like_html, read_html
from taizhang.notices.formats.isolated import read_isolated
from taizhang.notices.formats.mht import looks_like_mht, read_mht
from taizhang.notices.formats.pdf import read_pdf
from taizhang.notices.formats.sheets import read_csv, read_sheets, read_xlsx
from taizhang.notices.formats.text import read_markdown, read_text


@dataclass(frozen=True, slots=True)
class Format:
    """How files of a format are read, and how large one may be for the memory it then takes.

    Larger ones than `isolated_above` are read in a process of their own (None: none is), because
    compiled code reads them whose memory and time cannot be told from the file beforehand.
    """

    ending: str
    read: Callable[[bytes], Document]
    max_bytes: int
    isolated_above: int | None = None


@dataclass(frozen=True, slots=True)
class Convertible:
    """Files of another program: LibreOffice makes those of a format that is read out of them."""

    ending: str
    becomes: Format
    max_bytes: int


_TEXT_BYTES = 2_000_000  # about a thousand pages
_PICTURES_TOO = 30_000_000  # what a file may weigh with its pictures, which are not read
_QUICK_PAGE = 100_000  # bytes of HTML: the attributes of a tag take time by their square
TEXT = Format(".txt", read_text, _TEXT_BYTES)
MARKDOWN = Format(".md", read_markdown, _TEXT_BYTES)
CSV = Format(".csv", read_csv, _TEXT_BYTES)
HTML = Format(".html", read_html, _TEXT_BYTES, isolated_above=_QUICK_PAGE)
MHT = Format(".mht", read_mht, _PICTURES_TOO, isolated_above=_QUICK_PAGE)
DOCX = Format(".docx", read_docx, _PICTURES_TOO)
XLSX = Format(".xlsx", read_xlsx, _PICTURES_TOO, isolated_above=0)
XLS = Format(".xls", read_sheets, _PICTURES_TOO, isolated_above=0)
PDF = Format(".pdf", read_pdf, _PICTURES_TOO, isolated_above=0)
DOC = Convertible(".doc", DOCX, _PICTURES_TOO)
RTF = Convertible(".rtf", DOCX, _PICTURES_TOO)
ODT = Convertible(".odt", DOCX, _PICTURES_TOO)
ODS = Convertible(".ods", XLSX, _PICTURES_TOO)

FORMATS: Mapping[str, Format | Convertible] = {
    ".docx": DOCX,
    ".doc": DOC,
    ".wps": DOC,
    ".rtf": RTF,
    ".odt": ODT,
    ".xlsx": XLSX,
    ".xls": XLS,
    ".et": XLS,
    ".ods": ODS,
    ".csv": CSV,
    ".pdf": PDF,
    ".html": HTML,
    ".htm": HTML,
    ".mht": MHT,
    ".mhtml": MHT,
    ".md": MARKDOWN,
    ".txt": TEXT,
    ".text": TEXT,
}
"""The format that a file's ending promises."""

ISOLATED: Mapping[str, Format] = {kind.ending: kind for kind in (HTML, MHT, XLSX, XLS, PDF)}
"""Those that may be read in a process of their own, by their ending."""

_TEXTS = (TEXT, MARKDOWN, CSV, HTML)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_READ: Mapping[bytes, str] = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\0": "a picture",
    b"Rar!": "an archive",
    b"7z\xbc\xaf": "an archive",
}
_OPEN_DOCUMENTS: Mapping[bytes, Convertible] = {
    b"application/vnd.oasis.opendocument.text": ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": ODS,
}


def read_document(content: bytes, filename: str | None, *, isolated: bool = True) -> Document:
    """The document in `content`; without a file name its beginning alone says what it is.

    Not `isolated`, everything is read in this process: quicker, for files one made oneself.
    Raises `EmptyDocument`, `TooLarge`, `UnknownFormat`, `ConverterMissing`, or what the format's
    reader raises.
    """
    if not content:
        raise EmptyDocument
    kind = _format(content, filename)
    _expect_small(content, kind)
    if isinstance(kind, Convertible):
        content, kind = convert(content, kind.ending, kind.becomes.ending), kind.becomes
        _expect_small(content, kind)
    is_apart = isolated and kind.isolated_above is not None and len(content) > kind.isolated_above
    document = read_isolated(kind.ending, content) if is_apart else kind.read(content)
    if not document.blocks:
        raise EmptyDocument
    return document


def _expect_small(content: bytes, kind: Format | Convertible) -> None:
    if len(content) > kind.max_bytes:
        raise TooLarge(len(content), kind.max_bytes)


def _format(content: bytes, filename: str | None) -> Format | Convertible:
    for beginning, description in _NOT_READ.items():
        if content.startswith(beginning):
            raise UnknownFormat(description, ", ".join(FORMATS))
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    if content.startswith(_OLD_OFFICE):
        return _old_office(content)
    if content.startswith(b"{\\rtf"):
        return RTF
    if looks_like_mht(content):
        return MHT  # Word saves it under the name .doc too
    if looks_like_html(content):
        return HTML  # whatever its name: web pages are often saved as .doc or .xls
    ending = PurePath(filename).suffix.lower() if filename else ".txt"
    promised = FORMATS.get(ending)
    if promised is None:
        raise UnknownFormat(f"a file named {filename}", ", ".join(FORMATS))
    if promised not in _TEXTS:
        raise BrokenFile(f"it does not begin as a {ending} file does")
    return promised


def _zipped(content: bytes) -> Format | Convertible:
    archive = Archive(content)
    if main_part(archive.names):
        return DOCX
    if "xl/workbook.xml" in archive.names:
        return XLSX
    kind = _OPEN_DOCUMENTS.get((archive.read("mimetype") or b"").strip())
    if kind is None:
        found = "an OFD file" if "OFD.xml" in archive.names else "an archive without a document"
        raise UnknownFormat(found, ", ".join(FORMATS))
    return kind


def _old_office(content: bytes) -> Format | Convertible:
    """What the streams named in an OLE2 file make of it; a locked .docx is one too."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise EncryptedFile
    if "WordDocument".encode("utf-16-le") in content:
        return DOC
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return XLS
    raise UnknownFormat("an old Office file that holds no text", ", ".join(FORMATS))
