"""Trees against a catalogue: every name resolved, every comparison of like with like."""

from dataclasses import replace
from typing import TypeVar

from taizhang.lib.nearest import nearest
from taizhang.measures.catalogue import AREA_FIELDS, Catalogue, Field, FieldType, Register
from taizhang.measures.formula import tree
from taizhang.measures.formula.errors import FormulaError
from taizhang.measures.formula.tree import FieldPath, Function, Span

AREA = Register("area", AREA_FIELDS)
COMMON_FIELDS = {
    "record_no": Field("record_no", FieldType.TEXT),
    "owner_org": Field("owner_org", FieldType.REF, target="org"),
}

NUMBERS = frozenset({FieldType.INT, FieldType.DECIMAL})
DATES = frozenset({FieldType.DATE, FieldType.MONTH, FieldType.DATETIME})
TEXTS = frozenset({FieldType.TEXT, FieldType.ENUM, FieldType.AREA})

Checkable = TypeVar(
    "Checkable", tree.Aggregate, tree.EnumSize, tree.Parameter, tree.Population, tree.Formula
)


def check(parsed: Checkable, catalogue: Catalogue, text: str = "") -> Checkable:
    """The tree with its names resolved. Raises FormulaError.

    `text` is what the tree was parsed from, for the error; without it the tree is printed.
    """
    return _Checker(catalogue, text or str(parsed)).source(parsed)


def check_rule(
    parsed: tree.Rule | tree.Reading,
    catalogue: Catalogue,
    register: Register,
    field: Field,
    text: str = "",
) -> tree.Rule | tree.Reading:
    """The rule of `field` with its names resolved. Raises FormulaError, also for a wrong type."""
    return _Checker(catalogue, text or str(parsed), register).rule(parsed, field)


def field_of(register: Register, name: str) -> Field | None:
    """The field of that name, the register's own before the common ones."""
    return register.fields.get(name) or (
        None if register.slug == AREA.slug else COMMON_FIELDS.get(name)
    )


