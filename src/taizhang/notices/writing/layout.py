"""The figures of GB/T 9704-2012 that every page of an official document keeps to (handbook 6.1).

Lengths are in twips (a twentieth of a point, 1/1440 inch), sizes of type in half-points, as
WordprocessingML counts them.
"""

from enum import Enum

TWIPS_PER_MM = 1440 / 25.4

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838  # A4
TOP, LEFT, BOTTOM, RIGHT = 2098, 1587, 1984, 1474  # 37, 28, 35 and 26 mm
BLOCK_WIDTH = PAGE_WIDTH - LEFT - RIGHT  # 156 mm
BLOCK_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM  # 225 mm
FOOTER = 1417  # 25 mm from the edge: the dash of the page number stands 7 mm below the block

LINE = 579  # 28.95 pt, so that 22 lines fill the block
LINES_PER_PAGE = 22
CHARACTERS_PER_LINE = 28
CHARACTER_SPACE = -848  # 4096ths of a point: 3-hao type of 16 pt at a pitch of 15.79 pt
CHARACTER_PITCH = -6  # the same in twips, with a little room so that the 28th still fits

ROW_HEIGHT = 454  # 8 mm, the least height of a row of a ledger (handbook 6.5)


class Size(Enum):
    """Sizes of Chinese type (字号), in half-points."""

    SIZE_2 = 44
    SIZE_3 = 32
    SMALL_3 = 30
    SIZE_4 = 28
    SMALL_4 = 24
    SIZE_5 = 21

    @property
    def points(self) -> float:
        return self.value / 2

    @property
    def twips(self) -> int:
        """The width of one full character."""
        return self.value * 10


class Font(Enum):
    """Typefaces by name: licensed ones are named and never shipped.

    `fallback` is what a machine without the face shows instead.
    """

    TITLE = ("方正小标宋简体", "宋体")
    TEXT = ("仿宋_GB2312", "仿宋")
    SECOND = ("楷体_GB2312", "楷体")
    FIRST = ("黑体", "SimHei")
    NUMBER = ("宋体", "SimSun")

    def __init__(self, face: str, fallback: str) -> None:
        self.face = face
        self.fallback = fallback


LATIN = "Times New Roman"  # digits and letters inside a text


def twips(millimetres: float) -> int:
    """A length in twips.

    >>> twips(8), twips(156)
    (454, 8844)
    """
    return round(millimetres * TWIPS_PER_MM)
