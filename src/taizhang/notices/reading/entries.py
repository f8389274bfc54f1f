"""Numbered paragraphs as entries: their text, what stands below them, who is responsible."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from taizhang.notices.document import Passage
from taizhang.notices.numerals import whole_date, whole_number
from taizhang.notices.reading.clauses import (
    clause_of_line,
    duty_within,
    has_open_bracket,
    is_clause_line,
    read_clauses,
)
from taizhang.notices.reading.glued_marks import annex_lines, parted_lines
from taizhang.notices.reading.leading import named_lines
from taizhang.notices.reading.roles import OTHER, clause_parts
from taizhang.notices.reading.wording import NUMBER_MARKS, begins_a_foot, without_layout

_Started = tuple[int, int, Passage, Passage]
"""The level and the number of a paragraph, its mark and the text behind it."""

_GLUED = re.compile(r"([0-9]{1,3})[.．](?=[0-9]{1,5}[^0-9.．、%％])")
_LONGEST_TITLE = 40
_FEWEST_BODIES = 2
_SENTENCE = re.compile("[，。；：！]")


@dataclass(slots=True)
class Entry:
    """A numbered paragraph with the unnumbered ones that go on with it, under its headings.

    `level` counts in NUMBER_MARKS, 0 is the widest; `mark` is its number as written; `clauses`
    are what it says of responsibility, `led_by` what a line above it said. `body` are paragraphs
    below a title that a clause has closed.
    """

    level: int
    number: int
    mark: Passage
    texts: list[Passage]
    above: "Entry | None"
    below: list["Entry"] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)
    led_by: tuple[str, ...] = ()
    body: list[Passage] = field(default_factory=list)
    is_closed: bool = False
    is_done: bool = False

    def add(self, paragraph: Passage) -> None:
        """Goes on with a paragraph, unless a clause has closed the entry."""
        if self.texts and not self.is_closed and has_open_bracket(self.texts[-1].text):
            paragraph = Passage.joined((self.texts.pop(), paragraph))
        if self.is_closed and self.is_broken_off:
            self.clauses[-1] += paragraph.text.strip()
            return
        if self.texts and not self.is_done and is_clause_line(paragraph.text):
            clause = clause_of_line(paragraph.text)
            if any(role != OTHER for role, _ in clause_parts(clause)):
                self.clauses.append(clause)
                self.is_closed = True
            return
        if self.is_closed:
            self.is_done = not self.is_title  # labels further down are not its own
            self.body += [] if self.is_done else [paragraph]
            return
        read = read_clauses(paragraph)
        self.texts.append(read.task if read else paragraph)
        if read:
            self.clauses += read.clauses
            self.is_closed = read.closes

    def read_duties_within(self) -> None:
        """Takes what its sentences say of responsibility for clauses, where it has none."""
        found = [] if self.clauses else [duty_within(text) for text in self.texts]
        if not any(found):
            return
        texts, self.texts = self.texts, []
        for text, read in zip(texts, found, strict=True):
            self.texts.append(read.task if read else text)
            self.clauses += read.clauses if read else ()
            if read and read.task != text:
                break  # a sentence on responsibility closes it, as a clause does

    @property
    def is_title(self) -> bool:
        """Whether its text is a title and no sentence."""
        texts = "".join(text.text for text in self.texts)
        return 0 < len(texts) <= _LONGEST_TITLE and re.search("[。；]", texts) is None

    @property
    def is_broken_off(self) -> bool:
        """Whether it ends amid a list of names or inside a bracket: the next line goes on."""
        if self.is_closed and self.clauses:
            return self.clauses[-1].endswith(("、", "，"))
        return has_open_bracket(self.texts[-1].text)

    @property
    def heading(self) -> str:
        return without_layout(re.split("[。：]", self.texts[0].text)[0])

    @property
    def headings(self) -> tuple[str, ...]:
        """Of the wider levels, the widest first."""
        own = (self.above.heading,) if self.above and self.above.heading else ()
        return () if self.above is None else (*self.above.headings, *own)

    def passages(self) -> Iterator[Passage]:
        """Its text with that of everything below it, whose numbers belong to the text."""
        yield from self.texts
        for entry in self.below:
            yield entry.mark
            yield from entry.passages()

    def all_clauses(self) -> Iterator[str]:
        for entry in self.below:
            yield from entry.all_clauses()
        yield from self.clauses

    def everything_below(self) -> Iterator["Entry"]:
        for entry in self.below:
            yield entry
            yield from entry.everything_below()


def entries_of(paragraphs: Sequence[Passage]) -> list[Entry]:
    """The numbered paragraphs in their order, each under the headings of the wider levels."""
    entries: list[Entry] = []
    paragraphs = parted_lines(paragraphs)
    named = named_lines(paragraphs)
    annexes = annex_lines(paragraphs)
    leading: tuple[str, ...] = ()
    led_level: int | None = None
    for at, paragraph in enumerate(paragraphs):
        if at in named.above:
            leading = (*leading, named.above[at]) if at - 1 in named.above else (named.above[at],)
            led_level = None
            continue
        if at in annexes:
            continue
        started = _started(paragraph) or _glued(paragraph, entries)
        owner = _owner(started, entries) if started else None
        if started and owner:
            owner.add(started[3])
        elif started:
            led_level = started[0] if led_level is None else led_level
            leading = leading if started[0] >= led_level else ()
            entry = _entry(started, entries)
            entry.led_by = leading
            entries.append(entry)
        elif entries and at in named.below:
            entries[-1].clauses.append(named.below[at])
            entries[-1].is_closed = True
        elif entries and (entries[-1].is_broken_off or not _is_foot(paragraph)):
            entries[-1].add(paragraph)
        elif entries:
            entries[-1].is_done = entries[-1].is_closed
            entries[-1].is_closed = True
    _take_bodies(entries)
    return entries


def _take_bodies(entries: Sequence[Entry]) -> None:
    """Lets titles go on with what stands below their clauses, where most of them have a body."""
    titles = [entry for entry in entries if entry.clauses and entry.is_title]
    with_body = [entry for entry in titles if entry.body]
    if len(with_body) < _FEWEST_BODIES or 2 * len(with_body) < len(titles):
        return
    for entry in with_body:
        entry.texts += entry.body


def _owner(started: _Started, entries: Sequence[Entry]) -> Entry | None:
    """The entry of which a numbered label tells who does it: 一、修路 with 2.牵头单位：… below."""
    level, _, _, text = started
    if not is_clause_line(text.text):
        return None
    owner = entries[-1] if entries else None
    while owner is not None and owner.level >= level:
        owner = owner.above
    return owner


def _entry(started: _Started, entries: Sequence[Entry]) -> Entry:
    """The entry that a numbered paragraph begins, below the one of the next wider level."""
    level, number, mark, text = started
    above = entries[-1] if entries else None
    while above is not None and above.level >= level:
        above = above.above
    entry = Entry(level, number, mark, [], above)
    entry.add(text)
    if not entry.texts:
        entry.texts.append(text)
    if above is not None:
        above.below.append(entry)
    return entry


def _started(paragraph: Passage) -> _Started | None:
    for level, mark in enumerate(NUMBER_MARKS):
        match = mark.match(paragraph.text)
        number = whole_number(match.group("number")) if match else None
        if match and number is not None:
            text = paragraph.cut(match.end(), len(paragraph.text)).strip()
            return level, number, paragraph.cut(0, match.end()), text
    return None


def _glued(paragraph: Passage, entries: Sequence[Entry]) -> _Started | None:
    """As `_started` where the text begins with digits itself: 11.121人才项目, right behind 10."""
    match = _GLUED.match(paragraph.text)
    last = entries[-1] if entries else None
    while last is not None and not _is_dotted(last):
        last = last.above
    if match is None or last is None or int(match[1]) != last.number + 1:
        return None
    text = paragraph.cut(match.end(), len(paragraph.text)).strip()
    return last.level, last.number + 1, paragraph.cut(0, match.end()), text


def _is_dotted(entry: Entry) -> bool:
    return re.fullmatch(r"[0-9]{1,3}[.．]\s*", entry.mark.text) is not None


def _is_foot(paragraph: Passage) -> bool:
    """Whether a paragraph is a signature, a date, a note or 抄送：, below which no item goes on."""
    text = without_layout(paragraph.text)
    is_name = len(text) < 40 and not _SENTENCE.search(text) and not text.endswith("：")
    is_unsigned = is_name and not is_clause_line(text)
    return whole_date(text) is not None or begins_a_foot(text) or is_unsigned
