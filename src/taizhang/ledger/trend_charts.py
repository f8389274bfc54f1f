"""The trend of a commitment in one area as the chart that pages draw, with its caveats in words."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from taizhang.core.organisations.models import Area
from taizhang.ledger.deadlines import last_day
from taizhang.ledger.figures import ShownFigure
from taizhang.ledger.models import EvaluationRun
from taizhang.ledger.reasons import register_label
from taizhang.ledger.trends import NAMED_BY_DAY, Point, Trend
from taizhang.lib.windows import Period
from taizhang.measures.commitments import Target, Verdict
from taizhang.ui.components import number
from taizhang.ui.trend import TrendChart, TrendPoint


def trend_chart(found: Trend, shown: ShownFigure, area: Area, run: EvaluationRun) -> TrendChart:
    """The windows before, and the present figure as the last one."""
    earlier = [_earlier(point, area.code) for point in reversed(found.points)]
    points = [*earlier, _present(shown, run)]
    is_running = _is_running(shown, run)
    notes = [*_comparison(points, shown.unit, is_running=is_running), *_caveats(found, shown, run)]
    return TrendChart(
        title=f"{shown.commitment.code} {shown.commitment.duty}",
        unit=shown.unit,
        points=points,
        notes=notes,
        is_running=is_running,
    )


def _earlier(point: Point, area: str) -> TrendPoint:
    figure = point.figures.get(area)
    if figure is None:
        return TrendPoint(point.label, Verdict.NO_DATA, None)
    return TrendPoint(
        point.label,
        figure.verdict,
        figure.value,
        _ends(figure.target) if figure.value is not None else (),
        _parts(figure.value, figure.numerator, figure.denominator),
    )


def _present(shown: ShownFigure, run: EvaluationRun) -> TrendPoint:
    figure = shown.figure
    is_by_day = Period(shown.commitment.period) in NAMED_BY_DAY
    if figure is None:
        return TrendPoint(run.as_of.isoformat(), shown.verdict, None)
    ends = figure.target if figure.target_to is None else (figure.target, figure.target_to)
    return TrendPoint(
        run.as_of.isoformat() if is_by_day else figure.window,
        figure.verdict,
        figure.value,
        _ends(ends) if figure.value is not None else (),
        _parts(figure.value, figure.numerator, figure.denominator),
    )


def _ends(target: Target) -> tuple[Decimal, ...]:
    if target is None:
        return ()
    return target if isinstance(target, tuple) else (target,)


def _parts(value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None) -> str:
    if value is None or denominator is None:
        return ""
    return f"{number(numerator)} / {number(denominator)}"


def _is_running(shown: ShownFigure, run: EvaluationRun) -> bool:
    """Whether the present window is a calendar's and not over, so that it compares with no other.

    A year against the year before is compared by the same days of both.
    """
    if shown.figure is None or Period(shown.commitment.period) is Period.YEAR_ON_YEAR:
        return False
    end = last_day(shown.figure.window)
    return end is not None and end > run.as_of


def _comparison(points: list[TrendPoint], unit: str, *, is_running: bool) -> Iterator[str]:
    """How the present window stands to the one before, where both are known and whole."""
    if len(points) < 2 or points[-1].value is None or points[-2].value is None:
        return
    if is_running:
        yield _("The present window is not over: it is not compared with whole ones.")
        return
    difference = points[-1].value - points[-2].value
    amount = {
        "amount": number(abs(difference)),
        "unit": _("percentage points") if unit == "%" else unit,
        "before": points[-2].label,
    }
    if difference > 0:
        yield _("Risen by %(amount)s %(unit)s since %(before)s.") % amount
    elif difference < 0:
        yield _("Fallen by %(amount)s %(unit)s since %(before)s.") % amount
    else:
        yield _("The same as in %(before)s.") % amount


def _caveats(found: Trend, shown: ShownFigure, run: EvaluationRun) -> Iterator[str]:
    yield _(
        "Earlier windows are read from the records as they are known on %(day)s, not as they were "
        "reported then; a record that was entered later counts there too."
    ) % {"day": date_format(run.as_of)}
    if not found.past.register:
        return
    register = register_label(found.past.register, shown.pack)
    if found.past.begins is None:
        yield _(
            "The register “%(register)s” keeps only the present state, so what was before is "
            "unknown."
        ) % {"register": register}
    elif found.points and not found.points[-1].figures:
        yield _(
            "The register “%(register)s” holds nothing dated before %(day)s, so what was before is "
            "unknown."
        ) % {"register": register, "day": date_format(found.past.begins)}
