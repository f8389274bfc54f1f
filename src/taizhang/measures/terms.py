"""Whose term of office a window follows (handbook 0.4, period term; register R41)."""

from datetime import date
from functools import cached_property

from sqlglot import exp

from taizhang.lib.windows import Period
from taizhang.measures.commitments import Unit
from taizhang.measures.compile import sql
from taizhang.measures.compile.ties import LOCAL_FEDERATIONS, ORG
from taizhang.measures.formula.check import AREA
from taizhang.measures.found import EVERYTHING
from taizhang.measures.periods import Placement, Term, current_term, place, term_region
from taizhang.measures.plan import Plan
from taizhang.measures.session import Session


class Terms:
    """The windows of commitments on the status date; terms are read when first needed."""

    def __init__(self, session: Session, as_of: date) -> None:
        self._session = session
        self._as_of = as_of

    def of_city(self, known: Plan) -> Placement:
        """The window of the commitment as a whole: of a term, the city's."""
        period = known.commitment.period
        term = None
        if period is Period.TERM:
            term = self._term(known, self._session.city, self._city_federation)
        return place(period, known.rows_by, self._as_of, term=term)

    def of_unit(self, known: Plan, unit: Unit) -> Placement:
        """The window of a unit in period term: its own body's term."""
        region, org = self._whose_term(known, unit)
        term = self._term(known, region, org)
        return place(Period.TERM, known.rows_by, self._as_of, term=term)

    def _whose_term(self, known: Plan, unit: Unit) -> tuple[str | None, str]:
        if unit == EVERYTHING:
            return self._session.city, self._city_federation
        if unit.subject == ORG:
            code = self.stands_for.get(unit.key)
            return self._region_of_term(code), unit.key
        code = unit.key if unit.subject == AREA.slug else None
        return self._region_of_term(code), ""

    def _region_of_term(self, code: str | None) -> str | None:
        area = next((area for area in self._session.areas if area.code == code), None)
        return term_region(area, self._session.city) if area else None

    def _term(self, known: Plan, region: str | None, org: str) -> tuple[date, date] | None:
        own = self._own_terms.get(org, (None, None))
        body = known.commitment.term_body
        return current_term(self._terms, body, region, self._as_of, own)

    @cached_property
    def _terms(self) -> list[Term]:
        if not self._session.is_offered("term"):
            return []
        names = ("body", "region", "no", "start", "end")
        rows = self._session.fetch(sql.select(*map(sql.column, names)).from_(sql.table("term")))
        return [
            Term(str(b), str(r), no, start, end) for b, r, no, start, end in rows if start and end
        ]

    @cached_property
    def _orgs(self) -> list[tuple[str, str, str | None, date | None, date | None]]:
        """Local federations, and organisations with a term of their own."""
        if not self._session.is_offered(ORG):
            return []
        names = ("id", "org_type", "region", "term_start", "term_end")
        fields = self._session.book.registers[ORG].fields
        columns = [
            sql.column(name) if name in ("id", *fields) else sql.named(exp.null(), name)
            for name in names
        ]
        query = sql.select(*columns).from_(sql.table(ORG)).order_by(sql.column("id"))
        return [(str(row[0]), *row[1:]) for row in self._session.fetch(query)]

    @cached_property
    def _own_terms(self) -> dict[str, tuple[date | None, date | None]]:
        return {key: (start, end) for key, _, _, start, end in self._orgs}

    @cached_property
    def stands_for(self) -> dict[str, str]:
        """The area of each local federation, by the row's id as text."""
        return {
            key: region
            for key, kind, region, _, _ in self._orgs
            if kind in LOCAL_FEDERATIONS and region is not None
        }

    @cached_property
    def _city_federation(self) -> str:
        return next((key for key, kind, *_ in self._orgs if kind == "city_federation"), "")
