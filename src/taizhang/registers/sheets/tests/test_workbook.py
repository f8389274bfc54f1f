"""Files are read as offices save them, and refused before they can do harm."""

import io
import zipfile

import pytest
import xlsxwriter

from taizhang.registers.sheets import workbook
from taizhang.registers.sheets.workbook import SheetRefused, read_grid


def book(*rows, options=None, **cells) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, options or {}) as made:
        sheet = made.add_worksheet("会议")
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
        for address, value in cells.items():
            sheet.write(address, value)
    return buffer.getvalue()


def test_rows_keep_their_addresses_when_the_first_are_empty():
    grid = read_grid("表.xlsx", book(B3="会议类别"))

    assert grid.sheet == "会议"
    assert grid.rows[2][1] == "会议类别"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_the_encodings_of_offices(encoding):
    grid = read_grid("表.csv", "类别,单位\n会议,海港区\n".encode(encoding))

    assert grid.rows[1] == ["会议", "海港区"]


def test_the_apostrophe_of_an_export_is_taken_off_and_no_other():
    grid = read_grid("表.csv", "a,b,c,d,e\n'=1+1,'tis,-5,''=1,'＝1\n".encode())

    assert grid.rows[1] == ["=1+1", "'tis", "-5", "'=1", "＝1"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("宏.xlsm", b"PK"),
        ("表.docx", b"PK"),
        ("坏.xlsx", b"PK\x03\x04 not a workbook"),
        ("空.csv", b"\n\n"),
        ("空.xlsx", book()),
        ("引号.csv", b'a,b\n"x,y\n'),
    ],
)
def test_what_is_no_sheet_is_refused_with_a_word(name, content):
    with pytest.raises(SheetRefused):
        read_grid(name, content)


def test_macros_are_refused_under_any_name():
    content = io.BytesIO(book(("a", "b")))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")

    with pytest.raises(SheetRefused):
        read_grid("表.xlsx", content.getvalue())


def test_a_file_that_unpacks_to_too_much_is_refused_unread(monkeypatch):
    monkeypatch.setattr(workbook, "UNPACKED_LIMIT", 10_000)
    content = book(*(("同一句话" * 20, n) for n in range(500)))

    with pytest.raises(SheetRefused):
        read_grid("表.xlsx", content)


def test_two_cells_in_far_corners_are_refused_before_a_grid_is_laid_out():
    with pytest.raises(SheetRefused):
        read_grid("表.xlsx", book(A1="a", XFD1048576="b"))


def test_more_rows_than_the_limit_are_refused(monkeypatch):
    monkeypatch.setattr(workbook, "ROWS_LIMIT", 0)

    with pytest.raises(SheetRefused):
        read_grid("表.csv", b"a,b\n" * 101)
