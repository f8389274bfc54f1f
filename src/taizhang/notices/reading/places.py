"""Where in the document each value stands that was read from it.

A value is looked for where it was read: a department in the row or paragraph of its item, a
signatory above the date. Layout does not count: white space, line ends, the width of digits.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from taizhang.notices.document import Document, Passage, Span, Table
from taizhang.notices.model import Item, Ledger, Metadata, Notice, Trace, Traces
from taizhang.notices.normalise import normalise
from taizhang.notices.numerals import CHINESE_NUMERAL, whole_date

_BRACKETS = str.maketrans("〔[【﹝〕]】﹞", "(((())))")
_DAY = re.compile(
    rf"(?:\d{{4}}|[零〇○一二三四五六七八九]{{4}})年(?:\d{{1,2}}|{CHINESE_NUMERAL})月"
    rf"(?:\d{{1,2}}|{CHINESE_NUMERAL})日|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
)


def with_places(notice: Notice) -> Notice:
    """The notice with the spans of every value that its document quotes."""
    text = _Text(notice.document)
    starts = sorted(_start(item) for item in notice.items)
    return replace(
        notice,
        metadata=_metadata(notice.metadata, text),
        ledgers=tuple(
            Ledger(ledger.title, tuple(_item(item, text, starts) for item in ledger.items))
            for ledger in notice.ledgers
        ),
    )


class _Text:
    """The text of a document without its layout, and the way back."""

    def __init__(self, document: Document) -> None:
        folded = normalise(document.text)
        self.folded = folded.text.translate(_BRACKETS)
        self._folded = folded
        self.original = document.text
        self._rows = [
            row for block in document.blocks if isinstance(block, Table) for row in block.rows
        ]
        self._row_starts = [
            min((span.start for cell in row for span in cell.spans), default=0)
            for row in self._written_rows()
        ]

    def _written_rows(self) -> Iterator[Sequence[Passage]]:
        """Each row without the cells that were merged into it from above."""
        seen: set[Span] = set()
        for row in self._rows:
            own = [cell for cell in row if not seen.intersection(cell.spans)]
            seen.update(span for cell in row for span in cell.spans)
            yield own

    def find(self, words: str, within: Span) -> Span | None:
        """The first place between two offsets that says the words."""
        sought = normalise(words).text.translate(_BRACKETS)
        start, end = self._at(within.start), self._at(within.end)
        found = self.folded.find(sought, start, end) if sought else -1
        return self.span(found, found + len(sought)) if found >= 0 else None

    def find_last(self, words: str, before: int) -> Span | None:
        sought = normalise(words).text.translate(_BRACKETS)
        found = self.folded.rfind(sought, 0, self._at(before)) if sought else -1
        return self.span(found, found + len(sought)) if found >= 0 else None

    def span(self, start: int, end: int) -> Span:
        return Span(*self._folded.original_span(start, end))

    def _at(self, offset: int) -> int:
        return bisect_left(self._folded.origins, offset)

    @property
    def whole(self) -> Span:
        return Span(0, len(self.original))

    def rows(self, start: int, end: int) -> Sequence[Sequence[Passage]]:
        """The rows of tables that begin between two offsets, with the one that holds the first."""
        first = bisect_right(self._row_starts, start) - 1
        if first < 0 or not any(
            span.start <= start <= span.end for cell in self._rows[first] for span in cell.spans
        ):
            return ()
        return self._rows[first : max(bisect_left(self._row_starts, end), first + 1)]


def _metadata(metadata: Metadata, text: _Text) -> Metadata:
    day = _day(metadata.issued_on, text)
    info = metadata.print_info
    printer = (info.printed_by,) if info and info.printed_by else ()
    above_date = day.start if day else len(text.original)
    found: dict[str, Iterable[Span | None]] = {
        "issuers": (text.find(name, text.whole) for name in metadata.issuers),
        "document_number": [text.find(metadata.document_number or "", text.whole)],
        "title": [text.find(metadata.title or "", text.whole)],
        "issued_on": [day],
        "recipients": (text.find(name, text.whole) for name in metadata.recipients),
        "signatories": (text.find_last(name, above_date) for name in metadata.signatories),
        "annex_title": [text.find_last(metadata.annex_title or "", len(text.original))],
        "print_info": (
            text.find_last(name, len(text.original))
            for name in (*printer, *(info.copied_to if info else ()))
        ),
    }
    return replace(metadata, traces=_placed(metadata.traces, found))


def _item(item: Item, text: _Text, starts: Sequence[int]) -> Item:
    start = _start(item)
    following = bisect_right(starts, start)
    end = starts[following] if following < len(starts) else len(text.original)
    departments = item.departments
    around = _Around(text, item.passage, text.rows(start, end), Span(start, end))
    found: dict[str, Iterable[Span | None]] = {
        "text": item.passage.spans,
        # What heads several tasks stands above them: a heading, the head of a column.
        "departments": (
            around.find(name) or text.find_last(name, start)
            for name in (*departments.lead, *departments.cooperating)
        ),
        "deadline": [around.find(item.deadline or "")],
    }
    return replace(item, traces=_placed(item.traces, found))


def _placed(traces: Traces, found: dict[str, Iterable[Span | None]]) -> dict[str, Trace]:
    return {
        name: replace(
            trace, spans=tuple(dict.fromkeys(span for span in found[name] if span is not None))
        )
        for name, trace in traces.items()
    }


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands beside an item: the other cells of its rows, or what follows its text."""

    text: _Text
    passage: Passage
    rows: Sequence[Sequence[Passage]]
    region: Span

    def find(self, words: str) -> Span | None:
        if not self.rows:
            last = self.passage.spans[-1].end if self.passage.spans else self.region.start
            behind = self.text.find(words, Span(last, self.region.end))
            return behind or self.text.find(words, self.region)
        cells = (span for row in self.rows for cell in row for span in cell.spans)
        beside = [span for span in cells if not self._is_own(span)]
        # A table without columns for them has the departments inside the cell of the task.
        places = (self.text.find(words, span) for span in (*beside, self.region))
        return next((place for place in places if place), None)

    def _is_own(self, cell: Span) -> bool:
        return any(cell.start < own.end and own.start < cell.end for own in self.passage.spans)


def _day(day: date | None, text: _Text) -> Span | None:
    """Where a date stands: alone on its line, else anywhere but in the imprint."""
    if day is None:
        return None
    found = [
        (text.span(*match.span()), text.folded[match.end() : match.end() + 1])
        for match in _DAY.finditer(text.folded)
        if whole_date(match.group()) == day
    ]
    alone = [span for span, _ in found if _is_alone(span, text.original)]
    others = [span for span, follows in found if follows != "印"]
    return next(iter((*alone, *others)), None)


def _is_alone(span: Span, text: str) -> bool:
    line_start = text.rfind("\n", 0, span.start) + 1
    line_end = text.find("\n", span.end)
    rest = text[line_start : span.start] + text[span.end : line_end if line_end >= 0 else None]
    return not rest.strip(" \t\u3000（()）")


def _start(item: Item) -> int:
    return item.passage.spans[0].start if item.passage.spans else 0
