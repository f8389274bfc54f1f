"""What may stand at a place in a formula: names of the catalogue that begin as was typed.

It reads only the text before the place, which need not be a whole formula yet.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from taizhang.ledger.drafting.typing_marks import half_width
from taizhang.ledger.formula_words import path_label, value_words
from taizhang.ledger.models import in_language
from taizhang.ledger.packs import LedgerPack
from taizhang.ledger.packs.model import Label
from taizhang.ledger.reasons import register_label
from taizhang.measures.catalogue import Catalogue, Field, FieldType, Register
from taizhang.measures.formula.check import AREA, COMMON_FIELDS, field_of
from taizhang.measures.formula.tree import Function, TokenName

MOST = 40
_TOKEN = re.compile(r"(?P<name>[^\W\d]\w*)|(?P<mark>>=|<=|!=|[()\[\];,.=<>])|(?P<other>\S)")
_OPERATORS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_FUNCTIONS = (*(function.value for function in Function), "size", "param")
_DATED = frozenset({FieldType.DATE, FieldType.MONTH, FieldType.DATETIME})


class Language(StrEnum):
    """What is being written: a formula, or the definition of a population."""

    FORMULA = "formula"
    POPULATION = "population"


@dataclass(frozen=True, slots=True)
class Option:
    """A name that may stand there, what it is called, and of which kind it is.

    `opens`: a bracket follows, as behind a function.
    """

    name: str
    label: str
    kind: str
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Completion:
    """The options for what is typed from `start` up to `end`, to be put in its place."""

    start: int
    end: int
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of a register as it is listed beside the form; `values` with their labels."""

    name: str
    label: str
    kind: str
    values: Sequence[tuple[str, str]]


def completion(
    text: str, at: int, language: Language, pack: LedgerPack, catalogue: Catalogue
) -> Completion:
    """What may stand at an offset of the text, at most `MOST`; nothing where nothing is known."""
    before = half_width(text[: max(0, at)])
    typed = re.search(r"\w*$", before)
    start = typed.start() if typed else len(before)
    beginning = before[start:].lower()
    names = _Names(pack, catalogue)
    found = _Reader(names, language).options(list(_tokens(before[:start])))
    fitting = [option for option in found if _fits(option, beginning)]
    fitting.sort(key=lambda option: not option.name.lower().startswith(beginning))
    return Completion(start, len(before), tuple(fitting[:MOST]))


def fields_listed(slug: str, pack: LedgerPack, catalogue: Catalogue) -> list[FieldLine]:
    """The fields of a register that formulas may name."""
    names = _Names(pack, catalogue)
    register = names.register(slug)
    if register is None:
        return []
    return [
        FieldLine(
            field.name,
            names.field_label(slug, field),
            names.kind(field),
            [(value, value_words(slug, field.name, value)) for value in field.values],
        )
        for field in register.fields.values()
        if not field.personal
    ]


def registers_listed(pack: LedgerPack, catalogue: Catalogue) -> list[tuple[str, str]]:
    """Slug and label of every register that formulas may name, offered ones first."""
    rows = sorted(catalogue.registers.values(), key=lambda each: (not each.offered, each.slug))
    return [(each.slug, register_label(each.slug, pack.key)) for each in rows]


def _tokens(text: str) -> Iterator[str]:
    for found in _TOKEN.finditer(text):
        yield found[0]


