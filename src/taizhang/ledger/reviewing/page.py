"""What the review page shows: the marks in the document, the reading, and what to check first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from taizhang.ledger.models import Notice
from taizhang.ledger.reviewing.checks import Check, checks_of
from taizhang.ledger.reviewing.commitments import ItemCommitments, commitments_of
from taizhang.ledger.reviewing.documents import is_quoted
from taizhang.ledger.reviewing.keys import Place, commitment_key, key_of
from taizhang.ledger.reviewing.models import ReadingCorrection
from taizhang.ledger.reviewing.reading import HEAD, Field, Reading, ReadItem, as_read, corrected
from taizhang.ledger.reviewing.values import FoundCommitment, ShownItem, Value
from taizhang.notices.commitments import Commitment
from taizhang.notices.document import Document, Passage, Span
from taizhang.notices.kept import kept_commitment, kept_traces
from taizhang.notices.model import Sureness, Traces
from taizhang.notices.reading.sureness import of_commitment


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the document that was read as the value of that key."""

    span: Span
    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class Review:
    """The whole page. `dropped` are items read that a person left out.

    `open_keys` name the values that are still to be checked.
    """

    head: tuple[Value, ...]
    items: tuple[ShownItem, ...]
    dropped: tuple[ReadItem, ...]
    checks: tuple[Check, ...]
    open_keys: frozenset[str]
    marks: tuple[Mark, ...]
    marks_are_current: bool

    def anchor_after(self, places: Sequence[Place]) -> str:
        """Where to go on when these values were looked at: the next spot that is to be checked.

        After values of several items, and after the last spot, the list of what is to be checked.
        """
        if len({place.position for place in places}) != 1:
            return "checks"
        anchors = {
            key: spot.anchor for check in self.checks for spot in check.spots for key in spot.keys
        }
        order = [value.key for value in self.head]
        order += [key for shown in self.items for key in shown.keys]
        last = places[-1].key
        behind = order[order.index(last) + 1 :] if last in order else ()
        return next((f"read-{anchors[key]}" for key in behind if key in anchors), "checks")

    @property
    def guesses(self) -> tuple[Check, ...]:
        """The checks of what is missing or guessed."""
        return tuple(check for check in self.checks if check.is_guess)


def review(notice: Notice, document: Document | None = None) -> Review:
    """The reading of the notice, with marks in its document if that is given.

    Marks are left out where the document has another text than the one that the reading quotes.
    """
    corrections = list(notice.corrections.select_related("by"))
    builder = _Builder(notice.reading, corrections, corrected(notice, corrections))
    head, items = builder.head(), tuple(map(builder.item, commitments_of(notice, corrections)))
    is_current = document is not None and is_quoted(notice, document)
    checks = checks_of(head, items)
    return Review(
        head=head,
        items=items,
        dropped=builder.dropped(),
        checks=checks,
        open_keys=frozenset(key for check in checks for key in check.keys),
        marks=tuple(builder.marks(items)) if is_current else (),
        marks_are_current=is_current,
    )


@dataclass(slots=True)
class _Builder:
    kept: Mapping[str, Any]
    corrections: Sequence[ReadingCorrection]
    reading: Reading
    read: Reading = field(init=False)
    latest: dict[tuple[int | None, str], ReadingCorrection] = field(init=False)

    def __post_init__(self) -> None:
        self.read = as_read(self.kept)
        self.latest = {(each.position, each.field): each for each in self.corrections}

    def head(self) -> tuple[Value, ...]:
        traces = kept_traces(self.kept)
        return tuple(
            self._value(name, None, self.reading.head[name], self.read.head[name], traces)
            for name in HEAD
        )

    def item(self, found: ItemCommitments) -> ShownItem:
        item = found.item
        was = self.read.item(item.position)
        traces = self._traces(item.position)
        text, departments, deadline, number = (
            self._value(
                name, item.position, item.values[name], was.values[name] if was else None, traces
            )
            for name in (Field.TEXT, Field.DEPARTMENTS, Field.DEADLINE, Field.NUMBER)
        )
        has_place = self._passage(item) is not None
        commitments = tuple(
            _found_commitment(item.position, each, found.by_hand, has_place=has_place)
            for each in found.commitments
        )
        return ShownItem(
            item, text, departments, deadline, number, commitments, found.dropped, was is None
        )

    def dropped(self) -> tuple[ReadItem, ...]:
        standing = {item.position for item in self.reading.items}
        return tuple(item for item in self.read.items if item.position not in standing)

    def marks(self, items: Iterable[ShownItem]) -> Iterator[Mark]:
        """The marks of all that was read, also of what was corrected or dropped since."""
        for name, trace in kept_traces(self.kept).items():
            yield from (Mark(span, name, "head") for span in trace.spans)
        for position in range(len(self.read.items)):
            for name, trace in self._traces(position).items():
                key = key_of(position, name)
                yield from (Mark(span, key, name) for span in trace.spans)
        for shown in items:
            passage = self._passage(shown.item)
            for each in shown.commitments if passage else ():
                part = passage.cut(each.found.start, each.found.end)
                yield from (Mark(span, each.key, "commitment") for span in part.spans)

    def _value(
        self, name: str, position: int | None, value: Any, was: Any, traces: Traces
    ) -> Value:
        correction = self.latest.get((position, name))
        trace = traces.get(name)
        is_added = position is not None and self.read.item(position) is None
        return Value(
            key=key_of(position, name),
            name=name,
            value=value,
            sureness=trace.sureness if trace and not (correction or is_added) else None,
            has_place=bool(trace and trace.spans),
            correction=correction,
            was=was if correction else None,
        )

    def _traces(self, position: int) -> Traces:
        kept = self.kept["items"]
        return kept_traces(kept[position]) if position < len(kept) else {}

    def _passage(self, item: ReadItem) -> Passage | None:
        """The item's text in the document; None where a person wrote it."""
        trace = self._traces(item.position).get(Field.TEXT)
        was = self.read.item(item.position)
        if trace is None or was is None or was.text != item.text:
            return None
        return Passage(item.text, trace.spans)


def _found_commitment(
    position: int,
    commitment: Commitment,
    by_hand: Mapping[tuple[int, int], ReadingCorrection],
    *,
    has_place: bool,
) -> FoundCommitment:
    correction = by_hand.get((commitment.start, commitment.end))
    was = correction.old if correction else None
    return FoundCommitment(
        key=commitment_key(position, commitment.start, commitment.end),
        found=commitment,
        sureness=None if correction else _sureness(commitment),
        has_place=has_place,
        correction=correction,
        was=kept_commitment(was) if was else None,
    )


def _sureness(commitment: Commitment) -> Sureness:
    """A number that may be part of a name is a guess, whatever stands around it."""
    return of_commitment(commitment) if commitment.is_sure else Sureness.GUESSED
