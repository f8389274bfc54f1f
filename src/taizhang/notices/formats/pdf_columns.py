"""Pages set in two columns of running text, as bulletins and papers of a federation are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from taizhang.notices.formats.aligned import SAME_PLACE, parted
from taizhang.notices.formats.pdf_page import TextLine
from taizhang.notices.reading.columns import read_head

_FEWEST_LINES = 5
_MIDDLE = (0.35, 0.65)  # of the page's width, where the gutter stands
_MOST_UNEQUAL = 1.25  # how much wider one column may be than the other
_FULL_RATIO = 0.6  # of the lines reach the end of their column: those in cells of a table do not
_SLACK = 1.6  # characters that a full line may lack


def right_column(lines: Sequence[TextLine], width: float) -> float | None:
    """Where the column on the right begins: the first place behind a gap that many lines share."""
    low, high = (ratio * width for ratio in _MIDDLE)
    starts = [
        other.start
        for line in lines
        for one, other in pairwise(line.words)
        if low <= (one.end + other.start) / 2 <= high
    ]
    near = (start for start in sorted(starts) if _count(starts, start) >= _FEWEST_LINES)
    return next(near, None)


@dataclass(frozen=True, slots=True)
class Band:
    """Lines that are read from the top down, before those of the next band."""

    lines: tuple[TextLine, ...]
    is_column: bool = False


def bands_of(lines: Sequence[TextLine], width: float, start: float | None) -> list[Band]:
    """The lines in reading order: above the columns, the left one, the right one, below them.

    One band where the page has no columns. `lines` go from the top down; the column on the right
    begins at `start`, on this page or on another of the document.
    """
    whole = [Band(tuple(lines))]
    if start is None:
        return whole
    gutter = start - SAME_PLACE
    cut = [replace(line, words=parted(line.words, [start])) for line in lines]
    places = [at for at, line in enumerate(cut) if _gap_at(line, gutter)]
    if not places:
        return whole
    first, end = places[0], places[-1] + 1
    while end < len(cut) and cut[end].end < gutter:
        end += 1  # the left column may be the longer one
    beside = cut[first:end]
    left = [part for line in beside if (part := _part(line, 0, gutter))]
    right = [part for line in beside if (part := _part(line, gutter, width))]
    is_crossed = any(word.start < gutter < word.end for line in beside for word in line.words)
    if is_crossed or not _are_columns(left, right) or any(map(_is_head, beside)):
        return whole
    columns = (Band(tuple(left), is_column=True), Band(tuple(right), is_column=True))
    bands = (Band(tuple(lines[:first])), *columns, Band(tuple(lines[end:])))
    return [band for band in bands if band.lines]


def _count(starts: Sequence[float], place: float) -> int:
    return sum(abs(start - place) < SAME_PLACE for start in starts)


def _gap_at(line: TextLine, place: float) -> bool:
    return any(one.end < place < other.start for one, other in pairwise(line.words))


def _part(line: TextLine, low: float, high: float) -> TextLine | None:
    """What of a line stands between two places; None where nothing does."""
    words = tuple(word for word in line.words if low <= word.start < high)
    if not words:
        return None
    return TextLine("  ".join(word.text for word in words), words, line.bottom, line.top, line.size)


def _are_columns(left: Sequence[TextLine], right: Sequence[TextLine]) -> bool:
    widths = []
    for column in (left, right):
        start, end = min(line.start for line in column), max(line.end for line in column)
        full = sum(line.end >= end - _SLACK * line.size for line in column)
        if full < _FULL_RATIO * len(column):
            return False
        widths.append(end - start)
    return max(widths) <= _MOST_UNEQUAL * min(widths)


def _is_head(line: TextLine) -> bool:
    return read_head([word.text for word in line.words]) is not None
