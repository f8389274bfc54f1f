"""A ledger over a snapshot on a day: every figure and assessment (handbook 0.4, 0.5, 5.5).

Three steps: `plan` reads the formulas, `gather` fuses what they ask for into passes and runs them,
`reckon` turns what was found into verdicts and figures.
"""

from collections.abc import Collection, Sequence
from contextlib import closing
from datetime import date

from taizhang.measures.catalogue import Area, Catalogue
from taizhang.measures.commitments import Assessment, Evaluation, Figure, Ledger
from taizhang.measures.formula import FormulaError
from taizhang.measures.gather import gather, open_session
from taizhang.measures.plan import Plan, plan
from taizhang.measures.reckon import Reckoner, refuse
from taizhang.measures.snapshot import Snapshot


def evaluate(
    ledger: Ledger,
    catalogue: Catalogue,
    areas: Sequence[Area],
    snapshot: Snapshot,
    as_of: date,
    only: Collection[str] | None = None,
) -> Evaluation:
    """The figures of every area and the assessments of every unit, in the order of the ledger.

    `only` limits the commitments by code. A commitment that cannot be computed has the verdict
    error with its reason; the others are not touched by it.
    """
    wanted = [c for c in ledger.commitments if only is None or c.code in only]
    plans: list[Plan] = []
    errors: dict[str, FormulaError] = {}
    for commitment in wanted:
        try:
            plans.append(plan(commitment, ledger, catalogue))
        except FormulaError as refusal:
            errors[commitment.code] = refusal
    session, failed = open_session(catalogue, areas, snapshot, as_of, plans)
    errors |= failed
    with closing(session):
        found = gather(session, [p for p in plans if p.commitment.code not in failed], as_of)
    reckoner = Reckoner(areas, ledger.parameters, as_of)
    by_code = {one.plan.commitment.code: one for one in found}
    figures: list[Figure] = []
    assessments: list[Assessment] = []
    for commitment in wanted:
        if commitment.code in errors:
            figures.extend(refuse(commitment, areas, as_of, errors[commitment.code]))
            continue
        rows, units = reckoner.reckon(by_code[commitment.code])
        figures.extend(rows)
        assessments.extend(units)
    return Evaluation(as_of, tuple(figures), tuple(assessments))