class _Checker:
    """One text; `own` is the register that has the rule, None for formulas."""

    def __init__(self, catalogue: Catalogue, text: str, own: Register | None = None) -> None:
        self._catalogue = catalogue
        self._text = text
        self._own = own

    def source(self, parsed: Checkable) -> Checkable:
        match parsed:
            case tree.Aggregate():
                return self._aggregate(parsed)
            case tree.EnumSize():
                return self._size(parsed)
            case tree.Population():
                return self._population(parsed)
        return parsed

    def rule(self, parsed: tree.Rule | tree.Reading, field: Field) -> tree.Rule | tree.Reading:
        cases = tuple(
            replace(
                case,
                value=self._outcome(case.value, field),
                condition=self._boolean(case.condition),
            )
            for case in parsed.cases
        )
        if isinstance(parsed, tree.Reading):
            return tree.Reading(cases, span=parsed.span)
        outcome: tree.Boolean | tree.Value
        if isinstance(parsed.outcome, tree.Or | tree.And | tree.Comparison):
            outcome = self._boolean(parsed.outcome)
            self._of_type(outcome.span, FieldType.BOOL, field)
        else:
            outcome = self._outcome(parsed.outcome, field)
        return tree.Rule(cases, outcome, span=parsed.span)

    def _outcome(self, value: tree.Value, field: Field) -> tree.Value:
        if self._own is None:
            raise AssertionError("a rule belongs to a register")
        checked = self._value(value, self._own, field)
        if not isinstance(checked, tree.Null | tree.EnumValue):
            self._of_type(value.span, self._type(checked), field)
        return checked

    def _of_type(self, span: Span, found: FieldType, field: Field) -> None:
        if _family(found) != _family(field.type):
            raise self._error("types_of_rule", span, found=found.value, expected=field.type.value)

    def _boolean(self, parsed: tree.Boolean) -> tree.Boolean:
        if isinstance(parsed, tree.Comparison):
            if self._own is None:
                raise AssertionError("a rule belongs to a register")
            return self._comparison(parsed, self._own)
        return replace(parsed, parts=tuple(map(self._boolean, parsed.parts)))

    def _population(self, parsed: tree.Population) -> tree.Population:
        if parsed.is_all:
            return parsed
        register = self._register(parsed.register, parsed.register_span)
        path = self._path(parsed.path, register) if parsed.path.names else parsed.path
        if path.fields and path.fields[-1].type is not FieldType.REF:
            raise self._error("needs_reference", path.span, name=str(path))
        return replace(parsed, path=path, conditions=self._conditions(parsed.conditions, register))

    def _aggregate(self, parsed: tree.Aggregate) -> tree.Aggregate:
        if parsed.register == "self":
            return self._count_of_self(parsed)
        register = self._register(parsed.register, parsed.register_span)
        path = self._measured(parsed, register)
        return replace(parsed, path=path, conditions=self._conditions(parsed.conditions, register))

    def _measured(self, parsed: tree.Aggregate, register: Register) -> FieldPath:
        """What the function is of: nothing for count, a number or else a field for the others."""
        function, path = parsed.function, parsed.path
        if function is Function.COUNT:
            if path.names:
                raise self._error("takes_rows", path.spans[0], name=str(path))
            return path
        if not path.names:
            raise self._error("needs_field", parsed.register_span, function=function.value)
        checked = self._path(path, register)
        last = checked.fields[-1]
        if function is not Function.DISTINCT and checked.is_many:
            raise self._error("many_valued", checked.spans[-1], name=str(path))
        # The rule of a field may take the day or the word of the latest row; a figure is a number.
        is_figure = function is Function.LATEST and self._own is None
        if (function is Function.SUM or is_figure) and last.type not in NUMBERS:
            raise self._error("needs_number", checked.spans[-1], name=last.name)
        return checked

    def _count_of_self(self, parsed: tree.Aggregate) -> tree.Aggregate:
        if self._own is None:
            raise self._error("no_self", parsed.register_span)
        path = self._path(parsed.path, self._own) if parsed.path.names else parsed.path
        if parsed.function is not Function.COUNT or parsed.conditions or not path.is_many:
            raise self._error("needs_field", parsed.span, function="count")
        return replace(parsed, path=path)

    def _size(self, parsed: tree.EnumSize) -> tree.EnumSize:
        register = self._register(parsed.register, parsed.register_span)
        if not parsed.path.names:
            raise self._error("needs_field", parsed.register_span, function="size")
        path = self._path(parsed.path, register)
        field = path.fields[-1]
        if field.type is not FieldType.ENUM or not field.values:
            raise self._error("needs_enum", path.spans[-1], name=field.name)
        values = tuple(self._member(value, field) for value in parsed.values)
        return replace(parsed, path=path, values=values)

    def _register(self, slug: str, span: Span) -> Register:
        if slug == AREA.slug:
            return AREA
        known = self._catalogue.registers
        if slug not in known:
            hint = nearest(slug, [*known, AREA.slug]) or ""
            raise self._error("unknown_register", span, hint, name=slug)
        return known[slug]

    def _path(self, path: FieldPath, register: Register) -> FieldPath:
        start = register
        if path.of_self:
            if self._own is None:
                raise self._error("no_self", path.span)
            start = self._own
        fields: list[Field] = []
        at: Register | None = start
        spans = path.spans or (path.span,) * len(path.names)
        for name, span in zip(path.names, spans, strict=True):
            if at is None:
                raise self._error("not_a_reference", span, name=fields[-1].name)
            field = self._field(name, span, at)
            fields.append(field)
            at = self._catalogue.registers.get(field.target) if field.target else None
        return replace(path, fields=tuple(fields), spans=spans)

    def _field(self, name: str, span: Span, register: Register) -> Field:
        field = field_of(register, name)
        if field is None:
            hint = nearest(name, (f.name for f in register.fields.values() if not f.personal))
            raise self._error("unknown_field", span, hint or "", name=name, register=register.slug)
        if field.personal:
            raise self._error("personal_field", span, name=name)
        return field

    def _conditions(
        self, conditions: tuple[tree.Comparison, ...], register: Register
    ) -> tuple[tree.Comparison, ...]:
        for condition in conditions:
            for node in tree.walk(condition):
                if isinstance(node, tree.Aggregate | tree.EnumSize | tree.Parameter):
                    raise self._error("aggregate_misplaced", node.span)
        return tuple(self._comparison(condition, register) for condition in conditions)

    def _comparison(self, parsed: tree.Comparison, register: Register) -> tree.Comparison:
        left = self._value(parsed.left, register, None)
        if isinstance(parsed.right, tree.OneOf):
            return replace(parsed, left=left, right=self._members(left, parsed.right))
        right = self._value(parsed.right, register, _last_field(left))
        self._single(right)
        if isinstance(right, tree.Null):
            if parsed.operator.is_ordering:
                raise self._error("null_ordered", parsed.right.span)
            return replace(parsed, left=left, right=right)
        self._alike(parsed, left, right)
        return replace(parsed, left=left, right=self._as_text(left, right))

    def _members(self, left: tree.Value, members: tree.OneOf) -> tree.OneOf:
        field = _last_field(left)
        if field is None or field.type not in TEXTS | NUMBERS:
            raise self._error("needs_enum", left.span, name=str(left))
        return replace(members, values=tuple(self._member(v, field) for v in members.values))

    def _member(
        self, value: tree.Word | tree.EnumValue | tree.Number, field: Field
    ) -> tree.EnumValue | tree.Number:
        if isinstance(value, tree.Number):
            if field.type in NUMBERS:
                return value
            return self._enum_value(str(value), value.span, field)
        if field.type in NUMBERS:
            raise self._error("needs_number", value.span, name=value.text)
        return self._enum_value(value.text, value.span, field)

    def _enum_value(self, name: str, span: Span, field: Field) -> tree.EnumValue:
        if field.type is FieldType.ENUM and field.values and name not in field.values:
            hint = nearest(name, field.values) or ""
            raise self._error("unknown_value", span, hint, name=name, field=field.name)
        return tree.EnumValue(name, span=span)

    def _alike(self, parsed: tree.Comparison, left: tree.Value, right: tree.Value) -> None:
        left_type, right_type = self._type(left), self._type(right)
        names = {
            "left": str(left),
            "right": str(right),
            "left_type": left_type.value,
            "right_type": right_type.value,
        }
        is_code = left_type is FieldType.AREA and isinstance(right, tree.Number)
        if _family(left_type) != _family(right_type) and not is_code:
            raise self._error("types_differ", parsed.span, **names)
        if left_type is FieldType.REF and _target(left, self._own) != _target(right, self._own):
            raise self._error("types_differ", parsed.span, **names)
        if parsed.operator.is_ordering and left_type not in NUMBERS | DATES:
            raise self._error("not_ordered", parsed.span, **names)

    def _as_text(self, left: tree.Value, right: tree.Value) -> tree.Value:
        """An area code is written like a number and compared as text."""
        if isinstance(right, tree.Number) and self._type(left) is FieldType.AREA:
            return tree.EnumValue(str(right), span=right.span)
        return right

    def _value(self, value: tree.Value, register: Register, beside: Field | None) -> tree.Value:
        """`beside` is the field that a word may be an enum value of."""
        match value:
            case tree.Word():
                return self._word(value, register, beside)
            case FieldPath():
                return self._path(value, register)
            case tree.Moved():
                base = self._value(value.base, register, None)
                if self._type(base) not in DATES:
                    raise self._error("not_a_date", value.span, name=str(value.base))
                return replace(value, base=base)
            case tree.Arithmetic():
                return replace(
                    value,
                    left=self._operand(value.left, register),
                    right=self._operand(value.right, register),
                )
            case tree.Aggregate() | tree.EnumSize():
                return self.source(value)
            case tree.Token() if self._own is not None and value.name not in _TOKENS_OF_RULES:
                raise self._error("no_window", value.span, name=str(value))
        return value

    def _word(
        self, word: tree.Word, register: Register, beside: Field | None
    ) -> tree.FieldPath | tree.EnumValue:
        is_text = beside is not None and beside.type in TEXTS
        if is_text and beside is not None and word.text in beside.values:
            return tree.EnumValue(word.text, span=word.span)
        if field_of(register, word.text) is not None or not is_text or beside is None:
            path = FieldPath((word.text,), span=word.span, spans=(word.span,))
            return self._path(path, register)
        return self._enum_value(word.text, word.span, beside)

    def _operand(self, value: tree.Value, register: Register) -> tree.Value:
        operand = self._value(value, register, None)
        self._single(operand)
        if not isinstance(operand, tree.Null) and self._type(operand) not in NUMBERS:
            raise self._error("needs_number", value.span, name=str(value))
        return operand

    def _single(self, value: tree.Value) -> None:
        if isinstance(value, FieldPath) and value.is_many:
            raise self._error("many_valued", value.span, name=str(value))

    def _type(self, value: tree.Value) -> FieldType:
        return value_type(value)

    def _error(self, key: str, span: Span, suggestion: str = "", **params: str) -> FormulaError:
        return FormulaError(key, self._text, span, suggestion, **params)


