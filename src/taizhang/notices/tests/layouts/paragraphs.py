"""The ledger as numbered paragraphs, and under headings that are departments."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from taizhang.notices.numerals import chinese_numeral
from taizhang.notices.tests.layouts.duties import DUTIES
from taizhang.notices.tests.layouts.ledger import COVER, FEET, SECTIONS, TASKS, TITLE, Read, Task

NUMBERS: dict[str, Callable[[int], str]] = {
    "一、": lambda number: f"{chinese_numeral(number)}、",
    "（一）": lambda number: f"（{chinese_numeral(number)}）",
    "(一)": lambda number: f"({chinese_numeral(number)})",
    "1.": lambda number: f"{number}.",
    "１．": lambda number: f"{chr(ord('０') + number)}．",
    "1、": lambda number: f"{number}、",
    "（1）": lambda number: f"（{number}）",
    "1）": lambda number: f"{number}）",
    "①": lambda number: chr(ord("①") + number - 1),
    "第一条": lambda number: f"第{chinese_numeral(number)}条　",
    "任务一：": lambda number: f"任务{chinese_numeral(number)}：",
    "事项1：": lambda number: f"事项{number}：",
}
WIDEST = ("一、", "第一条")
"""Numbers that no section can stand above."""
TITLES: dict[str, Callable[[Task], str]] = {
    "in the line": lambda task: f"{task.title}。{task.text}",
    "on a line of its own": lambda task: f"{task.title}\n{task.text}",
    "without": lambda task: task.text,
}
COUNTS = ("no sections", "counting on", "counting anew")


@dataclass(frozen=True, slots=True)
class Written:
    """A document and what is to be read of it."""

    text: str
    tasks: tuple[Read, ...]


def paragraphs(
    duty: str, number: str, title: str, count: str, foot: str, *, cover: bool
) -> Written:
    lines: list[str] = []
    tasks: list[Read] = []
    place = 0
    for at, task in enumerate(TASKS):
        section, is_first = divmod(at, 2)
        if count != COUNTS[0] and not is_first:
            lines.append(f"{chinese_numeral(section + 1)}、{SECTIONS[section]}")
            place = 0 if count == COUNTS[2] else place
        place += 1
        written = TITLES[title](task)
        lines.append(f"{NUMBERS[number](place)}{written}{DUTIES[duty].write(task)}")
        lead, helping, due = DUTIES[duty].kept(task)
        tasks.append(Read(place, re.sub(r"\s", "", written), lead, helping, due))
    return Written(_whole(lines, foot, cover=cover), tuple(tasks))


HEADINGS: dict[str, Callable[[int, Task], str]] = {
    "numbered": lambda at, task: f"{chinese_numeral(at)}、{task.lead[0]}",
    "with a count": lambda at, task: f"{chinese_numeral(at)}、{task.lead[0]}（2项）",
    "with a colon": lambda at, task: f"{chinese_numeral(at)}、{task.lead[0]}：",
    "as those who lead": lambda at, task: f"{chinese_numeral(at)}、{task.lead[0]}牵头任务（2项）",
    "with 由": lambda at, task: f"{chinese_numeral(at)}、由{task.lead[0]}负责的重点工作",
    "in brackets": lambda at, task: f"（{chinese_numeral(at)}）{task.lead[0]}",
    "alone": lambda _, task: task.lead[0],
    "labelled": lambda _, task: f"牵头单位：{task.lead[0]}",
}


def under_departments(heading: str, number: str, foot: str, *, anew: bool, cover: bool) -> Written:
    """Two tasks under each department, which no other line names."""
    lines: list[str] = []
    tasks: list[Read] = []
    place = 0
    for at, task in enumerate(TASKS):
        section, is_first = divmod(at, 2)
        if not is_first:
            leading = task
            lines.append(HEADINGS[heading](section + 1, task))
            place = 0 if anew else place
        place += 1
        written = f"{task.title}。{task.text}"
        lines.append(f"{NUMBERS[number](place)}{written}")
        tasks.append(Read(place, written, leading.lead))
    return Written(_whole(lines, foot, cover=cover), tuple(tasks))


def _whole(lines: Sequence[str], foot: str, *, cover: bool) -> str:
    return "\n".join((COVER.strip() if cover else TITLE, *lines, FEET[foot]))
