"""Which fields the rules of a catalogue read, in which order, and which depend on the day."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from taizhang.measures.catalogue import Catalogue, Register
from taizhang.measures.compile.rows import STATE, TERM_NO
from taizhang.measures.formula import FormulaError, check_rule, parse_reading, parse_rule, tree
from taizhang.measures.formula.check import AREA, COMMON_FIELDS, field_of
from taizhang.measures.formula.tree import FieldPath, Operator, ShiftUnit, TokenName

Use = tuple[str, str]  # register, field
Rule = tree.Rule | tree.Reading
Key = tuple[FieldPath | None, FieldPath | None]  # of the rows counted, of the row itself

# Belonging to an employer goes through the parent where a child row has no field of its own.
EMPLOYER_PATHS = {"congress_matter": "congress.employer"}
TERM_FIELDS = ("body", "as_of", "term_no")
TIES = ("region", "org", "employer", "owner_org")
TOKENS_OF_THE_DAY = (TokenName.TODAY, TokenName.TODAY_YEAR)
BOOKS_KEPT = 4
_books: dict[str, "RuleBook"] = {}


def rule_book(catalogue: Catalogue) -> "RuleBook":
    """The rules of a catalogue, read once per version."""
    if catalogue.version not in _books:
        while len(_books) >= BOOKS_KEPT:
            del _books[next(iter(_books))]
        _books[catalogue.version] = RuleBook(catalogue)
    return _books[catalogue.version]


class RuleBook:
    """The derived fields and readings of a catalogue (handbook 2.7), checked when first asked."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._rules: dict[Use, Rule | None] = {}
        self._levels: dict[Use, int] = {}
        self._daily: dict[Use, bool] = {}
        self._known_uses: dict[tree.Node, frozenset[Use]] = {}

    @cached_property
    def registers(self) -> dict[str, Register]:
        """The catalogue's registers with the table of areas among them."""
        known = self.catalogue.registers
        common = {
            name: field
            for name, field in COMMON_FIELDS.items()
            if not field.target or field.target in known
        }
        completed = {
            slug: replace(register, fields={**common, **register.fields})
            for slug, register in known.items()
        }
        return {**completed, AREA.slug: AREA}

    def rule(self, use: Use) -> Rule | None:
        """The checked rule of a field, None for one read as entered. Raises FormulaError."""
        if use not in self._rules:
            self._rules[use] = self._read(use)
        return self._rules[use]

    def level(self, use: Use) -> int:
        """0 for a field read as entered, else one more than the deepest field its rule reads."""
        return self._level(use, ())

    def is_daily(self, use: Use) -> bool:
        """Whether a field reads differently on another day."""
        if use not in self._daily:
            rule = self.rule(use)
            self._daily[use] = rule is not None and (
                any(map(_is_of_the_day, tree.walk(rule)))
                or any(self.is_daily(other) for other in self._reads(use, rule))
            )
        return self._daily[use]

    def closure(self, uses: Iterable[Use]) -> set[Use]:
        """The fields with everything that their rules read. Raises FormulaError on a cycle."""
        found: set[Use] = set()
        waiting = list(uses)
        while waiting:
            use = waiting.pop()
            if use not in found:
                found.add(use)
                self.level(use)
                rule = self.rule(use)
                if rule is not None:
                    waiting.extend(self._reads(use, rule))
        return found

    def counted(self, uses: Iterable[Use]) -> set[str]:
        """The registers whose rows the rules of the fields count, by way of other rules too."""
        rules = [rule for use in self.closure(uses) if (rule := self.rule(use)) is not None]
        return {
            node.register
            for rule in rules
            for node in tree.walk(rule)
            if isinstance(node, tree.Aggregate) and node.register != "self"
        }

    def uses(self, node: tree.Aggregate | tree.Population) -> frozenset[Use]:
        """The fields that a checked tree names, with those that place and tie the rows it reads."""
        if node not in self._known_uses:
            self._known_uses[node] = frozenset(self._uses(node, node.register, node.register))
        return self._known_uses[node]

    def placing(self, slug: str, by: Iterable[str] = ()) -> Iterator[Use]:
        """The fields that date a row and tie it to a unit."""
        register = self.registers[slug]
        names = [*by, *register.period, *register.state_from, register.state_to, *TIES]
        names.append(EMPLOYER_PATHS.get(slug, ""))
        if TERM_NO in (tuple(by), register.period):
            names += TERM_FIELDS
        for dotted in names:
            if dotted not in ("", *STATE):
                yield from self._steps(slug, dotted.split("."))

    def _read(self, use: Use) -> Rule | None:
        register = self.registers[use[0]]
        field = field_of(register, use[1])
        if field is None or not (field.derived or field.read_as):
            return None
        text = field.derived or field.read_as
        parsed = parse_rule(text) if field.derived else parse_reading(text)
        rule = check_rule(parsed, self.catalogue, register, field, text)
        for node in tree.walk(rule):
            if isinstance(node, tree.Aggregate) and node.register != "self":
                key_of(node, text)
            if _is_moved_by_workdays(node):
                raise FormulaError("not_computable", text, node.span, name=str(node))
        return rule

    def _reads(self, use: Use, rule: Rule) -> set[Use]:
        """A reading reads its own field as entered, which is no cycle."""
        found = set(self._uses(rule, use[0], use[0]))
        return found - {use} if isinstance(rule, tree.Reading) else found

    def _level(self, use: Use, above: tuple[Use, ...]) -> int:
        if use not in self._levels:
            rule = self.rule(use)
            if use in above:
                names = " → ".join(".".join(step) for step in (*above, use))
                field = self.registers[use[0]].fields[use[1]]
                text = field.derived or field.read_as
                raise FormulaError("cycle", text, tree.Span(0, len(text)), path=names)
            deeper = (
                (self._level(other, (*above, use)) for other in self._reads(use, rule))
                if rule
                else ()
            )
            self._levels[use] = 1 + max(deeper, default=0) if rule else 0
        return self._levels[use]

    def _uses(self, node: tree.Node, register: str, own: str) -> Iterator[Use]:
        if isinstance(node, FieldPath):
            yield from self._steps(own if node.of_self else register, node.names)
        if isinstance(node, tree.Aggregate | tree.Population) and node.register in self.registers:
            register = node.register
            yield from self.placing(register)
        if isinstance(node, tree.Population) and node.path.fields:
            yield from self.placing(node.path.fields[-1].target)
        for child in tree.children(node):
            yield from self._uses(child, register, own)

    def _steps(self, slug: str, names: Iterable[str]) -> Iterator[Use]:
        at = slug
        for name in names:
            field = field_of(self.registers[at], name) if at in self.registers else None
            if field is None:
                return
            yield at, name
            at = field.target


