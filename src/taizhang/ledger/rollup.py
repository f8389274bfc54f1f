"""What a union and all bodies below it owe, added up along one of the two trees (handbook 3.1).

The territorial tree follows `parent`; the industrial one follows `industry_parent` as well, from
an industrial union downward. Each is a view of its own: they are never added to one another.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from taizhang.core.organisations.models import Employer, Lineage, Organisation
from taizhang.core.organisations.organisations import LOCAL_FEDERATIONS
from taizhang.ledger.asking import asked, asked_if_kept
from taizhang.ledger.current import CurrentLedger
from taizhang.ledger.models import AssessmentRow, Commitment, EvaluationRun
from taizhang.measures.commitments import Flag, Scope, Unit, Verdict
from taizhang.measures.explanation import Asked
from taizhang.measures.verdicts import Ruling, as_decimal, quotient, roll_up

TERRITORIAL = "territorial"
INDUSTRIAL = "industrial"
TREES = {TERRITORIAL: _("By area"), INDUSTRIAL: _("By industry")}

_KEYS_AT_ONCE = 5000  # far below the number of parameters that a database takes


@dataclass(frozen=True, slots=True)
class Rolled:
    """A commitment over the units below a union; the parts are numbers of units (handbook 0.4).

    `value` is 100 × met / (owed − no_data − not_applicable), None where that is nothing.
    """

    commitment: Commitment
    owed: int
    met: int
    no_data: int
    not_applicable: int
    value: Decimal | None
    verdict: Verdict
    flags: tuple[Flag, ...]

    @property
    def judged(self) -> int:
        return self.owed - self.no_data - self.not_applicable


def members(node: Organisation, tree: str) -> frozenset[int]:
    """The ids of the union and of every verified body below it in the tree, each once."""
    if tree == TERRITORIAL:
        lines = Lineage.objects.filter(ancestor=node, descendant__record_status="verified")
        return frozenset({node.pk, *lines.values_list("descendant", flat=True)})
    below: dict[int, list[int]] = defaultdict(list)
    rows = Organisation.objects.verified().values_list("pk", "parent", "industry_parent")
    for body, parent, industry_parent in rows:
        below[parent].append(body)
        below[industry_parent].append(body)
    found, waiting = {node.pk}, [node.pk]
    while waiting:
        for body in below[waiting.pop()]:
            if body not in found:
                found.add(body)
                waiting.append(body)
    return frozenset(found)


def trees_below(node: Organisation) -> list[str]:
    """The trees in which something stands below the union."""
    verified = Organisation.objects.verified()
    trees = []
    if verified.filter(parent=node).exists():
        trees.append(TERRITORIAL)
    if verified.filter(industry_parent=node).exists():
        trees.append(INDUSTRIAL)
    return trees


def rolled_up(current: CurrentLedger, node: Organisation, tree: str) -> list[Rolled]:
    """Every commitment that some unit below the union owes by itself, in the ledgers' order.

    Units are the unions, their employers, and the areas for which a local federation stands.
    """
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    flags: dict[int, set[str]] = defaultdict(set)
    for rows in assessed(subjects(members(node, tree))):
        for commitment, verdict, number in (
            rows.order_by().values_list("commitment", "verdict").annotate(Count("pk"))
        ):
            counts[commitment][verdict] += number
        for commitment, found in rows.exclude(flags=[]).values_list("commitment", "flags"):
            flags[commitment].update(found)
    area = None if node.region.is_city else node.region_id
    measured = {each.code: each.in_area(area) for each in current.measures.commitments}
    owed = Commitment.objects.in_force().filter(pk__in=counts).select_related("item__ledger")
    return [_rolled(row, measured[row.code], counts[row.pk], flags[row.pk]) for row in owed]


def shares_are_kept(run: EvaluationRun, bodies: Collection[int]) -> bool:
    """Whether `shares` can answer at once."""
    return asked_if_kept(run, units(subjects(bodies))) is not None


def shares(run: EvaluationRun, bodies: Collection[int]) -> list[Rolled]:
    """The commitments that judge a share of all, over these bodies and their employers alone."""
    found = {each.code: each for each in asked(run, units(subjects(bodies)))}
    rows = Commitment.objects.in_force().filter(code__in=found).select_related("item__ledger")
    return [_rolled_share(row, found[row.code]) for row in rows]


def units(by_kind: Mapping[str, Iterable[str]]) -> list[Unit]:
    """The units that shares count: areas are none of them."""
    return [Unit(kind, key) for kind, keys in by_kind.items() if kind != "area" for key in keys]


def subjects(bodies: Collection[int]) -> Mapping[str, frozenset[str]]:
    """The units by kind: the bodies, their employers, and the areas for which they stand."""
    unions = Organisation.objects.verified()
    employers: set[int] = set()
    areas: set[str] = set()
    for some in _portions(bodies):
        rows = unions.filter(pk__in=some)
        employers.update(Employer.objects.filter(unions__in=rows).values_list("pk", flat=True))
        federations = rows.filter(org_type__in=LOCAL_FEDERATIONS)
        areas.update(federations.values_list("region", flat=True))
    return {
        "org": frozenset(map(str, bodies)),
        "employer": frozenset(map(str, employers)),
        "area": frozenset(areas),
    }


def assessed(units: Mapping[str, Iterable[str]]) -> Iterator[QuerySet[AssessmentRow]]:
    """What is judged of these units alone in the ledgers in force, in portions of no common row."""
    standing = AssessmentRow.objects.filter(
        commitment__item__ledger__is_in_force=True, commitment__scope=Scope.EACH
    )
    for subject, keys in units.items():
        for some in _portions(keys):
            yield standing.filter(subject=subject, key__in=some)


def _rolled_share(row: Commitment, found: Asked) -> Rolled:
    is_known = found.verdict is not Verdict.NO_DATA
    value = quotient(found.met, found.owed, "%") if is_known else None
    return Rolled(
        commitment=row,
        owed=found.owed,
        met=found.met,
        no_data=0 if is_known else found.owed,
        not_applicable=0,
        value=None if value is None else as_decimal(value),
        verdict=found.verdict,
        flags=(),
    )


def _portions(keys: Iterable) -> Iterator[list]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), _KEYS_AT_ONCE):
        yield ordered[start : start + _KEYS_AT_ONCE]


def _rolled(row: Commitment, measured, counts: Counter[str], flags: Iterable[str]) -> Rolled:
    found = tuple(Flag(flag) for flag in sorted(flags))
    rulings = [
        Ruling(Verdict(verdict), found if verdict == Verdict.MET else ())
        for verdict, number in counts.items()
        for _unit in range(number)
    ]
    ruling = roll_up(measured, rulings)
    no_data, exempt = counts[Verdict.NO_DATA], counts[Verdict.NOT_APPLICABLE]
    value = quotient(counts[Verdict.MET], counts.total() - no_data - exempt, "%")
    return Rolled(
        commitment=row,
        owed=counts.total(),
        met=counts[Verdict.MET],
        no_data=no_data,
        not_applicable=exempt,
        value=None if value is None else as_decimal(value),
        verdict=ruling.verdict,
        flags=ruling.flags,
    )
