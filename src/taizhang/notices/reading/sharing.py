"""Responsibility that several entries share: said in the heading above them, or below the last."""

from collections.abc import Sequence

from taizhang.notices.reading.entries import Entry
from taizhang.notices.reading.leading import departments_of_heading
from taizhang.notices.reading.roles import LEAD, RESPONSIBLE, clause_parts

_FEWEST = 2


def share_clauses(entries: Sequence[Entry]) -> None:
    """Gives every entry the clauses that are said once for it and those beside it."""
    _take_from_lines(entries)
    _pass_down_names(entries)
    _pass_down_clauses(entries)
    _lift_common_clauses(entries)


def _take_from_lines(entries: Sequence[Entry]) -> None:
    """A line of its own leads the entries below it that say nothing themselves."""
    for entry in entries:
        if entry.led_by and next(entry.all_clauses(), None) is None:
            entry.clauses = list(entry.led_by)


def _pass_down_names(entries: Sequence[Entry]) -> None:
    """Headings that are departments and nothing else lead what is below them.

    Read so only where most headings of their level are such.
    """
    heads = [entry for entry in entries if entry.below and len(entry.texts) == 1]
    names = {id(head): departments_of_heading(head.texts[0].text) for head in heads}
    for level in {head.level for head in heads}:
        of_level = [head for head in heads if head.level == level]
        named = [head for head in of_level if names[id(head)]]
        if len(named) < _FEWEST or 2 * len(named) < len(of_level):
            continue
        for head in named:
            head.clauses = []
            for entry in head.below:
                if not _says_who_leads(entry):
                    entry.clauses.insert(0, f"{LEAD}：{names[id(head)]}")


def _says_who_leads(entry: Entry) -> bool:
    roles = {role for clause in entry.all_clauses() for role, _ in clause_parts(clause)}
    return bool(roles & {LEAD, RESPONSIBLE})


def _pass_down_clauses(entries: Sequence[Entry]) -> None:
    """Clauses of headings belong to the entries below, where those count on over the headings.

    Where the count begins anew under each heading, its entries are parts of one task.
    """
    heads = [
        head
        for head in entries
        if head.below and head.clauses and not any(part.clauses for part in head.below)
    ]
    numbers = [part.number for head in heads for part in head.below]
    counts_on = numbers == list(range(1, len(numbers) + 1))
    if len(heads) < _FEWEST or not counts_on:
        return
    for head in heads:
        for part in head.below:
            part.clauses = list(head.clauses)
        head.clauses = []


def _lift_common_clauses(entries: Sequence[Entry]) -> None:
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
