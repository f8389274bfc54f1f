"""Values and conditions of checked trees over the rows of one register."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from sqlglot import exp

from taizhang.measures.catalogue import FieldType
from taizhang.measures.compile import sql
from taizhang.measures.compile.rows import Rows
from taizhang.measures.formula import FormulaError, tree
from taizhang.measures.formula.check import NUMBERS, value_type
from taizhang.measures.formula.tree import FieldPath, Operator, ShiftUnit

COMPARISONS = {
    Operator.EQUAL: exp.EQ,
    Operator.NOT_EQUAL: exp.NEQ,
    Operator.MORE: exp.GT,
    Operator.AT_LEAST: exp.GTE,
    Operator.LESS: exp.LT,
    Operator.AT_MOST: exp.LTE,
}
DECIMAL_PLACES = 4


class Tokens(Protocol):
    """What the tokens stand for in one window."""

    def token(self, node: tree.Token) -> exp.Expr: ...

    def moved(self, node: tree.Moved) -> exp.Expr | None:
        """A moved token worked out beforehand, or None when SQL has to move it."""
        ...


@dataclass(frozen=True)
class Quotient:
    """A number in two parts, so that a division is never rounded; `bottom` None is 1."""

    top: exp.Expr
    bottom: exp.Expr | None = None
    is_positive: bool = True

    def times(self, factor: exp.Expr | None) -> exp.Expr:
        if factor is None:
            return self.top.copy()
        return exp.Mul(this=_wrapped(self.top), expression=_wrapped(factor))


@dataclass(frozen=True)
class Compiler:
    """Compiles over `rows`; `aggregates` holds the columns of aggregates inside a rule."""

    rows: Rows
    tokens: Tokens
    aggregates: Mapping[tree.Aggregate, exp.Expr]

    def boolean(self, node: tree.Boolean) -> exp.Expr:
        """The condition; SQL's null stands for not holding (the language has no negation)."""
        match node:
            case tree.Or():
                return sql.some([self.boolean(part) for part in node.parts])
            case tree.And():
                return sql.every([self.boolean(part) for part in node.parts])
        return self._comparison(node)

    def value(self, node: tree.Value) -> exp.Expr:
        """A value as it is stored; a quotient is divided here, and only here rounded."""
        match node:
            case FieldPath():
                return self.rows.column(node)
            case tree.EnumValue():
                return sql.text(node.text)
            case tree.Truth():
                return exp.true() if node.value else exp.false()
            case tree.Null():
                return exp.null()
            case tree.Token():
                return self.tokens.token(node)
            case tree.Moved():
                return self._moved(node)
            case tree.EnumSize():
                return sql.number(len(node.values or node.path.fields[-1].values))
            case tree.Aggregate():
                return self._aggregate(node)
        number = self._quotient(node)
        if number.bottom is None:
            return number.top
        top = exp.cast(number.top, "double")
        return exp.Div(this=top, expression=exp.cast(number.bottom, "double"))

    def _aggregate(self, node: tree.Aggregate) -> exp.Expr:
        if node.register != "self":
            return self.aggregates[node].copy()
        if len(node.path.names) > 1:
            raise FormulaError("not_computable", str(node), tree.NOWHERE, name=str(node))
        size = sql.call("LEN", self._cell(node.path))
        return exp.func("COALESCE", size, sql.number(0))

    def _cell(self, path: FieldPath) -> exp.Expr:
        """A many-valued field as the list it is."""
        return sql.column(path.names[0], self.rows.alias)

    def _comparison(self, node: tree.Comparison) -> exp.Expr:
        if isinstance(node.left, FieldPath) and node.left.is_many:
            return self._any_value(node, node.left)
        return self._compare(node)

    def _any_value(self, node: tree.Comparison, path: FieldPath) -> exp.Expr:
        """One value satisfies it: a semi-join, so that rows are never multiplied."""
        inner = Compiler(self.rows.fresh(), self.tokens, self.aggregates)
        if isinstance(node.right, tree.Null):
            filled = sql.is_known(inner.rows.column(path))
            matching = sql.within(self.rows.id, inner.rows.select(inner.rows.id).where(filled))
            return matching if node.operator is Operator.NOT_EQUAL else exp.Not(this=matching)
        satisfied = inner._compare(node)
        return sql.within(self.rows.id, inner.rows.select(inner.rows.id).where(satisfied))

    def _compare(self, node: tree.Comparison) -> exp.Expr:
        if isinstance(node.right, tree.OneOf):
            listed = [self.value(value) for value in node.right.values]
            return exp.In(this=self.value(node.left), expressions=listed)
        if isinstance(node.right, tree.Null):
            left = self.value(node.left)
            return sql.is_null(left) if node.operator is Operator.EQUAL else sql.is_known(left)
        compare = COMPARISONS[node.operator]
        if value_type(node.left) in NUMBERS:
            return _compare_quotients(
                compare, self._quotient(node.left), self._quotient(node.right)
            )
        return compare(this=self.value(node.left), expression=self.value(node.right))

    def _quotient(self, node: tree.Value) -> Quotient:
        match node:
            case tree.Arithmetic():
                return self._arithmetic(node)
            case tree.Number():
                return Quotient(_literal(node.value))
        return Quotient(self.value(node))

    def _arithmetic(self, node: tree.Arithmetic) -> Quotient:
        left = self._widened(node.left)
        right = self._widened(node.right)
        if node.operator == "*":
            bottom = _product(left.bottom, right.bottom)
            return Quotient(left.times(right.top), bottom, left.is_positive and right.is_positive)
        if node.operator == "/":
            is_number = isinstance(node.right, tree.Number) and node.right.value > 0
            divisor = exp.func("NULLIF", right.top.copy(), sql.number(0))
            bottom = _product(left.bottom, right.top if is_number else divisor)
            is_positive = left.is_positive and is_number
            return Quotient(left.times(right.bottom), bottom, is_positive)
        combine = exp.Add if node.operator == "+" else exp.Sub
        top = combine(
            this=_wrapped(left.times(right.bottom)), expression=_wrapped(right.times(left.bottom))
        )
        bottom = _product(left.bottom, right.bottom)
        return Quotient(top, bottom, left.is_positive and right.is_positive)

    def _widened(self, node: tree.Value) -> Quotient:
        """DuckDB keeps a product as narrow as its factors: widen them, or it overflows."""
        number = self._quotient(node)
        if isinstance(node, tree.Arithmetic):
            return number
        places = DECIMAL_PLACES if value_type(node) is FieldType.DECIMAL else 0
        if isinstance(node, tree.Number):
            places = max(0, -int(node.value.as_tuple().exponent))
        return Quotient(exp.cast(number.top, f"DECIMAL({sql.EXACT_WIDTH}, {places})"))

    def _moved(self, node: tree.Moved) -> exp.Expr:
        ready = self.tokens.moved(node)
        if ready is not None:
            return ready
        if node.unit is ShiftUnit.WORKDAYS:
            raise FormulaError("not_computable", str(node), tree.NOWHERE, name=str(node))
        unit = "DAY" if node.unit is ShiftUnit.DAYS else "MONTH"
        step = exp.Interval(this=sql.number(abs(node.amount)), unit=exp.var(unit))
        move = exp.Sub if node.amount < 0 else exp.Add
        return exp.cast(move(this=self.value(node.base), expression=step), "date")


def _compare_quotients(compare: type[exp.Binary], left: Quotient, right: Quotient) -> exp.Expr:
    """a/b against c/d as a·d·(bd) against c·b·(bd): exact, and right for negative divisors."""
    bottoms = _product(left.bottom, right.bottom)
    sides = [left.times(right.bottom), right.times(left.bottom)]
    if not (left.is_positive and right.is_positive) and bottoms is not None:
        sides = [exp.Mul(this=_wrapped(side), expression=_wrapped(bottoms)) for side in sides]
    return compare(this=sides[0], expression=sides[1])


def _product(left: exp.Expr | None, right: exp.Expr | None) -> exp.Expr | None:
    if left is None or right is None:
        return left or right
    return exp.Mul(this=_wrapped(left), expression=_wrapped(right))


def _wrapped(value: exp.Expr) -> exp.Expr:
    return exp.paren(value.copy()) if isinstance(value, exp.Binary) else value.copy()


def _literal(value: Decimal) -> exp.Expr:
    digits = sql.number(f"{abs(value):f}")
    return exp.Neg(this=digits) if value < 0 else digits
