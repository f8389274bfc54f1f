"""Files that give no notice, and what a format alone decides."""

import io
import zipfile
from pathlib import Path

import pytest

from taizhang.notices import read_notice
from taizhang.notices.errors import (
    BrokenFile,
    ConverterMissing,
    EmptyDocument,
    EncryptedFile,
    ReadingError,
    ScannedFile,
    TooLarge,
    UnknownFormat,
)
from taizhang.notices.formats.archive import MAX_UNPACKED, parse_xml
from taizhang.notices.formats.numbering import Numbering, numeral
from taizhang.notices.tests.corpus.office import OFFICE
from taizhang.notices.tests.corpus.pdf_writer import pdf, ruled, text
from taizhang.notices.tests.corpus.word_writer import (
    document,
    level,
    numbered,
    numbering,
    paragraph,
)

WORKBOOK = next(case for case in OFFICE if case.filename.endswith(".xlsx")).write()
BILLION_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    "<w:document/>"
)
PICTURE_PAGE = b"q 500 0 0 700 40 60 cm\nBI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI\nQ\n"


def archive(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as written:
        for name, part in parts.items():
            written.writestr(name, part)
    return content.getvalue()


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + stream.encode("utf-16-le") + bytes(99)


@pytest.mark.parametrize(
    ("content", "filename", "refusal"),
    [
        (archive({"word/document.xml": b"<w:document"}), "a.docx", BrokenFile),
        (archive({"word/document.xml": BILLION_LAUGHS.encode()}), "a.docx", BrokenFile),
        (archive({"content.xml": b"<x/>"}), "a.docx", UnknownFormat),
        (archive({"OFD.xml": b"<x/>"}), "a.ofd", UnknownFormat),
        (archive({"xl/workbook.xml": b"<x/>"}), "a.xlsx", BrokenFile),
        (document(), "a.docx", EmptyDocument),
        (document("一、修桥。")[:-40], "a.docx", BrokenFile),
        (ole("EncryptedPackage"), "a.docx", EncryptedFile),
        (ole("Workbook"), "a.xls", BrokenFile),
        (ole("PowerPoint Document"), "a.doc", UnknownFormat),
        (b"%PDF-1.7\n%%EOF", "a.pdf", BrokenFile),
        (pdf(b""), "a.pdf", EmptyDocument),
        (pdf(PICTURE_PAGE, PICTURE_PAGE), "a.pdf", ScannedFile),
        (pdf(PICTURE_PAGE + text(290, 40, "— 1 —")), "a.pdf", ScannedFile),
        (b"<html><body><script>1</script></body></html>", "a.html", EmptyDocument),
        (b"<table>" * 5000, "a.html", BrokenFile),
    ],
)
def test_what_holds_no_notice_is_refused_by_name(
    content: bytes, filename: str, refusal: type[ReadingError]
) -> None:
    with pytest.raises(refusal):
        read_notice(content, filename=filename)


def test_an_archive_that_unpacks_too_far_is_refused_before_it_fills_the_memory() -> None:
    bomb = archive({"word/document.xml": bytes(MAX_UNPACKED + 1)})

    with pytest.raises(TooLarge):
        read_notice(bomb, filename="a.docx")


def test_a_workbook_whose_cells_lie_too_far_apart_is_refused_before_it_is_laid_out() -> None:
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as written:
        parts = {name: written.read(name) for name in written.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'<c r="A3"', b'<c r="XFD1048576"', 1)

    with pytest.raises(TooLarge):
        read_notice(archive(parts), filename="a.xlsx")


@pytest.mark.parametrize("case", OFFICE, ids=lambda case: case.name)
def test_the_content_decides_what_a_file_is_and_not_its_name(case) -> None:  # type: ignore[no-untyped-def]
    content = case.write()

    assert read_notice(content, filename="通知.txt") == read_notice(content)


@pytest.mark.parametrize(
    "content",
    [
        ole("WordDocument"),
        b"{\\rtf1\\ansi ...}",
        archive({"mimetype": b"application/vnd.oasis.opendocument.text"}),
        archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
    ],
)
def test_what_needs_libreoffice_is_refused_with_advice_where_it_is_missing(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("taizhang.notices.formats.converting.shutil.which", lambda name: None)

    with pytest.raises(ConverterMissing, match=r"save the document as \.docx"):
        read_notice(content, filename="a.doc")


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("decimal", ["1", "12", "27"]),
        ("chineseCounting", ["一", "十二", "二十七"]),
        ("japaneseCounting", ["一", "十二", "二十七"]),
        ("ideographDigital", ["一", "一二", "二七"]),
        ("ideographTraditional", ["甲", "12", "27"]),
        ("upperLetter", ["A", "L", "AA"]),
        ("lowerRoman", ["i", "xii", "xxvii"]),
        ("decimalEnclosedCircle", ["①", "⑫", "27"]),
        ("decimalFullWidth", ["１", "１２", "２７"]),
        ("decimalZero", ["01", "12", "27"]),
        ("not a form of Word", ["1", "12", "27"]),
    ],
)
def test_numbers_are_written_in_the_forms_of_word(form: str, written: list[str]) -> None:
    assert [numeral(number, form) for number in (1, 12, 27)] == written


