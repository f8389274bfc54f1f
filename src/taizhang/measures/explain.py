"""Why a figure is what it is: the records that count, those that do not, and who lacks what.

A few statements whatever the number of subjects: the rows are tested once into a table, and only
the page that is shown is looked at closely.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, suppress
from datetime import date

from taizhang.measures.catalogue import Area, Catalogue
from taizhang.measures.commitments import Kind, Ledger, Unit
from taizhang.measures.explanation import Asked, Cursor, Explanation
from taizhang.measures.formula import FormulaError
from taizhang.measures.found import Found
from taizhang.measures.gather import Gatherer, open_session
from taizhang.measures.plan import Plan, plan
from taizhang.measures.reckon import Reckoner
from taizhang.measures.session import Session
from taizhang.measures.snapshot import Snapshot
from taizhang.measures.trace import Tracer
from taizhang.measures.verdicts import Findings, judge, quotient

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


def asked_of(
    ledger: Ledger,
    catalogue: Catalogue,
    areas: Sequence[Area],
    snapshot: Snapshot,
    as_of: date,
    units: Collection[Unit],
) -> tuple[Asked, ...]:
    """What some units owe where only a share of all is judged (scope pool), in ledger order.

    A commitment is among them when its denominator counts one of the units. It is judged as if
    they were all: one unit is met or lacks something. A formula that cannot be computed asks
    nothing, and a trend has no single unit. More than `PAGE` that lack something are only named.
    """
    plans = [
        one
        for one in _readable(ledger, catalogue)
        if not one.is_each and one.denominator and one.commitment.kind is not Kind.TREND
    ]
    session, failed = open_session(catalogue, areas, snapshot, as_of, plans)
    with closing(session):
        gatherer = Gatherer(session, as_of)
        found = gatherer.gather([one for one in plans if one.commitment.code not in failed])
        asked = (_asked(session, gatherer, one, units, as_of) for one in found if not one.error)
        return tuple(one for one in asked if one is not None)


def _asked(
    session: Session, gatherer: Gatherer, found: Found, units: Collection[Unit], day: date
) -> Asked | None:
    tracer = Tracer(session, gatherer, found, (), session.city, limit=PAGE)
    subjects = tracer.asked(units)
    if not subjects:
        return None
    missing = [one for one in subjects if not one.is_satisfied]
    lacking = tracer.lacking(missing) if len(missing) <= PAGE else missing
    met = len(subjects) - len(missing)
    placed = found.window(found.city)
    value = quotient(met, len(subjects), "%")
    findings = Findings(
        value=value,
        progress=placed.progress,
        missing="no_rows" if tracer.is_silent else "",
    )
    ruling = judge(found.plan.commitment, day, findings)
    return Asked(
        code=found.plan.commitment.code,
        subject=subjects[0].unit.subject,
        window=placed.window,
        owed=len(subjects),
        met=met,
        verdict=ruling.verdict,
        lacking=tuple(lacking),
    )


def _readable(ledger: Ledger, catalogue: Catalogue) -> Iterator[Plan]:
    for commitment in ledger.commitments:
        with suppress(FormulaError):
            yield plan(commitment, ledger, catalogue)
