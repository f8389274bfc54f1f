"""What a pass over the registers found for one commitment, before it is judged."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from taizhang.measures.commitments import Unit
from taizhang.measures.compile.ties import ORG
from taizhang.measures.exemptions import Exempted, Exemption, exempted
from taizhang.measures.formula import tree
from taizhang.measures.formula.tree import Function
from taizhang.measures.periods import Placement
from taizhang.measures.plan import Plan

EVERYTHING = Unit("all", "all")


class Part(StrEnum):
    """What is asked for a commitment, per unit or area."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    NUMERATOR_BEFORE = "numerator_before"
    DENOMINATOR_BEFORE = "denominator_before"
    PRESENT = "present"
    PLACED_BEFORE = "placed_before"
    BODIES = "bodies"
    BODIES_ALONE = "bodies_alone"
    DRAFTS = "drafts"
    LAST_VALID = "last_valid"
    LAST_DAY = "last_day"


@dataclass
class Found:
    """What was found for one commitment; filled by the gatherer step by step.

    `values` are by key: an area code, or a row's id as text; of a pool always by area code.
    `placed` is the window of the whole, `windows` those of single keys that have their own.
    `in_area` counts the units by area, `areas_of` gives those a unit lies in (the city among
    them), `located` its own ones. `decisions` are those on the commitment, in whatever window.
    `error` says why a formula cannot be computed.
    """

    plan: Plan
    placed: Placement
    before: Placement | None
    unoffered: str
    city: str
    decisions: Collection[Exemption] = ()
    units: Sequence[Unit] = ()
    units_table: str = ""
    units_table_before: str = ""
    areas_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    in_area: Mapping[str, int] = field(default_factory=dict)
    located: Mapping[str, Sequence[str]] = field(default_factory=dict)
    employers_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    stands_for: Mapping[str, str] = field(default_factory=dict)
    windows: Mapping[str, Placement] = field(default_factory=dict)
    values: dict[Part, Mapping[str, Any]] = field(default_factory=dict)
    error: str = ""
    _exempted: dict[str, Exempted] = field(default_factory=dict)

    def key(self, unit: Unit) -> str:
        """Where the values of a unit are: those of everything are the city's."""
        return self.city if unit == EVERYTHING else unit.key

    @property
    def lists_units(self) -> bool:
        """Whether each unit is looked at; of a pool it is enough to count them."""
        return self.plan.is_each or self.names_units

    @property
    def names_units(self) -> bool:
        """Whether a decision names a unit, in whatever window."""
        return any(decision.named for decision in self.decisions)

    def window(self, key: str) -> Placement:
        return self.windows.get(key, self.placed)

    def number(self, part: Part, formula: tree.Formula | None, key: str) -> Fraction | None:
        """The value of a formula; nothing counted is zero, but for `latest`, which is unknown."""
        value = self.values.get(part, {}).get(key)
        if value is None:
            is_latest = isinstance(formula, tree.Aggregate) and formula.function is Function.LATEST
            return None if is_latest else Fraction(0)
        return Fraction(value)

    def amount(self, part: Part, key: str) -> int:
        return int(self.values.get(part, {}).get(key) or 0)

    def exempted(self, label: str) -> Exempted:
        """What the decisions come to in the window of that label; units may differ in theirs."""
        if label not in self._exempted:
            self._exempted[label] = exempted(self.decisions, label)
        return self._exempted[label]

    def is_exempt(self, unit: Unit, label: str) -> bool:
        """Whether a decision takes the unit out of the window of that label."""
        stands_for = self.stands_for.get(unit.key) if unit.subject == ORG else None
        employers = self.employers_of.get(unit.key, ())
        return self.exempted(label).names(unit, stands_for, employers)
