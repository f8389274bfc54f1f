"""Windows as statements see them: their days are parameters, or columns where keys differ."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlglot import exp

from taizhang.lib.windows import add_days, add_months
from taizhang.lib.workdays import shipped_calendar
from taizhang.measures.compile import sql
from taizhang.measures.formula import tree
from taizhang.measures.formula.tree import ShiftUnit, TokenName
from taizhang.measures.periods import Placement

KEYED = "w"  # the alias of windows that differ by key


@dataclass(frozen=True)
class Frame:
    """A window as a formula sees it: known by its name, its days are parameters.

    `keyed` is the table of windows when every key has one of its own.
    """

    label: str
    keyed: str = ""


@dataclass(frozen=True)
class Statement:
    """A pass as SQL; `parameters` says what each is: a frame's label and what of it."""

    text: str
    parameters: Mapping[str, tuple[str, "Moment"]]


@dataclass(frozen=True)
class Moment:
    """A day or year of a window: a token, moved or not, or the last day that counts."""

    name: TokenName | None
    moves: tuple[tuple[int, ShiftUnit], ...] = ()

    def of(self, placed: Placement) -> date | int:
        match self.name:
            case TokenName.TODAY_YEAR:
                return placed.today.year
            case TokenName.PERIOD_YEAR:
                return placed.window.first.year
        day = {
            TokenName.TODAY: placed.today,
            TokenName.PERIOD_START: placed.window.first,
            TokenName.PERIOD_END: placed.window.last,
            None: placed.counted_to,
        }[self.name]
        for amount, unit in self.moves:
            day = _moved(day, amount, unit)
        return day


COUNTED_TO = Moment(None)
TODAY = Moment(TokenName.TODAY)
FIRST = Moment(TokenName.PERIOD_START)


@dataclass
class Parameters:
    """The parameters a statement has come to use."""

    used: dict[str, tuple[str, Moment]] = field(default_factory=dict)

    def moment(self, frame: Frame, moment: Moment) -> exp.Expr:
        steps = "".join(f"_{unit.value}{amount}" for amount, unit in moment.moves)
        name = f"{frame.label}_{moment.name.value if moment.name else 'counted_to'}{steps}"
        name = name.replace(" ", "_").replace("-", "minus").replace(".", "_")
        self.used[name] = (frame.label, moment)
        return sql.parameter(name)

    def of(self, query: exp.Query) -> Mapping[str, tuple[str, Moment]]:
        """Those that the query names: what was compiled twice is in it once."""
        named = {str(node.this) for node in query.find_all(exp.Placeholder)}
        return {name: moment for name, moment in self.used.items() if name in named}


@dataclass(frozen=True)
class FrameTokens:
    """The tokens of a frame, as parameters or as columns of the windows by key."""

    frame: Frame
    parameters: Parameters

    def token(self, node: tree.Token) -> exp.Expr:
        return self.moment(Moment(node.name))

    def moved(self, node: tree.Moved) -> exp.Expr | None:
        moves = [(node.amount, node.unit)]
        base: tree.Value = node.base
        while isinstance(base, tree.Moved):
            moves.append((base.amount, base.unit))
            base = base.base
        if self.frame.keyed or not isinstance(base, tree.Token):
            return None
        return self.parameters.moment(self.frame, Moment(base.name, tuple(reversed(moves))))

    def moment(self, moment: Moment) -> exp.Expr:
        if not self.frame.keyed:
            return self.parameters.moment(self.frame, moment)
        columns = {
            TokenName.TODAY: "today",
            TokenName.TODAY_YEAR: "today",
            TokenName.PERIOD_START: "first",
            TokenName.PERIOD_YEAR: "first",
            TokenName.PERIOD_END: "last",
            None: "counted_to",
        }
        value = sql.column(columns[moment.name], KEYED)
        is_year = moment.name in (TokenName.TODAY_YEAR, TokenName.PERIOD_YEAR)
        return exp.Year(this=value) if is_year else value


def _moved(day: date, amount: int, unit: ShiftUnit) -> date:
    match unit:
        case ShiftUnit.DAYS:
            return add_days(day, amount)
        case ShiftUnit.MONTHS:
            return add_months(day, amount)
    return shipped_calendar().add_workdays(day, amount)
