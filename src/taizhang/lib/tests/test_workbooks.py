"""What a workbook would cost is known before anything lays it out, however it is written."""

import io
import zipfile

import pytest

from taizhang.lib.workbooks import BrokenWorkbook, HugeSheet, HugeWorkbook, plain_workbook

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def archive(*parts: tuple[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts:
            made.writestr(name, part)
    return content.getvalue()


def sheet(cells: str, name: str = SHEET) -> tuple[str, str]:
    return name, f'<worksheet xmlns="{NAMESPACE}" xmlns:x="{NAMESPACE}">{cells}</worksheet>'


def plain(content: bytes, unpacked: int = 1_000_000) -> bytes:
    return plain_workbook(
        content, unpacked=unpacked, fits=lambda rows, columns: rows <= 100 and columns <= 30
    )


def names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        return made.namelist()


NEAR = '<row r="100"><c r="AD100"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="101"><c r="A101"><v>1</v></c></row>',
        '<row r="1"><c r="AE1"><v>1</v></c></row>',
        "<row><c r='A101'><v>1</v></c></row>",
        '<row><c s="1" r ="A101"><v>1</v></c></row>',
        '<row><c r="a101"><v>1</v></c></row>',
        '<x:row><x:c r="A101"><x:v>1</x:v></x:c></x:row>',
        '<row r="101"><c><v>1</v></c></row>',
        '<row r="101"><c r="A1"><v>1</v></c></row>',
        "<row/>" * 100 + "<row><c><v>1</v></c></row>",
        "<row>" + "<c/>" * 30 + "<c><v>1</v></c></row>",
        "<row>" + "<c/>" * 30 + '<c r="A1"><v>1</v></c></row>',
        '<row><c r="A101" t="inlineStr"><is><t>一</t></is></c></row>',
    ],
)
def test_a_cell_beyond_the_limits_is_found_however_it_is_written(cells: str) -> None:
    with pytest.raises(HugeSheet):
        plain(archive(sheet(cells)))


def test_the_last_cell_within_the_limits_passes() -> None:
    assert names(plain(archive(sheet(NEAR)))) == [SHEET]


def test_empty_cells_and_rows_far_away_do_not_count() -> None:
    look = '<row r="1048576"><c r="XFD1048576" s="3"/></row>'

    assert names(plain(archive(sheet(NEAR + look)))) == [SHEET]


@pytest.mark.parametrize("name", ["xl/any/where.xml", "XL/Worksheets/Sheet2.XML", "xl/styles.xml"])
def test_a_sheet_is_looked_at_wherever_it_lies(name: str) -> None:
    far = sheet('<row r="101"><c r="A101"><v>1</v></c></row>', name)

    with pytest.raises(HugeSheet):
        plain(archive(sheet(NEAR), far))


def test_what_was_not_looked_at_is_left_out() -> None:
    far = sheet('<row r="101"><c r="A101"><v>1</v></c></row>', "xl/media/sheet2.png")
    other_kind = ("content.xml", "<table number-rows-repeated='1048576'/>")

    assert names(plain(archive(sheet(NEAR), far, other_kind, ("mimetype", "ods")))) == [SHEET]


def test_of_two_parts_of_one_name_the_first_is_kept() -> None:
    first, second = sheet(NEAR), sheet("<row/>", SHEET.upper())

    content = plain(archive(first, second))

    with zipfile.ZipFile(io.BytesIO(content)) as made:
        assert [made.read(each).decode() for each in made.namelist()] == [first[1]]


def test_parts_together_unpack_to_no_more_than_the_limit() -> None:
    parts = [(f"xl/part{number}.xml", f"<a>{' ' * 400}</a>") for number in range(3)]

    assert len(names(plain(archive(*parts), unpacked=1_300))) == 3
    with pytest.raises(HugeWorkbook):
        plain(archive(*parts), unpacked=1_200)


@pytest.mark.parametrize(
    "part",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        "<worksheet><row>",
        '<worksheet><row r="1e9"><c><v>1</v></c></row></worksheet>',
        '<worksheet><row><c r="XFD99999999"><v>1</v></c></row></worksheet>',
        b"\x00\x01",
        b'<?xml version="1.0" encoding="UTF-6"?><worksheet/>',
    ],
)
def test_parts_that_mislead_or_cannot_be_read_are_refused(part: str | bytes) -> None:
    with pytest.raises(BrokenWorkbook):
        plain(archive((SHEET, part)))


def test_what_is_no_archive_is_refused() -> None:
    with pytest.raises(BrokenWorkbook):
        plain(b"PK\x03\x04")


HIDDEN = (
    '<row r="1"><c r="A1"><v>1</v></c></row>'
    '<x:row r="2" hidden="1"><c r="A2"><v>2</v></c></x:row>'
    '<row r="3" hidden="true"/><row r="4" hidden="0"><c r="A4"><v>4</v></c></row>'
)


def sheet_without_hidden_rows(cells: str, encoding: str = "utf-8") -> str:
    content = archive((SHEET, f"\ufeff{sheet(cells)[1]}".encode(encoding)))
    shown = plain_workbook(
        content, unpacked=1_000_000, fits=lambda *_: True, keeps_hidden_rows=False
    )
    with zipfile.ZipFile(io.BytesIO(shown)) as made:
        return made.read(SHEET).decode(encoding).removeprefix("\ufeff")


def test_hidden_rows_are_left_out_where_they_are_not_kept() -> None:
    shown = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="4" hidden="0"><c r="A4"><v>4</v></c></row>'
    )

    assert sheet_without_hidden_rows(HIDDEN) == sheet(shown)[1]


def test_rows_that_a_filter_hides_stay() -> None:
    filtered = f"{HIDDEN}<autoFilter><filterColumn/></autoFilter>"

    assert sheet_without_hidden_rows(filtered) == sheet(filtered)[1]


def test_rows_are_cut_out_of_no_sheet_in_utf_16() -> None:
    assert sheet_without_hidden_rows(HIDDEN, "utf-16-le") == sheet(HIDDEN)[1]


def test_what_is_left_without_hidden_rows_is_looked_at_again() -> None:
    disguised = (
        '<row r="1" hidden="1" a="></row>"></row>'
        '<row r="2" hidden="1" b="><row r=\'9000\'><c r=\'A9000\'><v>1</v></c></row>"/>'
    )

    with pytest.raises((BrokenWorkbook, HugeSheet)):
        plain_workbook(
            archive(sheet(disguised)),
            unpacked=1_000_000,
            fits=lambda rows, columns: rows <= 100,
            keeps_hidden_rows=False,
        )
