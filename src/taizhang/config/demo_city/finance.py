"""The education fund of enterprises and of the city (R26), special funds by purpose (R40)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from random import Random

from taizhang.config.demo_city.numbers import STATUS_DATE, Numbers, entered_after, workday_within
from taizhang.config.demo_city.places import CITY, PLACES, THE_CITY, Place, chance
from taizhang.config.demo_city.tree import Union, UnionTree
from taizhang.registers.packages.write import Row

DECLARED_YEARS = range(2023, 2026)
FUND_YEARS = range(2022, 2027)
# Million CNY in 2021, and how much more each year.
INPUTS = {
    "fiscal": ("12.60", "0.85"),
    "employer": ("31.20", "1.90"),
    "donation": ("0.48", "0.06"),
    "personal": ("2.15", "-0.08"),
}
# purpose, source → areas without such money, and about how much there is, in thousand CNY.
FUNDS: dict[tuple[str, str], tuple[frozenset[str], int]] = {
    ("competition", "union"): (frozenset({"130303"}), 160),
    ("competition", "fiscal"): (
        frozenset({"130303", "130304", "130306", "130321", "130324", "130372"}),
        60,
    ),
    ("hardship", "fiscal"): (frozenset({"130304", "130371", "130372"}), 240),
    ("hardship", "union"): (frozenset(), 90),
    ("venue", "union"): (frozenset({"130321", "130324", "130372"}), 200),
    ("training", "union"): (frozenset({"130303", "130304"}), 70),
}
CITY_FUNDS = (("studio", "union"), ("innovation", "union"), ("information", "union"))
UNDECIDED = {("130302", "venue"): "draft", ("130322", "training"): "submitted"}


def make_education_funds(numbers: Numbers, tree: UnionTree) -> list[Row]:
    """Declarations of larger enterprises for three years, and what each source put in."""
    dice = chance("education funds")
    declarations = [
        _declaration(dice, numbers, tree, union, year)
        for union in tree.primary
        if _declares(union)
        for year in DECLARED_YEARS
        if dice.random() < 0.9
    ]
    return [*_inputs(dice, numbers, tree), *declarations]


def make_funds(numbers: Numbers, tree: UnionTree) -> list[Row]:
    dice = chance("funds")
    return [
        _fund(dice, numbers, tree, place, purpose, source, year, thousands)
        for year in FUND_YEARS
        for (purpose, source), (absent, thousands) in FUNDS.items()
        for place in PLACES
        if place.code not in absent
    ] + [
        _fund(dice, numbers, tree, THE_CITY, purpose, source, year, 120)
        for year in FUND_YEARS
        for purpose, source in CITY_FUNDS
    ]


def _declares(union: Union) -> bool:
    employer = union.employers[0]
    return union.kind == "enterprise_union" and (employer["headcount"] or 0) >= 100


def _inputs(dice: Random, numbers: Numbers, tree: UnionTree) -> Iterator[Row]:
    for year in range(2021, 2026):
        day = workday_within(dice, date(year + 1, 2, 9), date(year + 1, 3, 20))
        for source, (start, growth) in INPUTS.items():
            millions = Decimal(start) + (year - 2021) * Decimal(growth)
            yield {
                "record_no": numbers.record("R26", CITY, year),
                "owner_org": tree.federations[CITY].record_no,
                "region": CITY,
                "year": year,
                "input_source": source,
                "input_amount": millions * 1_000_000,
                "source": "external_letter",
                "external_ref": numbers.document("秦财教函", year + 1),
                "entered_at": entered_after(dice, day, 10),
            }


def _declaration(dice: Random, numbers: Numbers, tree: UnionTree, union: Union, year: int) -> Row:
    """The fund of one year: most set enough aside and spend it where it belongs."""
    employer = union.employers[0]
    required = Decimal("2.5") if employer["tech_sme"] else Decimal("1.5")
    payroll = _share(employer["annual_payroll"], 100 - 4 * (2025 - year))
    set_aside = required * Decimal(dice.choices((80, 100, 110), (6, 60, 34))[0]) / 100
    extracted = _share(payroll, set_aside)
    spent = _share(extracted, dice.randint(55, 98))
    front_line = dice.choices((45, 57, dice.randint(60, 85)), (2, 4, 94))[0]
    reported = dice.random() < 0.85
    reported_on = workday_within(dice, date(year + 1, 1, 12), date(year + 1, 4, 20))
    return {
        "record_no": numbers.record("R26", union.place.code, year),
        "owner_org": union.record_no,
        "employer": employer["uscc"],
        "region": union.place.code,
        "year": year,
        "payroll": payroll,
        "ratio_required_pct": required,
        "extracted": extracted,
        "spent": spent,
        "spent_frontline": _share(spent, front_line),
        "deducted": spent,
        "deduction_applied": True,
        "congress_reported_on": reported_on if reported else None,
        "record_status": "submitted" if year == 2025 and dice.random() < 0.03 else None,
        "entered_at": entered_after(dice, reported_on, 40),
    }


def _fund(
    dice: Random,
    numbers: Numbers,
    tree: UnionTree,
    place: Place,
    purpose: str,
    source: str,
    year: int,
    thousands: int,
) -> Row:
    """Budget, arrangement and use; the audit comes in the spring of the year after."""
    is_open = year == STATUS_DATE.year
    scale = 3 if place.code == CITY else 1
    budget = Decimal(thousands * scale * dice.randint(80, 120) * 10)
    arranged = _share(budget, dice.randint(90, 100))
    arranged_on = workday_within(dice, date(year, 3, 2), date(year, 6, 25))
    audited_on = (
        None if is_open else workday_within(dice, date(year + 1, 2, 9), date(year + 1, 5, 28))
    )
    return {
        "record_no": numbers.record("R40", place.code, year),
        "owner_org": tree.federations[place.code].record_no,
        "purpose": purpose,
        "source": f"{place.level}_fiscal" if source == "fiscal" else source,
        "level": place.level,
        "region": place.code,
        "year": year,
        "budget": budget,
        "arranged": arranged,
        "arranged_on": arranged_on,
        "spent": _share(arranged, dice.randint(30, 75) if is_open else dice.randint(88, 100)),
        "audited_on": audited_on,
        "result": "pending" if is_open else dice.choices(("good", "fair", "poor"), (8, 3, 1))[0],
        "record_status": UNDECIDED.get((place.code, purpose)) if is_open else None,
        "entered_at": entered_after(dice, audited_on or arranged_on, 20),
    }


def _share(amount: Decimal | int, percent: Decimal | int) -> Decimal:
    """That many per cent of an amount, in whole fen."""
    return (Decimal(amount) * percent / 100).quantize(Decimal("0.01"))
