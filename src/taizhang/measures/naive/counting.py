"""Which rows count for a formula in a window, and what they come to (handbook 0.4, 0.5)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from taizhang.measures.catalogue import FieldType
from taizhang.measures.formula import tree
from taizhang.measures.formula.tree import Function
from taizhang.measures.naive.city import AREA, City, Row
from taizhang.measures.naive.reading import Reader, Scene
from taizhang.measures.periods import Placement, RowsBy, rows_by

Keep = Callable[[Row], bool]


@dataclass(frozen=True)
class Things:
    """What a population consists of, for `distinct` over the things it counts."""

    register: str
    keys: Collection[object]

    def are_given_by(self, path: tree.FieldPath) -> bool:
        """Whether the path gives things of this kind."""
        last = path.fields[-1]
        if last.type is FieldType.AREA:
            return self.register == AREA
        return last.type is FieldType.REF and last.target == self.register


class Counter:
    """Counts over one city on any day; `by` names what dates the rows of the register counted."""

    def __init__(self, city: City, parameters: Mapping[str, Decimal]) -> None:
        self.city = city
        self._parameters = parameters
        self._readers: dict[date, Reader] = {}

    def reader(self, day: date) -> Reader:
        if day not in self._readers:
            self._readers[day] = Reader(self.city, day)
        return self._readers[day]

    def rows(
        self,
        source: tree.Aggregate | tree.Population,
        by: tuple[str, ...],
        placed: Placement,
        keep: Keep,
        terms_back: int = 0,
    ) -> list[Row]:
        """The rows in the window that satisfy every condition."""
        reader = self.reader(placed.today)
        return [
            row
            for row in self.placed(source.register, by, placed, terms_back)
            if keep(row)
            and all(
                reader.holds(condition, Scene(row, window=placed.window))
                for condition in source.conditions
            )
        ]

    def placed(
        self, slug: str, by: tuple[str, ...], placed: Placement, terms_back: int = 0
    ) -> list[Row]:
        """All rows of the register that lie in the window, whatever their content.

        By `term_no`, the row of each body that many recorded terms back.
        """
        rows = list(self.city.rows(slug))
        reader = self.reader(placed.today)
        if slug == AREA:
            return rows
        match rows_by(by):
            case RowsBy.STATE:
                return [row for row in rows if reader.stands_today(row)]
            case RowsBy.TERM_NO:
                bodies = self.terms(slug, placed.today).values()
                return [terms[terms_back] for terms in bodies if len(terms) > terms_back]
        return [row for row in rows if placed.counts(reader.day_of(row, by))]

    def terms(self, slug: str, day: date) -> dict[tuple[object, object], list[Row]]:
        """Per body and region the last row of each term up to `day`, the latest term first."""
        last: dict[tuple[object, object], dict[int, Row]] = defaultdict(dict)
        for row in self.city.rows(slug):
            cells = row.cells
            as_of, number = cells.get("as_of"), cells.get("term_no")
            if isinstance(as_of, date) and isinstance(number, int) and as_of <= day:
                of_body = last[cells.get("body"), cells.get("region")]
                of_body[number] = max(of_body.get(number, row), row, key=_latest_as_of)
        return {
            body: [rows[number] for number in sorted(rows, reverse=True)]
            for body, rows in last.items()
        }

    def constant(self, formula: tree.EnumSize | tree.Parameter) -> Fraction | None:
        """A number that no row decides; None when the parameter is not set."""
        if isinstance(formula, tree.EnumSize):
            return Fraction(len(formula.values or formula.path.fields[-1].values))
        known = self._parameters.get(formula.name)
        return None if known is None else Fraction(known)

    def total(
        self,
        formula: tree.Formula,
        rows: Sequence[Row],
        by: tuple[str, ...],
        placed: Placement,
        things: Things | None,
    ) -> Fraction | None:
        """What a formula comes to over the rows that count for it; None is unknown."""
        if not isinstance(formula, tree.Aggregate):
            return self.constant(formula)
        reader = self.reader(placed.today)
        if formula.function is Function.DISTINCT and things and things.are_given_by(formula.path):
            found = {value for row in rows for value in reader.path(row, formula.path.names)}
            return Fraction(len(found.intersection(things.keys)))
        values = reader.total(formula, list(rows), by)
        return next((value for value in values if isinstance(value, Fraction)), None)


def _latest_as_of(row: Row) -> tuple[object, str]:
    return row.cells["as_of"], str(row.cells.get("record_no", ""))
