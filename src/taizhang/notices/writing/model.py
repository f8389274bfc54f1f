"""What an official document consists of (GB/T 9704-2012; handbook 6.2 to 6.5), as values.

The parts of a head that only classified documents carry (份号, 密级) have no place here: such a
document does not belong into this program.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, IntEnum


class NotADocumentNumber(ValueError):
    """A text is no document number such as 秦工办字〔2021〕29号."""


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """Agency code, year and serial; text with the hexagonal brackets that the standard asks for.

    >>> str(DocumentNumber.parse("临工办字[2030]第007号"))
    '临工办字〔2030〕7号'
    """

    code: str
    year: int
    serial: int

    def __post_init__(self) -> None:
        is_code = re.fullmatch(r"[\u4e00-\u9fff]+", self.code)
        if not is_code or not 1000 <= self.year <= 9999 or self.serial < 1:
            raise NotADocumentNumber(f"{self.code}, {self.year}, {self.serial}")

    @classmethod
    def parse(cls, text: str) -> "DocumentNumber":
        """The number that a text is, whatever its brackets. Raises NotADocumentNumber."""
        found = re.fullmatch(
            r"([\u4e00-\u9fff]+)[〔\[［【（(](\d{4})[〕\]］】）)]第?(\d{1,5})号",
            re.sub(r"\s", "", text),
        )
        if found is None:
            raise NotADocumentNumber(text)
        return cls(found[1], int(found[2]), int(found[3]))

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.serial}号"


class Level(IntEnum):
    """Levels of the text; the writer numbers them: 一、 （一） 1. （1）."""

    FIRST = 1
    SECOND = 2
    THIRD = 3
    FOURTH = 4


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph without its number; `level` None: plain text."""

    text: str
    level: Level | None = None


class Align(Enum):
    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell over `span` columns; each line of its text is a paragraph of its own."""

    text: str
    align: Align = Align.LEFT
    span: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """`is_group`: stands above the rows that belong to it, and never last on a page."""

    cells: Sequence[Cell]
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` of the columns in proportion; `head` is repeated on every page."""

    widths: Sequence[float]
    head: Sequence[Row]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Attachment:
    """An annex with pages of its own.

    `title`: one line, or several by line breaks where it should break. `note` stands below it in
    brackets, such as the day that figures are of. `mark` is the word before its number.
    """

    title: str
    blocks: Sequence[Paragraph | Table]
    note: str = ""
    landscape: bool = False
    mark: str = "附件"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs and when (成文日期); a `sealed` document leaves room for the seal."""

    agency: str
    signed_on: date
    sealed: bool = True


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: who gets a copy, who had it printed, when."""

    printed_by: str
    printed_on: date
    copied_to: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """A notice of one agency. `agency` is its mark, without the word 文件.

    `title` as in `Attachment`; `addressees` as one text without its colon; `note` is the 附注
    without its brackets, such as 此件公开发布; `urgency` 特急 or 加急.
    """

    agency: str
    number: DocumentNumber
    title: str
    addressees: str
    body: Sequence[Paragraph]
    signature: Signature
    attachments: Sequence[Attachment] = field(default=())
    note: str = ""
    imprint: Imprint | None = None
    urgency: str = ""


def day_text(day: date) -> str:
    """A day as documents write it, without leading zeros.

    >>> day_text(date(2021, 6, 4))
    '2021年6月4日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
