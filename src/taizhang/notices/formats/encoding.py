"""From bytes to text: which encoding a plain text file is in."""

import codecs
import re

from taizhang.notices.errors import NotText

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def decode(content: bytes) -> str:
    """The text in `content`, with line ends as "\\n" and no byte order mark.

    A mark decides; without one it is UTF-8 where that fits, else GB18030 (which covers GBK and
    GB2312). Raises `NotText` for anything else, and where control characters stand in the text.

    >>> decode("台账\\r\\n".encode("gb18030")), decode(b"\\xef\\xbb\\xbfa")
    ('台账\\n', 'a')
    """
    text = _decode(content)
    if _CONTROL.search(text):
        raise NotText
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")


def _decode(content: bytes) -> str:
    marked = [(mark, name) for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)]
    attempts = marked or [(b"", "utf-8"), (b"", "gb18030")]
    for mark, name in attempts:
        try:
            return content[len(mark) :].decode(name)
        except UnicodeDecodeError:
            continue
    raise NotText
