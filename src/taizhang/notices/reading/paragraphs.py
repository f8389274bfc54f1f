"""Items that are numbered paragraphs."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from taizhang.notices.document import Document, Passage
from taizhang.notices.model import Item, Sureness, Trace
from taizhang.notices.numerals import whole_date, whole_number
from taizhang.notices.reading import sureness
from taizhang.notices.reading.clauses import (
    clause_of_line,
    duty_within,
    has_open_bracket,
    is_clause_line,
    read_clauses,
)
from taizhang.notices.reading.departments import (
    OTHER,
    clause_deadline,
    clause_departments,
    clause_parts,
    first_named_leads,
)
from taizhang.notices.reading.wording import NUMBER_MARKS, is_ledger_title, without_layout

_FEWEST_UNCLAIMED = 3
_FEWEST_WITHIN = 2  # a cover notice may have one exhortation that names an office
_SENTENCE = re.compile("[，。；：！]")


@dataclass(slots=True)
class _Entry:
    """A numbered paragraph with the unnumbered ones that go on with it, under its headings.

    `level` counts in NUMBER_MARKS, 0 is the widest; `mark` is its number as written; `clauses`
    are what it says of responsibility.
    """

    level: int
    number: int
    mark: Passage
    texts: list[Passage]
    above: "_Entry | None"
    below: list["_Entry"] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)
    is_closed: bool = False

    def add(self, paragraph: Passage) -> None:
        """Goes on with a paragraph, unless a clause has closed the entry."""
        if self.texts and not self.is_closed and has_open_bracket(self.texts[-1].text):
            paragraph = Passage.joined((self.texts.pop(), paragraph))
        if self.is_closed and self.is_broken_off:
            self.clauses[-1] += paragraph.text.strip()
            return
        if self.texts and is_clause_line(paragraph.text):
            clause = clause_of_line(paragraph.text)
            if any(role != OTHER for role, _ in clause_parts(clause)):
                self.clauses.append(clause)
                self.is_closed = True
            return
        if self.is_closed:
            return
        read = read_clauses(paragraph)
        self.texts.append(read.task if read else paragraph)
        if read:
            self.clauses += read.clauses
            self.is_closed = True

    def read_duties_within(self) -> None:
        """Takes what its sentences say of responsibility for clauses, where it has none."""
        found = [] if self.clauses else [duty_within(text) for text in self.texts]
        if any(found):
            self.texts = [
                read.task if read else text for read, text in zip(found, self.texts, strict=True)
            ]
            self.clauses = [clause for read in found if read for clause in read.clauses]

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
        return () if self.above is None else (*self.above.headings, self.above.heading)

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

    def everything_below(self) -> Iterator["_Entry"]:
        for entry in self.below:
            yield entry
            yield from entry.everything_below()


def paragraph_items(document: Document, *titles: str | None) -> tuple[Item, ...]:
    """The items among the numbered paragraphs of a document.

    They are those that say who is responsible, and those that stand between them in the same
    number sequence. Where none says so, the paragraphs of the longest sequence are items only
    under one of `titles` that is a ledger's.
    """
    entries = _entries(document.paragraphs())
    _lift_common_clauses(entries)
    chosen = _claimed(entries) or _claimed_within(entries)
    without_clause = Sureness.LIKELY if chosen else Sureness.GUESSED
    if not chosen and any(title and is_ledger_title(title) for title in titles):
        chosen = _longest_run(entries)
    for entry in chosen:
        entry.read_duties_within()
    first_leads = first_named_leads(document)
    return tuple(_item(entry, without_clause, first_leads=first_leads) for entry in chosen)


def _item(entry: _Entry, without_clause: Sureness, *, first_leads: bool) -> Item:
    clauses = list(entry.all_clauses())
    departments = clause_departments(clauses, first_leads=first_leads)
    deadline = clause_deadline(clauses)
    traces: dict[str, Trace] = {"text": Trace(Sureness.SURE if clauses else without_clause)}
    if departments.lead or departments.cooperating:
        traces["departments"] = Trace(sureness.of_departments(departments))
    if deadline:
        traces["deadline"] = Trace(sureness.of_clause_deadline(deadline, clauses))
    return Item(
        number=entry.number,
        passage=Passage.joined(entry.passages()),
        departments=departments,
        deadline=deadline,
        group=entry.headings,
        traces=traces,
    )


def _entries(paragraphs: Iterable[Passage]) -> list[_Entry]:
    """The numbered paragraphs in their order, each under the headings of the wider levels."""
    entries: list[_Entry] = []
    for paragraph in paragraphs:
        started = _started(paragraph)
        if started:
            level, number, mark, text = started
            above = entries[-1] if entries else None
            while above is not None and above.level >= level:
                above = above.above
            entry = _Entry(level, number, mark, [], above)
            entry.add(text)
            if not entry.texts:
                entry.texts.append(text)
            if above is not None:
                above.below.append(entry)
            entries.append(entry)
        elif entries and (entries[-1].is_broken_off or not _is_foot(paragraph)):
            entries[-1].add(paragraph)
        elif entries:
            entries[-1].is_closed = True
    return entries


def _started(paragraph: Passage) -> tuple[int, int, Passage, Passage] | None:
    for level, mark in enumerate(NUMBER_MARKS):
        match = mark.match(paragraph.text)
        number = whole_number(match.group("number")) if match else None
        if match and number is not None:
            text = paragraph.cut(match.end(), len(paragraph.text)).strip()
            return level, number, paragraph.cut(0, match.end()), text
    return None


def _is_foot(paragraph: Passage) -> bool:
    """Whether a paragraph is a signature or a date, below which no item goes on."""
    text = without_layout(paragraph.text)
    is_name = len(text) < 40 and not _SENTENCE.search(text) and not text.endswith("：")
    return whole_date(text) is not None or (is_name and not is_clause_line(text))


def _lift_common_clauses(entries: Sequence[_Entry]) -> None:
    """A clause below the last of several parts belongs to all of them together.

    Read so only where most groups of parts are closed in that way.
    """
    groups = [entry for entry in entries if len(entry.below) > 1 and not entry.clauses]
    claimed = [
        (entry, [bool(part.clauses) for part in entry.below])
        for entry in groups
        if any(part.clauses for part in entry.below)
    ]
    closed_as_one = [entry for entry, has in claimed if has[-1] and sum(has) == 1]
    if len(closed_as_one) * 2 <= len(claimed):
        return
    for entry in closed_as_one:
        entry.clauses = entry.below[-1].clauses
        entry.below[-1].clauses = []


def _claimed(entries: Sequence[_Entry]) -> list[_Entry]:
    """The entries with clauses at the level where most have them, and those akin to them."""
    levels = Counter(entry.level for entry in entries if entry.clauses)
    if not levels:
        return []
    level = max(levels, key=lambda at: (levels[at], at))
    of_level = {id(entry) for entry in entries if entry.level == level and entry.clauses}
    between = _between(entries, level)
    parts = {
        id(part)
        for entry in entries
        if id(entry) in of_level or id(entry) in between
        for part in entry.everything_below()
    }
    return [
        entry
        for entry in entries
        if id(entry) in of_level
        or id(entry) in between
        or (
            entry.clauses
            and id(entry) not in parts
            and not any(id(part) in of_level for part in entry.everything_below())
        )
    ]


def _claimed_within(entries: Sequence[_Entry]) -> list[_Entry]:
    """The entries of a plan whose sentences say who is responsible, most of their level's."""
    telling = [entry for entry in entries if any(duty_within(text) for text in entry.texts)]
    levels = Counter(entry.level for entry in telling)
    level, most = max(levels.items(), key=lambda pair: pair[1], default=(0, 0))
    if most < _FEWEST_WITHIN or 2 * most < sum(entry.level == level for entry in entries):
        return []
    for entry in telling:
        entry.read_duties_within()
    return _claimed(entries)


