"""Where two texts differ: quoted from both, in stretches that can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.notices.differences import differences
from taizhang.notices.normalise import normalise

WORDS = st.lists(
    st.sampled_from(["每年", "召开", "一次", "２次", "12", " ", "会议", "，", "。", "工", "A1"]),
    max_size=30,
).map("".join)


def quoted(old: str, new: str) -> list[tuple[str, str]]:
    return [
        (old[found.old.start : found.old.end], new[found.new.start : found.new.end])
        for found in differences(old, new)
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("到位率达到80%。", "到位率达到90%。", [("80%", "90%")]),
        ("覆盖十个工种", "覆盖十五个工种", [("十", "十五")]),
        ("做好甲，做好丙。", "做好甲，做好乙，做好丙。", [("", "做好乙，")]),
        ("做好甲，做好乙，做好丙。", "做好甲，做好丙。", [("做好乙，", "")]),
        ("建立职工书屋", "建立职工书屋。", [("", "。")]),
        ("抓紧办好", "尽快办妥", [("抓紧办好", "尽快办妥")]),
        ("", "建立", [("", "建立")]),
    ],
)
def test_a_change_is_quoted_as_one_stretch_of_each_text(
    old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert quoted(old, new) == expected


def test_white_space_and_the_width_of_digits_are_no_difference() -> None:
    assert differences("每年 召开２次", "每年召开\n2 次") == ()


def test_a_number_is_whole() -> None:
    assert quoted("慰问120名职工", "慰问20名职工") == [("120", "20")]


def test_a_long_text_that_repeats_itself_is_compared_by_clauses() -> None:
    old = "甲，" + "工会" * 600 + "，会员，" + "工会" * 600 + "。乙"
    new = "丙，" + "工会" * 600 + "，职工，" + "工会" * 600 + "。丁"

    assert quoted(old, new) == [("甲，", "丙，"), ("会员，", "职工，"), ("乙", "丁")]


def test_a_text_without_end_that_repeats_itself_is_one_change() -> None:
    assert quoted("甲" + "工" * 3000 + "乙", "丙" + "工" * 2000 + "丁") == [
        ("甲" + "工" * 3000 + "乙", "丙" + "工" * 2000 + "丁")
    ]


@given(WORDS, WORDS)
def test_what_is_left_without_the_differences_is_the_same_in_both(old: str, new: str) -> None:
    found = differences(old, new)

    kept_old, kept_new = old, new
    for each in reversed(found):
        kept_old = kept_old[: each.old.start] + kept_old[each.old.end :]
        kept_new = kept_new[: each.new.start] + kept_new[each.new.end :]
    assert normalise(kept_old).text == normalise(kept_new).text
    assert bool(found) == (normalise(old).text != normalise(new).text)


@given(WORDS, WORDS)
def test_differences_stand_in_the_order_of_both_texts_and_say_something(old: str, new: str) -> None:
    found = differences(old, new)

    for side, text in (("old", old), ("new", new)):
        spans = [getattr(each, side) for each in found]
        ends = [end for span in spans for end in (span.start, span.end)]
        assert ends == sorted(ends)
        assert all(0 <= span.start <= span.end <= len(text) for span in spans)
    assert all(each.old.start < each.old.end or each.new.start < each.new.end for each in found)
