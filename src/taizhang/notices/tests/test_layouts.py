"""Items that a writer puts into any layout come back the same; any bytes are answered."""

import csv
import io
from collections.abc import Callable, Sequence
from html import escape

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # ships no types
from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.notices import Notice, ReadingError, read_notice
from taizhang.notices.formats import FORMATS
from taizhang.notices.normalise import normalise
from taizhang.notices.tests.corpus import CASES
from taizhang.notices.tests.corpus.case import Case
from taizhang.notices.tests.corpus.pdf_writer import HEIGHT, WIDTH, pdf, ruled, text, turned
from taizhang.notices.tests.corpus.word_writer import document, level, numbered, numbering, table
from taizhang.notices.tests.writing import HEAD

Task = tuple[str, tuple[str, ...]]

COVER = HEAD.partition("\n")[0]
COLUMNS = ("序号", "目标任务", "责任部门")
CHARACTERS = "办好职工夜校方便群众走访慰问开展竞赛修缮书屋宣传引导提高质量3０%A“”（）《》、，"
BODIES = (
    "办公室",
    "组织部",
    "市财政局",
    "市教育局（市委教育工委）",
    "各县（区）总工会",
    "网络中心",
)
TASKS = st.lists(
    st.tuples(
        st.text(CHARACTERS, min_size=4, max_size=70).map(lambda words: f"推进{words}好。"),
        st.lists(st.sampled_from(BODIES), min_size=1, max_size=4, unique=True).map(tuple),
    ),
    min_size=1,
    max_size=12,
)


def rows(tasks: Sequence[Task], between: str = "、") -> list[tuple[str, str, str]]:
    return [(str(at), task, between.join(names)) for at, (task, names) in enumerate(tasks, 1)]


def cells_a_line(tasks: Sequence[Task]) -> bytes:
    lines = [cell for row in (COLUMNS, *rows(tasks, "\n")) for cell in row]
    return "\n".join((HEAD, *lines)).encode()


def wide_gaps(tasks: Sequence[Task]) -> bytes:
    return "\n".join((HEAD, *("    ".join(row) for row in (COLUMNS, *rows(tasks))))).encode()


def pipes(tasks: Sequence[Task]) -> bytes:
    lines = ["| " + " | ".join(row) + " |" for row in (COLUMNS, ("-", "-", "-"), *rows(tasks))]
    return "\n".join((HEAD, *lines)).encode()


def web_page(tasks: Sequence[Task]) -> bytes:
    lines = "".join(f"<p>{escape(line)}</p>" for line in HEAD.split("\n\n"))
    cells = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in (COLUMNS, *rows(tasks, "、"))
    )
    return f"<html><body>{lines}<table>{cells}</table></body></html>".encode()


def word_table(tasks: Sequence[Task]) -> bytes:
    pages = [table(COLUMNS, *rows(tasks)[at : at + 4]) for at in range(0, len(tasks), 4)]
    return document(*HEAD.split("\n"), *pages)


def word_list(tasks: Sequence[Task]) -> bytes:
    lines = [numbered(f"{task}（责任单位：{'、'.join(names)}）", 1) for task, names in tasks]
    scheme = numbering((level(0, "chineseCounting", "（%1）"),))
    return document(*HEAD.split("\n"), *lines, parts={"word/numbering.xml": scheme})


def lines_below(tasks: Sequence[Task]) -> bytes:
    lines = [f"{number}.{task}\n责任单位：{names}" for number, task, names in rows(tasks)]
    return "\n".join((HEAD, *lines)).encode()


def workbook(tasks: Sequence[Task]) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate((COLUMNS, *rows(tasks, "\n"))):
        sheet.write_row(at, 0, row)
    book.close()
    return content.getvalue()


def commas(tasks: Sequence[Task]) -> bytes:
    content = io.StringIO()
    csv.writer(content).writerows((COLUMNS, *rows(tasks, "\n")))
    return f"{HEAD}\n{content.getvalue()}".encode()


def ruled_pages(tasks: Sequence[Task]) -> bytes:
    return pdf(text(80, 740, COVER), *_ruled(tasks, 760, (40, 290, 122)))


def landscape_pages(tasks: Sequence[Task]) -> bytes:
    pages = _ruled(tasks, 540, (60, 290, 122))
    return pdf(text(80, 500, COVER), *pages, size=(HEIGHT, WIDTH))


def turned_pages(tasks: Sequence[Task]) -> bytes:
    pages = (text(80, 500, COVER), *_ruled(tasks, 540, (60, 290, 122)))
    return pdf(*map(turned, pages), turn=90)


def _ruled(tasks: Sequence[Task], top: float, widths: Sequence[float]) -> list[bytes]:
    """Pages of three rows each, every one with the head of the table."""
    cells = [
        [[number], _wrapped(task, 20), _wrapped(names, 8)] for number, task, names in rows(tasks)
    ]
    head = [[name] for name in COLUMNS]
    return [ruled(top, widths, [head, *cells[at : at + 3]]) for at in range(0, len(cells), 3)]


def _wrapped(content: str, width: int) -> list[str]:
    return [content[at : at + width] for at in range(0, len(content), width)]


WRITERS: tuple[Callable[[Sequence[Task]], bytes], ...] = (
    cells_a_line,
    wide_gaps,
    pipes,
    web_page,
    word_table,
    word_list,
    lines_below,
    workbook,
    commas,
    ruled_pages,
    landscape_pages,
    turned_pages,
)


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
@settings(max_examples=15, deadline=None)
@given(tasks=TASKS)
def test_items_put_into_a_layout_come_back_the_same(
    write: Callable[[Sequence[Task]], bytes], tasks: list[Task]
) -> None:
    read = read_notice(write(tasks), isolated=False)

    assert [item.number for item in read.items] == list(range(1, len(tasks) + 1))
    assert [_plain(item.text) for item in read.items] == [_plain(task) for task, _ in tasks]
    assert [item.departments.lead for item in read.items] == [names for _, names in tasks]


def _plain(words: str) -> str:
    return normalise(words).text


@settings(max_examples=60, deadline=None)
@given(
    case=st.sampled_from(CASES),
    places=st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=6),
    inserted=st.binary(max_size=6),
    cut=st.integers(0, 40),
)
def test_a_damaged_file_gives_a_notice_or_a_refusal(
    case: Case, places: list[float], inserted: bytes, cut: int
) -> None:
    content = case.write()
    for place in places:
        at = int(place * len(content))
        content = content[:at] + inserted + content[at + cut :]

    _read_or_refused(content, case.filename)


@settings(max_examples=40, deadline=None)
@given(content=st.binary(max_size=300), ending=st.sampled_from(sorted(FORMATS)))
def test_any_bytes_under_any_name_give_a_notice_or_a_refusal(content: bytes, ending: str) -> None:
    for beginning in (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>"):
        _read_or_refused(beginning + content, f"notice{ending}")


def _read_or_refused(content: bytes, filename: str) -> Notice | None:
    try:
        return read_notice(content, filename=filename, isolated=False)
    except ReadingError:
        return None
