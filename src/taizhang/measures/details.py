"""What the rows of a page failed, with the values that were found there."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from taizhang.measures.compile import sql
from taizhang.measures.compile.frames import Frame, FrameTokens, Parameters, Statement
from taizhang.measures.compile.passes import Measure, Pass
from taizhang.measures.compile.scans import owners, rule_parts, values
from taizhang.measures.explanation import Failure, Fault, Part, Record
from taizhang.measures.formula import tree
from taizhang.measures.formula.check import AREA
from taizhang.measures.formula.tree import FieldPath
from taizhang.measures.periods import Placement, RowsBy, rows_by
from taizhang.measures.session import NOW, Session


@dataclass(frozen=True)
class Scan:
    """A table of tested rows (compile.scans.scan) with what they were tested for."""

    table: str
    key: Pass
    measure: Measure

    @property
    def conditions(self) -> tuple[tree.Comparison, ...]:
        return self.measure.aggregate.conditions

    @property
    def register(self) -> str:
        return self.key.register

    def columns(self) -> list[exp.Expr]:
        """id, record_no, day, placed and the conditions, as `Tracer._records` reads them."""
        flags = [f"c{index}" for index in range(len(self.conditions))]
        return [sql.column(name) for name in ("id", "record_no", "day", "placed", *flags)]


class Details:
    """What the rows of a page failed, with the values found there; asked for all rows at once."""

    def __init__(
        self, session: Session, placed: Placement, tested: Scan, rows: Sequence[tuple[Any, ...]]
    ) -> None:
        self._session = session
        self._placed = placed
        self._tested = tested
        self._tables = self._session.tables(tested.key.slot)
        failing = [row for row in rows if not all(row[3:])]
        self._values: dict[Any, Sequence[Any]] = {}
        self._rules: dict[tuple[Any, int], list[Part]] = defaultdict(list)
        if failing:
            self._read(failing)

    def record(self, row: tuple[Any, ...]) -> Record:
        key, number, day, placed, *flags = row
        failures = [] if placed else [self._outside(day)]
        failures += [self._failure(key, index) for index, holds in enumerate(flags) if not holds]
        return Record(self._tested.register, str(key), number, day, tuple(failures))

    def _outside(self, day: Any) -> Failure:
        tested, placed = self._tested, self._placed
        window = placed.window
        if rows_by(tested.key.by) is RowsBy.STATE:
            part = Part("state", "=", placed.today.isoformat(), _as_text(day))
            return Failure(Fault.STATE, window.label, part)
        value = f"{window.first.isoformat()}..{placed.counted_to.isoformat()}"
        part = Part(" ".join(tested.key.by), "in", value, _as_text(day))
        return Failure(Fault.WINDOW, window.label, part)

    def _failure(self, key: Any, index: int) -> Failure:
        condition = self._tested.conditions[index]
        actual = self._values[key][index]
        part = _part(condition, actual, holds=False)
        return Failure(Fault.CONDITION, str(condition), part, tuple(self._rules[key, index]))

    def _read(self, failing: Sequence[tuple[Any, ...]]) -> None:
        session, tested = self._session, self._tested
        is_text = tested.register == AREA.slug
        ids = self._session.listed("id", list(dict.fromkeys(str(r[0]) for r in failing)), is_text)
        frame = tested.measure.frame
        parameters = Parameters()
        tokens = FrameTokens(Frame(frame.label), parameters)
        query = values(self._tables, tested.register, tested.conditions, tokens, ids)
        self._values = {r[0]: r[1:] for r in session.run(_statement(query, parameters))}
        for index, condition in enumerate(tested.conditions):
            if any(not row[4 + index] for row in failing):
                self._read_rule(index, condition, ids)

    def _read_rule(self, index: int, condition: tree.Comparison, ids: str) -> None:
        """The parts of the rule of a derived field, at each row that a failing row refers to."""
        path = condition.left
        if not isinstance(path, FieldPath) or not path.fields:
            return
        session, last = self._session, path.fields[-1]
        register = path.fields[-2].target if len(path.fields) > 1 else self._tested.register
        if not (last.derived or last.read_as):
            return
        own = session.fetch(owners(self._tables, self._tested.register, path, ids))
        table = self._session.listed("owner", list({str(owner) for _, owner in own}), False)
        parameters = Parameters()
        tokens = FrameTokens(Frame(NOW), parameters)
        rule = rule_parts(session.book, self._tables, register, last.name, tokens, table)
        if rule is None:
            return
        by_owner = {r[0]: r[1:] for r in session.run(_statement(rule.query, parameters))}
        for key, owner in own:
            cells = by_owner.get(owner, ())
            self._rules[key, index] += [
                _part(part, cells[2 * n + 1], holds=bool(cells[2 * n]))
                for n, part in enumerate(rule.parts)
                if cells
            ]


def _part(condition: tree.Comparison, actual: Any, *, holds: bool) -> Part:
    value = str(condition.right)
    return Part(str(condition.left), condition.operator.value, value, _as_text(actual), holds)


def _as_text(value: Any) -> str | None:
    return None if value is None else str(value)


def _statement(query: exp.Query, parameters: Parameters) -> Statement:
    return Statement(sql.statement(query), parameters.of(query))
