"""What formulas may name: registers, their fields, types, references and readings.

`registers` builds a `Catalogue` from the registers that are offered; a ledger pack adds the ones
that its commitments name and no domain offers yet (`offered=False`), so that every formula can be
checked before the register behind it exists.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class FieldType(StrEnum):
    TEXT = "text"
    INT = "int"
    DECIMAL = "decimal"
    BOOL = "bool"
    DATE = "date"
    MONTH = "month"  # stored as the first day of the month
    DATETIME = "datetime"
    ENUM = "enum"
    REF = "ref"
    AREA = "area"  # an area code, compared as text


class Bound(StrEnum):
    """What the end date of a state register says about its own day."""

    FIRST_DAY_OUT = "first_day_out"
    LAST_DAY_IN = "last_day_in"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a register, as formulas see it.

    `derived` is a rule of handbook 2.7 in the language of `formula` (never stored);
    `read_as` is a rule `VALUE when CONDITION` by which an entered field is read differently.
    `personal` fields never enter a snapshot and cannot be named by a formula.
    """

    name: str
    type: FieldType
    many: bool = False
    values: tuple[str, ...] = ()
    target: str = ""
    label: str = ""
    derived: str = ""
    read_as: str = ""
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """One register: its fields and the dates by which its rows are placed in time.

    `period` names what places a row in a window (the first filled one): dates, a `year`, a month,
    or `("state",)` for rows that are read as they stand on a day, from `state_from` to `state_to`.
    """

    slug: str
    fields: Mapping[str, Field]
    period: tuple[str, ...] = ("state",)
    state_from: tuple[str, ...] = ()
    state_to: str = ""
    state_to_is: Bound = Bound.LAST_DAY_IN
    label: str = ""
    code: str = ""
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Area:
    """A row of the table `area` of the formulas; the one without `parent` is the city itself."""

    code: str
    name: str
    parent: str | None
    has_congress: bool
    has_government: bool


@dataclass(frozen=True)
class Catalogue:
    registers: Mapping[str, Register]
    version: str = field(init=False)

    def __post_init__(self) -> None:
        text = repr([(slug, self.registers[slug]) for slug in sorted(self.registers)])
        object.__setattr__(self, "version", hashlib.sha256(text.encode()).hexdigest()[:16])


AREA_FIELDS: Mapping[str, Field] = {
    "code": Field("code", FieldType.AREA),
    "has_congress": Field("has_congress", FieldType.BOOL),
    "has_government": Field("has_government", FieldType.BOOL),
}
