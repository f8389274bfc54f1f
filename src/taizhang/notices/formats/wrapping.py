"""Lines that end where the page ended: which of them belong to one paragraph."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from taizhang.notices.reading.clauses import is_clause_line
from taizhang.notices.reading.wording import begins_a_foot, is_page_number, number_mark

_WIDEST_PAGE = 120  # columns; a Chinese character takes two
_NARROWEST_PAGE = 40
_FEWEST_FULL_LINES = 5
_SHARE_OF_FULL_LINES = 0.3
_MOST = 0.9  # of the lines are no wider than a full one: rules and ornaments may be
_OPEN_RATIO = 0.5  # of the full lines end amid a sentence, or they only happen to be as wide
_SLACK = 5  # columns a full line may fall short: no line begins with a comma


_SENTENCE_ENDS = ("。", "：", "）", "；", "！", "】")


@dataclass(frozen=True, slots=True)
class Wrapping:
    """The width at which the lines of a text break, None where a line is a paragraph."""

    width: int | None

    @classmethod
    def of(cls, lines: Iterable[str]) -> "Wrapping":
        """Wrapped when no line is wider than a page and many end where the wide ones end."""
        written = [line for line in lines if line.strip()]
        ends = sorted(map(_columns, written))
        if not ends or not _NARROWEST_PAGE <= ends[-1] <= _WIDEST_PAGE:
            return cls(None)
        width = ends[int(_MOST * len(ends))]
        followed = zip(written, [*written[1:], ""], strict=True)
        full = [pair for pair in followed if _columns(pair[0]) >= width - _SLACK]
        is_wrapped = len(full) >= max(_FEWEST_FULL_LINES, _SHARE_OF_FULL_LINES * len(ends))
        open_ends = sum(
            not line.rstrip().endswith(_SENTENCE_ENDS) and not _begins_anew(following)
            for line, following in full
        )
        return cls(width if is_wrapped and open_ends >= _OPEN_RATIO * len(full) else None)

    def continues(self, line: str, following: str) -> bool:
        """Whether `following` goes on with the paragraph of `line`."""
        if self.width is None or not following.strip():
            return False
        if _begins_anew(following):
            return False
        starts_anew = line.rstrip().endswith(_SENTENCE_ENDS) and following[0].isspace()
        return _columns(line) >= self.width - _SLACK and not starts_anew

    def is_page_number(self, line: str) -> bool:
        """Whether the line is a page number between two parts of a wrapped text."""
        return self.width is not None and is_page_number(line)


def _begins_anew(line: str) -> bool:
    """Whether a line is the beginning of something, however wide the one above it is."""
    return bool(number_mark(line) or is_clause_line(line) or begins_a_foot(line))


def _columns(line: str) -> int:
    return sum(
        2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line.rstrip()
    )
