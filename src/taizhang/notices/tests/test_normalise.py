"""The form in which copies of one text agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.notices.normalise import normalise, text_hash


@pytest.mark.parametrize(
    "copy",
    [
        "每年至少召开 1 次“例会”。",
        "每年至少召开１次“例会”。",
        '<p>每年至少\n召开1次\u200b"例会"。</p>',
        "\u3000每年至少召开\xa01\ue0001次”例会“。".replace("\ue0001", "\ue000"),
    ],
)
def test_copies_that_say_the_same_have_one_hash(copy: str) -> None:
    assert text_hash(copy) == text_hash('每年至少召开1次"例会"。')


@pytest.mark.parametrize(
    "other", ["每年至少召开2次。", "每年至少召开1次", "每年应召开1次。", "每年至少召开1次；"]
)
def test_another_wording_has_another_hash(other: str) -> None:
    assert text_hash(other) != text_hash("每年至少召开1次。")


def test_a_part_leads_back_to_its_place_in_the_original() -> None:
    original = "<p>每年至少 １ 次，</p><p>不少于两天。</p>"
    normalised = normalise(original)
    start = normalised.text.index("至少")

    first, last = normalised.original_span(start, start + 4)

    assert original[first:last] == "至少 １ 次"


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 2), (0, 4)])
def test_an_empty_or_outside_part_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no part"):
        normalise("三个字").original_span(start, end)


@given(st.text(max_size=80))
def test_normalising_twice_changes_nothing_and_every_character_has_its_origin(text: str) -> None:
    normalised = normalise(text)

    assert len(normalised.origins) == len(normalised.text)
    assert all(
        normalise(text[at]).text in ("", character)
        for at, character in zip(normalised.origins, normalised.text, strict=True)
    )
    assert list(normalised.origins) == sorted(set(normalised.origins))
