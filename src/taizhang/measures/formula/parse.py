"""Text of the formula language to its tree."""

import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, cast

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark import exceptions as lark_exceptions
from lark.tree import Meta
from lark.visitors import v_args

from taizhang.lib.nearest import nearest
from taizhang.measures.formula import tree
from taizhang.measures.formula.errors import FormulaError
from taizhang.measures.formula.tree import Function, Operator, ShiftUnit, Span, TokenName

GRAMMAR = Path(__file__).with_name("grammar.lark")
FUNCTIONS = (*(function.value for function in Function), "size", "param")
_SHIFT = re.compile(r"([+-])\s*(\d+)\s*(wd|d|m)")


def parse_formula(text: str) -> tree.Formula:
    """The tree of a numerator or denominator. Raises FormulaError."""
    return cast(tree.Formula, _parse(text, "formula"))


def parse_population(text: str) -> tree.Population:
    """The tree of a population's definition. Raises FormulaError."""
    return cast(tree.Population, _parse(text, "population"))


def parse_rule(text: str) -> tree.Rule:
    """The tree of a derived field's rule (handbook 2.7). Raises FormulaError."""
    return cast(tree.Rule, _parse(text, "rule"))


def parse_reading(text: str) -> tree.Reading:
    """The tree of `VALUE when CONDITION`: how an entered field is read. Raises FormulaError."""
    return cast(tree.Reading, _parse(text, "reading"))


@cache
def _parser() -> Lark:
    return Lark(
        GRAMMAR.read_text(encoding="utf-8"),
        parser="lalr",
        start=["formula", "population", "rule", "reading"],
        propagate_positions=True,
        maybe_placeholders=True,
    )


def _parse(text: str, start: str) -> object:
    try:
        parsed = _parser().parse(text, start=start)
    except UnexpectedInput as refusal:
        raise _refusal(refusal, text) from None
    try:
        return _Builder(text).transform(parsed)
    except lark_exceptions.VisitError as wrapped:
        raise wrapped.orig_exc from None


def _refusal(refusal: UnexpectedInput, text: str) -> FormulaError:
    if isinstance(refusal, UnexpectedToken) and refusal.token.type != "$END":
        start = refusal.token.start_pos or 0
        found = str(refusal.token)
        return FormulaError("unexpected", text, Span(start, start + len(found)), found=found)
    if isinstance(refusal, UnexpectedCharacters):
        start = refusal.pos_in_stream or 0
        return FormulaError("unexpected", text, Span(start, start + 1), found=text[start])
    return FormulaError("unexpected_end", text, Span(len(text), len(text) + 1))


def _token_span(token: Token) -> Span:
    start = token.start_pos or 0
    return Span(start, start + len(token))


def _span(meta: Meta) -> Span:
    return Span(meta.start_pos, meta.end_pos)


