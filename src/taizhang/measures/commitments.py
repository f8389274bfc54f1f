"""The data that goes into an evaluation and the figures that come out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from taizhang.lib.windows import Period, Window
from taizhang.measures.periods import Body


class Kind(StrEnum):
    COUNT = "count"
    COVERAGE = "coverage"
    RATIO = "ratio"
    RANGE = "range"
    MILESTONE = "milestone"
    TREND = "trend"


class Scope(StrEnum):
    EACH = "each"
    POOL = "pool"


class Comparator(StrEnum):
    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    BETWEEN = "between"
    EXISTS = "exists"
    INCREASE = "increase"
    NOT_DECREASE = "not_decrease"
    NOT_INCREASE = "not_increase"


class Modality(StrEnum):
    MUST = "must"
    SHOULD = "should"
    SUPPORT = "support"
    ENCOURAGE = "encourage"


class Verdict(StrEnum):
    """The closed set of handbook 5.5; the colour is only its look."""

    MET = "met"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    UNMET = "unmet"
    NOT_DUE = "not_due"
    NOT_APPLICABLE = "not_applicable"
    NO_DATA = "no_data"
    NOT_QUANTIFIED = "not_quantified"
    ERROR = "error"


class Flag(StrEnum):
    ABOVE_RANGE = "above_range"
    EXPIRING = "expiring"


Target = Decimal | tuple[Decimal, Decimal] | None


@dataclass(frozen=True, slots=True)
class Commitment:
    """One commitment as data (handbook 0.3–0.6, commitments.toml).

    `numerator` empty: not quantified. `target` is a pair for a range, None where the comparator
    needs none. `confirmed`: the office has confirmed a threshold whose source is `default`.
    `term_body`: whose terms of office it follows where its period is `term` (handbook 0.4).
    `local_targets`: area code and target of the areas that have set their own.
    """

    code: str
    kind: Kind
    scope: Scope
    population: str
    numerator: str
    denominator: str
    comparator: Comparator
    target: Target
    unit: str
    period: Period
    by: tuple[str, ...]
    modality: Modality
    threshold_source: str
    planned: date | None = None
    confirmed: bool = False
    term_body: Body = Body.UNION_CONGRESS
    local_targets: tuple[tuple[str, Target], ...] = ()

    def in_area(self, code: str | None) -> "Commitment":
        """The commitment as it is asked of an area: by the target of its own where it has one.

        What an area has set for itself is nobody's default any more.
        """
        for area, target in self.local_targets:
            if area == code:
                return replace(self, target=target, confirmed=True)
        return self

    @property
    def is_provisional(self) -> bool:
        """The threshold is only our default: never worse than behind (handbook 5.5)."""
        return self.threshold_source == "default" and not self.confirmed


@dataclass(frozen=True, slots=True)
class Ledger:
    """What an evaluation needs to know of a ledger."""

    commitments: tuple[Commitment, ...]
    populations: Mapping[str, str]
    parameters: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """Who is judged: `subject` is "all", "area" or a register slug; `key` area code or row id."""

    subject: str
    key: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """Commitment × unit → value and verdict (scope each; for a pool the one unit is `all`).

    `area` is the code of the area the unit lies in, None when it lies in none that is known.
    numerator, denominator, value, target: exact; None is unknown, never zero.
    """

    code: str
    unit: Unit
    area: str | None
    window: Window
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    target: Target
    verdict: Verdict
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """Commitment × area → the row that is shown (handbook 0.4, "Shown"); the city by its own code.

    `window` is the label. `reason` says in a stable key why there is no figure, with its subject
    after a colon: `register_not_offered:submission`, `no_rows:meeting`, `population_empty`,
    `denominator_zero`, `no_term`, `no_previous`, `parameter_unset:key_industries`,
    `formula:<message>`; empty when there is one.
    """

    code: str
    area: str
    window: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    target: Target
    owed: int
    met: int
    no_data: int
    verdict: Verdict
    flags: tuple[Flag, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of one snapshot on one status date."""

    as_of: date
    figures: tuple[Figure, ...]
    assessments: tuple[Assessment, ...]
