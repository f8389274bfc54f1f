"""The kinds of files that evidence may be, each with a test of what the content really is."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from taizhang.lib.archives import DAMAGED

# A file of office programs that unpacks to more than this is not a document.
UNPACKED_LIMIT_BYTES = 300 * 1024 * 1024
TEXT_ENCODINGS = ("utf-8-sig", "gb18030")
_TEXT_CONTROLS = b"\t\n\r\f"


@dataclass(frozen=True, slots=True)
class FileKind:
    """`is_genuine` reads the content from its start."""

    extensions: tuple[str, ...]
    content_type: str
    is_genuine: Callable[[BinaryIO], bool]


def kind_of(name: str) -> "FileKind | None":
    """The kind that the name's extension claims; None for one that is not accepted.

    >>> kind_of("纪要.PDF").content_type, kind_of("纪要.pdf.exe")
    ('application/pdf', None)
    """
    extension = PurePath(name).suffix.lower().removeprefix(".")
    return next((kind for kind in FILE_KINDS if extension in kind.extensions), None)


def accepted_extensions() -> tuple[str, ...]:
    """All extensions, in the order in which they are offered."""
    return tuple(extension for kind in FILE_KINDS for extension in kind.extensions)


def _starts_with(magic: bytes) -> Callable[[BinaryIO], bool]:
    return lambda content: content.read(len(magic)) == magic


def _package_with(*members: str) -> Callable[[BinaryIO], bool]:
    """A zip package with these members, without macros, sound, and of a sane size."""

    def is_genuine(content: BinaryIO) -> bool:
        try:
            with zipfile.ZipFile(content) as package:
                entries = package.infolist()
                names = {entry.filename for entry in entries}
                return (
                    names.issuperset(members)
                    and not any(name.lower().endswith("vbaproject.bin") for name in names)
                    and sum(entry.file_size for entry in entries) <= UNPACKED_LIMIT_BYTES
                    and package.testzip() is None
                )
        except DAMAGED:
            return False

    return is_genuine


def _is_text(content: BinaryIO) -> bool:
    """Text in one of the encodings in use, without control characters other than line ends."""
    data = content.read()
    if any(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in data):
        return False
    return any(_decodes(data, encoding) for encoding in TEXT_ENCODINGS)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


FILE_KINDS = (
    FileKind(("pdf",), "application/pdf", _starts_with(b"%PDF-")),
    # GB/T 33190, the fixed layout in which public bodies exchange documents.
    FileKind(("ofd",), "application/ofd", _package_with("OFD.xml")),
    FileKind(
        ("docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _package_with("[Content_Types].xml", "word/document.xml"),
    ),
    FileKind(
        ("xlsx",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _package_with("[Content_Types].xml", "xl/workbook.xml"),
    ),
    FileKind(("png",), "image/png", _starts_with(b"\x89PNG\r\n\x1a\n")),
    FileKind(("jpg", "jpeg"), "image/jpeg", _starts_with(b"\xff\xd8\xff")),
    FileKind(("txt",), "text/plain; charset=utf-8", _is_text),
    FileKind(("csv",), "text/csv", _is_text),
)
