"""Why a figure is what it is: the records that count, those that do not, and who lacks what.

A few statements whatever the number of subjects: the rows are tested once into a table, and only
the page that is shown is looked at closely.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from datetime import date

from taizhang.measures.catalogue import Area, Catalogue
from taizhang.measures.commitments import Ledger
from taizhang.measures.explanation import Cursor, Explanation
from taizhang.measures.formula import FormulaError
from taizhang.measures.gather import Gatherer, open_session
from taizhang.measures.plan import Plan, plan
from taizhang.measures.reckon import Reckoner
from taizhang.measures.snapshot import Snapshot
from taizhang.measures.trace import Tracer

PAGE = 50


def explain(
    ledger: Ledger,
    catalogue: Catalogue,
    areas: Sequence[Area],
    snapshot: Snapshot,
    as_of: date,
    code: str,
    area: str | None = None,
    *,
    limit: int = PAGE,
    after: Cursor | None = None,
) -> Explanation:
    """What is behind the figure of a commitment, for an area or for everything.

    Every list has at most `limit` entries; `after` continues the lists of the page before.
    Raises LookupError for an unknown code.
    """
    commitment = next((c for c in ledger.commitments if c.code == code), None)
    if commitment is None:
        raise LookupError(f"the ledger has no commitment {code!r}")
    try:
        known = plan(commitment, ledger, catalogue)
    except FormulaError as refusal:
        return Explanation(code, area, reason=f"formula:{refusal.message}")
    session, failed = open_session(catalogue, areas, snapshot, as_of, [known])
    with closing(session):
        if code in failed:
            return Explanation(code, area, reason=f"formula:{failed[code].message}")
        gatherer = Gatherer(session, as_of)
        found = gatherer.gather([known])[0]
        if found.error:
            return Explanation(code, area, reason=f"formula:{found.error}")
        _, assessments = Reckoner(areas, ledger.parameters, as_of).reckon(found)
        tracer = Tracer(session, gatherer, found, assessments, area or session.city, limit)
        return tracer.explanation(area, after or Cursor())


def counted_for(
    ledger: Ledger,
    catalogue: Catalogue,
    areas: Sequence[Area],
    snapshot: Snapshot,
    as_of: date,
    register: str,
    key: int,
) -> tuple[str, ...]:
    """The commitments whose numerator counts the row `key` of a register, in the ledger's order.

    A formula that cannot be computed counts nothing.
    """
    plans = [one for one in _readable(ledger, catalogue) if one.counts_rows_of(register)]
    if not plans:
        return ()
    session, failed = open_session(catalogue, areas, snapshot, as_of, plans)
    with closing(session):
        gatherer = Gatherer(session, as_of)
        found = gatherer.gather([one for one in plans if one.commitment.code not in failed])
        return tuple(
            one.plan.commitment.code
            for one in found
            if not one.error
            and Tracer(session, gatherer, one, (), session.city, limit=1).counts(key)
        )


def _readable(ledger: Ledger, catalogue: Catalogue) -> Iterator[Plan]:
    for commitment in ledger.commitments:
        with suppress(FormulaError):
            yield plan(commitment, ledger, catalogue)
