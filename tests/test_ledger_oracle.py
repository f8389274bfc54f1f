"""The engine answers as the naive evaluator does on random cities over the real registers.

`python -m tests.oracle` asks more of them, and shows the few rows on which they differ.
"""

from functools import cache

import pytest

from tests.oracle.cities import Size, random_city
from tests.oracle.comparing import Comparison, Question, compare, every_item, seven_items

pytestmark = pytest.mark.xdist_group("ledger oracle")  # cities asked once serve several tests

OF_SEVEN_ITEMS = [
    (Size.EMPTY, 0),
    (Size.ONE, 1),
    (Size.FEW, 2),
    *((Size.TENS, seed) for seed in range(3, 8)),
    (Size.HUNDREDS, 8),
]
OF_EVERY_ITEM = [(Size.FEW, 20), (Size.TENS, 21)]


@pytest.mark.parametrize(("size", "seed"), OF_SEVEN_ITEMS)
def test_the_seven_items_with_numbers_agree(size: Size, seed: int) -> None:
    assert not _asked(seven_items, size, seed).different


@pytest.mark.parametrize(("size", "seed"), OF_EVERY_ITEM)
def test_the_whole_ledger_agrees_as_if_every_register_were_offered(size: Size, seed: int) -> None:
    assert not _asked(every_item, size, seed).different


def test_the_cities_make_every_commitment_of_the_seven_items_come_to_a_value() -> None:
    """Otherwise the two would agree on nothing but grey."""
    with_value = set[str]()
    for size, seed in OF_SEVEN_ITEMS:
        with_value |= _asked(seven_items, size, seed).codes_with_value

    assert {c.code for c in seven_items().ledger.commitments} == with_value


@cache
def _asked(question, size: Size, seed: int) -> Comparison:
    asked: Question = question()
    city = random_city(asked.ledger, asked.catalogue, asked.areas, seed, size)
    return compare(asked, city)
