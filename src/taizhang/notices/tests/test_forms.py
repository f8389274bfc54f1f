"""One document in the forms in which offices save it: each is read as the others are."""

import io
import shutil
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from html import escape

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from taizhang.notices import read_notice
from taizhang.notices.tests.corpus.word_writer import document, table

LINES = (
    "临江市总工会文件",
    "临工发〔2030〕7号",
    "关于印发《服务职工任务清单》的通知",
    "各县（区）总工会：",
    "现将清单印发你们，请抓好落实。",
    "临江市总工会",
    "2030年3月5日",
    "服务职工任务清单",
)
ROWS = (
    ("序号", "工作任务", "牵头单位", "完成时限"),
    ("1", "新建职工书屋１２家，“五小”成果不少于3项。", "宣教部、财务部", "9月底"),
    ("2", "开放户外驿站。", "各县（区）总工会", "长期"),
)
LIBREOFFICE = pytest.mark.skipif(
    shutil.which("soffice") is None and shutil.which("libreoffice") is None,
    reason="LibreOffice is not installed",
)


def web_page(charset: str) -> str:
    lines = "".join(f"<p class=MsoNormal>{escape(line)}<o:p></o:p></p>" for line in LINES)
    rows = "".join(
        "<tr>" + "".join(f"<td><p>{escape(cell)}</p></td>" for cell in row) + "</tr>"
        for row in ROWS
    )
    return (
        f'<html><head><meta http-equiv=Content-Type content="text/html; charset={charset}"></head>'
        f"<body>{lines}<table border=1>{rows}</table></body></html>"
    )


def word() -> bytes:
    return document(*LINES, table(*ROWS))


def page_of_word() -> bytes:
    return web_page("gb2312").encode("gb18030")


def single_file_page() -> bytes:
    message = EmailMessage()
    message["From"] = "<Saved by a program>"
    message.set_content(web_page("gb2312").encode("gb18030"), "text", "html", cte="base64")
    message.set_param("charset", "gb2312")
    message.add_related(b"\x89PNG", "image", "png")
    return message.as_bytes()


def text_of_windows() -> bytes:
    lines = [*LINES, *("\t".join(row) for row in ROWS)]
    return "\r\n".join(lines).encode("gb18030")


def text_of_notepad() -> bytes:
    lines = [*LINES, *("\t".join(row) for row in ROWS)]
    return "\r\n".join(lines).encode("utf-16")


def rows_with_commas() -> bytes:
    lines = [*LINES, *(",".join(f'"{cell}"' for cell in row) for row in ROWS)]
    return "\r\n".join(lines).encode("utf-8-sig")


def rich_text() -> bytes:
    """As WordPad writes it: characters as numbers, a table of rows."""

    def coded(text: str) -> str:
        return "".join(f"\\u{ord(character)}?" for character in text)

    lines = "".join(f"{coded(line)}\\par\n" for line in LINES)
    edges = "".join(f"\\cellx{2000 * at}" for at in range(1, 5))
    rows = "".join(
        f"\\trowd{edges}" + "".join(f"\\intbl {coded(cell)}\\cell" for cell in row) + "\\row\n"
        for row in ROWS
    )
    return f"{{\\rtf1\\ansi\\uc1\\pard {lines}{rows}\\pard\\par}}".encode()


