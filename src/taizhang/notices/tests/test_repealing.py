"""A notice says itself which earlier one it repeals."""

import pytest

from taizhang.notices.repealing import repeal_of
from taizhang.notices.tests.reissued import NEW

NUMBER = "临工发〔2031〕8号"


def test_the_sentence_that_repeals_the_number_is_quoted() -> None:
    assert repeal_of(NUMBER, NEW) == "《服务职工三年行动工作台账》（临工发〔2031〕8号）同时废止"


def test_a_number_behind_the_word_is_quoted_with_it() -> None:
    said = repeal_of(NUMBER, "现决定废止《服务职工行动台账》（临工发〔2031〕8号），请知悉。")

    assert said == "《服务职工行动台账》（临工发〔2031〕8号）"


@pytest.mark.parametrize(
    "text",
    [
        "本通知自印发之日起施行，原临工发[2031]8号文件停止执行。",
        "以本台账代替原台账（临工发（2031）8号）。",
        "（临工发〔２０３１〕 ８ 号）同时\n废止。",
    ],
)
def test_brackets_digits_and_line_ends_do_not_count(text: str) -> None:
    assert repeal_of(NUMBER, text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "根据临工发〔2031〕8号文件，制定本台账。旧表格同时废止。",
        "《办法》（临工发〔2030〕8号）同时废止。",
        "",
    ],
)
def test_a_number_that_is_only_named_and_another_number_are_not_repealed(text: str) -> None:
    assert repeal_of(NUMBER, text) is None


def test_a_notice_without_a_number_is_not_found() -> None:
    assert repeal_of("", "全部废止。") is None