_TOKENS_OF_RULES = frozenset({tree.TokenName.TODAY, tree.TokenName.TODAY_YEAR})
_FAMILIES = (NUMBERS, DATES, TEXTS)


def value_type(value: tree.Value) -> FieldType:
    """The type of a checked value; null counts as text."""
    match value:
        case FieldPath():
            return value.fields[-1].type if value.fields else FieldType.REF
        case tree.Token():
            return value.name.type
        case tree.Moved():
            return FieldType.DATE
        case tree.Truth():
            return FieldType.BOOL
        case tree.Aggregate(function=Function.SUM | Function.LATEST):
            return value.path.fields[-1].type
        case tree.Aggregate() | tree.EnumSize():
            return FieldType.INT
        case tree.Number() | tree.Arithmetic() | tree.Parameter():
            return FieldType.DECIMAL
    return FieldType.TEXT


def _family(kind: FieldType) -> object:
    return next((family for family in _FAMILIES if kind in family), kind)


def _last_field(value: tree.Value) -> Field | None:
    return value.fields[-1] if isinstance(value, FieldPath) and value.fields else None


def _target(value: tree.Value, own: Register | None) -> str:
    if isinstance(value, FieldPath) and value.fields:
        return value.fields[-1].target
    return own.slug if own else ""
