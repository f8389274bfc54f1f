"""What to enter so that a commitment moves: its register, filled with what its formula asks for."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.http import urlencode

from taizhang.core.access.models import User
from taizhang.core.records.models import Record
from taizhang.ledger.models import Commitment
from taizhang.measures.formula import FormulaError, parse_formula
from taizhang.measures.formula.tree import Aggregate, Comparison, Operator, Truth, Word
from taizhang.registers.references import naming
from taizhang.registers.spec import REGISTERS, RegisterSpec


@dataclass(frozen=True, slots=True)
class NextStep:
    """The form to open: a register and the values it is opened with."""

    spec: RegisterSpec
    query: str


def next_step(
    commitment: Commitment, user: User, area: str = "", unit: Record | None = None
) -> NextStep | None:
    """The form that enters what the commitment counts, as far as the account may enter there.

    It is opened for the area, and for the unit where its register names such a one.

    None where the register is not in use, where the account does not enter in it, and where the
    commitment asks something of rows that are there already, such as a full-time chair of unions.
    """
    spec = REGISTERS.get(commitment.register)
    if spec is None or not user.holds(spec.permission("enter")) or _is_of_owers(commitment):
        return None
    values = dict(_wanted(commitment, spec))
    if area and "region" in spec.fields:
        values.setdefault("region", area)
    if unit is not None and (field := _field_of_unit(unit)) in spec.fields:
        values.setdefault(field, naming(unit))
    return NextStep(spec, urlencode(values))


def _field_of_unit(unit: Record) -> str:
    """`org` or `employer`: the field by which a row belongs to a unit (handbook 0.5 rule 5)."""
    return unit.REGISTER.rpartition(".")[2]


def _is_of_owers(commitment: Commitment) -> bool:
    """The rows counted are themselves those who owe: another one would not help."""
    return commitment.population_definition.startswith(f"{commitment.register}[")


def _wanted(commitment: Commitment, spec: RegisterSpec) -> Iterator[tuple[str, str]]:
    """The fields of the register that the numerator compares with one plain value."""
    try:
        formula = parse_formula(commitment.numerator) if commitment.numerator else None
    except FormulaError:
        return
    if not isinstance(formula, Aggregate) or formula.register != spec.slug:
        return
    for condition in formula.conditions:
        if _is_plain(condition) and condition.left.names[0] in spec.fields:
            yield condition.left.names[0], str(condition.right)


def _is_plain(condition: Comparison) -> bool:
    return (
        condition.operator is Operator.EQUAL
        and len(condition.left.names) == 1
        and isinstance(condition.right, Word | Truth)
    )
