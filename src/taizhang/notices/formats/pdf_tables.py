"""Tables that a page break cuts: what the part on the next page does not repeat."""

from collections.abc import Mapping, Sequence
from itertools import takewhile

from taizhang.notices.document import Passage, Place, is_same_cell
from taizhang.notices.numerals import whole_number


def with_merged_from_above(
    rows: Sequence[Sequence[str]],
    merged: Mapping[Place, Place],
    above: Sequence[Sequence[Passage]],
) -> list[list[str | Passage]]:
    """The rows, with cells of the table above that go on in them.

    A cell that is merged over rows is written once, on the page where it begins; on the next one
    its place is empty. It is the same cell where it spans several rows here or there, in the first
    row below the head that has a number of its own.
    """
    full: list[list[str | Passage]] = [list(row) for row in rows]
    first = len(list(takewhile(_is_same_row, zip(rows, above, strict=False))))
    if first >= len(rows) or not above or len(rows[first]) != len(above[-1]):
        return full
    if not any(whole_number(text.strip(".、 ")) for text in rows[first]):
        return full
    for column, (text, last) in enumerate(zip(rows[first], above[-1], strict=True)):
        goes_on = merged.get((first + 1, column)) == (first, column)
        went_on = len(above) > 1 and is_same_cell(above[-2][column], last)
        is_covered = (first, column) in merged
        if not text and last.text and not is_covered and (goes_on or went_on):
            full[first][column] = last
    return full


def _is_same_row(both: tuple[Sequence[str], Sequence[Passage]]) -> bool:
    """Whether a row repeats one of the head."""
    row, other = both
    return [text.strip() for text in row] == [passage.text for passage in other]