def open_document() -> bytes:
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "manifest")
    )
    lines = "".join(f"<text:p>{line}</text:p>" for line in LINES)
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in ROWS
    )
    kind = "application/vnd.oasis.opendocument.text"
    parts = {
        "mimetype": kind,
        "content.xml": f"<office:document-content{names} office:version='1.2'><office:body>"
        f"<office:text>{lines}<table:table><table:table-column "
        f"table:number-columns-repeated='4'/>{rows}</table:table></office:text></office:body>"
        "</office:document-content>",
        "META-INF/manifest.xml": f"<manifest:manifest{names}><manifest:file-entry "
        f"manifest:full-path='/' manifest:media-type='{kind}'/><manifest:file-entry "
        "manifest:full-path='content.xml' manifest:media-type='text/xml'/></manifest:manifest>",
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


FORMS = {
    "page saved by Word": (page_of_word, "通知.htm"),
    "page in a single file": (single_file_page, "通知.mht"),
    "page in a single file under another name": (single_file_page, "通知.doc"),
    "text in GB18030": (text_of_windows, "通知.txt"),
    "text in UTF-16": (text_of_notepad, "通知.txt"),
    "rows with commas": (rows_with_commas, "通知.csv"),
    "rows with commas in a text": (rows_with_commas, "通知.txt"),
}


@pytest.mark.parametrize(("write", "filename"), FORMS.values(), ids=FORMS)
def test_a_document_reads_the_same_in_every_form(write: Callable[[], bytes], filename: str) -> None:
    _expect_as_in_word(write(), filename)


@LIBREOFFICE
@pytest.mark.parametrize("write", [rich_text, open_document])
def test_a_document_of_another_program_reads_as_one_of_word(write: Callable[[], bytes]) -> None:
    _expect_as_in_word(write(), "通知.wps")


def _expect_as_in_word(content: bytes, filename: str) -> None:
    read, expected = read_notice(content, filename=filename), read_notice(word())

    assert read.metadata == expected.metadata
    assert [(item.text, item.departments, item.deadline) for item in read.items] == [
        (item.text, item.departments, item.deadline) for item in expected.items
    ]
    assert len(expected.items) == len(ROWS) - 1


def test_a_sentence_with_commas_is_no_row() -> None:
    tasks = ("1.修桥,修路,植树。（责任单位：交通局）", "2.办学,办医,办事。（责任单位：教育局）")
    text = "\n".join(("任务清单", *tasks))

    items = read_notice(text.encode()).items

    assert [item.text for item in items] == ["修桥,修路,植树。", "办学,办医,办事。"]


def test_a_numbered_list_of_a_page_has_the_numbers_that_a_browser_shows() -> None:
    entries = "".join(
        f"<li><p>{task}（责任单位：{names}）</p></li>"
        for task, names in (
            ("建成户外劳动者驿站十二家。", "市总工会"),
            ("办好职工夜校，方便群众。", "宣教部"),
        )
    )
    page = f"<html><body><p>任务清单</p><ol start=2>{entries}</ol></body></html>"

    items = read_notice(page.encode()).items

    assert [(item.number, item.departments.lead) for item in items] == [
        (2, ("市总工会",)),
        (3, ("宣教部",)),
    ]


def test_the_menu_of_a_page_gets_no_numbers() -> None:
    page = "<html><body><ol><li>首页</li><li>通知公告</li></ol><p>一、修桥。</p></body></html>"

    assert read_notice(page.encode()).document.text.split() == ["首页", "通知公告", "一、修桥。"]


def test_deleted_text_marks_of_notes_and_hidden_text_of_a_page_are_left_out() -> None:
    page = (
        '<html><body><p>修桥<del>修路</del>十座<sup><a href="#_ftn1">[1]</a></sup>。'
        '<span style="mso-hide:all">x</span></p></body></html>'
    )

    assert read_notice(page.encode()).document.text.strip() == "修桥十座。"


def workbook(*, is_filtered: bool = False) -> bytes:
    """Two ledgers on a sheet, the second row of the first one hidden."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as written:
        sheet = written.add_worksheet()
        plain = written.add_format()
        sheet.merge_range(0, 0, 0, 3, "重点任务台账", plain)
        for at, row in enumerate((*ROWS, ("3", "办好夜校。", "宣教部", "6月")), 1):
            sheet.write_row(at, 0, row)
        if is_filtered:
            sheet.autofilter(1, 0, 4, 3)
            sheet.filter_column(0, "x != 2")
        sheet.set_row(3, options={"hidden": True})
        sheet.merge_range(6, 0, 6, 3, "整改事项台账", plain)
        for at, row in enumerate((ROWS[0], ("1", "清理账目。", "经审办", "年底")), 7):
            sheet.write_row(at, 0, row)
    return content.getvalue()


def test_ledgers_below_one_another_on_a_sheet_keep_their_titles() -> None:
    ledgers = read_notice(workbook()).ledgers

    assert [ledger.title for ledger in ledgers] == ["重点任务台账", "整改事项台账"]


def test_hidden_rows_are_left_out_but_not_those_which_a_filter_hides() -> None:
    hidden, filtered = read_notice(workbook()), read_notice(workbook(is_filtered=True))

    assert [item.number for item in hidden.items] == [1, 3, 1]
    assert [item.number for item in filtered.items] == [1, 2, 3, 1]


def test_a_paragraph_whose_end_was_deleted_at_the_end_of_the_document_is_kept() -> None:
    last = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>二、修路。</w:t></w:r></w:p>"

    assert read_notice(document("一、修桥。", last)).document.text.split() == [
        "一、修桥。",
        "二、修路。",
    ]
