"""The ledger as a table: which columns it has, how they are called, and in what file it stands."""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from taizhang.notices.numerals import chinese_numeral
from taizhang.notices.tests.corpus.word_writer import document, table
from taizhang.notices.tests.layouts.ledger import COVER, FEET, SECTIONS, TASKS, TITLE, Read, Task

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Columns:
    """The heads behind the number and what stands under them; `reads` tells what comes back."""

    heads: tuple[str, ...]
    cells: Callable[[Task], tuple[str, ...]]
    reads: Callable[[Task, int], Read]


def _listed(names: tuple[str, ...]) -> str:
    return "、".join(names)


def _dated(task: Task, number: int) -> Read:
    return Read(number, task.text, task.lead, task.helping, task.due)


def _both(task: Task, number: int) -> Read:
    return Read(number, task.text, task.lead, task.helping)


def _all(task: Task, number: int) -> Read:
    return Read(number, task.text, task.everybody)


def _all_dated(task: Task, number: int) -> Read:
    return Read(number, task.text, task.everybody, (), task.due)


COLUMNS: dict[str, Columns] = {
    "task and departments": Columns(
        ("目标任务", "责任部门"), lambda task: (task.text, _listed(task.everybody)), _all
    ),
    "lead and help": Columns(
        ("重点任务", "牵头单位", "配合单位", "完成时限"),
        lambda task: (task.text, _listed(task.lead), _listed(task.helping), task.due),
        _dated,
    ),
    "title and measures": Columns(
        ("任务名称", "具体措施", "牵头单位", "责任单位", "时间节点"),
        lambda task: (task.title, task.text, _listed(task.lead), _listed(task.helping), task.due),
        _dated,
    ),
    "deadline first": Columns(
        ("工作内容", "完成时间", "主办单位", "协办单位"),
        lambda task: (task.text, task.due, _listed(task.lead), _listed(task.helping)),
        _dated,
    ),
    "with persons": Columns(
        ("工作任务", "牵头领导", "责任单位", "责任人", "办结时限", "备注"),
        lambda task: (task.text, "王明", _listed(task.everybody), "李丽", task.due, ""),
        _all_dated,
    ),
    "units and persons": Columns(
        ("整改措施", "责任单位及责任人", "整改时限"),
        lambda task: (task.text, f"{_listed(task.everybody)} 李丽", task.due),
        _all_dated,
    ),
    "verbs in the cell": Columns(
        ("事项", "责任分工"),
        lambda task: (task.text, f"{_listed(task.lead)}牵头，{_listed(task.helping)}配合"),
        _both,
    ),
    "labels in the cell": Columns(
        ("事项", "责任单位"),
        lambda task: (
            task.text,
            f"牵头单位：{_listed(task.lead)}；配合单位：{_listed(task.helping)}",
        ),
        _both,
    ),
    "in the task's cell": Columns(
        ("工作任务", "备注"),
        lambda task: (f"{task.text}（{_listed(task.lead)}牵头，{_listed(task.helping)}配合）", ""),
        _both,
    ),
    "problem and measure": Columns(
        ("存在问题", "整改措施", "责任单位", "整改时限"),
        lambda task: (f"{task.title}不够到位", task.text, _listed(task.everybody), task.due),
        _all_dated,
    ),
}
SECTIONED = ("no sections", "sections", "numbered sections", "counting anew")
NUMBERED: dict[str, Callable[[int], str]] = {
    "1": str,
    "1.": lambda number: f"{number}.",
    "01": lambda number: f"{number:02}",
    "（1）": lambda number: f"（{number}）",
    "１": lambda number: chr(ord("０") + number),
}


def rows_of(columns: str, sectioned: str, number: str) -> tuple[list[list[str]], tuple[Read, ...]]:
    """The rows with their heads and what is to be read of them; a section's row has one cell."""
    chosen = COLUMNS[columns]
    rows = [["序号", *chosen.heads]]
    tasks: list[Read] = []
    place = 0
    for at, task in enumerate(TASKS):
        section, is_first = divmod(at, 2)
        if sectioned != SECTIONED[0] and not is_first:
            mark = "" if sectioned == SECTIONED[1] else f"{chinese_numeral(section + 1)}、"
            rows.append([f"{mark}{SECTIONS[section]}", *("" for _ in chosen.heads)])
            place = 0 if sectioned == SECTIONED[3] else place
        place += 1
        rows.append([NUMBERED[number](place), *chosen.cells(task)])
        tasks.append(chosen.reads(task, place))
    return rows, tuple(tasks)


