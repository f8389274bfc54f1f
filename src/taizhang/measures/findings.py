"""Which rows of a snapshot a rule is true of: checks of the facts, in the language of the formulas.

A check is computed as a derived field would be (handbook 2.7): it sees the other rows of its own
register and of others by `self`, and what it names is checked against the catalogue.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date

from taizhang.measures.catalogue import Area, Catalogue, Field, FieldType
from taizhang.measures.compile import sql
from taizhang.measures.compile.rules import Use, rule_book
from taizhang.measures.session import NOW, Session
from taizhang.measures.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Check:
    """`rule` is a rule of a derived field of `register` that holds for its faulty rows."""

    key: str
    register: str
    rule: str


def refuse_wrong(check: Check, catalogue: Catalogue) -> None:
    """Raises FormulaError when the rule cannot be read or does not fit the catalogue.

    Raises LookupError for a register that the catalogue does not have.
    """
    if check.register not in catalogue.registers:
        raise LookupError(f"there is no register {check.register!r}")
    rule_book(_with_checks(catalogue, [check])).closure([_use(check)])


def faulty_rows(
    checks: Collection[Check],
    catalogue: Catalogue,
    areas: Sequence[Area],
    snapshot: Snapshot,
    as_of: date,
) -> Mapping[str, tuple[int, ...]]:
    """Key of each check → the ids of the rows that its rule holds for, in their order.

    All rows are looked at, whatever their date; the rows that a rule counts are those that stand on
    the day, as for derived fields. Raises FormulaError for a wrong rule.
    """
    if not checks:
        return {}
    session = Session(_with_checks(catalogue, checks), areas, snapshot, as_of)
    with closing(session):
        session.load({as_of: {_use(check) for check in checks}}, {as_of: NOW})
        return {check.key: _faulty(session, check) for check in checks}


def _faulty(session: Session, check: Check) -> tuple[int, ...]:
    if not session.is_offered(check.register) or not session.has_rows(check.register):
        return ()
    rows = session.tables().rows(check.register)
    holds = sql.column(_use(check)[1], rows.alias)
    query = rows.select(sql.named(rows.id, "id")).where(sql.holds(holds))
    return tuple(sorted(int(row[0]) for row in session.fetch(query)))


def _with_checks(catalogue: Catalogue, checks: Collection[Check]) -> Catalogue:
    """The catalogue with each check as a derived field of its register."""
    registers = dict(catalogue.registers)
    for check in checks:
        register = registers[check.register]
        name = _use(check)[1]
        field = Field(name, FieldType.BOOL, derived=check.rule)
        registers[check.register] = replace(register, fields={**register.fields, name: field})
    return Catalogue(registers)


def _use(check: Check) -> Use:
    """A name that no field of a register can have."""
    return check.register, f"check {check.key}"
