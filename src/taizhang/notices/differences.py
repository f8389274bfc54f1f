"""Where two texts differ: stretches that a reader sees as one change, not single characters.

Both are compared in their normalised form, so that neither white space nor the width of digits
is a difference. Numbers are whole; characters that agree by chance between two changes are not
counted as agreement.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from taizhang.notices.document import Span
from taizhang.notices.normalise import Normalised, normalise

_WORD = re.compile(
    r"[0-9]+(?:\.[0-9]+)?%?|[A-Za-z]+|[〇零一二三四五六七八九十百千万亿两]+|.", re.DOTALL
)
_STOPS = frozenset("，。；、：！？,;!?:")
_CLAUSE = re.compile(r"[^，。；、：！？,;!?:]*[，。；、：！？,;!?:]+|[^，。；、：！？,;!?:]+")
# Matching is at least as slow as there are pairs of equal words: beyond this the parts compared
# are clauses, and beyond it again the whole texts.
_MOST_PAIRS = 500_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of the old text and what stands in its place in the new one; one may be empty."""

    old: Span
    new: Span


@dataclass(frozen=True, slots=True)
class _Change:
    """The words from `old` to `old_end` became those from `new` to `new_end`."""

    old: int
    old_end: int
    new: int
    new_end: int


def differences(old: str, new: str) -> tuple[Difference, ...]:
    """The differences in the order of the texts; none where both say the same.

    >>> old, new = "每年召开 ２ 次联席会议。", "每年召开12次联席会议、通报会。"
    >>> [(old[d.old.start:d.old.end], new[d.new.start:d.new.end]) for d in differences(old, new)]
    [('２', '12'), ('', '、通报会')]
    """
    before, after = normalise(old), normalise(new)
    if before.text == after.text:
        return ()
    left, right = _words(before.text, after.text)
    starts, new_starts = _offsets(left), _offsets(right)
    return tuple(
        Difference(
            _span(before, starts[change.old], starts[change.old_end], len(old)),
            _span(after, new_starts[change.new], new_starts[change.new_end], len(new)),
        )
        for change in _readable(_changes(left, right), left, right)
    )


def _words(old: str, new: str) -> tuple[Sequence[str], Sequence[str]]:
    """Both texts cut into parts small enough to be exact, and few enough to be quick."""
    for part in (_WORD, _CLAUSE):
        left, right = part.findall(old), part.findall(new)
        middle = _middle(left, right)
        counted = Counter(right[middle.new : middle.new_end])
        pairs = sum(counted[word] for word in left[middle.old : middle.old_end])
        if pairs <= _MOST_PAIRS:
            return left, right
    return [old], [new]


def _middle(left: Sequence[str], right: Sequence[str]) -> _Change:
    """What lies between the beginning and the end that both have in common."""
    most = min(len(left), len(right))
    head = next((at for at in range(most) if left[at] != right[at]), most)
    most -= head
    tail = next((at for at in range(most) if left[-1 - at] != right[-1 - at]), most)
    return _Change(head, len(left) - tail, head, len(right) - tail)


def _offsets(words: Sequence[str]) -> list[int]:
    """Where each word begins, and where the last one ends."""
    return [0, *accumulate(map(len, words))]


def _span(text: Normalised, start: int, end: int, length: int) -> Span:
    """The stretch in the original; an empty one stands where its next character does."""
    if start < end:
        return Span(*text.original_span(start, end))
    at = text.origins[start] if start < len(text.origins) else length
    return Span(at, at)


def _changes(left: Sequence[str], right: Sequence[str]) -> list[_Change]:
    middle = _middle(left, right)
    head = middle.old
    matcher = SequenceMatcher(
        None, left[head : middle.old_end], right[head : middle.new_end], autojunk=False
    )
    return [
        _Change(head + old, head + old_end, head + new, head + new_end)
        for tag, old, old_end, new, new_end in matcher.get_opcodes()
        if tag != "equal"
    ]


def _readable(
    changes: Iterable[_Change], left: Sequence[str], right: Sequence[str]
) -> list[_Change]:
    """Changes that belong together made one, and what was only put in or left out made whole."""
    joined: list[_Change] = []
    for change in changes:
        while joined and _belong_together(joined[-1], change, left, right):
            first = joined.pop()
            change = _Change(first.old, change.old_end, first.new, change.new_end)
        joined.append(change)
    for at in range(len(joined)):  # in their order: none moves over the one before, as it is now
        joined[at] = _whole(joined, at, left, right)
    return joined


def _belong_together(
    first: _Change, second: _Change, left: Sequence[str], right: Sequence[str]
) -> bool:
    """What both texts have between two changes is no longer than either: chance, or filling."""
    between = _length(left[first.old_end : second.old])
    return between <= min(_size(first, left, right), _size(second, left, right))


def _size(change: _Change, left: Sequence[str], right: Sequence[str]) -> int:
    old, new = left[change.old : change.old_end], right[change.new : change.new_end]
    return max(_length(old), _length(new))


def _length(words: Sequence[str]) -> int:
    return sum(map(len, words))


def _whole(
    changes: Sequence[_Change], at: int, left: Sequence[str], right: Sequence[str]
) -> _Change:
    """The same insertion or deletion moved so that it begins behind a stop, where it can.

    Of `做好甲，做好乙，` after `做好甲，` the clause `做好乙，` is new, and not `乙，做好`.
    """
    change = changes[at]
    is_new = change.old == change.old_end
    if not is_new and change.new != change.new_end:
        return change
    words = right if is_new else left
    start, end = (change.new, change.new_end) if is_new else (change.old, change.old_end)
    floor = _end_of(changes[at - 1], is_new) if at else 0
    ceiling = _start_of(changes[at + 1], is_new) if at + 1 < len(changes) else len(words)
    shift = _shift_behind_stop(words, start, end, floor, ceiling)
    return _Change(
        change.old + shift, change.old_end + shift, change.new + shift, change.new_end + shift
    )


def _end_of(change: _Change, is_new: bool) -> int:
    return change.new_end if is_new else change.old_end


def _start_of(change: _Change, is_new: bool) -> int:
    return change.new if is_new else change.old


def _shift_behind_stop(words: Sequence[str], start: int, end: int, floor: int, ceiling: int) -> int:
    shifts = [0]
    while start + shifts[0] > floor and words[start + shifts[0] - 1] == words[end + shifts[0] - 1]:
        shifts.insert(0, shifts[0] - 1)
    while end + shifts[-1] < ceiling and words[start + shifts[-1]] == words[end + shifts[-1]]:
        shifts.append(shifts[-1] + 1)
    for shift in shifts:
        if start + shift == 0 or words[start + shift - 1][-1] in _STOPS:
            return shift
    return 0
