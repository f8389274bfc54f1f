"""The commitments found in the items of a notice, as persons have corrected them.

A correction keeps one commitment whole, before and after. It names its place by the quote: where
the item's text is corrected later, it follows the quote, and falls away with it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from taizhang.ledger.models import Item, Notice
from taizhang.ledger.reviewing.models import ReadingCorrection
from taizhang.ledger.reviewing.reading import Field, Reading, ReadItem, as_read, corrected
from taizhang.notices.commitments import Commitment, find_commitments
from taizhang.notices.kept import kept_commitment


@dataclass(frozen=True, slots=True)
class ItemCommitments:
    """An item as it stands, and what its text commits to, in the order of the text."""

    item: ReadItem
    commitments: tuple[Commitment, ...]


def commitments_of(
    notice: Notice, corrections: Iterable[ReadingCorrection] | None = None
) -> tuple[ItemCommitments, ...]:
    """What was found in each item of the notice, with what persons corrected, added and dropped.

    Items and texts are those of `corrected(notice)`; the offsets count in `item.text`. Conditions
    (职工200人以上) are among them: see `role`. `corrections` as in `corrected`.
    """
    given = list(notice.corrections.all() if corrections is None else corrections)
    reading, read = corrected(notice, given), as_read(notice.reading)
    by_item: dict[int | None, list[ReadingCorrection]] = defaultdict(list)
    for each in given:
        if each.field == Field.COMMITMENT:
            by_item[each.position].append(each)
    shown = []
    for item in reading.items:
        found = _found(item, reading, read, notice.reading["items"])
        standing = with_corrections(item.text, found, by_item[item.position])
        shown.append(ItemCommitments(item, standing))
    return tuple(shown)


def commitments_on(item: Item) -> tuple[Commitment, ...]:
    """What was found in the text of a ledger's item: as corrected where its notice has that text.

    Of a text that no notice has, as where a pack brought it, what the reader finds in it.
    """
    notice = item.ledger.notice
    for each in commitments_of(notice) if notice else ():
        if each.item.text == item.text:
            return each.commitments
    return find_commitments(item.text, issued_on=item.ledger.basis_on)


def with_corrections(
    text: str, found: Iterable[Commitment], corrections: Iterable[ReadingCorrection]
) -> tuple[Commitment, ...]:
    """The commitments found in a text, after these corrections of them in their order."""
    standing = {(each.start, each.end): each for each in found}
    for correction in corrections:
        old, new = (_placed(kept, text) for kept in (correction.old, correction.new))
        if old is not None:
            standing.pop((old.start, old.end), None)
        if new is not None:
            standing[new.start, new.end] = new
    return tuple(standing[place] for place in sorted(standing))


def places_of(quote: str, text: str) -> list[int]:
    """Where the quote begins in the text, each time that it stands there.

    >>> places_of("一次", "每年一次，每届一次")
    [2, 7]
    """
    places: list[int] = []
    at = text.find(quote) if quote else -1
    while at >= 0:
        places.append(at)
        at = text.find(quote, at + 1)
    return places


def _found(
    item: ReadItem, reading: Reading, read: Reading, kept: Sequence[Mapping[str, Any]]
) -> Iterable[Commitment]:
    """What was found on receipt; where text or date were given by a person, what is found now."""
    was = read.item(item.position)
    is_as_read = was is not None and was.text == item.text and reading.issued_on == read.issued_on
    found = kept[item.position].get("commitments") if is_as_read else None
    if found is None:
        return find_commitments(item.text, issued_on=reading.issued_on)
    return map(kept_commitment, found)


def _placed(kept: Mapping[str, Any] | None, text: str) -> Commitment | None:
    """The commitment where its quote stands in the text, the place nearest to where it stood."""
    if kept is None:
        return None
    commitment = kept_commitment(kept)
    places = places_of(commitment.quote, text)
    if not places:
        return None
    start = min(places, key=lambda place: abs(place - commitment.start))
    return replace(commitment, start=start, end=start + len(commitment.quote))
