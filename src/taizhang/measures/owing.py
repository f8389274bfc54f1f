"""Who owes: the units of a population, the areas they lie in, and how many there are in each."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlglot import exp

from taizhang.measures.commitments import Unit
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
        if not (
            session.is_offered(known.population.register) and session.is_offered(known.subject)
        ):
            return
        found.units_table = self._units(known, known.frame, NOW)
        if found.before is not None:
            slot = session.slot_of(found.before.today)
            found.units_table_before = self._units(known, known.frame_before, slot)
        if found.lists_units:
            self._list_units(found)

    def _has_rows(self, slug: str) -> bool:
        return self._session.is_offered(slug) and self._session.has_rows(slug)

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
        if found.exempted.named and subject not in (AREA.slug, ORG) and employers is not None:
            found.employers_of = self._pairs(found, employers)

    def _pairs(self, found: Found, ties: str) -> Mapping[str, Sequence[str]]:
        """What the units are tied to, by key; asked once for the same units."""
        wanted = (found.units_table, ties)
        if wanted not in self._known_pairs:
            pairs: dict[str, list[str]] = defaultdict(list)
            unit, other = sql.column("key", "u"), sql.column("key", "l")
            query = self._units_in(found, ties, unit, other)
            for key, value in self._session.fetch(query.order_by(unit.copy(), other.copy())):
                pairs[str(key)].append(str(value))
            self._known_pairs[wanted] = pairs
        return self._known_pairs[wanted]

    def count(self, pools: Sequence[Found]) -> None:
        """How many units of each pool lie in each area, all asked at once."""
        tables = {found.units_table: found for found in pools if found.units_table}
        counts: dict[str, dict[str, int]] = {table: {} for table in tables}
        area = sql.column("key", "l")
        queries = [
            self._units_in(
                found,
                self._session.lying(found.plan.subject),
                sql.named(sql.text(table), "table"),
                area.copy(),
                exp.Count(this=exp.Star()),
            ).group_by(area.copy())
            for table, found in tables.items()
        ]
        if queries:
            query = exp.union(*queries, distinct=False) if len(queries) > 1 else queries[0]
            for table, code, count in self._session.fetch(query):
                counts[table][code] = count
        for found in pools:
            found.in_area = counts.get(found.units_table, {})

    def _units_in(self, found: Found, ties: str, *columns: exp.Expr) -> exp.Select:
        on = sql.equal(sql.column("id", "l"), sql.column("key", "u"))
        return (
            sql.select(*columns)
            .from_(sql.table(found.units_table, "u"))
            .join(sql.table(ties, "l"), on=on)
        )
