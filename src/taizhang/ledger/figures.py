"""A commitment with its figure, as pages show it: target, window and reason in words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from taizhang.ledger.models import Commitment, FigureRow
from taizhang.ledger.reasons import reason_text
from taizhang.ledger.wording import FLAGS, MODALITIES, PERIODS, SCOPES, THRESHOLD_SOURCES
from taizhang.lib.windows import Period
from taizhang.measures.commitments import Comparator, Flag, Modality, Scope, Verdict
from taizhang.ui.components import number


@dataclass(frozen=True)
class ShownFigure:
    """`figure` None: the ledger has not been computed since the commitment was written."""

    commitment: Commitment
    figure: FigureRow | None
    pack: str

    @property
    def verdict(self) -> str:
        if self.figure is not None:
            return self.figure.verdict
        return Verdict.NO_DATA if self.commitment.numerator else Verdict.NOT_QUANTIFIED

    @property
    def is_each(self) -> bool:
        """The figure counts units that are met; its parts are numbers of units."""
        return self.commitment.scope == Scope.EACH

    @property
    def unit(self) -> str:
        """The unit of the value: a share of units where each is judged alone (handbook 0.4)."""
        return "%" if self.is_each else self.commitment.unit

    @property
    def target(self) -> str:
        return target_text(self.commitment, self.figure)

    @property
    def window(self) -> str:
        """The rhythm in words, and the window that the figure is of."""
        return window_text(self.commitment, self.figure.window if self.figure else "")

    @property
    def modality(self) -> str:
        return str(MODALITIES[Modality(self.commitment.modality)])

    @property
    def scope(self) -> str:
        return str(SCOPES[Scope(self.commitment.scope)])

    @property
    def source(self) -> str:
        return str(THRESHOLD_SOURCES[self.commitment.threshold_source])

    @property
    def reason(self) -> str:
        return reason_text(self.figure.reason, self.commitment, self.pack) if self.figure else ""

    @property
    def flags(self) -> list[str]:
        return [str(FLAGS[Flag(flag)]) for flag in self.figure.flags] if self.figure else []

    @property
    def short(self) -> str:
        """The figure in a table of areas: its parts, else its value, "" where there is none."""
        if self.figure is None or self.figure.value is None:
            return ""
        if self.figure.denominator is not None:
            return f"{number(self.figure.numerator)}/{number(self.figure.denominator)}"
        return number(self.figure.value)


def window_text(commitment: Commitment, label: str) -> str:
    """The rhythm in words, with the window's label where that says more than its name."""
    period = Period(commitment.period)
    says_more = label and label not in PERIODS and period is not Period.POINT_IN_TIME
    return f"{PERIODS[period]} · {label}" if says_more else str(PERIODS[period])


@dataclass(frozen=True, slots=True)
class Amount:
    """How much is enough: a number, a range, or the planned day of a milestone."""

    target: Decimal | None
    target_to: Decimal | None = None
    planned: date | None = None


def target_text(commitment: Commitment, figure: FigureRow | None = None) -> str:
    """How much is enough, in words; a trend names the value it is compared with when known."""
    now = Amount(commitment.target, commitment.target_to, commitment.planned)
    return amount_asked(commitment, now, figure)


def amount_asked(commitment: Commitment, asked: Amount, figure: FigureRow | None = None) -> str:
    """The same for another amount than the one that holds: what the pack states, say."""
    comparator = Comparator(commitment.comparator)
    match comparator:
        case Comparator.EXISTS:
            if asked.planned is None:
                return _("in place")
            return _("in place by %(day)s") % {"day": asked.planned.isoformat()}
        case Comparator.BETWEEN:
            return _("%(from)s to %(to)s %(unit)s") % {
                "from": number(asked.target),
                "to": number(asked.target_to),
                "unit": commitment.unit,
            }
        case Comparator.INCREASE | Comparator.NOT_DECREASE | Comparator.NOT_INCREASE:
            return _trend_text(comparator, figure.target if figure else None)
    amount = amount_text(asked.target, commitment.unit)
    if comparator is Comparator.AT_MOST:
        return _("at most %(amount)s") % {"amount": amount}
    if comparator is Comparator.MORE_THAN:
        return _("more than %(amount)s") % {"amount": amount}
    if commitment.unit == "%":
        return pgettext("share", "at least %(amount)s") % {"amount": amount}
    return pgettext("number", "at least %(amount)s") % {"amount": amount}


def amount_text(amount: Decimal | None, unit: str) -> str:
    """A number with its unit; English units are kept in the plural and said of one in the singular.

    >>> amount_text(Decimal(1), "activities"), amount_text(Decimal(4), "sessions")
    ('1 activity', '4 sessions')
    """
    if amount == 1 and unit.endswith("s") and unit != "series":
        unit = f"{unit[:-3]}y" if unit.endswith("ies") else unit[:-1]
    return f"{number(amount)} {unit}"


def _trend_text(comparator: Comparator, previous: Decimal | None) -> str:
    text = {
        Comparator.INCREASE: _("more than the window before"),
        Comparator.NOT_DECREASE: _("not less than the window before"),
        Comparator.NOT_INCREASE: _("not more than the window before"),
    }[comparator]
    return text if previous is None else f"{text} ({number(previous)})"
