"""Terms of office of Party committees, congresses, governments and union congresses (R41)."""

from datetime import date, datetime, timedelta
from random import Random

from taizhang.config.demo_city.numbers import CHINA, Numbers, workday_within
from taizhang.config.demo_city.places import CITY, GOVERNED, Place, chance
from taizhang.config.demo_city.tree import UnionTree
from taizhang.registers.packages.write import Row

# Areas whose Party congress met in summer 2026; in the others it meets after the status date.
NEW_PARTY_TERM = frozenset({"130303", "130306", "130321", "130324"})
FIRST_ENTERED = datetime(2021, 10, 11, 9, 30, tzinfo=CHINA)
YEARS = 5


def make_terms(numbers: Numbers, tree: UnionTree) -> list[Row]:
    dice = chance("terms")
    rows: list[Row] = []
    for place in GOVERNED:
        rows += _party_terms(dice, numbers, tree, place)
        rows += _congress_terms(dice, numbers, tree, place)
        union = tree.federations[place.code]
        start = union.row["term_start"]
        for back in (YEARS, 0):
            first = start.replace(year=start.year - back)
            number = union.row["term_no"] - (1 if back else 0)
            rows.append(_row(numbers, tree, place, "union_congress", number, first))
    return rows


def _party_terms(dice: Random, numbers: Numbers, tree: UnionTree, place: Place) -> list[Row]:
    """Since 2021, and the next one where its congress has met already."""
    number = 13 if place.code == CITY else dice.randint(6, 14)
    month = 9 if place.code == CITY else dice.choice((6, 7))
    first = workday_within(dice, date(2021, month, 16), date(2021, month, 28))
    if place.code not in NEW_PARTY_TERM:
        end = workday_within(dice, date(2026, 11, 2), date(2026, 11, 27))
        return [_row(numbers, tree, place, "party_committee", number, first, end)]
    again = workday_within(dice, date(2026, 6, 22), date(2026, 7, 17))
    return [
        _row(numbers, tree, place, "party_committee", number, first, again - timedelta(days=1)),
        _row(numbers, tree, place, "party_committee", number + 1, again),
    ]


def _congress_terms(dice: Random, numbers: Numbers, tree: UnionTree, place: Place) -> list[Row]:
    """People's congress, government and CPPCC begin together, at the start of 2022."""
    number = 15 if place.code == CITY else dice.randint(10, 18)
    first = workday_within(dice, date(2022, 1, 10), date(2022, 2, 18))
    return [
        _row(numbers, tree, place, body, number, first)
        for body in ("people_congress", "government", "cppcc")
    ]


def _row(
    numbers: Numbers,
    tree: UnionTree,
    place: Place,
    body: str,
    number: int,
    start: date,
    end: date | None = None,
) -> Row:
    last = start.replace(year=start.year + YEARS) - timedelta(days=1)
    known_at = datetime(start.year, start.month, start.day, 15, 0, tzinfo=CHINA)
    return {
        "record_no": numbers.record("R41", place.code, max(start.year, 2021)),
        "owner_org": tree.federations[place.code].record_no,
        "body": body,
        "region": place.code,
        "no": number,
        "start": start,
        "end": end or last,
        "entered_at": max(known_at + timedelta(days=7), FIRST_ENTERED),
    }
