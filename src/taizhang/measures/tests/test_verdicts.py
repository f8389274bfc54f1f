"""Every cell of the table of handbook 5.5, the rules around it, and the item verdict of 0.7."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.lib import windows
from taizhang.lib.windows import Period
from taizhang.measures.commitments import (
    Commitment,
    Comparator,
    Flag,
    Kind,
    Modality,
    Scope,
    Verdict,
)
from taizhang.measures.verdicts import (
    Findings,
    Ruling,
    as_decimal,
    half_up,
    item_verdict,
    judge,
    missing_reason,
    quotient,
    roll_up,
    shown,
)

MET, ON_PACE, BEHIND, UNMET = Verdict.MET, Verdict.ON_PACE, Verdict.BEHIND, Verdict.UNMET
NOT_DUE, NO_DATA = Verdict.NOT_DUE, Verdict.NO_DATA
NOT_APPLICABLE, NOT_QUANTIFIED = Verdict.NOT_APPLICABLE, Verdict.NOT_QUANTIFIED
ERROR = Verdict.ERROR
DAY = date(2026, 9, 30)
EARLY, LATE, OVER = Fraction(74, 100), Fraction(75, 100), Fraction(1)


def commitment(
    kind: Kind = Kind.COUNT,
    comparator: Comparator = Comparator.AT_LEAST,
    target: str | tuple[str, str] = "1",
    *,
    modality: Modality = Modality.MUST,
    threshold_source: str = "text",
    confirmed: bool = False,
    planned: date | None = None,
    by: tuple[str, ...] = ("held_on",),
    numerator: str = "count(meeting[])",
    denominator: str = "",
) -> Commitment:
    exact = (
        (Decimal(target[0]), Decimal(target[1])) if isinstance(target, tuple) else Decimal(target)
    )
    return Commitment(
        code="1.1",
        kind=kind,
        scope=Scope.EACH,
        population="gov8",
        numerator=numerator,
        denominator=denominator,
        comparator=comparator,
        target=exact,
        unit="%",
        period=Period.YEAR,
        by=by,
        modality=modality,
        threshold_source=threshold_source,
        planned=planned,
        confirmed=confirmed,
    )


def verdict_of(
    rule: Commitment, value: str | int, progress: Fraction, previous: str | None = None
) -> Verdict:
    before = None if previous is None else Fraction(previous)
    found = Findings(value=Fraction(value), previous=before, progress=progress)
    return judge(rule, DAY, found).verdict


@pytest.mark.parametrize(
    ("target", "value", "progress", "verdict"),
    [
        ("1", 1, EARLY, MET),
        ("1", 2, OVER, MET),
        ("1", 0, OVER, UNMET),
        ("1", 0, EARLY, NOT_DUE),
        ("1", 0, LATE, BEHIND),
        ("2", 2, EARLY, MET),
        ("2", 1, OVER, UNMET),
        ("2", 1, EARLY, NOT_DUE),
        ("2", 1, LATE, BEHIND),
        ("3", 3, EARLY, MET),
        ("3", 2, OVER, UNMET),
        ("3", 2, LATE, ON_PACE),
        ("3", 1, LATE, BEHIND),
        ("4", 2, Fraction(1, 2), ON_PACE),
        ("4", 1, Fraction(1, 2), BEHIND),
        ("3", 0, Fraction(1, 7), ON_PACE),
        ("3", 0, Fraction(1, 6), BEHIND),
        ("12", 0, Fraction(1, 365), ON_PACE),
    ],
)
def test_count_at_least(target: str, value: int, progress: Fraction, verdict: Verdict) -> None:
    assert verdict_of(commitment(target=target), value, progress) is verdict


@pytest.mark.parametrize(
    ("value", "progress", "verdict"),
    [(0, EARLY, MET), (0, OVER, MET), (1, EARLY, UNMET), (1, OVER, UNMET)],
)
def test_count_at_most_is_unmet_at_once(value: int, progress: Fraction, verdict: Verdict) -> None:
    rule = commitment(comparator=Comparator.AT_MOST, target="0")

    assert verdict_of(rule, value, progress) is verdict


@pytest.mark.parametrize(
    ("value", "progress", "verdict", "flags"),
    [
        (2, Fraction(273, 365), ON_PACE, ()),
        (1, Fraction(273, 365), BEHIND, ()),
        (2, Fraction(335, 365), BEHIND, ()),
        (3, EARLY, MET, ()),
        (5, OVER, MET, ()),
        (6, EARLY, MET, (Flag.ABOVE_RANGE,)),
        (2, OVER, UNMET, ()),
    ],
)
def test_range(value: int, progress: Fraction, verdict: Verdict, flags: tuple[Flag, ...]) -> None:
    rule = commitment(Kind.RANGE, Comparator.BETWEEN, ("3", "5"))

    ruling = judge(rule, DAY, Findings(value=Fraction(value), progress=progress))

    assert ruling == Ruling(verdict, flags)


@pytest.mark.parametrize(
    ("kind", "value", "progress", "verdict"),
    [
        (Kind.COVERAGE, "80", EARLY, MET),
        (Kind.COVERAGE, "79.99", OVER, BEHIND),
        (Kind.COVERAGE, "72", OVER, BEHIND),
        (Kind.COVERAGE, "71.99", OVER, UNMET),
        (Kind.COVERAGE, "0", EARLY, NOT_DUE),
        (Kind.COVERAGE, "79.99", LATE, BEHIND),
        (Kind.RATIO, "80", EARLY, MET),
        (Kind.RATIO, "72", OVER, BEHIND),
        (Kind.RATIO, "71.99", OVER, UNMET),
        (Kind.RATIO, "0", EARLY, BEHIND),
        (Kind.RATIO, "0", LATE, BEHIND),
    ],
)
def test_coverage_and_ratio_at_least(
    kind: Kind, value: str, progress: Fraction, verdict: Verdict
) -> None:
    assert verdict_of(commitment(kind, target="80"), value, progress) is verdict


@pytest.mark.parametrize(
    ("value", "progress", "verdict"),
    [("0.1", EARLY, MET), ("0", OVER, UNMET), ("0", EARLY, BEHIND)],
)
def test_ratio_above_zero(value: str, progress: Fraction, verdict: Verdict) -> None:
    rule = commitment(Kind.RATIO, Comparator.MORE_THAN, "0")

    assert verdict_of(rule, value, progress) is verdict


@pytest.mark.parametrize(
    ("comparator", "value", "progress", "verdict"),
    [
        (Comparator.INCREASE, "100.1", EARLY, MET),
        (Comparator.INCREASE, "100", OVER, BEHIND),
        (Comparator.INCREASE, "98", OVER, BEHIND),
        (Comparator.INCREASE, "97.9", OVER, UNMET),
        (Comparator.INCREASE, "0", EARLY, BEHIND),
        (Comparator.NOT_DECREASE, "100", EARLY, MET),
        (Comparator.NOT_DECREASE, "95", OVER, BEHIND),
        (Comparator.NOT_DECREASE, "94.9", OVER, UNMET),
        (Comparator.NOT_DECREASE, "94.9", EARLY, BEHIND),
        (Comparator.NOT_INCREASE, "100", OVER, MET),
        (Comparator.NOT_INCREASE, "110", OVER, BEHIND),
        (Comparator.NOT_INCREASE, "110.1", OVER, UNMET),
        (Comparator.NOT_INCREASE, "200", EARLY, BEHIND),
    ],
)
def test_trend(comparator: Comparator, value: str, progress: Fraction, verdict: Verdict) -> None:
    rule = commitment(Kind.TREND, comparator, "0")

    assert verdict_of(rule, value, progress, previous="100") is verdict


def test_one_after_none_is_an_increase() -> None:
    rule = commitment(Kind.TREND, Comparator.INCREASE, "0")

    assert verdict_of(rule, 1, OVER, previous="0") is MET
    assert verdict_of(rule, 0, OVER, previous="0") is BEHIND


def test_more_than_excludes_the_number_itself() -> None:
    rule = commitment(comparator=Comparator.MORE_THAN, target="1")

    assert verdict_of(rule, 1, OVER) is UNMET
    assert verdict_of(rule, 2, OVER) is MET


def test_trend_without_an_earlier_window_has_no_data() -> None:
    rule = commitment(Kind.TREND, Comparator.INCREASE, "0")

    ruling = judge(rule, DAY, Findings(value=Fraction(3)))

    assert ruling == Ruling(NO_DATA, reason="no_previous")


@pytest.mark.parametrize(
    ("value", "day", "has_draft", "verdict"),
    [
        (1, date(2022, 6, 30), False, MET),
        (0, date(2022, 6, 30), True, NOT_DUE),
        (0, date(2022, 6, 30), False, NOT_DUE),
        (0, date(2022, 7, 1), True, BEHIND),
        (0, date(2022, 7, 1), False, UNMET),
        (2, date(2022, 7, 1), False, MET),
    ],
)
@pytest.mark.parametrize("progress", [EARLY, OVER])
def test_milestone(
    value: int, day: date, has_draft: bool, verdict: Verdict, progress: Fraction
) -> None:
    rule = commitment(Kind.MILESTONE, Comparator.EXISTS, planned=date(2022, 6, 30))
    found = Findings(value=Fraction(value), progress=progress, has_draft=has_draft)

    assert judge(rule, day, found).verdict is verdict


@pytest.mark.parametrize(
    ("expires_on", "flags"),
    [
        (date(2026, 12, 29), (Flag.EXPIRING,)),
        (date(2026, 12, 30), ()),
        (DAY, (Flag.EXPIRING,)),
        (None, ()),
    ],
)
def test_expiring_is_ninety_days_ahead(expires_on: date | None, flags: tuple[Flag, ...]) -> None:
    rule = commitment(Kind.MILESTONE, Comparator.EXISTS)

    assert judge(rule, DAY, Findings(value=Fraction(1), expires_on=expires_on)).flags == flags


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"modality": Modality.SUPPORT}, BEHIND),
        ({"modality": Modality.ENCOURAGE}, BEHIND),
        ({"threshold_source": "default"}, BEHIND),
        ({"threshold_source": "default", "confirmed": True}, UNMET),
        ({"modality": Modality.SHOULD}, UNMET),
        ({"threshold_source": "practice"}, UNMET),
    ],
)
def test_mild_and_provisional_commitments_are_never_worse_than_behind(
    changes: dict[str, object], verdict: Verdict
) -> None:
    rule = commitment(**changes)  # type: ignore[arg-type]

    assert verdict_of(rule, 0, OVER) is verdict
    assert roll_up(rule, [Ruling(UNMET)]).verdict is verdict


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (Findings(error="formula:x", is_exempt=True, missing="no_term"), ERROR),
        (Findings(is_exempt=True, missing="no_term"), NOT_APPLICABLE),
        (Findings(value=Fraction(1), missing="no_term"), NO_DATA),
        (Findings(), NO_DATA),
        (Findings(value=Fraction(1)), MET),
    ],
)
def test_the_first_rule_that_holds_decides(found: Findings, verdict: Verdict) -> None:
    assert judge(commitment(), DAY, found).verdict is verdict


def test_without_a_formula_nothing_is_quantified() -> None:
    rule = commitment(numerator="")

    assert judge(rule, DAY, Findings(is_exempt=True)).verdict is NOT_QUANTIFIED
    assert roll_up(rule, []).verdict is NOT_QUANTIFIED


@pytest.mark.parametrize("previous", [None, Fraction(0), Fraction(3)])
@pytest.mark.parametrize("progress", [EARLY, OVER])
def test_a_representation_share_of_zero_is_unmet_even_without_an_earlier_term(
    previous: Fraction | None, progress: Fraction
) -> None:
    share = commitment(
        Kind.TREND,
        Comparator.NOT_DECREASE,
        "0",
        by=("term_no",),
        denominator="sum(representation.total[])",
        threshold_source="default",
        confirmed=True,
    )
    found = Findings(value=Fraction(0), previous=previous, progress=progress)

    assert judge(share, DAY, found).verdict is UNMET


def test_a_number_of_seats_is_no_share() -> None:
    seats = commitment(Kind.TREND, Comparator.NOT_DECREASE, "0", by=("term_no",))

    assert judge(seats, DAY, Findings(value=Fraction(0))).verdict is NO_DATA


def test_a_representation_share_of_zero_is_behind_until_the_default_is_confirmed() -> None:
    share = commitment(
        Kind.TREND,
        Comparator.NOT_DECREASE,
        "0",
        by=("term_no",),
        denominator="sum(representation.total[])",
        threshold_source="default",
    )

    assert judge(share, DAY, Findings(value=Fraction(0))).verdict is BEHIND


@pytest.mark.parametrize(
    ("units", "verdict"),
    [
        ([MET, MET, NO_DATA, NOT_APPLICABLE], MET),
        ([MET] * 9 + [UNMET], BEHIND),
        ([MET] * 8 + [UNMET], UNMET),
        ([MET] * 17 + [UNMET] * 2, UNMET),
        ([MET] * 18 + [UNMET] * 2, BEHIND),
        ([MET] * 9 + [UNMET] + [NO_DATA] * 90, BEHIND),
        ([MET, BEHIND], BEHIND),
        ([MET] * 7 + [NOT_DUE], ON_PACE),
        ([ON_PACE, NOT_DUE], ON_PACE),
        ([NOT_DUE, NOT_DUE, NO_DATA], NOT_DUE),
        ([NO_DATA, NOT_APPLICABLE], NO_DATA),
        ([NOT_APPLICABLE, NOT_APPLICABLE], NOT_APPLICABLE),
        ([], NO_DATA),
        ([ERROR, MET], ERROR),
    ],
)
def test_city_verdict_from_units(units: Sequence[Verdict], verdict: Verdict) -> None:
    assert roll_up(commitment(), [Ruling(unit) for unit in units]).verdict is verdict


def test_a_city_row_carries_the_flags_of_its_units_only_when_met() -> None:
    above = Ruling(MET, (Flag.ABOVE_RANGE,))

    assert roll_up(commitment(), [above, Ruling(MET)]).flags == (Flag.ABOVE_RANGE,)
    assert roll_up(commitment(), [above, Ruling(BEHIND)]).flags == ()


def test_a_city_row_without_figures_says_why() -> None:
    empty = roll_up(commitment(), [])
    silent = roll_up(commitment(), [Ruling(NO_DATA, reason="no_rows:meeting")] * 2)

    assert empty.reason == "population_empty"
    assert silent.reason == "no_rows:meeting"


def test_an_exemption_of_the_whole_commitment_needs_no_unit() -> None:
    assert roll_up(commitment(), [], is_exempt=True).verdict is NOT_APPLICABLE


MUST, SHOULD = Modality.MUST, Modality.SHOULD
SUPPORT, ENCOURAGE = Modality.SUPPORT, Modality.ENCOURAGE


@pytest.mark.parametrize(
    ("commitments", "verdict"),
    [
        ([(MUST, MET), (MUST, ERROR)], ERROR),
        ([], NOT_APPLICABLE),
        ([(MUST, NOT_APPLICABLE), (SHOULD, NOT_QUANTIFIED)], NOT_APPLICABLE),
        ([(MUST, UNMET), (SHOULD, MET), (SHOULD, MET)], UNMET),
        ([(SHOULD, UNMET), (SHOULD, MET), (SHOULD, MET)], UNMET),
        ([(SHOULD, UNMET), (SHOULD, MET), (SHOULD, MET), (SHOULD, MET)], BEHIND),
        ([(MUST, MET), (SHOULD, UNMET)], UNMET),
        ([(SUPPORT, UNMET), (MUST, MET)], BEHIND),
        ([(MUST, MET), (MUST, BEHIND)], BEHIND),
        ([(MUST, NO_DATA), (MUST, MET), (MUST, MET)], NO_DATA),
        ([(MUST, NO_DATA), (MUST, MET), (MUST, MET), (MUST, MET)], ON_PACE),
        ([(MUST, MET), (SHOULD, MET)], MET),
        ([(MUST, NOT_DUE), (MUST, NOT_DUE), (MUST, NOT_DUE), (MUST, NO_DATA)], NOT_DUE),
        ([(MUST, MET), (MUST, NOT_DUE)], ON_PACE),
        ([(MUST, ON_PACE)], ON_PACE),
        ([(MUST, MET), (ENCOURAGE, BEHIND)], MET),
        ([(ENCOURAGE, BEHIND), (MUST, NOT_APPLICABLE)], BEHIND),
        ([(ENCOURAGE, MET), (MUST, NOT_QUANTIFIED)], MET),
        ([(MUST, MET), (ENCOURAGE, ERROR)], MET),
    ],
)
def test_item_verdict(commitments: Sequence[tuple[Modality, Verdict]], verdict: Verdict) -> None:
    assert item_verdict(commitments) is verdict


def test_worked_examples_of_full_time_chairs() -> None:
    coverage = commitment(Kind.COVERAGE, target="100")

    assert quotient(35, 40, "%") == Fraction("87.5")
    assert verdict_of(coverage, "87.5", OVER) is UNMET
    assert verdict_of(coverage, "90", OVER) is BEHIND
    assert shown(quotient(4, 7, "%") or 0) == Decimal("57.1")


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2026, 9, 30), NOT_DUE),
        (date(2026, 10, 1), BEHIND),
        (date(2026, 12, 30), BEHIND),
        (date(2026, 12, 31), UNMET),
    ],
)
def test_worked_example_of_the_yearly_meeting(day: date, verdict: Verdict) -> None:
    progress = windows.calendar_year(day).progress(day)

    assert verdict_of(commitment(), 0, progress) is verdict


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2025, 9, 30), NOT_DUE),
        (date(2025, 10, 1), BEHIND),
        (date(2026, 12, 31), UNMET),
        (date(2027, 5, 1), UNMET),
    ],
)
def test_worked_example_of_the_five_year_commendation(day: date, verdict: Verdict) -> None:
    assert verdict_of(commitment(), 0, windows.years(2022, 2026).progress(day)) is verdict


@pytest.mark.parametrize(
    ("held", "day", "confirmed", "verdict"),
    [
        (2, date(2026, 6, 30), True, ON_PACE),
        (1, date(2026, 6, 30), True, BEHIND),
        (0, date(2026, 6, 30), True, BEHIND),
        (3, date(2026, 12, 31), True, UNMET),
        (3, date(2026, 12, 31), False, BEHIND),
    ],
)
def test_worked_example_of_four_study_sessions(
    held: int, day: date, confirmed: bool, verdict: Verdict
) -> None:
    rule = commitment(target="4", threshold_source="default", confirmed=confirmed)

    assert verdict_of(rule, held, windows.calendar_year(day).progress(day)) is verdict


def test_worked_example_of_front_line_spending() -> None:
    rule = commitment(Kind.RATIO, target="60")

    assert verdict_of(rule, "62", OVER) is MET
    assert verdict_of(rule, "59.9", OVER) is BEHIND
    assert roll_up(rule, [Ruling(MET), Ruling(BEHIND), Ruling(NO_DATA)]).verdict is BEHIND


def test_worked_example_of_front_line_deputies() -> None:
    now, before = quotient(50, 330, "percentage points"), quotient(52, 350, "percentage points")
    rule = commitment(Kind.TREND, Comparator.NOT_DECREASE, "0", by=("term_no",), denominator="x")

    ruling = judge(rule, DAY, Findings(value=now, previous=before))

    assert ruling.verdict is MET
    assert shown(now or 0) == Decimal("15.2")
    assert shown(before or 0) == Decimal("14.9")


def test_reasons_have_a_fixed_order() -> None:
    assert missing_reason(unoffered="submission", population_empty=True).endswith(":submission")
    assert missing_reason(population_empty=True, without_rows="meeting") == "population_empty"
    assert missing_reason(without_rows="meeting", denominator_zero=True) == "no_rows:meeting"
    assert missing_reason() == ""


@given(st.fractions(min_value=-1000, max_value=1000))
def test_half_up_is_the_nearest_whole_number(value: Fraction) -> None:
    rounded = half_up(value)

    assert abs(rounded - value) <= Fraction(1, 2)
    if abs(rounded - value) == Fraction(1, 2):
        assert abs(rounded) > abs(value)


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=2))
def test_finite_decimals_stay_exact(value: Decimal) -> None:
    assert Fraction(as_decimal(Fraction(value))) == Fraction(value)
