"""What a milestone asks besides its rows: a draft on the way, and how long the rows are valid."""

from collections.abc import Sequence
from datetime import date

from taizhang.measures.formula import tree
from taizhang.measures.naive.city import Row
from taizhang.measures.naive.counting import Counter, Keep
from taizhang.measures.naive.reading import Scene
from taizhang.measures.periods import Placement

POLICY = "policy"
DRAFTING = frozenset({"drafting", "consulting"})


def has_draft(
    counter: Counter, counted: tree.Aggregate, placed: Placement, is_present: Keep
) -> bool:
    """Whether a policy of the same topic and unit is being drafted or consulted on (5.5)."""
    if counted.register != POLICY:
        return False
    reader = counter.reader(placed.today)
    topics = [condition for condition in counted.conditions if str(condition.left) == "topic"]
    return any(
        is_present(row)
        and not DRAFTING.isdisjoint(reader.cell(row, "state"))
        and all(reader.holds(topic, Scene(row, window=placed.window)) for topic in topics)
        for row in counter.placed(POLICY, ("state",), placed)
    )


def last_valid_to(rows: Sequence[Row]) -> date | None:
    """The last `valid_to` of the rows that count, None unless every one has one."""
    days = [row.cells.get("valid_to") for row in rows]
    known = [day for day in days if isinstance(day, date)]
    return max(known) if known and len(known) == len(days) else None
