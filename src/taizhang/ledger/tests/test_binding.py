"""A notice laid upon its pack."""

from dataclasses import replace
from pathlib import Path

import pytest

from taizhang.ledger.binding import BindingState, ItemBinding, bind
from taizhang.ledger.packs import SHIPPED, LedgerPack, load_pack
from taizhang.ledger.packs.model import Clause, PackItem
from taizhang.notices import Notice, read_notice
from taizhang.notices.normalise import normalise, text_hash

BOUNDARIES = "，。；、,;."


@pytest.fixture(scope="module")
def shipped() -> LedgerPack:
    return load_pack(SHIPPED / "qinhuangdao-2021")


@pytest.fixture
def pack(shipped: LedgerPack) -> LedgerPack:
    """A pack of two items, worded for these tests."""
    evening_school = _item(shipped, 1, "办好夜校，每年 2 期。", {"1.1": (0, 4), "1.2": (5, 9)})
    gymnasium = _item(shipped, 2, "开放健身房。", {"2.1": (0, 5)})
    return replace(shipped, items=(evening_school, gymnasium))


def _item(
    shipped: LedgerPack, number: int, text: str, clauses: dict[str, tuple[int, int]]
) -> PackItem:
    any_item = shipped.items[0]
    any_commitment = any_item.commitments[0]
    commitments = tuple(
        replace(
            any_commitment,
            commitment=replace(any_commitment.commitment, code=code),
            clause=Clause(*span),
        )
        for code, span in clauses.items()
    )
    return replace(any_item, number=number, text_hash=text_hash(text), commitments=commitments)


def _notice(*rows: tuple[int, str]) -> Notice:
    lines = ["序号\t任务\t责任部门", *(f"{number}\t{text}\t宣教部" for number, text in rows)]
    return read_notice("\n".join(lines).encode())


def _quotes(notice: Notice, binding: ItemBinding) -> dict[str, str]:
    text = next(item.text for item in notice.items if item.number == binding.number)
    return {clause.code: text[clause.start : clause.end] for clause in binding.clauses}


def test_a_copy_that_differs_in_spaces_and_digits_is_bound_to_its_own_text(
    pack: LedgerPack,
) -> None:
    notice = _notice((1, "办好夜校， 每年２期。"), (2, "开放 健身房。"))

    first, second = bind(pack, notice)

    assert (first.state, second.state) == (BindingState.BOUND, BindingState.BOUND)
    assert _quotes(notice, first) == {"1.1": "办好夜校", "1.2": "每年２期"}
    assert _quotes(notice, second) == {"2.1": "开放 健身房"}


def test_another_text_is_noticed_and_nothing_of_it_is_bound(pack: LedgerPack) -> None:
    notice = _notice((1, "办好夜校，每年 3 期。"), (2, "开放健身房。"))

    first, second = bind(pack, notice)

    assert first == ItemBinding(1, BindingState.TEXT_DIFFERS)
    assert second.state is BindingState.BOUND


def test_items_that_only_one_of_them_has_are_named(pack: LedgerPack) -> None:
    notice = _notice((1, "办好夜校，每年 2 期。"), (3, "整理档案。"))

    states = {binding.number: binding.state for binding in bind(pack, notice)}

    assert states == {
        1: BindingState.BOUND,
        2: BindingState.NOT_IN_NOTICE,
        3: BindingState.NOT_IN_PACK,
    }


def test_two_items_of_one_number_bind_nothing(pack: LedgerPack) -> None:
    notice = _notice((1, "办好夜校，每年 2 期。"), (2, "开放健身房。"), (1, "整理档案。"))

    first, second = bind(pack, notice)

    assert first == ItemBinding(1, BindingState.AMBIGUOUS)
    assert second.state is BindingState.BOUND


def test_the_first_notice_binds_every_commitment(shipped: LedgerPack, samples: Path) -> None:
    notice = read_notice(samples / "seed/notice.txt")

    bindings = bind(shipped, notice)

    assert [binding.state for binding in bindings] == [BindingState.BOUND] * 37
    bound = [clause.code for binding in bindings for clause in binding.clauses]
    assert bound == [entry.code for entry in shipped.commitments()]
    assert _quotes(notice, bindings[4])["5.2"] == "每年至少召开 1 次会议"


def test_every_clause_of_the_first_notice_runs_from_one_punctuation_to_another(
    shipped: LedgerPack, samples: Path
) -> None:
    items = {item.number: item for item in read_notice(samples / "seed/notice.txt").items}

    for ours in shipped.items:
        text = normalise(items[ours.number].text).text
        for entry in ours.commitments:
            start, end = entry.clause.start, entry.clause.end
            assert 0 <= start < end <= len(text), entry.code
            assert start == 0 or text[start - 1] in BOUNDARIES, entry.code
            assert end == len(text) or text[end] in BOUNDARIES, entry.code


def test_a_changed_word_in_the_first_notice_is_noticed(shipped: LedgerPack, samples: Path) -> None:
    content = (samples / "seed/notice.txt").read_bytes()
    changed = content.replace("每年至少召开 1 次".encode(), "每年至少召开 2 次".encode())

    bindings = bind(shipped, read_notice(changed))

    assert changed != content
    assert [b.number for b in bindings if b.state is not BindingState.BOUND] == [5]
    assert bindings[4] == ItemBinding(5, BindingState.TEXT_DIFFERS)
