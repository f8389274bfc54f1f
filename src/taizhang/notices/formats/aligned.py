"""Tables without rules: columns that only alignment parts, in text or on a page.

The measure of a place is whatever the source has: display columns of a text, points of a page.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from taizhang.notices.numerals import whole_number
from taizhang.notices.reading.columns import Columns, read_head
from taizhang.notices.reading.wording import ends_like_a_body, is_page_number

SAME_PLACE = 2.0
"""Points between two places that are meant to be one."""

_LOOK_AHEAD = 4  # lines in which a number must follow a heading inside a table
_MOST_LINES = 200  # below a head, from which the columns are told
_LONGEST_NAME_LINE = 12
_OFTEN = 3  # lines with a gap at the same place
_SENTENCE_END = ("。", "；", "！", ";")
_REST_OF_A_NAME = ("员会", "公室", "公厅", "（", "(", "、", "，", "）")


@dataclass(frozen=True, slots=True)
class Word:
    """Text without a wide gap, and where it begins and ends across the page.

    `gaps` are narrower ones within: the length of the text before each, where that text ends, and
    where the text behind it begins. Cells stand so near where a column is full to its end.
    """

    text: str
    start: float
    end: float
    gaps: tuple[tuple[int, float, float], ...] = ()


Line = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table found in lines: it takes the lines from `first` up to and without `end`."""

    first: int
    end: int
    rows: tuple[tuple[str, ...], ...]


def aligned_tables(lines: Sequence[Line]) -> Iterator[Aligned]:
    """The ledger tables among `lines`, each from its head to its last row."""
    at = 0
    while at < len(lines):
        columns = read_head([word.text for word in lines[at]])
        if columns is None:
            at += 1
            continue
        table = _table(lines, at, columns)
        yield table
        at = table.end


def joined_lines(lines: Sequence[tuple[str, bool]]) -> str:
    """The text of a cell from its lines; with each goes whether it fills the cell's width.

    A line that fills the cell goes on in the next one, unless both are names of bodies that
    only happen to be as wide as the column. A shorter line ended on purpose.

    >>> joined_lines([("市发展改革委、市", True), ("财政局", False)])
    '市发展改革委、市财政局'
    >>> joined_lines([("宣教部", True), ("财务部", True)])
    '宣教部\\n财务部'
    """
    are_names = all(
        len(text) <= _LONGEST_NAME_LINE and not re.search("[。、，；]", text) for text, _ in lines
    )
    joined = ""
    was_full = True
    for text, is_full in lines:
        if joined and not _goes_on(joined, text, was_full=was_full, are_names=are_names):
            joined += "\n"
        elif joined and re.search(r"[A-Za-z0-9,.]$", joined) and re.match("[A-Za-z]", text):
            joined += " "
        joined += text
        was_full = is_full
    return joined


def _goes_on(before: str, text: str, *, was_full: bool, are_names: bool) -> bool:
    if before.endswith(("、", "，", "（", "(")) or text.startswith(("、", "，", "）", "。", "；")):
        return True
    if not was_full:
        return False
    return not (are_names and ends_like_a_body(before)) or text.startswith(_REST_OF_A_NAME)


def parted(line: Line, starts: Sequence[float]) -> Line:
    """The line with its words cut at the gaps that stand at these places."""
    return tuple(part for word in line for part in _parts(word, starts)) if starts else line


def _table(lines: Sequence[Line], head_at: int, columns: Columns) -> Aligned:
    head = lines[head_at]
    shown = lines[head_at + 1 : head_at + _MOST_LINES]
    starts = _hidden_starts(head, shown)
    borders = _borders(head, [parted(line, starts) for line in shown])
    body: list[tuple[int, list[Word | None]]] = []
    end = head_at + 1
    for at in range(head_at + 1, len(lines)):
        line = parted(lines[at], starts)
        if _is_left_out(line):
            continue
        if read_head([word.text for word in line]) is not None:
            end = at + 1
            continue
        if _is_over_a_border(line, borders):
            following = lines[at + 1 : at + 1 + _LOOK_AHEAD]
            if not _has_number([parted(each, starts) for each in following], borders, columns):
                break
            body.append((at, [line[0], *([None] * len(borders))]))
        else:
            body.append((at, _placed(line, borders)))
        end = at + 1
    rows = _rows(body, columns)
    return Aligned(head_at, end, (tuple(word.text for word in head), *rows))


def _hidden_starts(head: Line, below: Sequence[Line]) -> list[float]:
    """Where columns begin behind narrow gaps: below the beginning of a head, or one under another.

    A gap between two characters of running text is not met at the same place in the next lines.
    """
    places = sorted(place for line in below for word in line for _, _, place in word.gaps)
    return [
        place
        for place in sorted(set(places))
        if any(abs(place - each.start) < SAME_PLACE for each in head[1:])
        or _times(place, places) >= _OFTEN
    ]


