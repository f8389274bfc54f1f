"""One small ledger, written in every combination of layouts, comes back the same."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from taizhang.notices import read_notice
from taizhang.notices.model import Item
from taizhang.notices.tests.layouts.duties import DUTIES
from taizhang.notices.tests.layouts.ledger import FEET, TITLE, Read
from taizhang.notices.tests.layouts.paragraphs import (
    COUNTS,
    HEADINGS,
    NUMBERS,
    TITLES,
    WIDEST,
    paragraphs,
    under_departments,
)
from taizhang.notices.tests.layouts.tables import (
    CARDS,
    COLUMNS,
    FILES,
    NUMBERED,
    SECTIONED,
    cards,
    rows_of,
)

_EXAMPLES = settings(max_examples=120, deadline=None)


@pytest.mark.parametrize("duty", DUTIES)
@pytest.mark.parametrize("number", NUMBERS)
def test_every_duty_is_read_behind_every_number(duty: str, number: str) -> None:
    written = paragraphs(duty, number, "in the line", "no sections", "nothing", cover=True)

    assert _read(written.text.encode()) == written.tasks


@_EXAMPLES
@given(
    duty=st.sampled_from(sorted(DUTIES)),
    number=st.sampled_from(sorted(NUMBERS)),
    title=st.sampled_from(sorted(TITLES)),
    count=st.sampled_from(COUNTS),
    foot=st.sampled_from(sorted(FEET)),
    cover=st.booleans(),
)
@example(  # clauses that happen to be as wide as one another are no wrapped text
    duty="line with gaps",
    number="1.",
    title="in the line",
    count="no sections",
    foot="request",
    cover=False,
)
def test_paragraphs_come_back_the_same(
    duty: str, number: str, title: str, count: str, foot: str, *, cover: bool
) -> None:
    count = COUNTS[0] if number in WIDEST else count
    written = paragraphs(duty, number, title, count, foot, cover=cover)

    assert _read(written.text.encode()) == written.tasks


@_EXAMPLES
@given(
    heading=st.sampled_from(sorted(HEADINGS)),
    number=st.sampled_from(["1.", "1、", "（1）", "１．"]),
    foot=st.sampled_from(sorted(set(FEET) - {"request"})),  # nothing parts it from the last task
    anew=st.booleans(),
    cover=st.booleans(),
)
def test_departments_above_tasks_lead_them(
    heading: str, number: str, foot: str, *, anew: bool, cover: bool
) -> None:
    written = under_departments(heading, number, foot, anew=anew, cover=cover)

    assert _read(written.text.encode()) == written.tasks


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("file", FILES)
def test_every_table_is_read_from_every_file(columns: str, file: str) -> None:
    rows, tasks = rows_of(columns, "no sections", "1")
    name, write = FILES[file]

    assert _read(write(rows, "nothing"), name) == tasks


@_EXAMPLES
@given(
    columns=st.sampled_from(sorted(COLUMNS)),
    sectioned=st.sampled_from(SECTIONED),
    number=st.sampled_from(sorted(NUMBERED)),
    foot=st.sampled_from(sorted(FEET)),
    file=st.sampled_from(sorted(FILES)),
)
def test_tables_come_back_the_same(
    columns: str, sectioned: str, number: str, foot: str, file: str
) -> None:
    rows, tasks = rows_of(columns, sectioned, number)
    name, write = FILES[file]

    assert _read(write(rows, foot), name) == tasks


@pytest.mark.parametrize("labels", CARDS)
@pytest.mark.parametrize("as_tables", [False, True])
@pytest.mark.parametrize("of", [1, 2, 6])
def test_cards_come_back_the_same(labels: str, as_tables: bool, of: int) -> None:
    name, content, tasks = cards(labels, as_tables=as_tables, of=of)

    assert _read(content, name) == tasks


@pytest.mark.parametrize("foot", FEET)
def test_what_stands_around_the_tasks_is_no_part_of_the_title(foot: str) -> None:
    written = paragraphs("one line", "1.", "in the line", "sections", foot, cover=False)

    assert read_notice(written.text.encode()).metadata.title == TITLE


def _read(content: bytes, name: str = "ledger.txt") -> tuple[Read, ...]:
    read = read_notice(content, filename=name, isolated=False)
    return tuple(map(_as_read, read.items))


def _as_read(item: Item) -> Read:
    departments = item.departments
    text = re.sub(r"\s", "", item.text)
    return Read(item.number, text, departments.lead, departments.cooperating, item.deadline)
