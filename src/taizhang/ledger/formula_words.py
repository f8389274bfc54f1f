"""Formulas and conditions in the words of the registers, in the language of the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from taizhang.core.organisations.models import Area
from taizhang.ledger.reasons import parameter_label, register_label
from taizhang.measures.formula import FormulaError, parse_formula, parse_rule
from taizhang.measures.formula.tree import (
    Aggregate,
    Arithmetic,
    Comparison,
    EnumSize,
    FieldPath,
    Formula,
    Function,
    Moved,
    Null,
    Number,
    OneOf,
    Operator,
    Parameter,
    ShiftUnit,
    Token,
    TokenName,
    Truth,
    Word,
)
from taizhang.registers.display import said, separator, yes_no
from taizhang.registers.spec import REGISTERS

_OPERATORS: dict[Operator, Promise] = {
    Operator.EQUAL: pgettext_lazy("condition", "is"),
    Operator.NOT_EQUAL: pgettext_lazy("condition", "is not"),
    Operator.MORE: pgettext_lazy("condition", "is more than"),
    Operator.AT_LEAST: pgettext_lazy("condition", "is at least"),
    Operator.LESS: pgettext_lazy("condition", "is less than"),
    Operator.AT_MOST: pgettext_lazy("condition", "is at most"),
    Operator.IN: pgettext_lazy("condition", "is one of"),
}
_DAYS: dict[Operator, Promise] = {
    Operator.MORE: pgettext_lazy("condition", "is after"),
    Operator.AT_LEAST: pgettext_lazy("condition", "is on or after"),
    Operator.LESS: pgettext_lazy("condition", "is before"),
    Operator.AT_MOST: pgettext_lazy("condition", "is on or before"),
}
_TOKENS: dict[TokenName, Promise] = {
    TokenName.TODAY: gettext_lazy("the status date"),
    TokenName.TODAY_YEAR: gettext_lazy("the year of the status date"),
    TokenName.PERIOD_START: gettext_lazy("the first day of the window"),
    TokenName.PERIOD_END: gettext_lazy("the last day of the window"),
    TokenName.PERIOD_YEAR: gettext_lazy("the year of the window"),
}


@dataclass(frozen=True, slots=True)
class FormulaWords:
    """What is counted: a heading, and the conditions that a record satisfies, all of them."""

    heading: str
    conditions: Sequence[str] = ()


def formula_words(text: str, pack: str) -> FormulaWords | None:
    """The formula as a reader would say it; None where there is none or it cannot be read."""
    if not text:
        return None
    try:
        formula = parse_formula(text)
    except FormulaError:
        return None
    if not isinstance(formula, Aggregate):
        return FormulaWords(_plain_words(formula, pack))
    conditions = tuple(condition_words(formula.register, each) for each in formula.conditions)
    return FormulaWords(_heading(formula, pack), conditions)


def condition_words(register: str, condition: Comparison) -> str:
    """One condition, such as “Kind is Government-federation joint meeting”."""
    field = field_at(register, condition.left) if isinstance(condition.left, FieldPath) else None
    left = _value(register, condition.left, None)
    if isinstance(condition.right, Null):
        is_empty = condition.operator is Operator.EQUAL
        text = _("%(field)s is not stated") if is_empty else _("%(field)s is stated")
        return text % {"field": left}
    operators = {**_OPERATORS, **_DAYS} if isinstance(field, models.DateField) else _OPERATORS
    right = (
        separator().join(_value(register, each, field) for each in condition.right.values)
        if isinstance(condition.right, OneOf)
        else _value(register, condition.right, field)
    )
    text = (
        pgettext("condition", "%(field)s %(operator)s %(value)s")
        if isinstance(condition.left, FieldPath)
        else pgettext("condition on a number of rows", "%(field)s %(operator)s %(value)s")
    )
    return text % {
        "field": left,
        "operator": operators[condition.operator],
        "value": right,
    }


def condition_text_words(register: str, text: str) -> str:
    """A condition by its text; the text itself where it cannot be read."""
    condition = _parsed_condition(register, text)
    return text if condition is None else condition_words(register, condition)


def actual_words(register: str, text: str, actual: str | None) -> str:
    """The value found for the field that a condition names, “not stated” where it is unknown."""
    if actual is None:
        return _("not stated")
    condition = _parsed_condition(register, text)
    if condition is None or not isinstance(condition.left, FieldPath):
        return actual
    if actual.lower() in ("true", "false"):
        return _named(yes_no(actual.lower() == "true"))
    field = field_at(register, condition.left)
    if field is None:
        return actual
    entries = actual.split(", ")
    if hasattr(field, "enum"):
        return _named(said(field, entries))
    return (
        _named(separator().join(said(field, each) for each in entries)) if field.choices else actual
    )


def value_words(register: str, path: str, value: str) -> str:
    """A value of a field in words, such as a kind by its label."""
    field = field_at(register, FieldPath(tuple(path.split("."))))
    return said(field, value) if field is not None and field.choices else value


def path_label(register: str, names: Sequence[str]) -> str:
    """The label of a field reached along references: “Union, employing unit, employees”."""
    labels, slug = [], register
    for name in names:
        field = _field(slug, name)
        labels.append(_label(slug, name, field))
        slug = _target(field)
    return capfirst(pgettext("along references", " · ").join(labels))


def field_at(register: str, path: FieldPath) -> models.Field | None:
    """The model field that a path ends at; None for derived fields and registers not in use."""
    field, slug = None, register
    for name in path.names:
        field = _field(slug, name)
        slug = _target(field)
    return field


def _parsed_condition(register: str, text: str) -> Comparison | None:
    """A condition of a formula, or of the rule of a derived field, which may count rows."""
    try:
        formula = parse_formula(f"count({register}[{text}])")
        return formula.conditions[0] if isinstance(formula, Aggregate) else None
    except FormulaError:
        pass
    try:
        outcome = parse_rule(text).outcome
    except FormulaError:
        return None
    return outcome if isinstance(outcome, Comparison) else None


def _heading(formula: Aggregate, pack: str) -> str:
    register = _("areas") if formula.register == "area" else register_label(formula.register, pack)
    field = path_label(formula.register, formula.path.names) if formula.path.names else ""
    text = {
        Function.COUNT: _("Number of records in “%(register)s”"),
        Function.SUM: _("Total of “%(field)s” over the records in “%(register)s”"),
        Function.DISTINCT: _("Number of different “%(field)s” in the records of “%(register)s”"),
        Function.LATEST: _("“%(field)s” of the latest record in “%(register)s”"),
    }[formula.function]
    return text % {"register": register, "field": field}


def _plain_words(formula: Formula, pack: str) -> str:
    match formula:
        case Parameter(name=name):
            return _("The number “%(parameter)s” set by the office") % {
                "parameter": parameter_label(name, pack)
            }
        case EnumSize(register=register, path=path):
            return _("Number of kinds of “%(field)s” in “%(register)s”") % {
                "field": path_label(register, path.names),
                "register": register_label(register, pack),
            }
    return str(formula)


def _value(register: str, value: object, beside: models.Field | None) -> str:
    """A value in words; `beside` is the field that it is compared with."""
    match value:
        case FieldPath(names=names):
            return path_label(register, names) if names else _("the record itself")
        case Word(text=text):
            return _word(register, text, beside)
        case Truth(value=truth):
            return _named(yes_no(truth))
        case Token(name=name):
            return str(_TOKENS[name])
        case Number(value=number):
            return f"{number:f}"
        case Moved(base=base, amount=amount, unit=unit):
            return _moved(_value(register, base, beside), amount, unit)
        case Aggregate():
            return _rows_words(value)
        case Arithmetic(operator=operator, left=left, right=right):
            return f"{_value(register, left, beside)} {operator} {_value(register, right, beside)}"
    return str(value)


def _rows_words(counted: Aggregate) -> str:
    """The rows that a rule counts for a record: those of the record itself, as conditions say."""
    own = [each for each in counted.conditions if not _names_self(each)]
    conditions = [condition_words(counted.register, each) for each in own]
    spec = REGISTERS.get(counted.register)
    return _("number of “%(register)s” with %(conditions)s") % {
        "register": spec.label if spec else counted.register,
        "conditions": separator().join(conditions),
    }


def _names_self(condition: Comparison) -> bool:
    return isinstance(condition.right, FieldPath) and condition.right.of_self


def _word(register: str, text: str, beside: models.Field | None) -> str:
    """A value of the field beside it, else the name of a field of the same row."""
    if beside is not None and (beside.choices or hasattr(beside, "enum")):
        return _named(said(beside, [text] if hasattr(beside, "enum") else text))
    return path_label(register, [text]) if _known(register, text) else text


def _named(value: str) -> str:
    """A value that is a word, set off from the sentence around it."""
    return pgettext("a value in a sentence", "%(value)s") % {"value": value}


def _moved(base: str, amount: int, unit: ShiftUnit) -> str:
    text = {
        ShiftUnit.DAYS: _("%(base)s %(amount)+d days"),
        ShiftUnit.WORKDAYS: _("%(base)s %(amount)+d workdays"),
        ShiftUnit.MONTHS: _("%(base)s %(amount)+d months"),
    }[unit]
    return text % {"base": base, "amount": amount}


def _known(register: str, name: str) -> bool:
    spec = REGISTERS.get(register)
    return spec is not None and (name in spec.derived or _field(register, name) is not None)


def _field(register: str, name: str) -> models.Field | None:
    spec = REGISTERS.get(register)
    model = spec.model if spec else Area if register == "area" else None
    if model is None:
        return None
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _label(register: str, name: str, field: models.Field | None) -> str:
    spec = REGISTERS.get(register)
    if spec is not None and name in spec.derived:
        return str(spec.derived[name].label)
    return str(field.verbose_name) if field is not None else name


def _target(field: models.Field | None) -> str:
    """The slug of the register that a reference leads to, "" for anything else."""
    model = field.related_model if field is not None and field.is_relation else None
    if model is None:
        return ""
    return "area" if model is Area else model.REGISTER.rpartition(".")[2]
