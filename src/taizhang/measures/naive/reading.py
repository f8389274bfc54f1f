"""What a cell, a path, a condition or a rule reads as at the end of one day (handbook 0.5, 2.7)."""

import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from taizhang.lib.windows import Window, add_days, add_months
from taizhang.lib.workdays import shipped_calendar
from taizhang.measures.catalogue import Field
from taizhang.measures.formula import check_rule, parse_reading, parse_rule, tree
from taizhang.measures.formula.tree import Function, Operator, ShiftUnit, TokenName
from taizhang.measures.naive.city import City, Row
from taizhang.measures.periods import first_day, stands

Values = tuple[object, ...]
NULL: Values = ()
COMPARISONS: dict[Operator, Callable[[Any, Any], bool]] = {
    Operator.EQUAL: operator.eq,
    Operator.NOT_EQUAL: operator.ne,
    Operator.MORE: operator.gt,
    Operator.AT_LEAST: operator.ge,
    Operator.LESS: operator.lt,
    Operator.AT_MOST: operator.le,
}


@dataclass(frozen=True)
class Scene:
    """Where a node is read: at `row`, inside the rule of `owner` (`self`), within `window`.

    `as_entered` names the field whose reading is being worked out: there it reads as entered.
    """

    row: Row
    owner: Row | None = None
    window: Window | None = None
    as_entered: str = ""


