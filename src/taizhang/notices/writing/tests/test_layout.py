"""The figures of handbook 6.1 to 6.6, measured in the file by python-docx."""

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx.oxml.ns import qn

from taizhang.notices.writing import (
    Attachment,
    Cell,
    DocumentNumber,
    Level,
    NotADocumentNumber,
    Paragraph,
    Row,
    Signature,
    Table,
    write_docx,
)
from taizhang.notices.writing.tests.measuring import (
    HEAD,
    annex,
    attributes,
    ledger,
    notice,
    style_of,
    written,
)

UPRIGHT = {"w": "11906", "h": "16838", "orient": "portrait"}
TURNED = {"w": "16838", "h": "11906", "orient": "landscape"}


def sections(document: Any) -> list[Any]:
    return [section._sectPr for section in document.sections]


def paragraph(document: Any, style: str) -> Any:
    return next(each for each in document.paragraphs if each.style.name == style)


def indent(paragraph: Any) -> dict[str, str]:
    return attributes(paragraph._p, "pPr/ind")


def test_paper_margins_and_grid_are_those_of_the_standard() -> None:
    first = sections(written(notice()))[0]

    assert attributes(first, "pgSz") in (UPRIGHT, {"w": "11906", "h": "16838"})
    margins = attributes(first, "pgMar")
    assert {side: margins[side] for side in ("top", "left", "right", "bottom", "footer")} == {
        "top": "2098",
        "left": "1587",
        "right": "1474",
        "bottom": "1984",
        "footer": "1417",
    }
    assert attributes(first, "docGrid") == {
        "type": "linesAndChars",
        "linePitch": "579",
        "charSpace": "-848",
    }


def test_a_turned_page_has_the_margins_of_an_upright_one_turned_with_it() -> None:
    second = sections(written(notice()))[1]

    assert attributes(second, "pgSz") == TURNED
    margins = attributes(second, "pgMar")
    assert [margins[side] for side in ("left", "top", "right", "bottom")] == [
        *("1984", "1587", "2098", "1474")
    ]


@pytest.mark.parametrize(
    ("style", "face", "half_points", "line"),
    [
        ("公文标题", "方正小标宋简体", "44", "660"),
        ("公文正文", "仿宋_GB2312", "32", "579"),
        ("主送机关", "仿宋_GB2312", "32", "579"),
        ("发文字号", "仿宋_GB2312", "32", "579"),
        ("一级标题", "黑体", "32", "579"),
        ("二级标题", "楷体_GB2312", "32", "579"),
        ("三级标题", "仿宋_GB2312", "32", "579"),
        ("附件标志", "黑体", "32", "579"),
        ("附件标题", "方正小标宋简体", "44", "660"),
        ("表头", "黑体", "21", "300"),
        ("表格文字", "仿宋_GB2312", "21", "300"),
        ("抄送机关", "仿宋_GB2312", "28", "579"),
        ("页码", "宋体", "28", "360"),
    ],
)
def test_every_style_names_its_chinese_face_its_size_and_an_exact_line(
    style: str, face: str, half_points: str, line: str
) -> None:
    found = style_of(written(notice()), style)

    assert attributes(found, "rPr/rFonts")["eastAsia"] == face
    assert attributes(found, "rPr/sz") == {"val": half_points}
    spacing = attributes(found, "pPr/spacing")
    assert (spacing["line"], spacing["lineRule"]) == (line, "exact")


def test_text_is_indented_by_two_characters() -> None:
    spacing = attributes(style_of(written(notice()), "公文正文"), "pPr/ind")

    assert spacing == {"firstLineChars": "200", "firstLine": "640"}


def test_the_mark_is_red_in_one_line_and_35_mm_below_the_top_of_the_block() -> None:
    document = written(notice())

    mark = paragraph(document, "发文机关标志")

    assert mark.text == "临江市总工会办公室文件"
    assert attributes(style_of(document, "发文机关标志"), "rPr/color") == {"val": "FF0000"}
    size = mark.runs[0].font.size.pt
    assert size * len(mark.text) <= 442
    spacing = attributes(mark._p, "pPr/spacing")
    top = int(spacing["before"]) / 20 + (int(spacing["line"]) / 20 - size) / 2
    assert top * 25.4 / 72 == pytest.approx(35, abs=0.5)


