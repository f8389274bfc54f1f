"""Headers: which columns a register's file may have."""

import pytest

from taizhang.registers.packages.columns import read_header
from taizhang.registers.packages.read import read_csv
from taizhang.registers.spec import REGISTERS

REQUIRED = "kind,convener_level,region,convener,held_on"


def faults_of(header: str, cells: str = "") -> list[tuple]:
    sheet, _ = read_csv("meeting", "meeting.csv", f"{header}\n{cells}\n".encode())
    faults = read_header(sheet, REGISTERS["meeting"]).faults
    return [(fault.column, fault.key, dict(fault.params)) for fault in faults]


@pytest.mark.parametrize(
    "column",
    [
        "record_no",
        "owner_org",
        "region",
        "record_status",
        "entered_at",
        "source",
        "external_ref",
        "confidentiality",
        "minutes_no",
    ],
)
def test_common_fields_and_those_of_the_register_are_columns(column):
    assert faults_of(column) == []


def test_an_unknown_column_is_named_with_its_letter_and_the_nearest_known_one():
    assert faults_of("kind,held_one") == [
        ("held_one", "unknown_column_near", {"letter": "B", "near": "held_on"})
    ]


def test_an_unknown_column_with_nothing_near_lists_the_known_ones():
    ((column, key, params),) = faults_of("zzzzzzz")

    assert (column, key) == ("zzzzzzz", "unknown_column")
    assert "held_on" in params["known"]


@pytest.mark.parametrize("column", ["id", "entered_by", "verified_by", "verified_at", "version"])
def test_what_the_system_sets_is_no_column(column):
    assert faults_of(column) == [(column, "system_column", {"letter": "A"})]


@pytest.mark.parametrize("column", ["evidence", "corrections"])
def test_what_packages_leave_out_is_not_taken_for_a_mistyped_column(column):
    assert faults_of(column) == [(column, "not_in_packages", {"letter": "A"})]


def test_a_column_may_not_stand_twice():
    assert faults_of("kind,topic,kind") == [("kind", "column_twice", {"first": "A", "letter": "C"})]


def test_a_column_without_name_is_a_fault_only_when_it_has_values():
    row = "tripartite,county,130302,局,2026-01-05"

    assert faults_of(f"{REQUIRED},,", f"{row},,x") == [("", "column_unnamed", {"letter": "G"})]
    assert faults_of(f"{REQUIRED},,", f"{row},,") == []


def test_a_column_that_every_row_needs_is_missed_once_and_not_per_row():
    assert faults_of("kind,convener_level,region,convener", "tripartite,county,130302,局") == [
        ("held_on", "column_missing", {})
    ]
