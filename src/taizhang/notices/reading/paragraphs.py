"""Items that are numbered paragraphs, each closed by a bracket that says who is responsible."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from taizhang.notices.document import Document, Passage
from taizhang.notices.model import Item
from taizhang.notices.numerals import whole_number
from taizhang.notices.reading.departments import (
    clause_departments,
    first_named_leads,
    responsibility_clauses,
)
from taizhang.notices.reading.wording import NUMBER_MARKS, without_layout


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A numbered paragraph with the unnumbered ones that go on with it.

    `level` counts in NUMBER_MARKS, 0 is the widest; `clauses` are its brackets on responsibility.
    """

    level: int
    number: int
    text: Passage
    clauses: tuple[str, ...]
    above: tuple[str, ...]


def paragraph_items(document: Document) -> tuple[Item, ...]:
    """The paragraphs of the level at which most closing brackets stand; none without brackets."""
    numbered = tuple(_numbered(document.paragraphs()))
    levels = Counter(entry.level for entry in numbered if entry.clauses)
    if not levels:
        return ()
    level = levels.most_common(1)[0][0]
    first_leads = first_named_leads(document)
    return tuple(
        Item(
            number=entry.number,
            passage=entry.text,
            departments=clause_departments(entry.clauses, first_leads=first_leads),
            group=entry.above,
        )
        for entry in numbered
        if entry.level == level and entry.clauses
    )


def _numbered(paragraphs: tuple[Passage, ...]) -> Iterator[_Numbered]:
    """The numbered paragraphs in their order, each under the headings of the wider levels."""
    above: dict[int, str] = {}
    lines: list[Passage] = []
    mark: tuple[int, int, tuple[str, ...]] | None = None
    for paragraph in paragraphs:
        started = _started(paragraph)
        if started:
            if mark:
                yield _finished(*mark, lines)
            level, number, first = started
            above = {wider: heading for wider, heading in above.items() if wider < level}
            mark, lines = (level, number, tuple(above.values())), [first]
            above[level] = without_layout(re.split("[。：]", first.text)[0])
        elif lines and responsibility_clauses(lines[-1]) is None:
            lines.append(paragraph)
    if mark:
        yield _finished(*mark, lines)


def _started(paragraph: Passage) -> tuple[int, int, Passage] | None:
    for level, mark in enumerate(NUMBER_MARKS):
        match = mark.match(paragraph.text)
        number = whole_number(match.group("number")) if match else None
        if match and number is not None:
            return level, number, paragraph.cut(match.end(), len(paragraph.text)).strip()
    return None


def _finished(
    level: int, number: int, above: tuple[str, ...], lines: Iterable[Passage]
) -> _Numbered:
    text = Passage.joined(lines)
    task, clauses = responsibility_clauses(text) or (text, ())
    return _Numbered(level, number, task, clauses, above)