def test_the_number_stands_in_hexagonal_brackets_above_a_red_rule() -> None:
    number = paragraph(written(notice()), "发文字号")

    assert re.fullmatch(r"[\u4e00-\u9fff]+〔\d{4}〕[1-9]\d*号", number.text)
    rule = attributes(number._p, "pPr/pBdr/bottom")
    assert (rule["val"], rule["color"]) == ("single", "FF0000")
    assert number._p.find(f"{qn('w:pPr')}/{qn('w:ind')}") is None  # so it is as wide as the block


@pytest.mark.parametrize(
    "text", ["临工办字2030年7号", "临工办字〔30〕7号", "〔2030〕7号", "临工〔2030〕0号"]
)
def test_what_is_no_document_number_is_refused(text: str) -> None:
    with pytest.raises(NotADocumentNumber):
        DocumentNumber.parse(text)


def test_paragraphs_are_numbered_by_their_levels() -> None:
    body = [
        Paragraph("总体要求", Level.FIRST),
        Paragraph("原则", Level.SECOND),
        Paragraph("依法", Level.THIRD),
        Paragraph("合规", Level.FOURTH),
        Paragraph("分工", Level.FIRST),
        Paragraph("要点", Level.SECOND),
    ]

    texts = [each.text for each in written(notice(body=body)).paragraphs]

    at = texts.index("一、总体要求")
    assert texts[at : at + 6] == [
        *("一、总体要求", "（一）原则", "1.依法", "（1）合规", "二、分工", "（一）要点")
    ]


def test_the_agency_is_centred_above_the_date_of_a_sealed_document() -> None:
    document = written(notice())

    agency, day = paragraph(document, "发文机关署名"), paragraph(document, "成文日期")

    assert day.text == "2030年3月5日"
    assert indent(day)["rightChars"] == "400"
    middle_of_day = 4 + 6 / 2
    assert float(indent(agency)["rightChars"]) / 100 + 9 / 2 == middle_of_day


def test_the_date_of_an_unsealed_document_begins_two_characters_right_of_the_agency() -> None:
    document = written(
        notice(signature=Signature("临江市总工会办公室", date(2030, 12, 15), sealed=False))
    )

    agency, day = paragraph(document, "发文机关署名"), paragraph(document, "成文日期")

    of_agency, of_day = (float(indent(each)["rightChars"]) / 100 for each in (agency, day))
    assert of_agency == 2
    assert of_agency + 9 - (of_day + 7) == 2


def test_attachments_are_listed_without_full_stop_and_numbered_only_where_there_are_several() -> (
    None
):
    one = written(notice())
    two = written(notice(attachments=[annex(), annex(title="分工表")]))

    def notes(document: Any) -> list[str]:
        return [each.text for each in document.paragraphs if each.style.name == "附件说明"]

    assert notes(one) == ["附件：临江市总工会服务职工工作台账"]
    assert notes(two) == ["附件：1.临江市总工会服务职工工作台账", "2.分工表"]
    first, second = (each for each in two.paragraphs if each.style.name == "附件说明")
    for each, begins in ((first, 2), (second, 5)):
        chars = {name: float(value) / 100 for name, value in indent(each).items()}
        assert chars["leftChars"] - chars["hangingChars"] == begins


def test_odd_pages_are_numbered_on_the_right_and_even_ones_on_the_left() -> None:
    document = written(notice())
    section = document.sections[0]

    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        number = footer.paragraphs[0]._p
        assert "".join(words.text for words in number.iter(qn("w:t"))) == "— 1 —"
        assert attributes(number, "pPr/jc") == {"val": side}
        assert attributes(number, "fldSimple")["instr"].strip() == "PAGE"
    style = style_of(document, "页码")
    assert attributes(style, "pPr/ind")["rightChars"] == "100"


def test_the_page_number_of_a_turned_page_stands_where_it_would_on_an_upright_one() -> None:
    section = written(notice()).sections[1]

    for footer in (section.footer, section.even_page_footer):
        table = footer._element.find(qn("w:tbl"))
        place = attributes(table, "tblPr/tblpPr")
        assert (place["vertAnchor"], place["horzAnchor"]) == ("page", "page")
        assert place["tblpX"] == "1417"
        assert attributes(table, "tr/tc/tcPr/textDirection") == {"val": "tbRl"}


