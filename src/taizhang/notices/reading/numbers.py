"""Document numbers (发文字号) and the agency mark above them (发文机关标志)."""

import re
from collections.abc import Iterable

_CHINESE = "\u4e00-\u9fff"
NUMBER = re.compile(
    rf"([{_CHINESE}]{{2,20}})[〔\[［【（(﹝](\d{{4}})[〕\]］】）)﹞] ?(第?) ?(\d{{1,5}}) ?号"
)
MARK = re.compile(rf"([{_CHINESE}、（）]{{3,60}})文件")


def first_number(texts: Iterable[str]) -> str | None:
    return next((number for text in texts if (number := document_number(text))), None)


def document_number(text: str) -> str | None:
    """The document number in front of a line, with the hexagonal brackets of the standard.

    >>> document_number("临政发[2030]12号签发人：王某")
    '临政发〔2030〕12号'
    """
    match = NUMBER.match(text.strip("（("))
    if match is None:
        return None
    code, year, prefix, serial = match.groups()
    return f"{code}〔{year}〕{prefix}{serial}号"
