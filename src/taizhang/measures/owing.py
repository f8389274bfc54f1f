"""Who owes: the units of a population, the areas they lie in, and how many there are in each."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlglot import exp

from taizhang.measures.commitments import Kind, Unit
from taizhang.measures.compile import sql
from taizhang.measures.compile.frames import Frame
from taizhang.measures.compile.ties import EMPLOYER, ORG
from taizhang.measures.formula.check import AREA
from taizhang.measures.found import EVERYTHING, Found
from taizhang.measures.plan import Plan
from taizhang.measures.session import NOW, Session


class Owing:
    """Finds the units of commitments; the same population is asked for once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known_pairs: dict[tuple[str, str], Mapping[str, Sequence[str]]] = {}

    def find(self, found: Found) -> None:
        """Fill in the units, now and in the window before."""
        known, session = found.plan, self._session
        if known.population.is_all:
            found.units = (EVERYTHING,)
            found.in_area = {session.city: 1}
            return
        if not self._may_have_units(known):
            return
        found.units_table = self._units(known, known.frame, NOW)
        if found.before is not None:
            slot = session.slot_of(found.before.today)
            found.units_table_before = self._units(known, known.frame_before, slot)
        if found.lists_units:
            self._list_units(found)

    def _may_have_units(self, known: Plan) -> bool:
        """Without rows there is nobody; a trend is asked all the same, for the window before."""
        session = self._session
        registers = (known.population.register, known.subject)
        if known.commitment.kind is Kind.TREND:
            return all(map(session.is_offered, registers))
        return all(session.is_offered(slug) and session.has_rows(slug) for slug in registers)

    def _units(self, known: Plan, frame: Frame, slot: str) -> str:
        """The table of the units; where the window does not matter it is the same for all."""
        session = self._session
        by = known.by(known.population.register, session.book)
        read = session.slot(session.book.uses(known.population), slot)
        return session.units(
            known.population, by, frame if known.has_dated_units(by) else Frame(slot), read
        )

    def _list_units(self, found: Found) -> None:
        """Every unit with its own areas and all those it lies in."""
        session, subject = self._session, found.plan.subject
        found.areas_of = self._pairs(found, session.lying(subject))
        found.units = tuple(Unit(subject, unit) for unit in found.areas_of)
        found.in_area = Counter(code for codes in found.areas_of.values() for code in codes)
        located = session.located(subject)
        if located is not None:
            found.located = self._pairs(found, located)
        employers = session.belonging(subject, EMPLOYER)
        if found.names_units and subject not in (AREA.slug, ORG) and employers is not None:
            found.employers_of = self._pairs(found, employers)

    def _pairs(self, found: Found, ties: str) -> Mapping[str, Sequence[str]]:
        """What the units are tied to, by key; asked once for the same units."""
        wanted = (found.units_table, ties)
        if wanted not in self._known_pairs:
            pairs: dict[str, list[str]] = defaultdict(list)
            unit, other = sql.column("key", "u"), sql.column("key", "l")

            def query() -> exp.Query:
                tied = _units_in(found.units_table, ties, unit, other)
                return tied.order_by(unit.copy(), other.copy())

            for key, value in self._session.fetch_kept(("pairs", *wanted), query):
                pairs[str(key)].append(str(value))
            self._known_pairs[wanted] = pairs
        return self._known_pairs[wanted]

    def count(self, pools: Sequence[Found]) -> None:
        """How many units of each pool lie in each area, all asked at once."""
        tables = {f.units_table: f.plan.subject for f in pools if f.units_table}
        lying = {table: self._session.lying(subject) for table, subject in tables.items()}
        counts: dict[str, dict[str, int]] = {table: {} for table in tables}
        if tables:
            key = ("counts", *lying.items())
            for table, code, count in self._session.fetch_kept(key, lambda: _counts(lying)):
                counts[table][code] = count
        for found in pools:
            found.in_area = counts.get(found.units_table, {})


def _counts(lying: Mapping[str, str]) -> exp.Query:
    """The name of each table of units, an area, and how many of the units lie there."""
    area = sql.column("key", "l")
    queries = [
        _units_in(
            units,
            ties,
            sql.named(sql.text(units), "table"),
            area.copy(),
            exp.Count(this=exp.Star()),
        ).group_by(area.copy())
        for units, ties in lying.items()
    ]
    return exp.union(*queries, distinct=False) if len(queries) > 1 else queries[0]


def _units_in(units: str, ties: str, *columns: exp.Expr) -> exp.Select:
    on = sql.equal(sql.column("id", "l"), sql.column("key", "u"))
    query = sql.select(*columns).from_(sql.table(units, "u"))
    return query.join(sql.table(ties, "l"), on=on)
