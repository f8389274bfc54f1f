"""The trees of formulas, populations and rules; `str()` of a node gives its text back.

Equality is of meaning: where a node stood in its text (`span`) is not compared. `check` fills
`FieldPath.fields` and tells an enum value from a field of the same row; before it both are `Word`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from taizhang.measures.catalogue import Field, FieldType


class Function(StrEnum):
    COUNT = "count"
    SUM = "sum"
    DISTINCT = "distinct"
    LATEST = "latest"


class Operator(StrEnum):
    EQUAL = "="
    NOT_EQUAL = "!="
    MORE = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="
    IN = "in"

    @property
    def is_ordering(self) -> bool:
        return self in (Operator.MORE, Operator.AT_LEAST, Operator.LESS, Operator.AT_MOST)


class TokenName(StrEnum):
    """`today` is the day read; the others come from the window (handbook 0.5, 2.7)."""

    TODAY = "today"
    TODAY_YEAR = "today_year"
    PERIOD_START = "period_start"
    PERIOD_END = "period_end"
    PERIOD_YEAR = "period_year"

    @property
    def type(self) -> FieldType:
        is_year = self in (TokenName.TODAY_YEAR, TokenName.PERIOD_YEAR)
        return FieldType.INT if is_year else FieldType.DATE


class ShiftUnit(StrEnum):
    DAYS = "d"
    WORKDAYS = "wd"
    MONTHS = "m"


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets in the source text: from `start`, up to but not including `end`."""

    start: int
    end: int


NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Node:
    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class FieldPath(Node):
    """A field, or fields joined along references; `of_self`: starts at the row that has the rule.

    The path without names and `of_self` is that row itself. `fields` runs beside `names`.
    """

    names: tuple[str, ...]
    of_self: bool = False
    spans: tuple[Span, ...] = field(default=(), compare=False, repr=False, kw_only=True)
    fields: tuple[Field, ...] = field(default=(), compare=False, repr=False, kw_only=True)

    @property
    def is_many(self) -> bool:
        return any(step.many for step in self.fields)

    def __str__(self) -> str:
        return ".".join((("self",) if self.of_self else ()) + self.names)


@dataclass(frozen=True, slots=True)
class Word(Node):
    """A single name in the place of a value: an enum value or a field of the same row."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class EnumValue(Node):
    """A word that `check` knows to be a value: of an enum, a text or an area code."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Number(Node):
    value: Decimal

    def __str__(self) -> str:
        return f"{self.value:f}"


@dataclass(frozen=True, slots=True)
class Truth(Node):
    value: bool

    def __str__(self) -> str:
        return "true" if self.value else "false"


@dataclass(frozen=True, slots=True)
class Null(Node):
    def __str__(self) -> str:
        return "null"


@dataclass(frozen=True, slots=True)
class Token(Node):
    name: TokenName

    def __str__(self) -> str:
        return self.name.value


@dataclass(frozen=True, slots=True)
class Moved(Node):
    """A date moved by `amount` days, workdays or months; negative goes back."""

    base: "Value"
    amount: int
    unit: ShiftUnit

    def __str__(self) -> str:
        return f"{_grouped(self.base)}{self.amount:+d}{self.unit.value}"


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    operator: str
    left: "Value"
    right: "Value"

    @property
    def is_product(self) -> bool:
        return self.operator in "*/"

    def __str__(self) -> str:
        is_looser = isinstance(self.left, Arithmetic) and self.is_product > self.left.is_product
        left = f"({self.left})" if is_looser else str(self.left)
        return f"{left}{self.operator}{_grouped(self.right)}"


@dataclass(frozen=True, slots=True)
class OneOf(Node):
    """The values of `in(...)`."""

    values: tuple["Word | EnumValue | Number", ...]

    def __str__(self) -> str:
        return f"({','.join(map(str, self.values))})"


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """Two values compared; inside `[...]` the left one is always a path."""

    left: "Value"
    operator: Operator
    right: "Value | OneOf"

    def __str__(self) -> str:
        operator = " in" if self.operator is Operator.IN else self.operator.value
        return f"{self.left}{operator}{self.right}"


