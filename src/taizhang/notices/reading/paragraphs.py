"""Items that are numbered paragraphs."""

from collections import Counter
from collections.abc import Iterator, Sequence

from taizhang.notices.document import Document, Passage
from taizhang.notices.model import Item, Sureness, Trace
from taizhang.notices.reading import sureness
from taizhang.notices.reading.clauses import duty_within
from taizhang.notices.reading.departments import clause_deadline, clause_departments
from taizhang.notices.reading.entries import Entry, entries_of
from taizhang.notices.reading.lead_rule import LeadRule, stated_rule
from taizhang.notices.reading.sharing import share_clauses
from taizhang.notices.reading.unclaimed import unclaimed_tasks

_FEWEST_WITHIN = 2  # a cover notice may have one exhortation that names an office


def paragraph_items(
    document: Document, titles: tuple[str | None, str | None] | None
) -> tuple[Item, ...]:
    """The items among the numbered paragraphs of a document.

    They are those that say who is responsible, and those that stand between them in the same
    number sequence. Where none says so, the paragraphs of the longest sequence are items only
    under one of `titles` that is a ledger's.
    """
    entries = entries_of(document.paragraphs())
    share_clauses(entries)
    chosen = _claimed(entries) or _claimed_within(entries)
    without_clause = Sureness.LIKELY if chosen else Sureness.GUESSED
    if not chosen and titles:
        chosen = unclaimed_tasks(entries, document.paragraphs(), *titles)
    for entry in chosen:
        entry.read_duties_within()
    rule = stated_rule(document)
    return tuple(_item(entry, without_clause, rule) for entry in chosen)


def _item(entry: Entry, without_clause: Sureness, rule: LeadRule) -> Item:
    clauses = list(entry.all_clauses())
    departments = clause_departments(clauses, rule)
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


def _claimed(entries: Sequence[Entry]) -> list[Entry]:
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


def _claimed_within(entries: Sequence[Entry]) -> list[Entry]:
    """The entries of a plan whose sentences say who is responsible, most of their level's."""
    telling = [entry for entry in entries if any(duty_within(text) for text in entry.texts)]
    levels = Counter(entry.level for entry in telling)
    level, most = max(levels.items(), key=lambda pair: pair[1], default=(0, 0))
    if most < _FEWEST_WITHIN or 2 * most < sum(entry.level == level for entry in entries):
        return []
    for entry in telling:
        entry.read_duties_within()
    return _claimed(entries)


def _between(entries: Sequence[Entry], level: int) -> set[int]:
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


def _runs(entries: Sequence[Entry], level: int) -> Iterator[list[Entry]]:
    """The entries of a level in runs whose numbers go up one by one."""
    run: list[Entry] = []
    for entry in entries:
        if entry.level != level:
            continue
        if run and entry.number != run[-1].number + 1:
            yield run
            run = []
        run.append(entry)
    if run:
        yield run
