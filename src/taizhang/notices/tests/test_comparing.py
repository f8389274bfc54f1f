"""Two notices side by side: each item in one pair, whatever its number became."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.notices import read_notice
from taizhang.notices.comparing import Pair, Sameness, compare
from taizhang.notices.model import Departments
from taizhang.notices.tests.reissued import NEW, OLD

NOBODY = Departments()


@dataclass(frozen=True)
class Task:
    number: int
    text: str
    departments: Departments = NOBODY
    deadline: str | None = None


WORDS = ["每年", "召开", "一次", "两次", "会议", "慰问", "职工", "签订", "合同", "，", "培训"]
TASKS = st.lists(
    st.builds(
        Task,
        st.integers(1, 5),
        st.lists(st.sampled_from(WORDS), max_size=6).map("".join),
        st.builds(
            Departments,
            st.lists(st.sampled_from(["甲部", "乙部"]), unique=True).map(tuple),
            lead_is_stated=st.booleans(),
        ),
    ),
    max_size=8,
)


def numbers(
    pairs: tuple[Pair[Any, Any], ...], sameness: Sameness
) -> list[tuple[int | None, int | None]]:
    return [
        (pair.old and pair.old.number, pair.new and pair.new.number)
        for pair in pairs
        if pair.sameness is sameness
    ]


def one(old: Task, new: Task) -> Pair[Task, Task]:
    (pair,) = compare([old], [new])
    return pair


def test_a_revised_notice_is_laid_beside_the_old_one() -> None:
    old, new = read_notice(OLD.encode()), read_notice(NEW.encode())

    pairs = compare(old.items, new.items)

    assert numbers(pairs, Sameness.SAME) == [(1, 1), (2, 2), (3, 4), (12, 10), (11, 11)]
    assert numbers(pairs, Sameness.CHANGED) == [(4, 3), (5, 5), (6, 6), (7, 7), (8, 8)]
    assert numbers(pairs, Sameness.NEW) == [(None, 9), (None, 12), (None, 13)]
    assert numbers(pairs, Sameness.GONE) == [(9, None), (10, None)]


def test_what_is_gone_stands_behind_the_item_that_it_followed() -> None:
    old = [Task(1, "签订集体合同"), Task(2, "发放会员证"), Task(3, "走访困难职工")]

    pairs = compare(old, [Task(1, "走访困难职工"), Task(2, "签订集体合同")])

    order = [(pair.old and pair.old.number, pair.new and pair.new.number) for pair in pairs]
    assert order == [(3, 1), (1, 2), (2, None)]


def test_a_number_does_not_pair_what_says_something_else() -> None:
    pairs = compare([Task(1, "签订集体合同")], [Task(1, "走访困难职工")])

    assert [pair.sameness for pair in pairs] == [Sameness.GONE, Sameness.NEW]


def test_an_item_that_only_got_another_number_is_the_same() -> None:
    pair = one(Task(3, "走访困难职工２次。"), Task(7, "走访困难职工 2 次。"))

    assert (pair.sameness, pair.is_renumbered) == (Sameness.SAME, True)


@pytest.mark.parametrize(
    ("old", "new", "differ"),
    [
        (Departments(("甲部",), ("乙部",), True), Departments(("乙部",), ("甲部",), True), True),
        (Departments(("甲部",), ("乙部",), True), Departments(("甲部", "乙部")), False),
        (Departments(("甲部", "乙部")), Departments(("乙部", "甲部")), True),
        (Departments(("甲部",), ("乙部", "丙部"), True), Departments(("甲部",), ("乙部",)), True),
        (
            Departments(("甲部",), ("乙部", "丙部"), True),
            Departments(("甲部", "丙部", "乙部")),
            False,
        ),
    ],
)
def test_departments_differ_by_name_or_by_who_leads_where_both_say_it(
    old: Departments, new: Departments, differ: bool
) -> None:
    pair = one(Task(1, "走访困难职工", old), Task(1, "走访困难职工", new))

    assert pair.departments_differ is differ
    assert pair.sameness is (Sameness.CHANGED if differ else Sameness.SAME)


def test_another_deadline_is_a_change() -> None:
    pair = one(Task(1, "走访职工", deadline="2031年底"), Task(1, "走访职工", deadline="2033年底"))

    assert pair.sameness is Sameness.CHANGED


def test_of_items_with_equal_texts_those_with_equal_departments_are_paired() -> None:
    first, second = Departments(("甲部",)), Departments(("乙部",))

    pairs = compare(
        [Task(1, "走访职工", first), Task(2, "走访职工", second)],
        [Task(1, "走访职工", second), Task(2, "走访职工", first)],
    )

    assert numbers(pairs, Sameness.SAME) == [(2, 1), (1, 2)]


def test_of_items_that_agree_in_all_those_that_stand_nearest_are_paired() -> None:
    old = [Task(1, "走访职工"), Task(2, "走访职工")]

    pairs = compare(old, [Task(8, "签订合同"), Task(9, "走访职工")])

    assert numbers(pairs, Sameness.SAME) == [(2, 9)]


@given(TASKS)
def test_a_notice_beside_itself_is_all_the_same(tasks: list[Task]) -> None:
    assert {pair.sameness for pair in compare(tasks, tasks)} <= {Sameness.SAME}


@given(TASKS, TASKS)
def test_every_item_stands_in_exactly_one_pair(old: list[Task], new: list[Task]) -> None:
    pairs = compare(old, new)

    assert Counter(pair.old for pair in pairs if pair.old is not None) == Counter(old)
    assert [pair.new for pair in pairs if pair.new is not None] == new


@given(TASKS, TASKS)
def test_seen_from_the_other_side_new_is_gone_and_all_else_as_it_was(
    old: list[Task], new: list[Task]
) -> None:
    there = Counter((pair.old, pair.new, pair.sameness) for pair in compare(old, new))

    back = Counter((pair.new, pair.old, pair.sameness) for pair in compare(new, old))

    turned = {Sameness.NEW: Sameness.GONE, Sameness.GONE: Sameness.NEW}
    assert there == Counter(
        {(one, other, turned.get(what, what)): n for (one, other, what), n in back.items()}
    )