def _times(place: float, places: Sequence[float]) -> int:
    """How many of the sorted places are this one."""
    return bisect_left(places, place + SAME_PLACE) - bisect_right(places, place - SAME_PLACE)


def _parts(word: Word, starts: Sequence[float]) -> Iterator[Word]:
    done, begin = 0, word.start
    for length, end, place in word.gaps:
        if any(abs(place - start) < SAME_PLACE for start in starts):
            yield Word(word.text[done:length].strip(), begin, end)
            done, begin = length, place
    yield Word(word.text[done:].strip(), begin, word.end) if done else word


def _is_left_out(line: Line) -> bool:
    return not line or (len(line) == 1 and is_page_number(line[0].text))


def _borders(head: Line, below: Sequence[Line]) -> list[float]:
    """Between two heads, the place that the fewest words below lie across."""
    borders = []
    for left, right in pairwise(head):
        low, high = (left.start + left.end) / 2, (right.start + right.end) / 2
        words = [word for line in below for word in line if word.start < high and word.end > low]
        marks = sorted(
            {low, high, left.end, right.start}
            | {place for word in words for place in (word.start, word.end) if low <= place <= high}
        )
        gaps = [
            (sum(word.start < middle < word.end for word in words), first - last, middle)
            for first, last in pairwise(marks)
            for middle in [(first + last) / 2]
        ]
        borders.append(min(gaps)[2] if gaps else (low + high) / 2)
    return borders


def _placed(line: Line, borders: Sequence[float]) -> list[Word | None]:
    cells: list[Word | None] = [None] * (len(borders) + 1)
    for word in line:
        at = bisect_right(borders, word.start)
        before = cells[at]
        cells[at] = (
            word if before is None else Word(f"{before.text} {word.text}", before.start, word.end)
        )
    return cells


def _is_over_a_border(line: Line, borders: Sequence[float]) -> bool:
    """Whether the line is one text that does not keep to a column."""
    word = line[0]
    return len(line) == 1 and bisect_right(borders, word.start) != bisect_right(borders, word.end)


def _has_number(following: Sequence[Line], borders: Sequence[float], columns: Columns) -> bool:
    """Whether the table goes on: in one of the next lines an item's number stands in its column."""
    placed = [_placed(line, borders) for line in following if len(line) > 1]
    return any(_number(cells, columns) is not None for cells in placed)


def _number(cells: Sequence[Word | None], columns: Columns) -> int | None:
    cell = cells[columns.number] if columns.number is not None else None
    return whole_number(cell.text.strip("().、（） ")) if cell else None


def _rows(
    body: Sequence[tuple[int, list[Word | None]]], columns: Columns
) -> Iterator[tuple[str, ...]]:
    if not body:
        return
    starts = _first_lines([cells for _, cells in body], columns)
    ends = [*starts[1:], len(body)]
    texts = (
        _cell_texts([cells[at] for _, cells in body], starts, ends) for at in range(len(body[0][1]))
    )
    yield from zip(*texts, strict=True)


def _cell_texts(
    column: Sequence[Word | None], starts: Sequence[int], ends: Sequence[int]
) -> Iterator[str]:
    """The cells of a column, each from the lines between a start and an end."""
    widest = max((word.end for word in column if word), default=0.0)
    for first, end in zip(starts, ends, strict=True):
        words = [word for word in column[first:end] if word]
        yield joined_lines([(word.text, word.end >= widest - _slack(word)) for word in words])


def _slack(word: Word) -> float:
    """The width of a character and a bit: a line is full when no further one would fit."""
    return 1.2 * (word.end - word.start) / max(len(word.text), 1)


def _first_lines(body: Sequence[Sequence[Word | None]], columns: Columns) -> list[int]:
    """The lines with which the rows of the table begin.

    A number stands at the top of its row, or in the middle of it: then the row above ends at
    the end of a sentence, as near as can be to half way between the two numbers.
    """
    numbered = [at for at, cells in enumerate(body) if _number(cells, columns) is not None]
    headings = [at for at, cells in enumerate(body) if _is_heading(cells)]
    if not numbered:
        return [0]
    tops_first = numbered[0] == 0 or body[numbered[0] - 1][columns.task] is None
    starts = {0, *numbered, *headings}
    if not tops_first:
        starts = {0, *headings}
        for above, below in pairwise(numbered):
            ends = [
                at
                for at in range(above + 1, below + 1)
                if (task := body[at - 1][columns.task]) and task.text.endswith(_SENTENCE_END)
            ]
            middle = (above + below + 1) / 2
            starts.add(min(ends or range(above + 1, below + 1), key=lambda at: abs(at - middle)))
    return sorted(starts | {at + 1 for at in headings if at + 1 < len(body)})


def _is_heading(cells: Sequence[Word | None]) -> bool:
    filled = [cell for cell in cells if cell is not None]
    return len(filled) == 1 and filled[0] is cells[0] and whole_number(filled[0].text) is None
