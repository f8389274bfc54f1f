"""What the review page shows: the marks in the document, the reading, and what to check first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from taizhang.ledger.models import Notice
from taizhang.ledger.reviewing.models import ReadingCorrection
from taizhang.ledger.reviewing.reading import HEAD, Field, Reading, ReadItem, as_read, corrected
from taizhang.notices.commitments import Commitment, find_commitments
from taizhang.notices.document import Document, Passage, Span
from taizhang.notices.kept import kept_traces
from taizhang.notices.model import Sureness, Traces
from taizhang.notices.normalise import text_hash
from taizhang.notices.reading.sureness import of_commitment

LABELS: Mapping[str, Promise | str] = dict(ReadingCorrection.Field.choices)
# A notice without these is rare enough to be looked for again.
_EXPECTED = (Field.ISSUERS, Field.DOCUMENT_NUMBER, Field.TITLE, Field.ISSUED_ON)
_REASONS: Mapping[tuple[str, Sureness | None], Promise] = {
    ("head", None): _("Not found in the document"),
    ("head", Sureness.GUESSED): _("Only looks like it"),
    ("head", Sureness.LIKELY): _("Read by its place alone; no label says so"),
    (Field.TEXT, Sureness.GUESSED): _("Taken for an item by its number alone"),
    (Field.TEXT, Sureness.LIKELY): _("Taken for an item by those around it"),
    (Field.DEPARTMENTS, None): _("No department was read, though other items have one"),
    (Field.DEPARTMENTS, Sureness.GUESSED): _("A name does not look like that of a department"),
    (Field.DEPARTMENTS, Sureness.LIKELY): _("Several departments, and none is said to lead"),
    (Field.DEADLINE, Sureness.LIKELY): _("Taken for a deadline by its words"),
    ("commitment", Sureness.GUESSED): _("A number that nothing says is owed"),
    (Field.NUMBER, None): _("The number stands twice, or one is missing before it"),
}


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the reading; `key` names it in the addresses inside the page.

    `was` is what was read where a person has corrected it; a corrected value is nobody's guess.
    """

    key: str
    name: str
    value: Any
    sureness: Sureness | None
    has_place: bool
    correction: ReadingCorrection | None = None
    was: Any = None

    @property
    def label(self) -> Promise | str:
        return LABELS[self.name]


@dataclass(frozen=True, slots=True)
class FoundCommitment:
    """A number or date that an item's text commits to."""

    key: str
    found: Commitment
    sureness: Sureness
    has_place: bool


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item with what was read of it. `is_added`: a person added it."""

    item: ReadItem
    text: Value
    departments: Value
    deadline: Value
    number: Value
    commitments: tuple[FoundCommitment, ...]
    is_added: bool

    @property
    def values(self) -> tuple[Value, ...]:
        return (self.number, self.text, self.departments, self.deadline)


@dataclass(frozen=True, slots=True)
class Check:
    """One reason to look again, and the places it applies to: (key, text of the link)."""

    reason: Promise
    is_guess: bool
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the document that was read as the value of that key."""

    span: Span
    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class Review:
    """The whole page. `dropped` are items read that a person left out."""

    head: tuple[Value, ...]
    items: tuple[ShownItem, ...]
    dropped: tuple[ReadItem, ...]
    checks: tuple[Check, ...]
    marks: tuple[Mark, ...]
    marks_are_current: bool


