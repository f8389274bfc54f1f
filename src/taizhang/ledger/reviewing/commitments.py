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

Ends = tuple[int, int]
"""Where a quote begins and ends in the text of its item."""


@dataclass(frozen=True, slots=True)
class ItemCommitments:
    """An item as it stands, and what its text commits to, in the order of the text.

    `by_hand`: what a person said of a commitment, by the ends of its quote. `dropped` are those
    that a person left out.
    """

    item: ReadItem
    commitments: tuple[Commitment, ...]
    by_hand: Mapping[Ends, ReadingCorrection]
    dropped: tuple[Commitment, ...]


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
    kept = notice.reading["items"]
    return tuple(
        _corrected(item, _found(item, reading, read, kept), by_item[item.position])
        for item in reading.items
    )


def commitments_on(item: Item) -> tuple[Commitment, ...]:
    """What was found in the text of a ledger's item: as corrected where its notice has that text.

    Of a text that no notice has, as where a pack brought it, what the reader finds in it.
    """
    notice = item.ledger.notice
    for each in commitments_of(notice) if notice else ():
        if each.item.text == item.text:
            return each.commitments
    return find_commitments(item.text, issued_on=item.ledger.basis_on)


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


def _corrected(
    item: ReadItem, found: Iterable[Commitment], corrections: Iterable[ReadingCorrection]
) -> ItemCommitments:
    """The commitments found in the item after these corrections of them, in their order."""
    standing = {(each.start, each.end): each for each in found}
    by_hand: dict[Ends, ReadingCorrection] = {}
    dropped: dict[Ends, Commitment] = {}
    for correction in corrections:
        old, new = (_placed(kept, item.text) for kept in (correction.old, correction.new))
        if old is not None:
            ends = (old.start, old.end)
            standing.pop(ends, None)
            by_hand.pop(ends, None)
            if correction.new is None:
                dropped[ends] = old
        if new is not None:
            ends = (new.start, new.end)
            standing[ends] = new
            by_hand[ends] = correction
            dropped.pop(ends, None)
    ordered = tuple(standing[ends] for ends in sorted(standing))
    return ItemCommitments(item, ordered, by_hand, tuple(dropped.values()))


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