def test_the_imprint_begins_an_even_page_without_a_number() -> None:
    document = written(notice())
    last = document.sections[-1]

    assert attributes(last._sectPr, "type") == {"val": "evenPage"}
    assert [each.paragraphs[0].text for each in (last.footer, last.even_page_footer)] == ["", ""]
    table = document.tables[-1]._tbl
    gap = attributes(table.getprevious(), "pPr/spacing")
    assert int(gap["line"]) + 2 * 579 == pytest.approx(12756, abs=200)
    widths = {
        side: attributes(table, f"tblPr/tblBorders/{side}")["sz"] for side in ("top", "bottom")
    }
    assert widths == {"top": "8", "bottom": "8"}
    assert attributes(table, "tblPr/tblBorders/insideH")["sz"] == "6"
    texts = [cell.text for row in document.tables[-1].rows for cell in row.cells]
    assert texts == ["抄送：市委办公室，市政府办公室。", "临江市总工会办公室\t2030年3月6日印发"]


def test_a_ledger_is_ruled_fills_the_block_and_repeats_its_head() -> None:
    document = written(annex())
    table = document.tables[0]._tbl

    first, second = table.findall(qn("w:tr"))[:2]
    assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert second.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None
    assert attributes(second, "trPr/trHeight") == {"val": "454", "hRule": "atLeast"}
    columns = [int(each.get(qn("w:w"))) for each in table.iter(qn("w:gridCol"))]
    assert sum(columns) == 12756
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        assert attributes(table, f"tblPr/tblBorders/{side}")["sz"] == "4"


def test_a_row_is_parted_only_where_it_fills_more_than_half_a_page() -> None:
    short, long = (
        written(annex(blocks=[ledger(1, text)])).tables[0] for text in ("短", "长" * 700)
    )

    def is_whole(table: Any) -> bool:
        return table.rows[1]._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None

    assert is_whole(short)
    assert not is_whole(long)


def test_a_group_row_stays_with_the_row_below_it() -> None:
    group = Row([Cell("一、组织建设", span=4)], is_group=True)

    table = written(annex(blocks=[Table((1, 1, 1, 1), [HEAD], [group])])).tables[0]

    assert attributes(table._tbl.findall(qn("w:tr"))[1], "tc/p/pPr/keepNext") == {}


def test_a_row_that_does_not_span_the_table_is_refused() -> None:
    crooked = Table((1, 1), [], [Row([Cell("一"), Cell("二"), Cell("三")])])

    with pytest.raises((ValueError, IndexError)):
        written(annex(blocks=[crooked]))


def test_an_annex_by_itself_has_no_red_head() -> None:
    document = written(annex())

    texts = [each.text for each in document.paragraphs[:3]]
    assert texts == ["附件", "临江市总工会服务职工工作台账", "（数据截至2030年3月1日）"]
    assert len(document.sections) == 1


def test_text_stands_in_no_text_box_and_the_file_names_no_other_program(tmp_path: Path) -> None:
    target = tmp_path / "notice.docx"

    write_docx(notice(), target)

    with zipfile.ZipFile(target) as parts:
        whole = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
    assert b"txbx" not in whole
    assert b"python" not in whole.lower()
    assert "方正小标宋简体".encode() in whole


def test_the_same_document_gives_the_same_file(tmp_path: Path) -> None:
    first, second = tmp_path / "1.docx", tmp_path / "2.docx"

    write_docx(notice(), first)
    write_docx(notice(), second)

    with zipfile.ZipFile(first) as one, zipfile.ZipFile(second) as other:
        assert one.namelist() == other.namelist()
        assert all(one.read(name) == other.read(name) for name in one.namelist())


def test_text_and_table_of_an_attachment_follow_each_other() -> None:
    blocks: list[Paragraph | Table] = [Paragraph("说明。"), ledger(1), Paragraph("以上。")]

    document = written(Attachment("分工表", blocks))

    tags = [each.tag.rpartition("}")[2] for each in document.element.body]
    assert tags == ["p", "p", "p", "tbl", "p", "sectPr"]