def key_of(node: tree.Aggregate, text: str = "") -> Key:
    """The one condition `path=self...` that ties the rows counted to the row of the rule.

    Raises FormulaError when the row is named in any other way.
    """
    keys = [
        (condition.left, condition.right)
        for condition in node.conditions
        if isinstance(condition.left, FieldPath)
        and isinstance(condition.right, FieldPath)
        and condition.right.of_self
        and condition.operator is Operator.EQUAL
    ]
    of_self = [n for n in tree.walk(node) if isinstance(n, FieldPath) and n.of_self]
    if len(of_self) > len(keys) or len(keys) > 1:
        raise FormulaError("not_computable", text or str(node), node.span, name=str(node))
    return keys[0] if keys else (None, None)


def _is_moved_by_workdays(node: tree.Node) -> bool:
    """The calendar of rest days is not in the database: only tokens are moved by it."""
    is_moved = isinstance(node, tree.Moved) and node.unit is ShiftUnit.WORKDAYS
    return is_moved and any(isinstance(inner, FieldPath) for inner in tree.walk(node))


def _is_of_the_day(node: tree.Node) -> bool:
    if isinstance(node, tree.Aggregate):
        return node.register != "self"
    return isinstance(node, tree.Token) and node.name in TOKENS_OF_THE_DAY
