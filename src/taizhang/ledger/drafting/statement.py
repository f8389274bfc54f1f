"""A commitment as a person writes it, and the row that it makes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from taizhang.ledger.models import Commitment, Item
from taizhang.ledger.packs import LedgerPack
from taizhang.lib.windows import Period
from taizhang.measures.catalogue import Catalogue, Register
from taizhang.measures.commitments import Comparator, Kind, Modality, Scope
from taizhang.measures.formula import FormulaError, parse_formula
from taizhang.measures.formula.check import AREA
from taizhang.measures.formula.tree import Aggregate, Formula, Function, Parameter
from taizhang.measures.periods import Body

TRENDS = frozenset({Comparator.INCREASE, Comparator.NOT_DECREASE, Comparator.NOT_INCREASE})
_KINDS = {Comparator.EXISTS: Kind.MILESTONE, Comparator.BETWEEN: Kind.RANGE} | dict.fromkeys(
    TRENDS, Kind.TREND
)
STATE = "state"
"""`by` of what is read as it stands on a day, whatever dates its rows have."""


@dataclass(frozen=True, slots=True)
class Statement:
    """The fields of a commitment.

    An English wording that is empty falls back to the Chinese one. `population` is the id of one
    of the pack's, "" where `definition` has its own. `by` empty: rows are dated as their register
    dates them. `term_body`: whose term of office is meant, where the period is one. `numerator`
    empty: it cannot honestly be counted.
    """

    duty_zh: str
    who_owes: tuple[str, ...]
    modality: Modality
    scope: Scope
    population: str = ""
    population_zh: str = ""
    population_en: str = ""
    definition: str = ""
    numerator: str = ""
    denominator: str = ""
    by: tuple[str, ...] = ()
    comparator: Comparator = Comparator.EXISTS
    target: Decimal | None = None
    target_to: Decimal | None = None
    unit_zh: str = ""
    unit_en: str = ""
    period: Period = Period.POINT_IN_TIME
    term_body: Body = Body.UNION_CONGRESS
    planned: date | None = None
    threshold_source: str = "text"
    duty_en: str = ""
    evidence_zh: str = ""
    evidence_en: str = ""
    note_zh: str = ""
    note_en: str = ""

    @property
    def kind(self) -> Kind:
        """What the figure is (handbook 0.4): told by the comparison and by the denominator."""
        if self.comparator in _KINDS:
            return _KINDS[self.comparator]
        if not self.denominator:
            return Kind.COUNT
        parts = (self.numerator, self.denominator)
        return Kind.COVERAGE if all(map(_counts_units, parts)) else Kind.RATIO


def as_row(
    statement: Statement, item: Item, pack: LedgerPack, catalogue: Catalogue, *, code: str = "?"
) -> Commitment:
    """The commitment that a statement without faults makes on an item, not saved."""
    named = pack.populations.get(statement.population)
    register = _register_of(statement.numerator, catalogue)
    planned = statement.planned if statement.comparator is Comparator.EXISTS else None
    target, target_to = _amounts(statement)
    return Commitment(
        item=item,
        code=code,
        position=0,
        duty_zh=statement.duty_zh,
        duty_en=statement.duty_en or statement.duty_zh,
        who_owes=[
            {"code": body, "zh": pack.who[body].zh, "en": pack.who[body].en}
            for body in statement.who_owes
        ],
        register=register.slug if register else "",
        modality=statement.modality,
        kind=statement.kind,
        scope=statement.scope,
        population=named.id if named else "",
        population_zh=named.label.zh if named else statement.population_zh,
        population_en=(
            named.label.en if named else statement.population_en or statement.population_zh
        ),
        population_definition=named.definition if named else statement.definition,
        numerator=statement.numerator,
        denominator=statement.denominator,
        comparator=statement.comparator,
        target=target,
        target_to=target_to,
        stated_target=target,
        stated_target_to=target_to,
        unit_zh=statement.unit_zh,
        unit_en=statement.unit_en or english_unit(statement.unit_zh, pack),
        period=statement.period,
        term_body=statement.term_body,
        by=list(statement.by or (register.period if register else (STATE,))),
        planned=planned,
        stated_planned=planned,
        threshold_source=statement.threshold_source,
        confidence="high",
        evidence_zh=statement.evidence_zh,
        evidence_en=statement.evidence_en or statement.evidence_zh,
        note_zh=statement.note_zh,
        note_en=statement.note_en or statement.note_zh,
    )


def statement_of(row: Commitment) -> Statement:
    """A commitment as it would be written, to revise it."""
    return Statement(
        duty_zh=row.duty_zh,
        duty_en=_unless_same(row.duty_en, row.duty_zh),
        who_owes=tuple(body["code"] for body in row.who_owes),
        modality=Modality(row.modality),
        scope=Scope(row.scope),
        population=row.population,
        population_zh="" if row.population else row.population_zh,
        population_en=(
            "" if row.population else _unless_same(row.population_en, row.population_zh)
        ),
        definition="" if row.population else row.population_definition,
        numerator=row.numerator,
        denominator=row.denominator,
        by=tuple(row.by),
        comparator=Comparator(row.comparator),
        target=row.stated_target,
        target_to=row.stated_target_to,
        unit_zh=row.unit_zh,
        unit_en=row.unit_en,
        period=Period(row.period),
        term_body=Body(row.term_body),
        planned=row.stated_planned,
        threshold_source=row.threshold_source,
        evidence_zh=row.evidence_zh,
        evidence_en=_unless_same(row.evidence_en, row.evidence_zh),
        note_zh=row.note_zh,
        note_en=_unless_same(row.note_en, row.note_zh),
    )


def english_unit(unit: str, pack: LedgerPack) -> str:
    """The English of a Chinese unit, where the pack has just one; else the unit itself."""
    found = [english for english, label in pack.units.items() if label.zh == unit]
    return found[0] if len(found) == 1 else unit


def _amounts(statement: Statement) -> tuple[Decimal | None, Decimal | None]:
    """Target and upper end as the comparison takes them; what has to be there is one."""
    if statement.comparator is Comparator.EXISTS:
        return Decimal(1), None
    if statement.comparator in TRENDS:
        return None, None
    is_range = statement.comparator is Comparator.BETWEEN
    return statement.target, statement.target_to if is_range else None


def _unless_same(wording: str, other: str) -> str:
    return "" if wording == other else wording


def _parsed(text: str) -> Formula | None:
    try:
        return parse_formula(text) if text else None
    except FormulaError:
        return None


def _counts_units(text: str) -> bool:
    formula = _parsed(text)
    if isinstance(formula, Aggregate):
        return formula.function in (Function.COUNT, Function.DISTINCT)
    return isinstance(formula, Parameter)


def _register_of(text: str, catalogue: Catalogue) -> Register | None:
    formula = _parsed(text)
    return register_named(formula.register, catalogue) if isinstance(formula, Aggregate) else None


def register_named(slug: str, catalogue: Catalogue) -> Register:
    return AREA if slug == AREA.slug else catalogue.registers[slug]
