"""The reader of commitments against sentences whose labels were checked, traps among them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from taizhang.notices.commitments import Amount, Commitment, Role, find_commitments

_QUOTED = Path(__file__).with_name("sentences.txt")
_KINDS = Path(__file__).with_name("kinds.txt")
_ISSUED_IN = 2030
_YEAR = re.compile("(20[0-9]{2})年|“(十四五)”")


@dataclass(frozen=True)
class Labelled:
    text: str
    commitments: tuple[str, ...]


def _labelled(file: Path) -> Iterator[Labelled]:
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    starts = [at for at, line in enumerate(lines) if not line.startswith("  ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield Labelled(lines[start], tuple(line.strip() for line in lines[start + 1 : end]))


LABELLED = tuple(_labelled(_QUOTED))
OF_KINDS = tuple(_labelled(_KINDS))


@pytest.mark.parametrize(("sentences", "least", "traps"), [(LABELLED, 60, 12), (OF_KINDS, 150, 10)])
def test_there_are_enough_sentences_and_traps_among_them(
    sentences: tuple[Labelled, ...], least: int, traps: int
) -> None:
    assert len({sentence.text for sentence in sentences}) == len(sentences) >= least
    assert sum(not sentence.commitments for sentence in sentences) >= traps


@pytest.mark.parametrize("sentence", LABELLED, ids=lambda sentence: sentence.text[:24])
def test_a_sentence_is_read_as_labelled(sentence: Labelled) -> None:
    found = find_commitments(sentence.text, issued_on=_issued_on(sentence.text))

    assert tuple(_written(each) for each in found) == sentence.commitments


@pytest.mark.parametrize("sentence", OF_KINDS, ids=lambda sentence: sentence.text[:24])
def test_a_sentence_of_every_kind_is_read_as_labelled(sentence: Labelled) -> None:
    found = find_commitments(sentence.text, issued_on=_issued_on(sentence.text))

    assert tuple(_written(each).partition(" | ")[2] for each in found) == sentence.commitments


def _issued_on(text: str) -> date:
    """A day of March 2030, or of the first year that the sentence names if that is earlier."""
    years = (int(year or "2021") for year, _plan in _YEAR.findall(text))
    return date(min(_ISSUED_IN, *years, _ISSUED_IN), 3, 5)


def _written(found: Commitment) -> str:
    due = found.deadline
    parts = [found.quote]
    if found.amount is not None:
        parts.append(f"{found.comparator} {_amount(found.amount)}")
    elif due is not None:
        span = due.on or due.text if due.within is None else _amount(due.within)
        parts.append(f"{found.comparator} {span}")
    if found.recurrence:
        parts.append(f"每 {found.recurrence}")
    if found.amount is not None and due is not None:
        parts.append(f"限 {due.on or due.text}")
    if found.amount is None:
        parts.append("期限")
    if found.role is Role.CONDITION:
        parts.append("条件")
    return " | ".join(parts)


def _amount(amount: Amount) -> str:
    upper = "" if amount.upper is None else f"~{_number(amount.upper)}"
    return f"{_number(amount.number)}{upper}{amount.multiplier} {amount.unit}".rstrip()


def _number(number: Decimal) -> str:
    return f"{round(number, 4).normalize():f}"