def _fits(option: Option, beginning: str) -> bool:
    """By its name or by what it is called, so that 会议 finds `meeting`."""
    return option.name.lower().startswith(beginning) or beginning in option.label.lower()


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of the catalogue with their labels in the language of the page."""

    pack: LedgerPack
    catalogue: Catalogue

    def register(self, slug: str) -> Register | None:
        return AREA if slug == AREA.slug else self.catalogue.registers.get(slug)

    def registers(self) -> Iterator[Option]:
        kind = pgettext("kind of name", "register")
        for slug, label in registers_listed(self.pack, self.catalogue):
            yield Option(slug, label, kind)
        yield Option(AREA.slug, _("areas"), kind)

    def fields(self, slug: str, wanted: Callable[[Field], bool] = bool) -> Iterator[Option]:
        register = self.register(slug)
        if register is None:
            return
        common = {} if register is AREA else COMMON_FIELDS
        for field in (common | dict(register.fields)).values():
            if wanted(field) and not field.personal:
                yield Option(field.name, self.field_label(slug, field), self.kind(field))

    def field_label(self, slug: str, field: Field) -> str:
        label = path_label(slug, [field.name])
        return label if label.lower() != field.name.lower() else field.label or label

    def kind(self, field: Field) -> str:
        if field.type is FieldType.REF:
            return f"→ {register_label(field.target, self.pack.key)}"
        return _TYPES[field.type]()

    def values(self, slug: str, field: Field) -> Iterator[Option]:
        kind = pgettext("kind of name", "value")
        for value in field.values:
            yield Option(value, value_words(slug, field.name, value), kind)

    def parameters(self) -> Iterator[Option]:
        for name, parameter in self.pack.parameters.items():
            yield Option(name, _said(parameter.label), pgettext("kind of name", "number"))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Follows the tokens up to the place, and says what may come next."""

    names: _Names
    language: Language

    def options(self, tokens: Sequence[str]) -> Iterable[Option]:
        if "[" in tokens:
            last = len(tokens) - 1 - tokens[::-1].index("[")
            return self._condition(self._counted(tokens[:last]), tokens[last + 1 :])
        function = tokens[0] if "(" in tokens else ""
        if self.language is Language.FORMULA and not function:
            return () if tokens else _functions()
        source = tokens[tokens.index("(") + 1 :] if function else tokens
        if function == "param":
            return () if source else self.names.parameters()
        return self._source(source, function)

    def _counted(self, tokens: Sequence[str]) -> str:
        """The register whose rows are counted: the first name of the source."""
        source = tokens[tokens.index("(") + 1 :] if "(" in tokens else tokens
        return source[0] if source else ""

    def _source(self, source: Sequence[str], function: str) -> Iterable[Option]:
        if not source:
            everybody = () if function else (Option("all", _("the whole city"), ""),)
            return (*everybody, *self.names.registers())
        if source[-1] != ".":
            return ()
        at = self._reached(source[0], source[1:-1])
        if function == "size":
            return self.names.fields(at, lambda field: field.type is FieldType.ENUM)
        return self.names.fields(at)

    def _condition(self, slug: str, tokens: Sequence[str]) -> Iterable[Option]:
        """Inside the brackets: what may come in the condition that is being written."""
        if "]" in tokens:
            return ()
        here = list(tokens)
        if ";" in here:
            here = here[len(here) - here[::-1].index(";") :]
        path = self._path(here)
        rest = here[len(path) :]
        if not rest:
            is_going_on = not path or path[-1] == "."
            return self.names.fields(self._reached(slug, path[:-1])) if is_going_on else ()
        left = self._field(slug, path)
        if rest[0] == "in":
            return self._members(slug, path, left, rest)
        if rest[0] in _OPERATORS and len(rest) == 1:
            return self._values(slug, path, left)
        return ()

    def _path(self, tokens: Sequence[str]) -> list[str]:
        """The names and dots at the beginning."""
        path: list[str] = []
        for each in tokens:
            is_name = each[0].isalpha() or each[0] == "_"
            if (each != ".") if len(path) % 2 else not is_name:
                break
            path.append(each)
        return path

    def _reached(self, slug: str, path: Sequence[str]) -> str:
        """The register at the end of a path along references, "" where it leads to none."""
        for name in (each for each in path if each != "."):
            register = self.names.register(slug)
            field = field_of(register, name) if register else None
            slug = field.target if field else ""
        return slug

    def _field(self, slug: str, path: Sequence[str]) -> Field | None:
        register = self.names.register(self._reached(slug, path[:-1]))
        return field_of(register, path[-1]) if register and path else None

    def _members(
        self, slug: str, path: Sequence[str], left: Field | None, rest: Sequence[str]
    ) -> Iterable[Option]:
        is_open = rest[-1] in ("(", ",") and left is not None
        return self.names.values(self._reached(slug, path[:-1]), left) if is_open and left else ()

    def _values(self, slug: str, path: Sequence[str], left: Field | None) -> Iterable[Option]:
        if left is None:
            return ()
        own = self._reached(slug, path[:-1])
        same = self.names.fields(slug, lambda field: field.type is left.type)
        nothing = Option("null", _("not stated"), "")
        if left.type is FieldType.BOOL:
            return (Option("true", _("yes"), ""), Option("false", _("no"), ""), nothing)
        if left.type is FieldType.ENUM:
            return (*self.names.values(own, left), nothing)
        if left.type in _DATED:
            return (*_moments(), *same, nothing)
        if left.type is FieldType.INT:
            return (*_years(), *same, nothing)
        return (*same, nothing)


def _functions() -> Iterator[Option]:
    for name in _FUNCTIONS:
        yield Option(name, _WHAT_FUNCTIONS_DO[name](), pgettext("kind of name", "function"), True)


def _moments() -> Iterator[Option]:
    for name in (TokenName.TODAY, TokenName.PERIOD_START, TokenName.PERIOD_END):
        yield Option(name.value, _MOMENTS[name](), pgettext("kind of name", "day"))


def _years() -> Iterator[Option]:
    for name in (TokenName.TODAY_YEAR, TokenName.PERIOD_YEAR):
        yield Option(name.value, _MOMENTS[name](), pgettext("kind of name", "year"))


def _said(label: Label) -> str:
    return in_language(label.zh, label.en)


_WHAT_FUNCTIONS_DO: Mapping[str, Callable[[], str]] = {
    "count": lambda: _("number of records"),
    "sum": lambda: _("total of a field"),
    "distinct": lambda: _("number of different values"),
    "latest": lambda: _("value of the latest record"),
    "size": lambda: _("number of kinds that a field has"),
    "param": lambda: _("a number that the office sets"),
}
_MOMENTS: Mapping[TokenName, Callable[[], str]] = {
    TokenName.TODAY: lambda: _("the status date"),
    TokenName.PERIOD_START: lambda: _("the first day of the window"),
    TokenName.PERIOD_END: lambda: _("the last day of the window"),
    TokenName.TODAY_YEAR: lambda: _("the year of the status date"),
    TokenName.PERIOD_YEAR: lambda: _("the year of the window"),
}
_TYPES: Mapping[FieldType, Callable[[], str]] = {
    FieldType.TEXT: lambda: pgettext("type", "text"),
    FieldType.INT: lambda: pgettext("type", "whole number"),
    FieldType.DECIMAL: lambda: pgettext("type", "number"),
    FieldType.BOOL: lambda: pgettext("type", "yes or no"),
    FieldType.DATE: lambda: pgettext("type", "day"),
    FieldType.MONTH: lambda: pgettext("type", "month"),
    FieldType.DATETIME: lambda: pgettext("type", "moment"),
    FieldType.ENUM: lambda: pgettext("type", "one of a list"),
    FieldType.AREA: lambda: pgettext("type", "area"),
}
