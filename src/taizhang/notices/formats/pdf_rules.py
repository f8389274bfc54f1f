"""The grids that ruled lines draw on a page."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from taizhang.notices.document import Place

_SNAP = 3.0  # points between lines that are meant to be one, or to meet
_SHORTEST = 6.0  # points: shorter lines are underscores and drawings
_MOST_RULES = 4000  # a drawing, not a table
_MOST_CELLS = 20_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along one axis: at `place` across it, from `start` to `end` along it."""

    is_vertical: bool
    place: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class RuledGrid:
    """A table of ruled lines, its rows from the top down.

    `columns` are the places of the lines from left to right, `rows` from the top down;
    `origins` leads from each place to the first of the merged cell it belongs to.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    origins: dict[Place, Place]

    @property
    def top(self) -> float:
        return self.rows[0]

    def cell_at(self, x: float, y: float) -> Place | None:
        """The first place of the cell in which a point lies; None outside the table."""
        column = bisect_right(self.columns, x) - 1
        row = bisect_right([-place for place in self.rows], -y) - 1
        return self.origins.get((row, column))

    def right_edges(self) -> dict[Place, float]:
        """Where each cell, known by its first place, ends on the right."""
        last: dict[Place, int] = {}
        for (_row, column), origin in self.origins.items():
            last[origin] = max(column, last.get(origin, column))
        return {origin: self.columns[column + 1] for origin, column in last.items()}


def ruled_grids(rules: Sequence[Rule]) -> list[RuledGrid]:
    """The grids with at least two columns among the lines of a page."""
    lines = [rule for rule in rules if rule.end - rule.start >= _SHORTEST]
    if len(lines) > _MOST_RULES:
        return []
    return [grid for group in _touching(lines) for grid in _grid(group)]


def _touching(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """The rules in groups of those that meet, directly or through others."""
    leaders = list(range(len(rules)))

    def leader(at: int) -> int:
        while leaders[at] != at:
            leaders[at] = leaders[leaders[at]]
            at = leaders[at]
        return at

    upright = [at for at, rule in enumerate(rules) if rule.is_vertical]
    level = sorted(
        (at for at, rule in enumerate(rules) if not rule.is_vertical),
        key=lambda at: rules[at].place,
    )
    places = [rules[at].place for at in level]
    for at in upright:
        rule = rules[at]
        low = bisect_right(places, rule.start - _SNAP)
        high = bisect_right(places, rule.end + _SNAP)
        for other in level[low:high]:
            crossed = rules[other]
            if crossed.start - _SNAP <= rule.place <= crossed.end + _SNAP:
                leaders[leader(at)] = leader(other)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for at, rule in enumerate(rules):
        groups[leader(at)].append(rule)
    yield from groups.values()


def _grid(rules: Sequence[Rule]) -> Iterator[RuledGrid]:
    upright = [rule for rule in rules if rule.is_vertical]
    level = [rule for rule in rules if not rule.is_vertical]
    # The ends of lines count too: many tables are open at their sides.
    columns = _snapped(
        [rule.place for rule in upright] + [x for r in level for x in (r.start, r.end)]
    )
    rows = _snapped([rule.place for rule in level] + [y for r in upright for y in (r.start, r.end)])
    is_too_fine = len(columns) * len(rows) > _MOST_CELLS
    if len(columns) < 3 or len(rows) < 2 or not upright or not level or is_too_fine:
        return
    rows.reverse()
    yield RuledGrid(tuple(columns), tuple(rows), _origins(columns, rows, upright, level))


def _snapped(places: Iterable[float]) -> list[float]:
    """Places that are nearer than the eye can tell become one."""
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][-1] <= _SNAP:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [sum(group) / len(group) for group in groups]


def _origins(
    columns: Sequence[float],
    rows: Sequence[float],
    upright: Sequence[Rule],
    level: Sequence[Rule],
) -> dict[Place, Place]:
    """Places between which no line is drawn belong to one cell."""
    origins: dict[Place, Place] = {}
    above = [_near(level, place) for place in rows]
    beside = [_near(upright, place) for place in columns]
    for row in range(len(rows) - 1):
        for column in range(len(columns) - 1):
            middle_x = (columns[column] + columns[column + 1]) / 2
            middle_y = (rows[row] + rows[row + 1]) / 2
            origin = (row, column)
            if row and not _is_drawn(above[row], middle_x):
                origin = origins[row - 1, column]
            elif column and not _is_drawn(beside[column], middle_y):
                origin = origins[row, column - 1]
            origins[row, column] = origin
    return origins


def _near(rules: Iterable[Rule], place: float) -> list[Rule]:
    return [rule for rule in rules if abs(rule.place - place) <= _SNAP]


def _is_drawn(rules: Iterable[Rule], along: float) -> bool:
    return any(rule.start <= along <= rule.end for rule in rules)
