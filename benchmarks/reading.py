"""How long a notice takes to read, beside the libraries alone: `python benchmarks/reading.py`.

Made-up notices of 10, 30 and 90 pages: the ledger as a table and as numbered paragraphs. What
the libraries give is text or cells, not a notice; they are the floor under any reader in Python.
"""

import io
import statistics
import time
from collections.abc import Callable, Sequence

import docx
import pdfplumber

from benchmarks.report import replace_section
from taizhang.notices import read_notice
from taizhang.notices.tests.corpus.pdf_writer import pdf, ruled, text
from taizhang.notices.tests.writing import HEAD

ROUNDS = 5
ROWS_ON_A_PAGE = 5
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


def seconds(read: Callable[[bytes], object], content: bytes, rounds: int = ROUNDS) -> float:
    """The median of some rounds."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        read(content)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def main() -> None:
    lines = [
        "Seconds to read a made-up notice, median of five.\n",
        "| file | 10 pages | 30 pages | 90 pages | beside it, 30 pages |",
        "|---|---|---|---|---|",
    ]
    kinds: dict[str, tuple[Callable[[int], bytes], str, Callable[[bytes], None] | None]] = {
        ".txt": (as_text, "", None),
        ".docx": (as_word, "python-docx alone, cell by cell", with_python_docx),
        ".pdf": (as_pdf, "pdfplumber alone, text and tables", with_pdfplumber),
    }
    for ending, (write, name, other) in kinds.items():
        taken = [seconds(read_notice, write(pages)) for pages in (10, 30, 90)]
        beside = f"{name}: {seconds(other, write(30), rounds=1):.2f}" if other else "—"
        lines.append(f"| {ending} | {' | '.join(f'{each:.3f}' for each in taken)} | {beside} |")
    report = "\n".join(lines)
    print(report)
    replace_section("reading", report)


if __name__ == "__main__":
    main()
