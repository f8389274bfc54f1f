"""Numbered paragraphs that came on one line, cut apart again, and lists of annexes left out."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from taizhang.notices.document import Passage
from taizhang.notices.numerals import whole_number
from taizhang.notices.reading.clauses import clause_ends
from taizhang.notices.reading.wording import NUMBER_MARKS

_NARROWEST_HEADING = 3  # the level of 第一条: digits behind a mark are more often its own parts
_GAP = re.compile(r"[。；;\s]*")
_LONGEST_MARK = 20
_ANNEXES = re.compile(r"\s*附件?\s*[：:]\s*(?:1[.．、]|$)")

_Mark = tuple[int, int, int]
"""The level of a mark, its number, and where it ends."""


def parted_lines(paragraphs: Sequence[Passage]) -> list[Passage]:
    """The paragraphs, cut where a line holds more than one: 一、（一）修路, …负责）（二）架桥."""
    return [part for paragraph in paragraphs for part in _parts(paragraph)]


def annex_lines(paragraphs: Sequence[Passage]) -> set[int]:
    """The places of the numbered lines that go on with a list of annexes (附件：1.…)."""
    found: set[int] = set()
    expected = 0
    for at, paragraph in enumerate(paragraphs):
        mark = _mark(paragraph.text.lstrip())
        if begins := _ANNEXES.match(paragraph.text):
            expected = 2 if begins.group().strip().endswith(("1.", "1．", "1、")) else 1
        elif expected and mark and mark[1] == expected:
            found.add(at)
            expected += 1
        else:
            expected = 0
    return found


def _parts(paragraph: Passage) -> Iterator[Passage]:
    own = _mark(paragraph.text)
    cuts = [0]
    if own:
        inner = _mark(paragraph.text[own[2] :])
        if inner and inner[0] > own[0] and own[0] < _NARROWEST_HEADING:
            cuts.append(own[2])
            own = inner
        for end in clause_ends(paragraph.text):
            gap = _GAP.match(paragraph.text, end)
            start = gap.end() if gap else end
            following = _mark(paragraph.text[start : start + _LONGEST_MARK])
            if following and _goes_on(own, following):
                cuts.append(start)
                own = following
    cuts.append(len(paragraph.text))
    for first, end in pairwise(cuts):
        yield paragraph.cut(first, end).strip() if len(cuts) > 2 else paragraph


def _goes_on(mark: _Mark, following: _Mark) -> bool:
    """Whether a mark begins the next paragraph of the level, or one of a wider level."""
    level, number, _ = mark
    return following[0] < level or following[:2] == (level, number + 1)


def _mark(text: str) -> _Mark | None:
    for level, mark in enumerate(NUMBER_MARKS):
        match = mark.match(text)
        number = whole_number(match.group("number")) if match else None
        if match and number is not None:
            return level, number, match.end()
    return None
