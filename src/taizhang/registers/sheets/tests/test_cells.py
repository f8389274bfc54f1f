"""Cells are read as people write them, and what cannot be meant is refused."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from taizhang.core.organisations.models import Employer, Post
from taizhang.domains.finance.models import EducationFund
from taizhang.domains.leadership.models import Meeting
from taizhang.registers.packages.cells import CellRefused
from taizhang.registers.sheets.cells import read_value, several

HELD_ON = Meeting._meta.get_field("held_on")
LEADER = Meeting._meta.get_field("principal_leader")
MATTERS = Meeting._meta.get_field("matters")
KIND = Meeting._meta.get_field("kind")
CONVENER = Meeting._meta.get_field("convener")
PAYROLL = Employer._meta.get_field("annual_payroll")
YEARS = Employer._meta.get_field("key_enterprise_years")
IDENTITY = Post._meta.get_field("identity_tag")
RATIO = EducationFund._meta.get_field("ratio_required_pct")


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-24",
        "2026/11/24",
        "2026.11.24",
        "2026年11月24日",
        "２０２６年１１月２４日",
        "20261124",
        20261124.0,
        date(2026, 11, 24),
        datetime(2026, 11, 24),  # noqa: DTZ001 - as a spreadsheet gives it
        "2026/11/24 0:00:00",
    ],
)
def test_days(written):
    assert read_value(HELD_ON, written) == date(2026, 11, 24)


@pytest.mark.parametrize("written", ["2026-02-30", "2026年11月", "昨天", 45000.0])
def test_what_is_no_day(written):
    with pytest.raises(CellRefused):
        read_value(HELD_ON, written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("是", True), ("否", False), ("√", True), ("No", False), (True, True), ("1", True)],
)
def test_yes_and_no(written, meant):
    assert read_value(LEADER, written) is meant


def test_what_is_neither_yes_nor_no():
    with pytest.raises(CellRefused):
        read_value(LEADER, "大概")


@pytest.mark.parametrize(
    ("written", "meant"), [("1,200", 1200), ("１，２００", 1200), (1200.0, 1200), ("0", 0)]
)
def test_whole_numbers(written, meant):
    assert read_value(MATTERS, written) == meant


@pytest.mark.parametrize("written", ["12.5", "12人", "1,20", "12%"])
def test_what_is_no_whole_number(written):
    with pytest.raises(CellRefused):
        read_value(MATTERS, written)


def test_noise_of_a_spreadsheet_is_no_third_decimal_but_a_typed_one_is():
    assert read_value(PAYROLL, 0.1 + 0.2) == Decimal("0.3")
    assert read_value(PAYROLL, 1200000.5) == Decimal("1200000.50")
    assert read_value(PAYROLL, "1.234") == Decimal("1.234")


def test_a_percentage_is_read_only_where_one_is_meant():
    assert read_value(RATIO, "60%") == 60
    with pytest.raises(CellRefused):
        read_value(PAYROLL, "60%")


def test_a_choice_goes_by_its_key_and_its_label_in_both_languages():
    meant = {read_value(KIND, each) for each in ("risk_analysis", "Risk analysis", "风险研判")}

    assert meant == {"risk_analysis"}


def test_several_values_are_parted_by_what_people_type():
    assert read_value(YEARS, "2024；2025、2026") == [2024, 2025, 2026]
    labels = [str(label) for _value, label in IDENTITY.enum[:2]]
    values = [value for value, _label in IDENTITY.enum[:2]]
    assert read_value(IDENTITY, "、".join(labels)) == values


def test_a_mark_inside_a_known_name_does_not_part_it():
    assert several("甲、乙公司；丙", {"甲、乙公司"}.__contains__) == ["甲、乙公司", "丙"]


def test_a_code_that_lost_its_digits_to_a_spreadsheet_is_refused():
    with pytest.raises(CellRefused) as refusal:
        read_value(CONVENER, 911303020000000000.0)

    assert refusal.value.key == "sheet_digits"
