"""What stands on the pages of a PDF: columns, cells without a rule, what a page break cuts."""

from collections.abc import Sequence

import pytest

from taizhang.notices import read_notice
from taizhang.notices.document import DocumentBuilder, Passage
from taizhang.notices.formats.pdf_tables import with_merged_from_above
from taizhang.notices.tests.corpus.pdf_writer import pdf, text


def lines(x: float, top: float, written: Sequence[str]) -> bytes:
    return b"".join(text(x, top - 24 * at, line) for at, line in enumerate(written))


def paragraphs(*pages: bytes) -> list[str]:
    return [each.text for each in read_notice(pdf(*pages)).document.paragraphs()]


def test_two_columns_are_read_one_after_the_other() -> None:
    body = "一二三四五六七八九十甲乙"
    left = [*[body] * 5, "左栏完。"]
    right = [*[body[::-1]] * 5, "右栏完。"]
    page = text(200, 760, "工会简报") + lines(60, 700, left) + lines(310, 700, right)

    assert paragraphs(page) == ["工会简报", body * 5 + "左栏完。", body[::-1] * 5 + "右栏完。"]


def test_a_table_of_two_wide_columns_under_a_head_is_no_page_of_columns() -> None:
    head = text(60, 740, "序号") + text(120, 740, "工作任务") + text(330, 740, "责任部门")
    rows = b"".join(
        text(60, 700 - 30 * at, str(at + 1))
        + text(120, 700 - 30 * at, "办好职工夜校书屋驿站。")
        + text(330, 700 - 30 * at, "市教育局、市人社局部")
        for at in range(6)
    )

    assert [item.number for item in read_notice(pdf(head + rows)).items] == [1, 2, 3, 4, 5, 6]


def test_cells_with_a_narrow_gap_between_them_are_parted_where_their_column_begins() -> None:
    task = "办好职工夜校和读书会，方便"
    head = text(60, 740, "序号") + text(110, 740, "工作任务") + text(326, 740, "责任部门")
    rows = b"".join(
        text(60, 700 - 60 * at, str(at + 1))
        + lines(110, 700 - 60 * at, (task, "每一名职工。"))
        + text(326, 700 - 60 * at, "宣教部")
        for at in range(4)
    )

    items = read_notice(pdf(head + rows)).items

    assert [item.text for item in items] == [f"{task}每一名职工。"] * 4
    assert {item.departments.lead for item in items} == {("宣教部",)}


def test_a_running_head_of_two_pages_is_left_out_and_the_headings_of_annexes_are_not() -> None:
    first = text(400, 800, "内部资料") + text(80, 780, "附件1") + text(80, 700, "一、修桥。")
    second = text(400, 800, "内部资料") + text(80, 780, "附件2") + text(80, 700, "一、修路。")

    assert paragraphs(first, second) == ["附件1", "一、修桥。", "附件2", "一、修路。"]


def test_a_date_set_to_the_right_ends_its_paragraph() -> None:
    body = text(80, 700, "现将有关事项通知如下，请各单位结合实际抓好落实。")
    page = body + text(352, 660, "2031年6月11日二")

    assert paragraphs(page, text(220, 760, "任务清单"))[-2:] == ["2031年6月11日二", "任务清单"]


def written(*rows: tuple[str, ...], merged: int = 0) -> list[tuple[Passage, ...]]:
    """Rows as written on the page before, the first cells of the last rows merged."""
    last = len(rows) - 1
    covered = {(at, 0): (last - merged + 1, 0) for at in range(last - merged + 2, last + 1)}
    return DocumentBuilder().grid(rows, covered)


HEAD = ("类别", "序号", "任务")
ABOVE = written(HEAD, ("阵地", "1", "甲"), ("", "2", "乙"), merged=2)


def test_a_merged_cell_goes_on_behind_a_page_break() -> None:
    rows = [HEAD, ("", "3", "丙"), ("", "4", "丁")]

    full = with_merged_from_above(rows, {(2, 0): (1, 0)}, ABOVE)

    assert full[1][0] == ABOVE[-1][0]
    assert ABOVE[-1][0].text == "阵地"


@pytest.mark.parametrize(
    ("rows", "above"),
    [
        ([HEAD, ("", "3", "丙")], written(HEAD, ("阵地", "1", "甲"), ("权益", "2", "乙"))),
        ([HEAD, ("", "", "丙")], ABOVE),
        ([HEAD, ("权益", "3", "丙")], ABOVE),
        ([("", "3")], ABOVE),
        ([HEAD], ABOVE),
        ([HEAD, ("", "3", "丙")], []),
    ],
    ids=["none was merged", "rest of a row", "cell of its own", "other columns", "head", "first"],
)
def test_nothing_goes_on_where_no_merged_cell_is_cut(
    rows: list[tuple[str, ...]], above: list[tuple[Passage, ...]]
) -> None:
    full = with_merged_from_above(rows, {}, above)

    assert [tuple(row) for row in full] == rows