def review(notice: Notice, document: Document) -> Review:
    """The reading of the notice beside its document.

    Marks are left out where the file, read today, gives another text than the one kept.
    """
    corrections = list(notice.corrections.select_related("by"))
    builder = _Builder(notice.reading, corrections, corrected(notice, corrections))
    is_current = notice.reading.get("text_hash") == text_hash(document.text)
    head, items = builder.head(), builder.items()
    return Review(
        head=head,
        items=items,
        dropped=builder.dropped(),
        checks=tuple(_checks(head, items)),
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

    def items(self) -> tuple[ShownItem, ...]:
        return tuple(self._item(item) for item in self.reading.items)

    def dropped(self) -> tuple[ReadItem, ...]:
        standing = {item.position for item in self.reading.items}
        return tuple(item for item in self.read.items if item.position not in standing)

    def marks(self, items: Iterable[ShownItem]) -> Iterator[Mark]:
        """The marks of all that was read, also of what was corrected or dropped since."""
        for name, trace in kept_traces(self.kept).items():
            yield from (Mark(span, name, "head") for span in trace.spans)
        for position in range(len(self.read.items)):
            for name, trace in self._traces(position).items():
                key = _key(position, name)
                yield from (Mark(span, key, name) for span in trace.spans)
        for shown in items:
            passage = self._passage(shown.item)
            for each in shown.commitments if passage else ():
                part = passage.cut(each.found.start, each.found.end)
                yield from (Mark(span, each.key, "commitment") for span in part.spans)

    def _item(self, item: ReadItem) -> ShownItem:
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
            FoundCommitment(f"{_key(item.position)}-c{at}", found, of_commitment(found), has_place)
            for at, found in enumerate(
                find_commitments(item.text, issued_on=self.reading.issued_on)
            )
        )
        return ShownItem(item, text, departments, deadline, number, commitments, was is None)

    def _value(
        self, name: str, position: int | None, value: Any, was: Any, traces: Traces
    ) -> Value:
        correction = self.latest.get((position, name))
        trace = traces.get(name)
        is_by_hand = correction is not None or (position, Field.ITEM) in self.latest
        return Value(
            key=str(name) if position is None else _key(position, name),
            name=name,
            value=value,
            sureness=trace.sureness if trace and not is_by_hand else None,
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


def _key(position: int, name: str = Field.TEXT) -> str:
    return f"item-{position}" if name == Field.TEXT else f"item-{position}-{name}"


def _checks(head: Sequence[Value], items: Sequence[ShownItem]) -> Iterator[Check]:
    """The reasons to look again: what is missing and what is guessed first, then what is likely."""
    found: dict[tuple[str, Sureness | None], list[tuple[str, str]]] = {}
    for value in head:
        is_missing = not value.value and value.name in _EXPECTED and value.correction is None
        if is_missing or value.sureness in (Sureness.GUESSED, Sureness.LIKELY):
            found.setdefault(("head", None if is_missing else value.sureness), []).append(
                (value.key, str(value.label))
            )
    numbers = Counter(shown.item.number for shown in items)
    have_departments = any(_names_anybody(shown) for shown in items)
    previous = 0
    for shown in items:
        number = shown.item.number
        place = (shown.text.key, str(number))
        if number not in (previous + 1, 1) or (numbers[number] > 1 and number == previous):
            found.setdefault((Field.NUMBER, None), []).append(place)
        previous = number
        if have_departments and not _names_anybody(shown) and not shown.departments.correction:
            found.setdefault((Field.DEPARTMENTS, None), []).append(place)
        for value in shown.values:
            if (value.name, value.sureness) in _REASONS and value.sureness:
                found.setdefault((value.name, value.sureness), []).append((value.key, str(number)))
        guesses = [each for each in shown.commitments if each.sureness is Sureness.GUESSED]
        if guesses:
            found.setdefault(("commitment", Sureness.GUESSED), []).append(
                (guesses[0].key, str(number))
            )
    for reason, text in _REASONS.items():
        if reason[1] is not Sureness.LIKELY and reason in found:
            yield Check(text, True, tuple(found[reason]))
    for reason, text in _REASONS.items():
        if reason[1] is Sureness.LIKELY and reason in found:
            yield Check(text, False, tuple(found[reason]))


def _names_anybody(shown: ShownItem) -> bool:
    departments = shown.item.departments
    return bool(departments.lead or departments.cooperating)
