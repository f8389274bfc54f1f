"""The reader against notices in layouts beyond the sample, each labelled by hand."""

import re

import pytest

from taizhang.notices import Notice, read_notice
from taizhang.notices.model import Item
from taizhang.notices.tests.corpus import CASES
from taizhang.notices.tests.corpus.case import Case, Head, Row


def test_the_corpus_has_at_least_thirty_layouts() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 30


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_items_are_read_as_labelled(case: Case) -> None:
    read = read_notice(case.write(), filename=case.filename)

    assert [_row(item, labelled) for item, labelled in _paired(read, case)] == list(case.rows)
    assert len(read.ledgers) == case.ledgers * bool(case.rows)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_head_is_read_as_labelled_and_nothing_is_invented(case: Case) -> None:
    found = read_notice(case.write(), filename=case.filename).metadata

    assert (
        Head(found.issuers, found.document_number, found.title, found.issued_on, found.recipients)
        == case.head
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_item_quotes_the_document(case: Case) -> None:
    read = read_notice(case.write(), filename=case.filename)

    for item in read.items:
        spans = item.passage.spans
        assert "".join(read.document.text[span.start : span.end] for span in spans) == item.text


def _paired(read: Notice, case: Case) -> list[tuple[Item, Row | None]]:
    labels = [*case.rows, *([None] * len(read.items))]
    return list(zip(read.items, labels, strict=False))


def _row(item: Item, labelled: Row | None) -> Row:
    """The item in the form of a label; its group only where the label tells one."""
    has_group = labelled is not None and labelled.group is not None
    return Row(
        item.number,
        re.sub(r"\s", "", item.text),
        item.departments.lead,
        item.departments.cooperating,
        item.deadline,
        item.group[-1] if has_group and item.group else None,
    )
