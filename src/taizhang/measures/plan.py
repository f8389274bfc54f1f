"""What a commitment asks of the registers, before any row is read."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from taizhang.lib.windows import Period
from taizhang.measures.catalogue import Catalogue, FieldType
from taizhang.measures.commitments import Commitment, Kind, Ledger, Scope
from taizhang.measures.compile.frames import Frame
from taizhang.measures.compile.rules import RuleBook, Use
from taizhang.measures.formula import check, parse_formula, parse_population, tree
from taizhang.measures.formula.check import AREA
from taizhang.measures.formula.tree import TokenName
from taizhang.measures.periods import Placement, RowsBy, place_before, rows_by

FORMULAS_KEPT = 2000
_formulas: dict[tuple[str, str, str], tree.Formula | tree.Population] = {}


@dataclass(frozen=True)
class Plan:
    """A commitment with its formulas read; `subject` is "all", "area" or a register."""

    commitment: Commitment
    population: tree.Population
    numerator: tree.Formula | None
    denominator: tree.Formula | None

    @property
    def subject(self) -> str:
        path = self.population.path
        return path.fields[-1].target if path.fields else self.population.register

    @cached_property
    def rows_by(self) -> RowsBy:
        return rows_by(self.commitment.by)

    @property
    def is_each(self) -> bool:
        return self.commitment.scope is Scope.EACH

    @property
    def counted(self) -> tree.Aggregate | None:
        """The numerator, when it counts rows."""
        return self.numerator if isinstance(self.numerator, tree.Aggregate) else None

    def counts_rows_of(self, register: str) -> bool:
        return self.counted is not None and self.counted.register == register

    @property
    def parts(self) -> Iterator[tree.Aggregate]:
        for part in (self.numerator, self.denominator):
            if isinstance(part, tree.Aggregate):
                yield part

    @property
    def is_splittable(self) -> bool:
        """Whether a pool can be computed over an area: not with a fixed number to divide by."""
        return not isinstance(self.denominator, tree.EnumSize | tree.Parameter)

    @property
    def is_keyed(self) -> bool:
        """Whether every unit (of a five-year pool: every area) has a window of its own."""
        period = self.commitment.period
        return period is Period.FIVE_YEAR or (period is Period.TERM and self.is_each)

    @property
    def frame(self) -> Frame:
        """The window of the commitment as a whole."""
        commitment = self.commitment
        body = ""
        if commitment.period is Period.TERM:
            body = f"_{commitment.term_body.value}"
        return Frame(f"{commitment.period.value}_{self.rows_by.value}{body}")

    @property
    def frame_before(self) -> Frame:
        return Frame(f"{self.frame.label}_before")

    @property
    def has_before(self) -> bool:
        return self.commitment.kind is Kind.TREND and self.rows_by is not RowsBy.TERM_NO

    def before(self, placed: Placement) -> Placement | None:
        return place_before(self.commitment.period, self.rows_by, placed)

    def by(self, slug: str, book: RuleBook) -> tuple[str, ...]:
        """What dates the rows of a register: the commitment's own word for the one it counts."""
        if self.counted is not None and slug == self.counted.register:
            return self.commitment.by
        return book.registers[slug].period

    def counts_things_of(self, path: tree.FieldPath) -> bool:
        """Whether the population is of the things that a path gives (handbook 0.5, distinct)."""
        if not path.fields:
            return False
        last = path.fields[-1]
        if last.type is FieldType.AREA:
            return self.subject == AREA.slug
        return last.type is FieldType.REF and last.target == self.subject

    def uses(self, book: RuleBook) -> set[Use]:
        """The fields that the commitment reads."""
        found: set[Use] = set()
        for part in self.parts:
            found |= book.uses(part)
        found |= book.uses(self.population)
        if self.counted is not None:
            found |= set(book.placing(self.counted.register, self.commitment.by))
            slug = self.counted.register
            extra = [name for name in ("valid_to", "state", "topic") if name in _fields(book, slug)]
            found |= {(slug, name) for name in extra} if self._is_milestone else set()
        if not self.population.is_all:
            found |= set(book.placing(self.subject))
        return found

    def has_dated_units(self, by: tuple[str, ...]) -> bool:
        """Whether who owes depends on the window, and not only on the day it is read."""
        is_dated = rows_by(by) in (RowsBy.DATE, RowsBy.YEAR)
        return (is_dated and self.population.register != AREA.slug) or any(
            isinstance(node, tree.Token) and node.name is not TokenName.TODAY
            for node in tree.walk(self.population)
        )

    @property
    def _is_milestone(self) -> bool:
        return self.commitment.kind is Kind.MILESTONE

    def unoffered(self, book: RuleBook, is_offered: Callable[[str], bool]) -> str:
        """The first register that the commitment rests on and nothing offers, else "".

        It rests on those it names, and on those that the derived fields it names count.
        """
        parts = (self.numerator, self.denominator)
        named = [p.register for p in parts if isinstance(p, tree.Aggregate | tree.EnumSize)]
        if not self.population.is_all:
            named += [self.population.register, self.subject]
        named += sorted(book.counted(self.uses(book)))
        return next((slug for slug in named if not is_offered(slug)), "")


def plan(commitment: Commitment, ledger: Ledger, catalogue: Catalogue) -> Plan:
    """Raises FormulaError when a formula cannot be read or does not fit the catalogue."""
    population = _kept("population", ledger.populations[commitment.population], catalogue)
    numerator = _kept("formula", commitment.numerator, catalogue)
    denominator = _kept("formula", commitment.denominator, catalogue)
    assert isinstance(population, tree.Population)
    assert not isinstance(numerator, tree.Population)
    assert not isinstance(denominator, tree.Population)
    return Plan(commitment, population, numerator, denominator)


def term_uses(book: RuleBook) -> set[Use]:
    """The fields that tell whose term a window is, and what is not applicable."""
    wanted = {
        "term": ("body", "region", "no", "start", "end"),
        "exemption": ("commitment", "region", "org", "employer", "window"),
        "org": ("org_type", "region", "employer", "term_start", "term_end"),
        "employer": ("region",),
    }
    return {
        (slug, name)
        for slug, names in wanted.items()
        if slug in book.registers
        for name in names
        if name in _fields(book, slug)
    }


def _fields(book: RuleBook, slug: str) -> Collection[str]:
    return book.registers[slug].fields


def _kept(kind: str, text: str, catalogue: Catalogue) -> tree.Formula | tree.Population | None:
    if not text:
        return None
    key = (catalogue.version, kind, text)
    if key not in _formulas:
        if len(_formulas) >= FORMULAS_KEPT:
            _formulas.clear()
        if kind == "population":
            _formulas[key] = check(parse_population(text), catalogue, text)
        else:
            _formulas[key] = check(parse_formula(text), catalogue, text)
    return _formulas[key]
