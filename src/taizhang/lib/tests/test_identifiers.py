"""Check characters find every mistyped character, and nothing else is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.lib.identifiers import (
    USCC_ALPHABET,
    is_resident_id,
    is_union_uscc,
    is_uscc,
    resident_birth_date,
    resident_id_check_digit,
    uscc_check_character,
)

USCC_BODIES = st.text(alphabet=USCC_ALPHABET, min_size=17, max_size=17)
PLACES = st.integers(min_value=0, max_value=17)


@st.composite
def resident_ids(draw: st.DrawFn) -> str:
    area = draw(st.integers(min_value=110000, max_value=659999))
    born = draw(st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 9, 30)))
    serial = draw(st.integers(min_value=0, max_value=999))
    body = f"{area}{born:%Y%m%d}{serial:03}"
    return body + resident_id_check_digit(body)


@given(USCC_BODIES)
def test_a_code_with_its_check_character_is_right(body: str) -> None:
    assert is_uscc(body + uscc_check_character(body))


@given(USCC_BODIES, PLACES, st.sampled_from(USCC_ALPHABET))
def test_one_wrong_character_in_a_code_is_found(body: str, place: int, other: str) -> None:
    code = body + uscc_check_character(body)

    mistyped = code[:place] + other + code[place + 1 :]

    assert is_uscc(mistyped) is (mistyped == code)


@pytest.mark.parametrize(
    "code",
    ["", "91350100M000100Y4", "91350100m000100y43", "91350100M000100I43", "9" * 19, "9１" * 9],
)
def test_a_text_of_another_form_is_no_code(code: str) -> None:
    assert not is_uscc(code)


def test_only_unions_have_the_prefix_of_unions() -> None:
    body = "81130300MC0000012"

    assert is_union_uscc(body + uscc_check_character(body))
    assert not is_union_uscc("91350100M000100Y43")


@given(resident_ids())
def test_a_resident_number_tells_its_birth_date(number: str) -> None:
    born = resident_birth_date(number)

    assert born is not None
    assert f"{born:%Y%m%d}" == number[6:14]


@given(resident_ids(), PLACES, st.sampled_from("0123456789X"))
def test_one_wrong_digit_in_a_resident_number_is_found(number: str, place: int, other: str) -> None:
    mistyped = number[:place] + other + number[place + 1 :]

    assert is_resident_id(mistyped) is (mistyped == number)


@pytest.mark.parametrize("body", ["13030219900230001", "13030219901301001"])
def test_a_day_that_does_not_exist_is_no_birth_date(body: str) -> None:
    assert not is_resident_id(body + resident_id_check_digit(body))


@pytest.mark.parametrize("number", ["", "11010519491231002x", "1" * 17, "１" * 18])
def test_a_text_of_another_form_is_no_resident_number(number: str) -> None:
    assert not is_resident_id(number)


@pytest.mark.parametrize("body", ["", "91350100M000100I4", "1" * 16])
def test_check_characters_are_refused_for_anything_but_a_body(body: str) -> None:
    with pytest.raises(ValueError, match="first 17"):
        uscc_check_character(body)
    with pytest.raises(ValueError, match="first 17"):
        resident_id_check_digit(body)