@v_args(inline=True, meta=True)
class _Builder(Transformer[Token, object]):
    """One method per rule of the grammar."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def formula(self, _meta: Meta, call: tree.Formula) -> tree.Formula:
        return call

    def population(self, meta: Meta, source: tree.Population) -> tree.Population:
        return source

    def rule(self, meta: Meta, *parts: Any) -> tree.Rule:
        *cases, outcome = parts
        return tree.Rule(tuple(cases), outcome, span=_span(meta))

    def reading(self, meta: Meta, *cases: tree.When) -> tree.Reading:
        return tree.Reading(cases, span=_span(meta))

    def case(self, meta: Meta, value: tree.Value, condition: tree.Boolean) -> tree.When:
        return tree.When(value, condition, span=_span(meta))

    def call(
        self, meta: Meta, name: Token, source: tree.Population, members: tree.OneOf | None
    ) -> tree.Formula:
        if name not in FUNCTIONS:
            hint = nearest(name, FUNCTIONS) or ""
            raise self._error("unknown_function", _token_span(name), hint, name=str(name))
        if members is not None and name != "size":
            raise self._error("no_members", members.span, function=str(name))
        if name in ("size", "param"):
            return self._measureless(meta, name, source, members)
        return tree.Aggregate(
            Function(name),
            source.register,
            source.path,
            source.conditions,
            span=_span(meta),
            register_span=source.register_span,
        )

    def _measureless(
        self, meta: Meta, name: Token, source: tree.Population, members: tree.OneOf | None
    ) -> tree.Formula:
        if source.conditions:
            raise self._error("no_conditions", source.span, function=str(name))
        if name == "param":
            return tree.Parameter(source.register, span=_span(meta))
        return tree.EnumSize(
            source.register,
            source.path,
            members.values if members else (),
            span=_span(meta),
            register_span=source.register_span,
        )

    def source(
        self,
        meta: Meta,
        path: tree.FieldPath,
        conditions: tuple[tree.Comparison, ...] | None,
    ) -> tree.Population:
        is_self = path.of_self
        register = "self" if is_self else path.names[0]
        kept = 0 if is_self else 1
        rest = tree.FieldPath(path.names[kept:], is_self, span=path.span, spans=path.spans[kept:])
        first = path.span if is_self else path.spans[0]
        return tree.Population(
            register, rest, conditions or (), span=_span(meta), register_span=first
        )

    def conditions(self, _meta: Meta, *parts: tree.Comparison) -> tuple[tree.Comparison, ...]:
        return parts

    def comparison(
        self, meta: Meta, left: tree.Value, operator: Token, right: tree.Value
    ) -> tree.Comparison:
        return tree.Comparison(left, Operator(operator), right, span=_span(meta))

    def membership(self, meta: Meta, left: tree.Value, members: tree.OneOf) -> tree.Comparison:
        return tree.Comparison(left, Operator.IN, members, span=_span(meta))

    def members(self, meta: Meta, *values: tree.Word | tree.Number) -> tree.OneOf:
        return tree.OneOf(values, span=_span(meta))

    def disjunction(self, meta: Meta, *parts: tree.Boolean) -> tree.Boolean:
        return parts[0] if len(parts) == 1 else tree.Or(parts, span=_span(meta))

    def conjunction(self, meta: Meta, *parts: tree.Boolean) -> tree.Boolean:
        return parts[0] if len(parts) == 1 else tree.And(parts, span=_span(meta))

    def arithmetic(self, meta: Meta, first: tree.Value, *rest: Any) -> tree.Value:
        left = first
        for operator, right in zip(rest[::2], rest[1::2], strict=True):
            span = Span(meta.start_pos, right.span.end)
            left = tree.Arithmetic(str(operator), left, right, span=span)
        return left

    def moved(self, meta: Meta, base: tree.Value, shift: Token) -> tree.Moved:
        sign, amount, unit = _SHIFT.findall(shift)[0]
        return tree.Moved(base, int(sign + amount), ShiftUnit(unit), span=_span(meta))

    def path(self, meta: Meta, *names: Token) -> tree.FieldPath:
        of_self = names[0] == "self"
        kept = names[1:] if of_self else names
        return tree.FieldPath(
            tuple(map(str, kept)),
            of_self,
            span=_span(meta),
            spans=tuple(map(_token_span, kept)),
        )

    def value_path(self, meta: Meta, path: tree.FieldPath) -> tree.FieldPath | tree.Word:
        is_word = len(path.names) == 1 and not path.of_self
        return tree.Word(path.names[0], span=path.span) if is_word else path

    def word(self, meta: Meta, name: Token) -> tree.Word:
        return tree.Word(str(name), span=_span(meta))

    def number(self, meta: Meta, minus: Token | None, digits: Token) -> tree.Number:
        value = Decimal(digits)
        return tree.Number(-value if minus else value, span=_span(meta))

    def truth(self, meta: Meta, word: Token) -> tree.Truth:
        return tree.Truth(word == "true", span=_span(meta))

    def null(self, meta: Meta) -> tree.Null:
        return tree.Null(span=_span(meta))

    def token(self, meta: Meta, name: Token) -> tree.Token:
        return tree.Token(TokenName(name), span=_span(meta))

    def _error(self, key: str, span: Span, suggestion: str = "", **params: str) -> FormulaError:
        return FormulaError(key, self._text, span, suggestion, **params)
