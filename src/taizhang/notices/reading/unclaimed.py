"""Items of documents that name no department: which of their numbered paragraphs are tasks."""

import re
from collections.abc import Iterator, Sequence

from taizhang.notices.document import Passage
from taizhang.notices.reading.entries import Entry
from taizhang.notices.reading.wording import is_ledger_title, is_title, without_layout

_FEWEST = 2
_LONGEST_HEADING = 40
_GIVES_TASKS = re.compile(
    "(?:方案|计划|规划|措施|举措|意见|行动|要点|清单|台账|分工|分解|任务|安排|任务书|责任书|责任状)$"
)
_NO_TASK = re.compile(
    "(?:总体|指导|基本|主要|工作|发展|行动)?(?:要求|思想|原则|目标|思路|目标任务|背景|概况)"
    "|(?:加强|强化)?(?:组织|保障|工作|政策)?(?:保障|组织|实施)(?:措施|实施|领导)?|附则"
)


def unclaimed_tasks(
    entries: Sequence[Entry], paragraphs: Sequence[Passage], annex: str | None, title: str | None
) -> list[Entry]:
    """The tasks of a document in which no paragraph says who is responsible.

    They are those of its annex where there is one, under the title of a plan, a list or measures.
    What a notice asks for on the way (一、高度重视 …) is none of them.
    """
    subject = re.sub(r"(?:[（(][^（()）]*[）)])+$", "", annex or title or "")
    if not _GIVES_TASKS.search(subject) and not is_ledger_title(subject):
        return []
    start = _start_of(annex, paragraphs) if annex else 0
    roots = [entry for entry in entries if entry.above is None and _place(entry) >= start]
    tasks = list(_tasks(roots))
    return tasks if len(tasks) >= _FEWEST else []


def _tasks(siblings: Sequence[Entry]) -> Iterator[Entry]:
    """The tasks among entries of one level, or below those that are headings and no more.

    Goals, principles and safeguards are no tasks where anything else is left.
    """
    left = [entry for entry in siblings if not _NO_TASK.fullmatch(entry.heading)] or siblings
    headings = [entry for entry in left if entry.below and not _says_what_to_do(entry)]
    if 2 * len(headings) < len(left) or not headings:
        yield from left
        return
    yield from _tasks([part for entry in headings for part in entry.below])


def _says_what_to_do(entry: Entry) -> bool:
    """Whether an entry is more than a heading: it has a text of its own."""
    first = entry.texts[0].text
    return len(entry.texts) > 1 or len(first) > _LONGEST_HEADING or "。" in first.rstrip("。")


def _start_of(annex: str, paragraphs: Sequence[Passage]) -> int:
    """Where the text of an annex begins: behind the last line of its title."""
    for line in reversed(paragraphs):
        text = without_layout(line.text)
        if is_title(text) and annex.endswith(text):
            return line.spans[-1].end
    return 0


def _place(entry: Entry) -> int:
    return entry.mark.spans[0].start if entry.mark.spans else 0
