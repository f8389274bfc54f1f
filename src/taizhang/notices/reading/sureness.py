"""How sure the reader may be of what it found, by how it was found."""

import re
from collections.abc import Iterable

from taizhang.notices.commitments import Commitment, Comparator, Role
from taizhang.notices.model import Departments, Sureness
from taizhang.notices.reading.wording import ends_like_a_body

_EVERYBODY = re.compile("^(?:各|全市|全体|有关|相关)|等$")


def of_departments(departments: Departments) -> Sureness:
    """Sure where the source says who leads or names one only; a list without a lead is likely.

    A name that does not end as the names of bodies do makes the list a guess.

    >>> lists = ("市财政局",), ("市财政局", "市教育局"), ("市财政局", "详见")
    >>> [of_departments(Departments(names)).value for names in lists]
    ['sure', 'likely', 'guessed']
    """
    names = (*departments.lead, *departments.cooperating)
    if not all(_is_a_body(name) for name in names):
        return Sureness.GUESSED
    if departments.lead_is_stated or len(names) == 1:
        return Sureness.SURE
    return Sureness.LIKELY


def of_clause_deadline(deadline: str, clauses: Iterable[str]) -> Sureness:
    """Sure where a label says that it is one (完成时限：…), likely where only its words do."""
    is_labelled = re.compile(rf"[:：]\s*{re.escape(deadline)}")
    is_sure = any(is_labelled.search(clause) for clause in clauses)
    return Sureness.SURE if is_sure else Sureness.LIKELY


def of_commitment(commitment: Commitment) -> Sureness:
    """Sure where the words around the number say that it is owed, and who or what does it.

    A number that only describes whom the duty reaches is likely one; a number alone is a guess.
    """
    if commitment.role is Role.CONDITION:
        return Sureness.LIKELY
    binds = (
        commitment.modality is not None
        or commitment.recurrence is not None
        or commitment.comparator is not Comparator.EQUAL
    )
    acts = commitment.action is not None or commitment.subject is not None
    if binds and acts:
        return Sureness.SURE
    return Sureness.LIKELY if binds or acts else Sureness.GUESSED


def _is_a_body(name: str) -> bool:
    without_note = re.sub("[（(][^（()）]*[）)]$", "", name)
    return ends_like_a_body(without_note) or _EVERYBODY.search(without_note) is not None
