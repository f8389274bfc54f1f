"""Rows whose numbers lie beside the thresholds of a rule, which chance alone would seldom find."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from random import Random

from taizhang.lib.windows import a_year_before, add_days, add_months

Row = dict[str, object]


def adjust(slug: str, row: Row, chance: Random, day: date) -> None:
    """Change most rows of a register that has such a rule."""
    if slug in _ADJUSTED and chance.random() < 0.8:
        _ADJUSTED[slug](row, chance, day)


def _org(row: Row, chance: Random, _day: date) -> None:
    """Half of what is no federation are active unions of enterprises or townships."""
    if str(row["org_type"]).endswith("federation") or chance.random() < 0.5:
        return
    kinds = ("enterprise_union", "enterprise_union", "joint_union", "township_union")
    row["org_type"] = chance.choice(kinds)
    row["org_state"] = chance.choice(("active", "active", "election_overdue"))
    row["ended_on"] = None
    if row["org_type"] == "enterprise_union":
        row["employer"] = row["employer"][:1]  # type: ignore[index]  # a list of references


def _post(row: Row, chance: Random, _day: date) -> None:
    """Chairs, and those who stand in for one who is the Party secretary."""
    row["post_type"] = chance.choice(("chair", "chair", "vice_chair", row["post_type"]))
    row["concurrent_kind"] = chance.choice(("party_secretary", row["concurrent_kind"]))


def _employer(row: Row, chance: Random, day: date) -> None:
    """Employees around 100 and 200, counted twelve months ago or a day beside that."""
    row["headcount"] = chance.choice((24, 25, 99, 100, 101, 150, 199, 200, 201, 250))
    old = a_year_before(day)
    days = (None, add_days(old, -1), old, add_days(old, 1), add_months(day, -12), day, day, day)
    row["headcount_as_of"] = chance.choice(days)
    row["operating_state"] = chance.choice(("operating", "operating", row["operating_state"]))
    row["ownership"] = chance.choice(("private", "state_owned", row["ownership"]))


def _congress(row: Row, chance: Random, _day: date) -> None:
    """Quorum, delegates and managers at their limits or one beside."""
    delegates = chance.choice((29, 30, 45, 81, 100))
    row["delegates"] = delegates
    row["present"] = -(-2 * delegates // 3) + chance.choice((-1, 0, 0, 1))
    row["headcount"] = 20 * delegates + chance.choice((-1, 0, 1))
    row["managers"] = delegates // 5 + chance.choice((0, 0, 1))


def _congress_matter(row: Row, chance: Random, _day: date) -> None:
    row["yes"] = chance.choice((14, 15, 16, 22, 23, 40, 41, 50, 51))


def _education_fund(row: Row, chance: Random, _day: date) -> None:
    """Shares of 53.9, 54, 59.9 and 60 percent; a fen beside what is prescribed."""
    spent = chance.choice((Decimal(0), Decimal(1000), Decimal(1000), Decimal(200000)))
    row["spent"] = spent
    row["spent_frontline"] = spent * chance.choice((539, 540, 599, 600, 601)) / 1000
    row["payroll"], row["ratio_required_pct"] = Decimal(1000000), Decimal("1.5")
    row["extracted"] = Decimal(15000) + chance.choice((Decimal("-0.01"), Decimal(0)))


def _representation(row: Row, chance: Random, day: date) -> None:
    """Two terms of the same few bodies."""
    row["term_no"], row["region"] = chance.choice((1, 2)), chance.choice(("130300", "130302"))
    row["as_of"] = add_days(day, -chance.choice((0, 1, 400)))


def _congress_system(row: Row, chance: Random, day: date) -> None:
    row["year"] = day.year - chance.choice((0, 0, 0, 1))
    row["vital_done"] = chance.choice((None, 0, 1, 2, 2))


def _term(row: Row, chance: Random, day: date) -> None:
    """Five years that ended, begin or change about the day read."""
    start = add_days(day, chance.choice((-1, 0, 1, -100, -1370, -1371, -1826)))
    row["start"] = start if chance.random() < 0.7 else add_months(start, -60)
    row["end"] = add_months(row["start"], 60)  # type: ignore[arg-type]  # a date just above


def _honour(row: Row, chance: Random, day: date) -> None:
    """The year of the campaign is most often that of the conferment."""
    conferred = row["conferred_on"]
    if isinstance(conferred, date):
        row["campaign_year"] = conferred.year
    elif chance.random() < 0.8:
        row["conferred_on"] = date(day.year - chance.choice((0, 1, 4, 5, 6)), 5, 1)


_ADJUSTED: Mapping[str, Callable[[Row, Random, date], None]] = {
    "org": _org,
    "post": _post,
    "employer": _employer,
    "congress": _congress,
    "congress_matter": _congress_matter,
    "education_fund": _education_fund,
    "representation": _representation,
    "congress_system": _congress_system,
    "term": _term,
    "honour": _honour,
}
