"""Everything that may be wrong with a commitment as a person writes it, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from taizhang.ledger.drafting.statement import STATE, TRENDS, Statement, register_named
from taizhang.ledger.formula_refusals import refusal_text
from taizhang.ledger.packs import LedgerPack
from taizhang.lib.windows import Period
from taizhang.measures.catalogue import Catalogue, Field, FieldType, Register
from taizhang.measures.commitments import Comparator
from taizhang.measures.formula import FormulaError, check, parse_formula, parse_population
from taizhang.measures.formula.check import field_of
from taizhang.measures.formula.tree import Aggregate, Parameter

MOST = Decimal(10) ** 10 - 1  # what the column holds
LONGEST_FORMULA = 600
_TREND_PERIODS = frozenset({Period.YEAR_ON_YEAR, Period.YEAR, Period.QUARTER, Period.TERM})
_DATED = frozenset({FieldType.DATE, FieldType.MONTH, FieldType.DATETIME})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a field, by the names of `Statement`; of a formula with its place."""

    field: str
    text: str | Promise


def faults(statement: Statement, pack: LedgerPack, catalogue: Catalogue) -> Iterator[Fault]:
    """Everything that keeps the statement from being published, field by field."""
    yield from _body_faults(statement, pack)
    yield from _population_faults(statement, pack, catalogue)
    if statement.numerator:
        yield from _formula_faults(statement, pack, catalogue)
        yield from _amount_faults(statement)


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
        yield from _date_faults(
            statement.by, register_named(counted.register, catalogue), catalogue
        )
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
    if by in (register.period, (STATE,)):
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
