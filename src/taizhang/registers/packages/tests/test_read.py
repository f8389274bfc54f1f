"""Files: encodings, headers, cells, and which files of a folder count."""

import pytest
from django.utils import translation

from taizhang.registers.packages.read import read_csv, read_package

TEXT = "kind,convener\ntripartite,海港区人民政府\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_with_and_without_a_mark(encoding):
    sheet, faults = read_csv("meeting", "meeting.csv", TEXT.encode(encoding))

    assert faults == []
    assert sheet.header == ("kind", "convener")
    assert [(line.number, line.cells) for line in sheet.lines] == [
        (2, ("tripartite", "海港区人民政府"))
    ]


@pytest.mark.parametrize(("encoding", "name"), [("gb18030", "GB18030"), ("utf-16", "UTF-16")])
def test_another_encoding_is_named_and_the_rows_are_read_all_the_same(encoding, name):
    sheet, faults = read_csv("meeting", "meeting.csv", TEXT.encode(encoding))

    assert [(fault.key, fault.params) for fault in faults] == [("encoding", {"encoding": name})]
    assert sheet.lines[0].cells == ("tripartite", "海港区人民政府")


def test_a_file_that_is_no_text_is_a_fault_with_its_place():
    _, faults = read_csv("meeting", "meeting.csv", b"kind\n\xff\xff\n")

    assert [(fault.key, fault.params) for fault in faults] == [("not_text", {"position": 6})]


def test_rows_are_numbered_as_in_a_spreadsheet():
    content = b'kind,agenda\r\na,"two\r\nlines, one cell"\r\n\r\n,\r\nb,"say ""yes"""\r\n'

    sheet, faults = read_csv("meeting", "meeting.csv", content)

    assert faults == []
    assert [(line.number, line.cells) for line in sheet.lines] == [
        (2, ("a", "two\r\nlines, one cell")),
        (5, ("b", 'say "yes"')),
    ]


def test_blanks_around_a_cell_do_not_count():
    sheet, _ = read_csv("meeting", "meeting.csv", b" kind ,topic\n tripartite , \n , \n")

    assert sheet.header == ("kind", "topic")
    assert [line.cells for line in sheet.lines] == [("tripartite", "")]


@pytest.mark.parametrize("content", [b'kind,agenda\na,b\na,"open\n', b'kind,agenda\na,b\na,"b"c\n'])
def test_a_quotation_mark_out_of_place_is_a_fault_of_its_row(content):
    _, faults = read_csv("meeting", "meeting.csv", content)

    assert [(fault.key, fault.row) for fault in faults] == [("broken_csv", 3)]


def test_an_empty_file_has_no_header():
    _, faults = read_csv("meeting", "meeting.csv", b"")

    assert [fault.key for fault in faults] == ["no_header"]


def test_only_tables_are_files_of_the_package(tmp_path):
    for name in ("meeting.csv", "README.md", ".meeting.csv", "~$meeting.xlsx"):
        (tmp_path / name).write_text(TEXT, "utf-8")

    package = read_package(tmp_path)

    assert [sheet.slug for sheet in package.sheets] == ["meeting"]
    assert package.faults == ()


def test_a_file_of_no_register_is_a_fault_that_names_the_nearest(tmp_path):
    (tmp_path / "meetings.csv").write_text(TEXT, "utf-8")
    (tmp_path / "xyz.csv").write_text(TEXT, "utf-8")

    faults = read_package(tmp_path).faults

    assert [(fault.file, fault.key) for fault in faults] == [
        ("meetings.csv", "unknown_register_near"),
        ("xyz.csv", "unknown_register"),
    ]
    assert faults[0].params == {"near": "meeting"}


@pytest.mark.parametrize(
    ("name", "key"), [("meeting.xlsx", "not_workbook"), ("meeting.xls", "old_workbook")]
)
def test_a_workbook_that_cannot_be_read_says_how_to_save_it(tmp_path, name, key):
    (tmp_path / name).write_bytes(b"PK")

    assert [fault.key for fault in read_package(tmp_path).faults] == [key]


def test_a_register_has_one_file(tmp_path):
    (tmp_path / "meeting.CSV").write_text(TEXT, "utf-8")
    (tmp_path / "meeting.csv").write_text(TEXT, "utf-8")

    assert [fault.key for fault in read_package(tmp_path).faults] == ["register_twice"]


def test_no_folder_and_an_empty_one_are_faults(tmp_path):
    assert [fault.key for fault in read_package(tmp_path / "none").faults] == ["no_folder"]
    assert [fault.key for fault in read_package(tmp_path).faults] == ["no_files"]


def test_the_hash_changes_with_a_byte_and_with_a_name(tmp_path):
    hashes = []
    for name, text in (("meeting", TEXT), ("policy", TEXT), ("policy", TEXT + " ")):
        folder = tmp_path / str(len(hashes))
        folder.mkdir()
        (folder / f"{name}.csv").write_text(text, "utf-8")
        hashes.append(read_package(folder).sha256)

    assert len(set(hashes)) == 3


def test_a_fault_says_file_row_column_value_and_what_to_do(tmp_path):
    (tmp_path / "meetings.csv").write_text(TEXT, "utf-8")

    with translation.override("en"):
        text = str(read_package(tmp_path).faults[0])

    assert text == ("meetings.csv: There is no register of this name. Did you mean meeting.csv?")
