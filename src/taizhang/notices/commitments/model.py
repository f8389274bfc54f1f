"""What is found in the text of an item: one `Commitment` for each number or date it states."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Comparator(StrEnum):
    """How the number limits what is counted; the values are those of labelled notices."""

    AT_LEAST = ">="
    AT_MOST = "<="
    MORE_THAN = ">"
    LESS_THAN = "<"
    EQUAL = "="
    BETWEEN = "between"


class Kind(StrEnum):
    """What the number measures (handbook 0.4); a deadline is a dated result without a number."""

    COUNT = "count"
    AMOUNT = "amount"
    RATIO = "ratio"
    COVERAGE = "coverage"
    RANGE = "range"
    TREND = "trend"
    DEADLINE = "deadline"


class Role(StrEnum):
    """Whether the number is owed, or tells only whom the duty reaches (职工200人以上的企业)."""

    COMMITMENT = "commitment"
    CONDITION = "condition"


class Strength(StrEnum):
    """How strongly the words bind (handbook 0.3)."""

    MUST = "must"
    SHOULD = "should"
    SUPPORT = "support"
    ENCOURAGE = "encourage"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, as written: 10万元 is number 10, multiplier "万", unit "元".

    `upper` is the end of a range (3至5家), else None. A fraction is a decimal without unit.
    """

    number: Decimal
    unit: str
    multiplier: str = ""
    upper: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when, as written.

    `on` is the date as far as it is known, in ISO form ("2025", "2025-06"; without a year "06"),
    None for a span of time (30日内); `within` is that span, else None.
    """

    text: str
    on: str | None = None
    within: Amount | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """One countable statement. `quote` is `text[start:end]` of the text it was found in.

    `amount` is None for a dated result, which has its `deadline` instead. `recurrence` is
    "year", "half-year", "quarter", "month", "week", "day", "term" or "5 years"; None where the
    text states none. `subject`, `condition`, `modality`, `action` and `counted` are words of the
    text (white space left out), None where none is recognised. `is_sure` is False where the
    number may be part of a name, or the date only a circumstance: a person should look first.
    """

    quote: str
    start: int
    end: int
    kind: Kind
    role: Role
    comparator: Comparator
    amount: Amount | None
    recurrence: str | None = None
    deadline: Deadline | None = None
    subject: str | None = None
    condition: str | None = None
    modality: str | None = None
    strength: Strength | None = None
    action: str | None = None
    counted: str | None = None
    is_sure: bool = True