def _between(entries: Sequence[_Entry], level: int) -> set[int]:
    """Entries without a clause that follow one with a clause in a sequence mostly of such."""
    found: set[int] = set()
    for run in _runs(entries, level):
        claimed = [at for at, entry in enumerate(run) if entry.clauses]
        if claimed and len(claimed) * 2 >= len(run) - claimed[0]:
            found |= {
                id(entry)
                for entry in run[claimed[0] :]
                if not any(part.clauses for part in entry.everything_below())
            }
    return found


def _runs(entries: Sequence[_Entry], level: int) -> Iterator[list[_Entry]]:
    """The entries of a level in runs whose numbers go up one by one."""
    run: list[_Entry] = []
    for entry in entries:
        if entry.level != level:
            continue
        if run and entry.number != run[-1].number + 1:
            yield run
            run = []
        run.append(entry)
    if run:
        yield run


def _longest_run(entries: Sequence[_Entry]) -> list[_Entry]:
    """The longest run of numbers from 1; of equal ones that of the narrowest level."""
    runs = [
        run
        for level in sorted({entry.level for entry in entries}, reverse=True)
        for run in _runs(entries, level)
        if run[0].number == 1
    ]
    longest = max(runs, key=len, default=[])
    return longest if len(longest) >= _FEWEST_UNCLAIMED else []
