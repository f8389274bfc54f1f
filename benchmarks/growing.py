"""How the time of reading grows with a text eight times as long: `python -m benchmarks.growing`.

Texts that would show a search that begins anew at every place. A ratio near 8 is linear, one near
64 is not. The report is written unless `--print-only`.
"""

import argparse
import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.measuring import table
from benchmarks.report import replace_section
from taizhang.notices import read_notice
from taizhang.notices.commitments import find_commitments
from taizhang.notices.comparing import compare
from taizhang.notices.model import Departments

TIMES = 8
ROUNDS = 3
TEXT = 4_000
PIECES = ("1", "三", "每", "“", "10家", "2030年底前", "建设3家，", "第一、", "对3人的", "1:2比")
HEAD = "序号    工作任务                  责任单位        完成时限"
ROW = "{}       推进第{}项社区养老服务工作    市民政局        2030年底"
ACROSS = "这一行从头到尾都是一整句话，它横跨所有的列，所以表格在这里结束，下面再说别的事情。"
NOBODY = Departments()


@dataclass(frozen=True, slots=True)
class Task:
    number: int
    text: str
    departments: Departments = NOBODY
    deadline: str | None = None


def commitments_in(piece: str) -> Callable[[int], object]:
    return lambda times: find_commitments(piece * (TEXT * times // len(piece)))


def long_gap(times: int) -> object:
    gap = " " * (TEXT * times)
    return read_notice(f"一、办好{gap}事。\n二、办。（市财政局负责）\n".encode())


def aligned_tables(times: int) -> object:
    rows = [ROW.format(at, at) for at in range(1, 10)]
    lines = ["临江市任务台账", *([HEAD, *rows, ACROSS] * (10 * times))]
    return read_notice("\n".join(lines).encode())


def numbered_paragraphs(times: int) -> object:
    lines = [f"{at}.办好第{at}件事。（市财政局负责）" for at in range(1, 100 * times)]
    return read_notice("\n".join(["临江市任务清单", *lines]).encode())


def two_notices(times: int) -> object:
    """Items that have their words in common: what is compared grows with the pairs of them."""
    texts = [f"{'推进企业服务工作' * 5}{at}号" for at in range(8 * times)]
    old = [Task(at, text) for at, text in enumerate(texts)]
    new = [Task(at, f"{text}，并报告结果") for at, text in enumerate(reversed(texts))]
    return compare(old, new)


CASES: Mapping[str, Callable[[int], object]] = {
    **{f"commitments in {piece}{piece}…": commitments_in(piece) for piece in PIECES},
    "a paragraph with a long gap": long_gap,
    "aligned tables, one after the other": aligned_tables,
    "numbered paragraphs": numbered_paragraphs,
    "two notices beside each other, items against items": two_notices,
}


def seconds(work: Callable[[int], object], times: int) -> float:
    """Of the processor, the least of some rounds: nothing but the work makes it longer."""
    taken = []
    for _ in range(ROUNDS):
        gc.collect()
        started = time.process_time()
        work(times)
        taken.append(time.process_time() - started)
    return min(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--print-only", action="store_true", help="leave the report as it is")
    arguments = parser.parse_args()
    rows = []
    for name, work in CASES.items():
        short, long = seconds(work, 1), seconds(work, TIMES)
        rows.append([name, f"{short:.3f}", f"{long:.3f}", f"{long / short:.1f}"])
    head = ["text", "seconds", f"{TIMES} times as long", "ratio"]
    report = "Processor seconds, the least of three rounds.\n\n" + table(head, rows)
    print(report)
    if not arguments.print_only:
        replace_section("growing", report)


if __name__ == "__main__":
    main()
