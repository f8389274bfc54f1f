"""How long a notice takes to read, beside others on the same files: `python benchmarks/reading.py`.

Made-up notices of 10, 30 and 90 pages: the ledger as a table and as numbered paragraphs. What the
others give is text or cells, not a notice. markitdown is no dependency: `--markitdown PYTHON`
names an interpreter that has `markitdown[docx,pdf,xlsx]`, in an environment of its own.

The report is written unless `--print-only`.
"""

import argparse
import io
import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import docx
import pdfplumber
import xlsxwriter
from openpyxl import load_workbook

from benchmarks.measuring import table
from benchmarks.report import replace_section
from taizhang.notices import read_notice
from taizhang.notices.tests.corpus.pdf_writer import pdf, ruled, text
from taizhang.notices.tests.writing import HEAD

PAGES = (10, 30, 90)
ROUNDS = 5
ROUNDS_OF_OTHERS = 3
ROWS_ON_A_PAGE = 5
NOT_INSTALLED = "not installed"

# Runs in the interpreter that has markitdown: prints the seconds for each file of its arguments.
MARKITDOWN = """
import json, statistics, sys, time
from markitdown import MarkItDown
converter = MarkItDown()
rounds, taken = int(sys.argv[1]), {}
for path in sys.argv[2:]:
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        converter.convert(path)
        times.append(time.perf_counter() - started)
    taken[path] = statistics.median(times)
print(json.dumps(taken))
"""
SENTENCE = "组织开展形式多样的走访慰问活动，把关心和温暖送到职工身边，"
COLUMNS = ("序号", "目标任务", "责任部门")


def rows(pages: int) -> list[tuple[str, str, str]]:
    """The items of a ledger of so many pages, about 120 characters each."""
    return [
        (str(number), SENTENCE * 4 + "务求取得实效。", "宣教部、财务部")
        for number in range(1, pages * ROWS_ON_A_PAGE + 1)
    ]


def as_word(pages: int) -> bytes:
    written = docx.Document()
    for line in HEAD.split("\n"):
        written.add_paragraph(line)
    items = rows(pages)
    table = written.add_table(len(items) + 1, len(COLUMNS))
    for row, texts in zip(table.rows, (COLUMNS, *items), strict=True):
        for cell, words in zip(row.cells, texts, strict=True):
            cell.text = words
    content = io.BytesIO()
    written.save(content)
    return content.getvalue()


def as_text(pages: int) -> bytes:
    lines = [f"{number}.{task}（责任单位：{names}）" for number, task, names in rows(pages)]
    return "\n".join((HEAD, *lines)).encode()


def as_workbook(pages: int) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate((COLUMNS, *rows(pages))):
            sheet.write_row(at, 0, line)
    return content.getvalue()


def as_pdf(pages: int) -> bytes:
    def page(items: Sequence[tuple[str, str, str]]) -> bytes:
        cells = [[[number], _wrapped(task), [names]] for number, task, names in items]
        return ruled(800, (40, 290, 122), [[[name] for name in COLUMNS], *cells])

    items = rows(pages)
    starts = range(0, len(items), ROWS_ON_A_PAGE)
    ledger = [page(items[at : at + ROWS_ON_A_PAGE]) for at in starts]
    return pdf(text(80, 740, "临江市总工会文件"), *ledger)


def _wrapped(content: str) -> list[str]:
    return [content[at : at + 20] for at in range(0, len(content), 20)]


def with_python_docx(content: bytes) -> None:
    for each in docx.Document(io.BytesIO(content)).tables:
        for row in each.rows:
            for cell in row.cells:
                _ = cell.text


def with_pdfplumber(content: bytes) -> None:
    with pdfplumber.open(io.BytesIO(content)) as opened:
        for page in opened.pages:
            page.extract_tables()
            page.extract_text()


def with_openpyxl(content: bytes) -> None:
    for sheet in load_workbook(io.BytesIO(content), read_only=True):
        for _ in sheet.iter_rows(values_only=True):
            pass


Write = Callable[[int], bytes]
Read = Callable[[bytes], object]
KINDS: Mapping[str, tuple[Write, Mapping[str, Read]]] = {
    ".txt": (as_text, {}),
    ".docx": (as_word, {"python-docx alone, cell by cell": with_python_docx}),
    ".xlsx": (as_workbook, {"openpyxl alone, row by row": with_openpyxl}),
    ".pdf": (as_pdf, {"pdfplumber alone, text and tables": with_pdfplumber}),
}


def seconds(read: Read, content: bytes, rounds: int) -> float:
    """The median of some rounds."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        read(content)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def with_markitdown(python: str | None, files: Sequence[Path]) -> Mapping[str, float]:
    """The seconds it takes for each file by its path; nothing where it is not installed."""
    if python is None:
        return {}
    command = [python, "-c", MARKITDOWN, str(ROUNDS_OF_OTHERS), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: Mapping[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measured(python: str | None, folder: Path) -> list[list[str]]:
    """A row for each kind of file and reader: all of them on the same files."""
    files = {(kind, pages): folder / f"notice-{pages}{kind}" for kind in KINDS for pages in PAGES}
    for (kind, pages), path in files.items():
        path.write_bytes(KINDS[kind][0](pages))
    beside = with_markitdown(python, list(files.values()))
    lines = []
    for kind, (_, others) in KINDS.items():
        contents = [files[kind, pages].read_bytes() for pages in PAGES]
        readers: dict[str, tuple[Read, int]] = {"taizhang, a notice": (read_notice, ROUNDS)}
        readers |= {name: (read, ROUNDS_OF_OTHERS) for name, read in others.items()}
        for name, (read, rounds) in readers.items():
            lines.append([kind, name, *(f"{seconds(read, each, rounds):.3f}" for each in contents)])
        paths = [str(files[kind, pages]) for pages in PAGES]
        said = [f"{beside[path]:.3f}" if path in beside else NOT_INSTALLED for path in paths]
        lines.append([kind, "markitdown, Markdown", *said])
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--markitdown", metavar="PYTHON", help="an interpreter that has markitdown")
    parser.add_argument("--print-only", action="store_true", help="leave the report as it is")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = measured(arguments.markitdown, Path(folder))
    head = ["file", "read by", *(f"{pages} pages" for pages in PAGES)]
    report = (
        "Seconds to read a made-up notice, medians, all on the same files in one run. PDFs and "
        "workbooks are read in a process of their own, whose start is counted.\n\n"
    ) + table(head, lines)
    print(report)
    if not arguments.print_only:
        replace_section("reading", report)


if __name__ == "__main__":
    main()
