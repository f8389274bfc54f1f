"""A commitment as a person writes it, and everything that may be wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from taizhang.ledger.formula_refusals import refusal_text
from taizhang.ledger.models import Commitment, Item
from taizhang.ledger.packs import LedgerPack
from taizhang.lib.windows import Period
from taizhang.measures.catalogue import Catalogue, Field, FieldType, Register
from taizhang.measures.commitments import Comparator, Kind, Modality, Scope
from taizhang.measures.formula import FormulaError, check, parse_formula, parse_population
from taizhang.measures.formula.check import AREA, field_of
from taizhang.measures.formula.tree import Aggregate, Formula, Function, Parameter, Population
from taizhang.measures.periods import Body

Text = str | Promise

MOST = Decimal(10) ** 10 - 1  # what the column holds
LONGEST_FORMULA = 600
TRENDS = frozenset({Comparator.INCREASE, Comparator.NOT_DECREASE, Comparator.NOT_INCREASE})
_TREND_PERIODS = frozenset({Period.YEAR_ON_YEAR, Period.YEAR, Period.QUARTER, Period.TERM})
_KINDS = {Comparator.EXISTS: Kind.MILESTONE, Comparator.BETWEEN: Kind.RANGE} | dict.fromkeys(
    TRENDS, Kind.TREND
)
_STATE = "state"
_DATED = frozenset({FieldType.DATE, FieldType.MONTH, FieldType.DATETIME})


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


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a field, by the names of `Statement`; of a formula with its place."""

    field: str
    text: Text


def faults(statement: Statement, pack: LedgerPack, catalogue: Catalogue) -> Iterator[Fault]:
    """Everything that keeps the statement from being published, field by field."""
    yield from _body_faults(statement, pack)
    yield from _population_faults(statement, pack, catalogue)
    if statement.numerator:
        yield from _formula_faults(statement, pack, catalogue)
        yield from _amount_faults(statement)


def as_row(
    statement: Statement, item: Item, pack: LedgerPack, catalogue: Catalogue, *, code: str = "?"
) -> Commitment:
    """The commitment that a statement without faults makes on an item, not saved."""
    named = pack.populations.get(statement.population)
    register = _register_of(statement.numerator, catalogue)
    has_target = statement.comparator not in (*TRENDS, Comparator.EXISTS)
    target = statement.target if has_target else None
    is_dated = statement.comparator is Comparator.EXISTS
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
        target=Decimal(1) if is_dated else target,
        target_to=statement.target_to if statement.comparator is Comparator.BETWEEN else None,
        stated_target=Decimal(1) if is_dated else target,
        stated_target_to=(
            statement.target_to if statement.comparator is Comparator.BETWEEN else None
        ),
        unit_zh=statement.unit_zh,
        unit_en=statement.unit_en or english_unit(statement.unit_zh, pack),
        period=statement.period,
        term_body=statement.term_body,
        by=list(statement.by or (register.period if register else (_STATE,))),
        planned=statement.planned if is_dated else None,
        stated_planned=statement.planned if is_dated else None,
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


def _unless_same(wording: str, other: str) -> str:
    return "" if wording == other else wording


def _body_faults(statement: Statement, pack: LedgerPack) -> Iterator[Fault]:
    if not statement.duty_zh.strip():
        yield Fault("duty_zh", _("Say in a few words what is owed."))
    if not statement.who_owes:
        yield Fault("who_owes", _("Name at least one body that owes it."))
    unknown = [body for body in statement.who_owes if body not in pack.who]
    if unknown:
        yield Fault("who_owes", format_lazy(_("The pack does not know “{}”."), unknown[0]))


def _population_faults(
    statement: Statement, pack: LedgerPack, catalogue: Catalogue
) -> Iterator[Fault]:
    if statement.population:
        if statement.population not in pack.populations:
            yield Fault("population", _("The pack has no such population."))
        return
    if not statement.definition:
        yield Fault("population", _("Choose who is judged, or write a definition of your own."))
        return
    if not statement.population_zh:
        yield Fault("population_zh", _("Say in words who is judged."))
    try:
        check(parse_population(statement.definition), catalogue, statement.definition)
    except FormulaError as refusal:
        yield Fault("definition", refusal_text(refusal))