def _lines(rows: Rows, foot: str) -> bytes:
    return "\n".join((COVER.strip(), *("\t".join(row) for row in rows), FEET[foot])).encode()


def _pipes(rows: Rows, foot: str) -> bytes:
    rule = ["---"] * len(rows[0])
    written = ["| " + " | ".join(row) + " |" for row in (rows[0], rule, *rows[1:])]
    return "\n".join((COVER.strip(), "", *written, "", FEET[foot])).encode()


def _page(rows: Rows, foot: str) -> bytes:
    written = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    above = "".join(f"<p>{line}</p>" for line in COVER.split("\n") if line)
    below = "".join(f"<p>{line}</p>" for line in FEET[foot].split("\n") if line)
    return f"<html><body>{above}<table>{written}</table>{below}</body></html>".encode()


def _word(rows: Rows, foot: str) -> bytes:
    above = [line for line in COVER.split("\n") if line]
    return document(*above, table(*map(tuple, rows)), *filter(None, FEET[foot].split("\n")))


def _word_pages(rows: Rows, foot: str) -> bytes:
    """A table on each page, each with the head again."""
    above = [line for line in COVER.split("\n") if line]
    pages = [table(tuple(rows[0]), *map(tuple, rows[at : at + 3])) for at in range(1, len(rows), 3)]
    return document(*above, *pages, *filter(None, FEET[foot].split("\n")))


def _workbook(rows: Rows, foot: str) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, len(rows[0]) - 1, TITLE)
    for at, row in enumerate(rows, 1):
        if len(row) > 1 and row[0] and not any(row[1:]):
            sheet.merge_range(at, 0, at, len(row) - 1, row[0])
        else:
            sheet.write_row(at, 0, row)
    if FEET[foot]:
        sheet.merge_range(len(rows) + 1, 0, len(rows) + 1, len(rows[0]) - 1, FEET[foot].strip())
    book.close()
    return content.getvalue()


def _cells_a_line(rows: Rows, foot: str) -> bytes:
    cells = (cell for row in rows for cell in row if cell)
    return "\n".join((COVER.strip(), *cells, FEET[foot])).encode()


FILES: dict[str, tuple[str, Callable[[Rows, str], bytes]]] = {
    "tabs": ("ledger.txt", _lines),
    "pipes": ("ledger.md", _pipes),
    "page": ("ledger.html", _page),
    "word": ("ledger.docx", _word),
    "word with a table on each page": ("ledger.docx", _word_pages),
    "workbook": ("ledger.xlsx", _workbook),
    "one cell a line": ("ledger.txt", _cells_a_line),
}


CARDS: dict[str, tuple[str, ...]] = {
    "with titles": ("任务名称", "主要内容", "牵头单位", "配合单位", "完成时限"),
    "short": ("工作任务", "责任单位", "办结时限"),
    "rectifying": ("整改任务", "责任部门", "整改时限"),
}


def cards(labels: str, *, as_tables: bool, of: int) -> tuple[str, bytes, tuple[Read, ...]]:
    """The first tasks as cards: a label before every value, in lines or in tables."""
    names = CARDS[labels]
    written = [list(zip(names, _values(names, task), strict=True)) for task in TASKS[:of]]
    reads = tuple(
        _dated(task, at) if len(names) == 5 else _all_dated(task, at)
        for at, task in enumerate(TASKS[:of], 1)
    )
    if as_tables:
        return "cards.docx", document(TITLE, *(table(*card) for card in written)), reads
    lines = [f"{label}：{value}" for card in written for label, value in card]
    return "cards.txt", "\n".join((TITLE, *lines)).encode(), reads


def _values(names: Sequence[str], task: Task) -> tuple[str, ...]:
    if len(names) == 5:
        return task.title, task.text, _listed(task.lead), _listed(task.helping), task.due
    return task.text, _listed(task.everybody), task.due


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)
