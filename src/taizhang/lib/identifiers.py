"""Codes of units and persons: their check characters, and finding personal ones in a text."""

import re
from datetime import date
from unicodedata import normalize

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
USCC_BODY = re.compile(f"[{USCC_ALPHABET}]{{17}}")
UNION_PREFIX = "81"  # 8: registered by the trade unions, 1: primary union

RESIDENT_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RESIDENT_ID_CHECKS = "10X98765432"
RESIDENT_ID_BODY = re.compile("[1-9][0-9]{16}")
LENGTH = 18

# Not a part of a longer code. A mobile number is often parted after three and seven digits.
_MOBILE = "1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}"
PERSONAL_NUMBER = re.compile(
    f"(?<![0-9A-Za-z])(?:([1-9][0-9]{{16}}[0-9Xx])|{_MOBILE})(?![0-9A-Za-z])"
)


def is_uscc(code: str) -> bool:
    """Whether `code` is a unified social credit code with a right check character.

    Source: GB 32100; handbook 2.1.

    >>> is_uscc("91350100M000100Y43"), is_uscc("91350100M000100Y44")
    (True, False)
    """
    if len(code) != LENGTH or not USCC_BODY.fullmatch(code[:-1]):
        return False
    return code[-1] == uscc_check_character(code[:-1])


def is_union_uscc(code: str) -> bool:
    """Whether `code` is the right code of a trade-union legal person.

    >>> is_union_uscc("81130300MC0000012M"), is_union_uscc("91350100M000100Y43")
    (True, False)
    """
    return code.startswith(UNION_PREFIX) and is_uscc(code)


def uscc_check_character(body: str) -> str:
    """The 18th character that belongs to the first seventeen.

    Raises `ValueError` for anything but seventeen characters of the alphabet.

    >>> uscc_check_character("91350100M000100Y4")
    '3'
    """
    if not USCC_BODY.fullmatch(body):
        raise ValueError(f"not the first 17 characters of a unified social credit code: {body!r}")
    values = map(USCC_ALPHABET.index, body)
    total = sum(value * weight for value, weight in zip(values, USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[-total % len(USCC_ALPHABET)]


def is_resident_id(number: str) -> bool:
    """Whether `number` is a resident identity number: a real birth date and a right check digit.

    Source: GB 11643; handbook 2.1.

    >>> is_resident_id("11010519491231002X"), is_resident_id("110105194912310021")
    (True, False)
    """
    return resident_birth_date(number) is not None


def resident_birth_date(number: str) -> date | None:
    """The birth date in a resident identity number, None when the number is not right.

    >>> resident_birth_date("11010519491231002X")
    datetime.date(1949, 12, 31)
    """
    if len(number) != LENGTH or not RESIDENT_ID_BODY.fullmatch(number[:-1]):
        return None
    if number[-1] != resident_id_check_digit(number[:-1]):
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def resident_id_check_digit(body: str) -> str:
    """The 18th character that belongs to the first seventeen digits.

    Raises `ValueError` for anything but seventeen digits that do not begin with 0.

    >>> resident_id_check_digit("11010519491231002")
    'X'
    """
    if not RESIDENT_ID_BODY.fullmatch(body):
        raise ValueError("not the first 17 digits of a resident identity number")
    total = sum(
        int(digit) * weight for digit, weight in zip(body, RESIDENT_ID_WEIGHTS, strict=True)
    )
    return RESIDENT_ID_CHECKS[total % len(RESIDENT_ID_CHECKS)]


def personal_numbers(text: str) -> tuple[str, ...]:
    """The resident identity numbers and mobile numbers in a text, also in full-width digits.

    Eighteen digits without the right birth date and check digit are some other number.

    >>> personal_numbers("联系人 138-0013-8000，证号11010519491231002x")
    ('138-0013-8000', '11010519491231002x')
    >>> personal_numbers("统一社会信用代码 91350100M000100Y43，文号〔2026〕110105194912310021号")
    ()
    """
    found = PERSONAL_NUMBER.finditer(normalize("NFKC", text))
    return tuple(each[0] for each in found if not each[1] or is_resident_id(each[1].upper()))
