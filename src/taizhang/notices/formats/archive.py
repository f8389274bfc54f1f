"""Office files are zip archives of XML: opening one without trusting it."""

import io
import re
import zipfile
from collections.abc import Collection

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from taizhang.lib.archives import DAMAGED
from taizhang.notices.errors import BrokenFile, EncryptedFile, TooLarge

MAX_UNPACKED = 60_000_000
"""Bytes that all the parts read of one archive may have, unpacked."""

MAX_MARKUP = 1_200_000
"""Elements and attributes of a part, its end tags among them: each takes some 240 bytes."""

_ENCRYPTED = 0x1
_ENCODING = re.compile(rb"<\?xml[^>]{0,99}\bencoding\s*=\s*[\"']([^\"']*)")
_ENCODINGS = ("utf-8", "utf8", "utf-16", "us-ascii", "gb18030", "gbk", "gb2312", "iso-8859-1")
_DECLARES_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Archive:
    """The parts of an Office file, each unpacked only when asked for.

    Raises `BrokenFile` where the archive or a part is damaged, `EncryptedFile` for a part under
    a password and `TooLarge` once the parts together unpack to more than MAX_UNPACKED.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except DAMAGED as error:
            raise BrokenFile("the archive") from error
        self._unpacked = 0

    @property
    def names(self) -> Collection[str]:
        return self._zip.NameToInfo.keys()

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, None where there is none."""
        info = self._zip.NameToInfo.get(name)
        if info is None:
            return None
        if info.flag_bits & _ENCRYPTED:
            raise EncryptedFile
        room = MAX_UNPACKED - self._unpacked
        try:
            # The size that the archive states may be a lie: no more is unpacked than may be.
            with self._zip.open(info) as part:
                content = part.read(room + 1)
        except DAMAGED as error:
            raise BrokenFile(name) from error
        self._unpacked += len(content)
        if len(content) > room:
            raise TooLarge(self._unpacked, MAX_UNPACKED, "bytes once unpacked")
        return content

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, None where there is none."""
        content = self.read(name)
        return None if content is None else parse_xml(content, name)


def parse_xml(content: bytes, name: str) -> etree._Element:
    """The root of an XML document that defines no entities and loads nothing.

    Office never writes a document type, so one is a sign of an attack (billion laughs). Raises
    `BrokenFile`, and `TooLarge` for more than MAX_MARKUP.
    """
    if _DECLARES_ENTITIES.search(content) or not _has_plain_markup(content):
        raise BrokenFile(name)
    markup = content.count(b"<") + content.count(b"=")
    if markup > MAX_MARKUP:
        raise TooLarge(markup, MAX_MARKUP, "elements")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenFile(name) from error


def _has_plain_markup(content: bytes) -> bool:
    """Whether a "<" is a byte of its own, as it is not in EBCDIC and UTF-7: it can be counted."""
    declared = _ENCODING.search(content[:200])
    is_known = declared is None or declared[1].decode("latin-1").lower() in _ENCODINGS
    return is_known and b"<" in content[:16]