@dataclass(frozen=True, slots=True)
class Aggregate(Node):
    """`function` over the rows of `register` that satisfy all `conditions`.

    `register` is "self" in `count(self.field)`: the number of values of a many-valued field.
    """

    function: Function
    register: str
    path: FieldPath
    conditions: tuple[Comparison, ...] = ()
    register_span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)

    def __str__(self) -> str:
        return f"{self.function.value}({_source(self.register, self.path, self.conditions)})"


@dataclass(frozen=True, slots=True)
class EnumSize(Node):
    """`size`: how many values an enum has, or how many of them are listed."""

    register: str
    path: FieldPath
    values: tuple["Word | EnumValue | Number", ...] = ()
    register_span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)

    def __str__(self) -> str:
        listed = f" in({','.join(map(str, self.values))})" if self.values else ""
        return f"size({self.register}.{self.path}{listed})"


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    name: str

    def __str__(self) -> str:
        return f"param({self.name})"


@dataclass(frozen=True, slots=True)
class Population(Node):
    """Who owes: the rows of `register`, or what `path` refers to from them; "all" is one unit."""

    register: str
    path: FieldPath
    conditions: tuple[Comparison, ...] = ()
    register_span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)

    @property
    def is_all(self) -> bool:
        return self.register == "all"

    def __str__(self) -> str:
        return "all" if self.is_all else _source(self.register, self.path, self.conditions)


@dataclass(frozen=True, slots=True)
class Or(Node):
    parts: tuple["Boolean", ...]

    def __str__(self) -> str:
        return " or ".join(
            f"({part})" if isinstance(part, Or) else str(part) for part in self.parts
        )


@dataclass(frozen=True, slots=True)
class And(Node):
    parts: tuple["Boolean", ...]

    def __str__(self) -> str:
        return " and ".join(
            str(part) if isinstance(part, Comparison) else f"({part})" for part in self.parts
        )


@dataclass(frozen=True, slots=True)
class When(Node):
    """`value` where `condition` holds."""

    value: "Value"
    condition: "Boolean"

    def __str__(self) -> str:
        return f"{self.value} when {self.condition}"


@dataclass(frozen=True, slots=True)
class Rule(Node):
    """A derived field: the value of the first case that holds, else `outcome`."""

    cases: tuple[When, ...]
    outcome: "Boolean | Value"

    def __str__(self) -> str:
        return "; ".join(map(str, (*self.cases, self.outcome)))


@dataclass(frozen=True, slots=True)
class Reading(Node):
    """How an entered field is read: the value of the first case that holds, else as entered."""

    cases: tuple[When, ...]

    def __str__(self) -> str:
        return "; ".join(map(str, self.cases))


Value: TypeAlias = (
    FieldPath
    | Word
    | EnumValue
    | Number
    | Truth
    | Null
    | Token
    | Moved
    | Arithmetic
    | Aggregate
    | EnumSize
    | Parameter
)
Boolean: TypeAlias = Or | And | Comparison
Formula: TypeAlias = Aggregate | EnumSize | Parameter


def children(node: Node) -> Iterator[Node]:
    """The nodes right under a node, in the order of the text."""
    for part in fields(node):
        value = getattr(node, part.name)
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, Node):
                yield child


def walk(node: Node) -> Iterator[Node]:
    """The node and everything in it, in the order of the text."""
    yield node
    for child in children(node):
        yield from walk(child)


def _grouped(value: Value) -> str:
    return f"({value})" if isinstance(value, Arithmetic | Moved) else str(value)


def _source(register: str, path: FieldPath, conditions: tuple[Comparison, ...]) -> str:
    steps = ".".join((register, *path.names))
    return f"{steps}[{'; '.join(map(str, conditions))}]"