class Reader:
    """The city as it is read on `today`."""

    def __init__(self, city: City, today: date) -> None:
        self.city = city
        self.today = today
        self._read: dict[tuple[str, object, str], Values] = {}
        self._rules: dict[tuple[str, str], tree.Rule | tree.Reading] = {}

    def cell(self, row: Row, name: str) -> Values:
        """The values of a field by its rule, by its reading, or as entered; none is null."""
        key = (row.register, row.key, name)
        if key not in self._read:
            self._read[key] = self._cell(row, name)
        return self._read[key]

    def path(self, row: Row, names: tuple[str, ...], as_entered: str = "") -> Values:
        """The values at the end of a path; a reference gives the key of the row it means."""
        name, *rest = names
        values = self.city.entered(row, name) if name == as_entered else self.cell(row, name)
        if not rest:
            return values
        field = self.city.field(row.register, name)
        assert field is not None
        rows = [self.city.row(field.target, key) for key in values]
        return tuple(
            value for there in rows if there is not None for value in self.path(there, tuple(rest))
        )

    def holds(self, condition: tree.Boolean, scene: Scene) -> bool:
        match condition:
            case tree.Or():
                return any(self.holds(part, scene) for part in condition.parts)
            case tree.And():
                return all(self.holds(part, scene) for part in condition.parts)
        left = self.value(condition.left, scene)
        right = condition.right
        if isinstance(right, tree.Null):
            return (left == NULL) is (condition.operator is Operator.EQUAL)
        if isinstance(right, tree.OneOf):
            listed = [v for value in right.values for v in self.value(value, scene)]
            return any(value in listed for value in left)
        compare = COMPARISONS[condition.operator]
        return any(compare(one, other) for one in left for other in self.value(right, scene))

    def value(self, node: tree.Value, scene: Scene) -> Values:
        match node:
            case tree.FieldPath():
                return self._path_value(node, scene)
            case tree.EnumValue() | tree.Word():
                return (node.text,)
            case tree.Number():
                return (Fraction(node.value),)
            case tree.Truth():
                return (node.value,)
            case tree.Null():
                return NULL
            case tree.Token():
                return (self._token(node.name, scene),)
            case tree.Moved():
                return tuple(_moved(day, node) for day in self.value(node.base, scene))
            case tree.Arithmetic():
                return self._arithmetic(node, scene)
            case tree.Aggregate():
                return self._aggregate(node, scene)
        raise TypeError(f"{node} has no value in a rule")

    # --- Rules and readings ---

    def _cell(self, row: Row, name: str) -> Values:
        field = self.city.field(row.register, name)
        entered = tuple(exact(value) for value in self.city.entered(row, name))
        if field is None or not (field.read_as or field.derived):
            return entered
        rule = self._rule(row.register, field)
        if isinstance(rule, tree.Reading):
            return self._first_case(rule.cases, Scene(row, row, as_entered=name), entered)
        scene = Scene(row, row)
        return self._first_case(rule.cases, scene, self._outcome(rule, scene))

    def _rule(self, slug: str, field: Field) -> tree.Rule | tree.Reading:
        key = (slug, field.name)
        if key not in self._rules:
            text = field.read_as or field.derived
            parsed = parse_reading(text) if field.read_as else parse_rule(text)
            register = self.city.register(slug)
            self._rules[key] = check_rule(parsed, self.city.catalogue, register, field)
        return self._rules[key]

    def _outcome(self, rule: tree.Rule, scene: Scene) -> Values:
        outcome = rule.outcome
        if outcome is None:
            return NULL
        if isinstance(outcome, tree.Or | tree.And | tree.Comparison):
            return (self.holds(outcome, scene),)
        return self.value(outcome, scene)

    def _first_case(self, cases: Sequence[tree.When], scene: Scene, otherwise: Values) -> Values:
        for case in cases:
            if self.holds(case.condition, scene):
                return self.value(case.value, scene)
        return otherwise

    # --- Aggregates inside rules: state rows that stand today, dated rows up to today ---

    def _aggregate(self, node: tree.Aggregate, scene: Scene) -> Values:
        if node.register == "self":
            return (Fraction(len(self.path(scene.row, node.path.names))),)
        if not self.city.is_offered(node.register):
            return NULL
        rows = [
            row
            for row in self._rows_today(node.register)
            if all(self.holds(c, replace(scene, row=row, as_entered="")) for c in node.conditions)
        ]
        by = self.city.register(node.register).period
        return self.total(node, rows, by)

    def _rows_today(self, slug: str) -> Iterator[Row]:
        register = self.city.register(slug)
        for row in self.city.rows(slug):
            if register.period == ("state",):
                if self.stands_today(row):
                    yield row
            elif (day := self.day_of(row, register.period)) is not None and day <= self.today:
                yield row

    def stands_today(self, row: Row) -> bool:
        register = self.city.register(row.register)
        start = self.day_of(row, register.state_from)
        end = self.day_of(row, (register.state_to,)) if register.state_to else None
        return stands(start, end, register.state_to_is, self.today)

    def day_of(self, row: Row, by: tuple[str, ...]) -> date | None:
        """The day of the first filled date: of a state its start, of a term its last figures."""
        if by == ("state",):
            by = self.city.register(row.register).state_from
        if by == ("term_no",):
            by = ("as_of",)
        firsts = (next(iter(self.path(row, tuple(name.split(".")))), None) for name in by)
        return first_day(int(v) if isinstance(v, Fraction) else v for v in firsts)

    def total(self, node: tree.Aggregate, rows: list[Row], by: tuple[str, ...]) -> Values:
        """What the function gives for the rows that count; none is null."""
        if node.function is Function.COUNT:
            return (Fraction(len(rows)),)
        if node.function is Function.LATEST:
            return self._latest(node, rows, by)
        values = [value for row in rows for value in self.path(row, node.path.names)]
        if node.function is Function.DISTINCT:
            return (Fraction(len(set(values))),)
        return (sum((v for v in values if isinstance(v, Fraction)), Fraction(0)),)

    def _latest(self, node: tree.Aggregate, rows: list[Row], by: tuple[str, ...]) -> Values:
        filled = [row for row in rows if self.path(row, node.path.names)]
        if not filled:
            return NULL
        last = max(
            filled,
            key=lambda row: (self.day_of(row, by) or date.min, str(row.cells.get("record_no", ""))),
        )
        return self.path(last, node.path.names)

    # --- Values ---

    def _path_value(self, node: tree.FieldPath, scene: Scene) -> Values:
        row = scene.owner if node.of_self else scene.row
        assert row is not None
        if not node.names:
            return (row.key,)
        as_entered = scene.as_entered if row is scene.owner else ""
        return self.path(row, node.names, as_entered)

    def _token(self, name: TokenName, scene: Scene) -> object:
        match name:
            case TokenName.TODAY:
                return self.today
            case TokenName.TODAY_YEAR:
                return Fraction(self.today.year)
        assert scene.window is not None
        match name:
            case TokenName.PERIOD_START:
                return scene.window.first
            case TokenName.PERIOD_END:
                return scene.window.last
        return Fraction(scene.window.first.year)

    def _arithmetic(self, node: tree.Arithmetic, scene: Scene) -> Values:
        pairs = (
            (left, right)
            for left in self.value(node.left, scene)
            for right in self.value(node.right, scene)
            if isinstance(left, Fraction) and isinstance(right, Fraction)
        )
        results = [_calculate(node.operator, left, right) for left, right in pairs]
        return tuple(result for result in results if result is not None)


def exact(value: object) -> object:
    """Numbers as fractions, so that nothing is rounded, and moments by their day."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Fraction(value)
    return value


def _calculate(sign: str, left: Fraction, right: Fraction) -> Fraction | None:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / right if right else None


def _moved(day: object, node: tree.Moved) -> date:
    assert isinstance(day, date)
    match node.unit:
        case ShiftUnit.DAYS:
            return add_days(day, node.amount)
        case ShiftUnit.MONTHS:
            return add_months(day, node.amount)
    return shipped_calendar().add_workdays(day, node.amount)
