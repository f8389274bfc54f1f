"""A small chart of one figure over windows: where everything stands; `ui/trend.html` draws it.

Drawn on the server, without script or styles of its own: it prints, and a strict content policy
lets it through.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from taizhang.ui.components import Text, number

# In units of the drawing, which are pixels where there is room.
STEP = 46
TOP = 34
HEIGHT = 92
BOTTOM = 34
SHAPE = 14
WIDEST = 6  # characters of a value that stand over a point without touching the next


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A window: `value` None is unknown or nothing that is owed, and is drawn grey, never as zero.

    `parts` is the figure as a fraction in words, `targets` one number, or both ends of a range.
    """

    label: str
    verdict: str
    value: Decimal | None
    targets: Sequence[Decimal] = ()
    parts: str = ""


@dataclass(frozen=True, slots=True)
class TrendChart:
    """`points` from the earliest to the present one. `notes`: what a reader should know of them.

    `is_running`: the present window is not over, so the way to it is drawn dashed.
    """

    title: Text
    unit: str
    points: Sequence[TrendPoint]
    notes: Sequence[Text] = ()
    is_running: bool = False

    @property
    def newest_first(self) -> Sequence[TrendPoint]:
        return self.points[::-1]


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of the drawing: `x` its middle, `y` that of its shape, the label in two lines."""

    x: int
    y: int
    verdict: str
    value: str
    label: tuple[str, str]
    is_known: bool

    @property
    def left(self) -> int:
        return self.x - STEP // 2

    @property
    def shape_x(self) -> int:
        return self.x - SHAPE // 2

    @property
    def shape_y(self) -> int:
        return self.y - SHAPE // 2

    @property
    def value_y(self) -> int:
        return self.y - SHAPE


@dataclass(frozen=True, slots=True)
class Drawing:
    """`line`, `running` and `target` are paths, "" where there is nothing to draw."""

    width: int
    marks: Sequence[Mark]
    line: str
    running: str
    target: str

    height = TOP + HEIGHT + BOTTOM
    step = STEP
    shape = SHAPE
    top = TOP
    base = TOP + HEIGHT
    plot = HEIGHT
    label_y = TOP + HEIGHT + 15
    second_label_y = TOP + HEIGHT + 28


def draw(chart: TrendChart) -> Drawing:
    """The drawing of a chart; the scale begins at zero, and ends at 100 at least for shares."""
    scale = _scale(chart)
    is_wide = any(len(number(point.value)) > WIDEST for point in chart.points)
    last = len(chart.points) - 1
    marks = [
        Mark(
            x=STEP * at + STEP // 2,
            y=TOP + HEIGHT // 2 if point.value is None else _height(point.value, scale),
            verdict=point.verdict,
            value="" if point.value is None or (is_wide and at < last) else number(point.value),
            label=_two_lines(point.label),
            is_known=point.value is not None,
        )
        for at, point in enumerate(chart.points)
    ]
    until = marks[:-1] if chart.is_running else marks
    return Drawing(
        width=STEP * len(marks),
        marks=marks,
        line=_line(until),
        running=_line(marks[-2:]) if chart.is_running else "",
        target=_targets(chart, marks, scale),
    )


def _scale(chart: TrendChart) -> Decimal:
    values = [point.value for point in chart.points if point.value is not None]
    targets = [target for point in chart.points for target in point.targets]
    return max([*values, *targets, Decimal(100 if chart.unit == "%" else 1)])


def _height(value: Decimal, scale: Decimal) -> int:
    return TOP + HEIGHT - round(max(value, Decimal(0)) / scale * HEIGHT)


def _line(marks: Iterable[Mark]) -> str:
    """Through the points that are known; parted where one is not."""
    path, is_drawing = [], False
    for mark in marks:
        if mark.is_known:
            path.append(f"{'L' if is_drawing else 'M'}{mark.x} {mark.y}")
        is_drawing = mark.is_known
    return "".join(path)


def _targets(chart: TrendChart, marks: Sequence[Mark], scale: Decimal) -> str:
    """A level over the width of each window that has a target."""
    return "".join(_levels(chart, marks, scale))


def _levels(chart: TrendChart, marks: Sequence[Mark], scale: Decimal) -> Iterator[str]:
    for point, mark in zip(chart.points, marks, strict=True):
        for target in point.targets:
            yield f"M{mark.left} {_height(target, scale)}h{STEP}"


def _two_lines(label: str) -> tuple[str, str]:
    """The year, and below it what is said of it.

    >>> _two_lines("2026-Q3"), _two_lines("2026"), _two_lines("2021-2025")
    (('2026', 'Q3'), ('2026', ''), ('2021', '–2025'))
    """
    year, _dash, rest = label.partition("-")
    is_span = len(rest) == len(year) and rest.isdigit()
    return year, f"–{rest}" if is_span else rest
