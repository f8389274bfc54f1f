"""The way in: encodings, refusals, and whatever bytes there are."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.notices import Notice, ReadingError, read_notice
from taizhang.notices.errors import (
    BrokenFile,
    EmptyDocument,
    FileNotReadable,
    NotText,
    TooLarge,
    UnknownFormat,
)
from taizhang.notices.formats import TEXT
from taizhang.notices.model import Item
from taizhang.notices.tests.writing import notice, tabbed

PLAIN = notice(tabbed([["1", "办好夜校。", "宣教部"]]))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_other_encodings_read_as_utf8_does(encoding: str) -> None:
    content = PLAIN.decode().replace("\n", "\r\n").encode(encoding)

    assert read_notice(content) == read_notice(PLAIN)


def test_a_path_reads_as_its_bytes_do(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_bytes(PLAIN)

    assert read_notice(path) == read_notice(str(path)) == read_notice(PLAIN)


@pytest.mark.parametrize(
    ("content", "filename", "refusal"),
    [
        (b"", "a.txt", EmptyDocument),
        (b" \n\t\n\xe3\x80\x80", "a.txt", EmptyDocument),
        (b"\xef\xbb\xbf", "a.txt", EmptyDocument),
        (b"%PDF-1.7 ...", "a.txt", BrokenFile),
        (b"PK\x03\x04...", None, BrokenFile),
        (PLAIN, "a.docx", BrokenFile),
        (PLAIN, "a.odt", BrokenFile),
        (PLAIN, "a.ppt", UnknownFormat),
        (b"\x00\x01\x02", "a.txt", NotText),
        (b"\xff\xff\xff\xff", "a.txt", NotText),
        (b" " * (TEXT.max_bytes + 1), "a.txt", TooLarge),
    ],
)
def test_what_is_no_notice_is_refused_by_name(
    content: bytes, filename: str | None, refusal: type[ReadingError]
) -> None:
    with pytest.raises(refusal):
        read_notice(content, filename=filename)


def test_a_missing_file_and_a_folder_are_refused_by_name(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path, "a\0b.txt"):
        with pytest.raises(FileNotReadable, match="cannot be opened"):
            read_notice(path)


BODY = st.text(
    st.characters(categories=("L", "N", "P", "S"), exclude_characters="<>|\t")
    | st.sampled_from("，。、  1%"),
    min_size=1,
    max_size=60,
).map(str.strip)
TASK = BODY.map(lambda text: f"办{text}好。")
NAME = st.text("办公室组织宣教财务", min_size=2, max_size=5).map(lambda name: f"{name}部")
ROWS = st.lists(
    st.tuples(TASK, st.lists(NAME, min_size=1, max_size=4, unique=True)), min_size=1, max_size=8
)


@given(ROWS, st.integers(1, 3), st.booleans())
def test_text_put_into_a_table_comes_back_verbatim(
    rows: list[tuple[str, list[str]]], rows_on_a_page: int, is_marked: bool
) -> None:
    cell = "<p>{}</p>" if is_marked else "{}"
    cells = [
        [str(number), cell.format(text), cell.format("、".join(names))]
        for number, (text, names) in enumerate(rows, 1)
    ]
    pages = [tabbed(cells[at : at + rows_on_a_page]) for at in range(0, len(cells), rows_on_a_page)]

    read = read_notice(notice(*pages))

    assert [item.number for item in read.items] == list(range(1, len(rows) + 1))
    assert [item.text for item in read.items] == [text for text, _ in rows]
    assert [item.departments.lead for item in read.items] == [tuple(names) for _, names in rows]
    assert all(_quotes(read, item) for item in read.items)


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_any_bytes_give_a_notice_or_a_refusal(content: bytes) -> None:
    _read_or_refused(content)


FRAGMENTS = (
    *("序号", "任务", "牵头单位", "\t", "|", "\n", "　", "<p>", "一、", "（一）", "1.", "办", "。"),
    *(
        "（市教育局负责）",
        "责任单位：",
        "（",
        "）",
        "《",
        "2030年3月5日",
        "印发",
        "抄送：",
        "的通知",
    ),
)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join))
def test_fragments_of_notices_in_any_order_give_a_notice_or_a_refusal(text: str) -> None:
    read = _read_or_refused(text.encode())

    assert read is None or all(_quotes(read, item) for item in read.items)


def _read_or_refused(content: bytes) -> Notice | None:
    try:
        return read_notice(content, isolated=False)
    except ReadingError:
        return None


def _quotes(read: Notice, item: Item) -> bool:
    parts = [read.document.text[span.start : span.end] for span in item.passage.spans]
    return "".join(parts) == item.text
