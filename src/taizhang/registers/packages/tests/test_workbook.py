"""Workbooks in a package: the same cells and the same faults as CSV, with addresses."""

from datetime import UTC, date
from decimal import Decimal

import pytest
import xlsxwriter
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from taizhang.domains.leadership.models import Meeting
from taizhang.registers.packages.load import load_package
from taizhang.registers.packages.read import read_package
from taizhang.registers.packages.workbook import LONGEST_TEXT, TooLarge, write_workbook
from taizhang.registers.packages.write import cell_text

HEADER = ["kind", "convener_level", "region", "convener", "held_on", "matters", "principal_leader"]
JOINT = ["gov_union_joint", "county", 130302, "海港区人民政府", date(2026, 3, 18), 6, True]


@pytest.fixture
def book(tmp_path):
    """`book({"meeting": rows, …})`: a package of one workbook, meeting.xlsx, with these sheets."""

    def write(sheets):
        with xlsxwriter.Workbook(tmp_path / "meeting.xlsx") as book:
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    for place, value in enumerate(row):
                        form = (day,) if isinstance(value, date) else ()
                        sheet.write(number, place, value, *form)
        return tmp_path

    return write


@pytest.mark.django_db
def test_dates_numbers_and_truths_are_read_as_the_cells_of_a_csv_file_are(book, tree):
    report = load_package(book({"Sheet1": [HEADER, JOINT]}), by=None)

    meeting = Meeting.objects.get()
    assert report.faults == ()
    assert (meeting.region_id, meeting.held_on) == ("130302", date(2026, 3, 18))
    assert (meeting.matters, meeting.principal_leader) == (6, True)


@pytest.mark.django_db
def test_a_fault_in_a_workbook_names_the_address_of_its_cell(book, tree):
    spoilt = [*JOINT[:4], "2026年3月18日", 6.5, "yes"]

    report = load_package(book({"Sheet1": [HEADER, JOINT, spoilt]}), by=None)

    with translation.override("en"):
        places = [fault.place for fault in report.faults]
    assert [(fault.cell, fault.key) for fault in report.faults] == [
        ("E3", "date"),
        ("F3", "integer"),
        ("G3", "boolean"),
    ]
    assert places[0] == "meeting.xlsx cell E3 column held_on “2026年3月18日”"


def test_the_sheet_named_as_the_register_goes_before_the_first(book):
    folder = book({"说明": [["请填写下表"]], "Meeting": [HEADER, JOINT]})

    sheet = read_package(folder).sheets[0]

    assert sheet.header == tuple(HEADER)
    assert [line.number for line in sheet.lines] == [2]


def test_rows_keep_their_numbers_where_the_sheet_has_empty_ones(book):
    sheet = read_package(book({"meeting": [HEADER, [], [], JOINT]})).sheets[0]

    assert [line.number for line in sheet.lines] == [4]


def test_cells_in_far_corners_are_refused_before_they_are_laid_out(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "meeting.xlsx") as made:
        sheet = made.add_worksheet("meeting")
        sheet.write("A1", "kind")
        sheet.write("XFD1048576", "x")

    assert [fault.key for fault in read_package(tmp_path).faults] == ["not_workbook"]


def test_an_empty_sheet_has_no_header(book):
    assert [fault.key for fault in read_package(book({"meeting": []})).faults] == ["no_header"]


VALUES = st.one_of(
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.decimals(-(10**14), 10**14, places=2),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn"))).map(str.strip),
    st.sampled_from(
        ["'0123", "=1+1", "_x0041_", '=HYPERLINK("http://a")', "一\n二", 'a","b', "1e5"]
    ),
)


@given(st.lists(VALUES, min_size=1, max_size=6))
def test_a_cell_comes_back_with_the_value_it_was_written_with(tmp_path_factory, values):
    folder = tmp_path_factory.mktemp("book")
    write_workbook(folder / "meeting.xlsx", "meeting", [["a"] * len(values), values])

    lines = read_package(folder).sheets[0].lines

    found = lines[0].cells if lines else ("",) * len(values)
    assert [_meant(text, value) for text, value in zip(found, values, strict=True)] == [
        cell_text(value) if not isinstance(value, Decimal) else value for value in values
    ]


def test_a_text_too_long_for_a_cell_is_refused_and_leaves_no_file(tmp_path):
    with pytest.raises(TooLarge):
        write_workbook(tmp_path / "a.xlsx", "meeting", [["agenda"], ["一" * (LONGEST_TEXT + 1)]])

    assert list(tmp_path.iterdir()) == []


def _meant(text: str, value: object) -> object:
    return Decimal(text) if isinstance(value, Decimal) else text
