"""The board as data: what `taizhang status` prints."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from taizhang.core.organisations.models import Area, Employer, Organisation
from taizhang.ledger.current import CurrentLedger
from taizhang.ledger.evaluation import compute
from taizhang.ledger.models import Item
from taizhang.measures.commitments import (
    Assessment,
    Commitment,
    Evaluation,
    Figure,
    Modality,
    Unit,
    Verdict,
)
from taizhang.measures.reckon import target_of
from taizhang.measures.verdicts import item_verdict, shown


class UnknownOrganisation(LookupError):
    """The code names no area, organisation or employer of this database."""


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Whose board it is: an area (the city is everything), or one unit by itself."""

    code: str
    area: str | None
    unit: Unit | None = None


def viewpoint(code: str | None) -> Viewpoint:
    """From an area code, a unified social credit code or a record number (handbook 0.4).

    A local federation stands for its area; without a code it is the city.
    Raises UnknownOrganisation.
    """
    if code is None:
        city = Area.objects.get(parent=None)
        return Viewpoint(city.code, city.code)
    if Area.objects.filter(code=code).exists():
        return Viewpoint(code, code)
    for model, subject in ((Organisation, "org"), (Employer, "employer")):
        row = (
            model.objects.filter(uscc=code).first() or model.objects.filter(record_no=code).first()
        )
        if isinstance(row, Organisation) and row.is_local_federation:
            return Viewpoint(code, row.region_id)
        if row is not None:
            return Viewpoint(code, None, Unit(subject, str(row.pk)))
    raise UnknownOrganisation(code)


def board(as_of: date | None, org: str | None) -> dict[str, object]:
    """The board of a viewpoint, in the form of `taizhang status --json`.

    Keys as_of, org, snapshot, items; an item has number, code, title, verdict, commitments; a
    commitment has code, window, numerator, denominator, value, target, owed, met, no_data,
    verdict, flags, with the meanings of handbook 0.4. Quotients are rounded to one decimal.
    """
    seen_from = viewpoint(org)
    current, evaluation, snapshot = compute(as_of)
    rows = _rows(current, evaluation, seen_from)
    items = Item.objects.in_force().prefetch_related("commitments")
    return {
        "as_of": evaluation.as_of.isoformat(),
        "org": seen_from.code,
        "snapshot": snapshot.id,
        "items": [_item(item, rows) for item in items],
    }


def _item(item: Item, rows: Mapping[str, dict[str, object]]) -> dict[str, object]:
    commitments = [(row, rows[row.code]) for row in item.commitments.all()]
    verdict = item_verdict(
        (Modality(row.modality), Verdict(figure["verdict"])) for row, figure in commitments
    )
    return {
        "number": item.number,
        "code": item.code,
        "title": item.title,
        "verdict": verdict.value,
        "commitments": [figure for _row, figure in commitments],
    }


def _rows(
    current: CurrentLedger, evaluation: Evaluation, seen_from: Viewpoint
) -> dict[str, dict[str, object]]:
    if seen_from.area is not None:
        return {
            figure.code: _of_area(figure)
            for figure in evaluation.figures
            if figure.area == seen_from.area
        }
    own = {
        each.code: _of_unit(each) for each in evaluation.assessments if each.unit == seen_from.unit
    }
    city = next(area.code for area in current.areas if area.parent is None)
    commitments = {each.code: each for each in current.measures.commitments}
    return {
        figure.code: own.get(figure.code) or _not_its_own(figure, commitments[figure.code])
        for figure in evaluation.figures
        if figure.area == city
    }


def _of_area(figure: Figure) -> dict[str, object]:
    return {
        "code": figure.code,
        "window": figure.window,
        "numerator": _number(figure.numerator),
        "denominator": _number(figure.denominator),
        "value": _number(figure.value),
        "target": _target(figure.target),
        "owed": figure.owed,
        "met": figure.met,
        "no_data": figure.no_data,
        "verdict": figure.verdict.value,
        "flags": [flag.value for flag in figure.flags],
    }


def _of_unit(each: Assessment) -> dict[str, object]:
    is_quotient = each.denominator is not None
    return {
        "code": each.code,
        "window": each.window.label,
        "numerator": _number(each.numerator),
        "denominator": _number(each.denominator),
        "value": _number(_rounded(each.value) if is_quotient else each.value),
        "target": _target(each.target),
        "owed": 1,
        "met": int(each.verdict is Verdict.MET),
        "no_data": int(each.verdict is Verdict.NO_DATA),
        "verdict": each.verdict.value,
        "flags": [flag.value for flag in each.flags],
    }


def _not_its_own(figure: Figure, commitment: Commitment) -> dict[str, object]:
    """A commitment that the unit does not owe by itself: a pool, or another population.

    It is shown as the single unit that it is (0.4), so its target is never that of an area's units.
    """
    return {
        **_of_area(figure),
        "numerator": None,
        "denominator": None,
        "value": None,
        "target": _target(target_of(commitment, previous=None)),
        "owed": 1,
        "met": 0,
        "no_data": 0,
        "verdict": Verdict.NOT_APPLICABLE.value,
        "flags": [],
    }


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else shown(value)


def _number(value: Decimal | None) -> int | float | None:
    """A JSON number: whole where it is whole, else what is there, at most six decimals."""
    if value is None:
        return None
    if value == value.to_integral_value():
        return int(value)
    return float(value.quantize(Decimal("0.000001"), ROUND_HALF_UP))


def _target(target: Decimal | tuple[Decimal, Decimal] | None) -> object:
    if isinstance(target, tuple):
        return [_number(end) for end in target]
    return _number(target)
