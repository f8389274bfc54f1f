"""One module per file format: bytes in, a `Document` out.

A new format is one function, listed here under the endings of its files.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from taizhang.notices.document import Document
from taizhang.notices.errors import EmptyDocument, TooLarge, UnknownFormat
from taizhang.notices.formats.text import read_text


@dataclass(frozen=True, slots=True)
class Format:
    """How files of a format are read, and how large one may be for the memory it then takes."""

    read: Callable[[bytes], Document]
    max_bytes: int


TEXT = Format(read_text, max_bytes=2_000_000)  # about a thousand pages
FORMATS: Mapping[str, Format] = {".txt": TEXT, ".text": TEXT, ".md": TEXT}

# A file may carry any name: what is inside decides against reading it as text.
_OTHER_BEGINNINGS: Mapping[bytes, str] = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "an Office or zip file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


def read_document(content: bytes, filename: str | None) -> Document:
    """The document in `content`; without a file name it is taken for text.

    Raises `EmptyDocument`, `TooLarge`, `UnknownFormat`, or what the format's reader raises.
    """
    if not content:
        raise EmptyDocument
    known = ", ".join(FORMATS)
    ending = PurePath(filename).suffix.lower() if filename else ".txt"
    if ending not in FORMATS:
        raise UnknownFormat(f"a file named {filename}", known)
    for beginning, description in _OTHER_BEGINNINGS.items():
        if content.startswith(beginning):
            raise UnknownFormat(description, known)
    kind = FORMATS[ending]
    if len(content) > kind.max_bytes:
        raise TooLarge(len(content), kind.max_bytes)
    document = kind.read(content)
    if not document.blocks:
        raise EmptyDocument
    return document
