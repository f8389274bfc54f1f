"""Web pages in one file with all that belongs to them (.mht), as Word and browsers save them."""

import email
import re
from email.message import Message

from taizhang.notices.document import Document
from taizhang.notices.errors import BrokenFile
from taizhang.notices.formats.html import read_html

_BEGINNING = re.compile(rb"\s*(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?MIME-Version:", re.I)
_PAGE = "text/html"


def looks_like_mht(content: bytes) -> bool:
    """Whether a file begins with the head of a message.

    >>> looks_like_mht(b"From: <Saved by a program>\\nMIME-Version: 1.0\\n"), looks_like_mht(b"1.")
    (True, False)
    """
    return _BEGINNING.match(content[:4096]) is not None


def read_mht(content: bytes) -> Document:
    """The document in the first page of the file. Raises `NotText` or `BrokenFile`."""
    try:
        page = _page(email.message_from_bytes(content))
    except RecursionError as error:  # parts within parts, deeper than any program writes
        raise BrokenFile("its parts") from error
    if page is None:
        raise BrokenFile("there is no page in it")
    body = page.get_payload(decode=True)
    return read_html(body if isinstance(body, bytes) else b"", page.get_content_charset())


def _page(message: Message) -> Message | None:
    return next((part for part in message.walk() if part.get_content_type() == _PAGE), None)