def _formula_faults(
    statement: Statement, pack: LedgerPack, catalogue: Catalogue
) -> Iterator[Fault]:
    try:
        counted = check(parse_formula(statement.numerator), catalogue, statement.numerator)
    except FormulaError as refusal:
        yield Fault("numerator", refusal_text(refusal))
        return
    if not isinstance(counted, Aggregate):
        yield Fault("numerator", _("What is counted must be records of a register."))
        return
    if statement.by:
        yield from _date_faults(statement.by, _register(counted.register, catalogue), catalogue)
    if not statement.denominator:
        return
    try:
        parted = check(parse_formula(statement.denominator), catalogue, statement.denominator)
    except FormulaError as refusal:
        yield Fault("denominator", refusal_text(refusal))
        return
    if isinstance(parted, Parameter) and parted.name not in pack.parameters:
        yield Fault("denominator", format_lazy(_("There is no number “{}”."), parted.name))


def _date_faults(by: tuple[str, ...], register: Register, catalogue: Catalogue) -> Iterator[Fault]:
    """The register's own way of dating, how its rows stand, or date fields along references."""
    if by in (register.period, (_STATE,)):
        return
    for path in by:
        field = _at(register, path.split("."), catalogue)
        if field is None or field.type not in _DATED or field.personal:
            yield Fault("by", format_lazy(_("“{}” is no date of the register."), path))
            return


def _at(register: Register, path: list[str], catalogue: Catalogue) -> Field | None:
    """The field at the end of a path of references that have one value each."""
    field: Field | None = None
    here: Register | None = register
    for name in path:
        field = field_of(here, name) if here else None
        if field is None or field.many:
            return None
        here = catalogue.registers.get(field.target)
    return field


def _amount_faults(statement: Statement) -> Iterator[Fault]:
    comparator = statement.comparator
    if comparator is Comparator.EXISTS:
        if statement.planned is None:
            yield Fault("planned", _("Say by which day it has to be there."))
        if statement.denominator:
            yield Fault("denominator", _("What only has to be there is not divided."))
        return
    if statement.planned is not None:
        yield Fault("planned", _("Only what has to be there has a planned day."))
    if not statement.unit_zh:
        yield Fault("unit_zh", _("Name the unit of the figure."))
    if comparator in TRENDS:
        if statement.period not in _TREND_PERIODS:
            yield Fault("period", _("This window has none before it to compare with."))
        return
    yield from _number_faults(statement)


def _number_faults(statement: Statement) -> Iterator[Fault]:
    is_range = statement.comparator is Comparator.BETWEEN
    most = Decimal(100) if statement.unit_zh == "%" else MOST
    if statement.period is Period.YEAR_ON_YEAR:
        yield Fault("period", _("Only a rise or fall is read against the year before."))
    if statement.unit_zh == "%" and not statement.denominator:
        yield Fault("denominator", _("A share needs what it is a share of."))
    if statement.target is None:
        yield Fault("target", _("Say how much is enough."))
    elif not 0 <= statement.target <= most:
        yield Fault("target", _("The value lies outside what its unit allows."))
    elif is_range and (statement.target_to is None or statement.target_to < statement.target):
        yield Fault("target_to", _("A range needs a lower and an upper value."))
    if is_range and statement.denominator:
        yield Fault("denominator", _("What lies between two numbers is not divided."))
    if is_range and statement.target_to is not None and statement.target_to > most:
        yield Fault("target_to", _("The value lies outside what its unit allows."))


def _parsed(text: str) -> Formula | Population | None:
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
    return _register(formula.register, catalogue) if isinstance(formula, Aggregate) else None


def _register(slug: str, catalogue: Catalogue) -> Register:
    return AREA if slug == AREA.slug else catalogue.registers[slug]