def test_lists_of_several_levels_count_and_begin_again_as_word_does() -> None:
    levels = (level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "none", ""))
    numbers = Numbering.of(parse_xml(numbering(levels, levels).encode(), "numbering.xml"))

    labels = [
        numbers.label(list_id, at)
        for list_id, at in [
            ("1", 0),
            ("1", 1),
            ("1", 1),
            ("1", 2),
            ("1", 0),
            ("1", 1),
            ("2", 0),
            ("9", 0),
        ]
    ]

    assert labels == ["1.", "1.1", "1.2", "", "2.", "2.1", "1.", ""]


def test_the_number_of_a_style_and_a_line_break_make_lines() -> None:
    style = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Item"><w:basedOn w:val="Base"/></w:style></w:styles>'
    )
    item = paragraph("修桥。（市交通局负责）", properties='<w:pPr><w:pStyle w:val="Item"/></w:pPr>')
    other = numbered("修路。（市交通局负责）", 1)
    content = document(
        item,
        other,
        parts={
            "word/styles.xml": style,
            "word/numbering.xml": numbering((level(0, "chineseCounting", "%1、"),)),
        },
    )

    assert [item.number for item in read_notice(content).items] == [1, 2]


def test_pages_of_a_pdf_are_known_from_the_places_of_its_text() -> None:
    pages = [text(80, 700, f"第{number}页上的一行文字。") for number in "一二三"]

    found = read_notice(pdf(*pages)).document

    starts = [block.spans[0].start for block in found.paragraphs()]
    assert [found.page_of(start) for start in starts] == [1, 2, 3]


def test_a_panic_of_the_library_over_a_damaged_workbook_is_a_broken_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    panic = type("PanicException", (BaseException,), {})

    def fail(content: object) -> None:
        raise panic

    monkeypatch.setattr("taizhang.notices.formats.sheets.CalamineWorkbook.from_filelike", fail)

    with pytest.raises(BrokenFile):
        read_notice(WORKBOOK, isolated=False)


def test_a_cell_of_a_pdf_may_hold_a_space_only() -> None:
    grid = ruled(
        700, (60, 200, 100), [[["序号"], ["任务"], ["责任部门"]], [["1"], ["修桥。"], [" "]]]
    )

    (item,) = read_notice(pdf(grid)).items

    assert (item.text, item.departments.lead) == ("修桥。", ())


def test_a_decimal_point_of_private_use_is_a_point_again() -> None:
    found = read_notice(pdf(text(80, 700, "总规模超过１\ue010２万亿元，增长\ue5e5较快。"))).document

    assert found.text.strip() == "总规模超过１．２万亿元，增长较快。"


def test_a_path_with_an_office_file_reads_as_its_bytes_do(tmp_path: Path) -> None:
    path = tmp_path / "清单.xlsx"
    path.write_bytes(WORKBOOK)

    assert read_notice(path) == read_notice(WORKBOOK)
