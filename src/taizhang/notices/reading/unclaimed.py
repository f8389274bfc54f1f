"""Items of documents that name no department: which of their numbered paragraphs are tasks."""

import re
from collections.abc import Iterator, Sequence

from taizhang.notices.document import Passage
from taizhang.notices.reading.entries import Entry
from taizhang.notices.reading.wording import is_ledger_title, is_title, without_layout

_FEWEST = 2
_LONGEST_HEADING = 40
_COVER = re.compile("印发|颁布|公布|发布")
_SHORTEST = 40  # characters of a notice's own tasks on average; shorter ones only exhort
# Regulations bind for good; announcements, praise and appointments tell: none gives tasks.
_NO_TASKS = re.compile(
    "(?:条例|规定|细则|制度|标准|规范|规程|章程|办法|指南|手册|目录|名单|公告|通告|公报|批复|议案)$"
    "|表彰|表扬|命名|授予|任免|任命|免去|放假|公示|成立|领导小组"
)
_NO_TASK = re.compile(
    "(?:总体|指导|基本|主要|工作|发展|行动)?(?:要求|思想|原则|目标|思路|目标任务|背景|概况)"
    "|(?:加强|强化)?(?:组织|保障|工作|政策)?(?:保障|组织|实施)(?:措施|实施|领导)?|附则"
)


def unclaimed_tasks(
    entries: Sequence[Entry], paragraphs: Sequence[Passage], annex: str | None, title: str | None
) -> list[Entry]:
    """The tasks of a document in which no paragraph says who is responsible.

    They are those of the annex where there is one; a notice that only sends another document
    out (印发…的通知) has none of its own, whatever it asks for on the way.
    """
    subject = annex or title
    if subject is None or _NO_TASKS.search(subject) or (not annex and _COVER.search(subject)):
        return []
    start = _start_of(annex, paragraphs) if annex else 0
    roots = [entry for entry in entries if entry.above is None and _place(entry) >= start]
    tasks = list(_tasks(roots))
    if len(tasks) < _FEWEST:
        return []
    length = sum(len(text.text) for task in tasks for text in task.passages())
    is_list = annex is not None or is_ledger_title(subject)
    return tasks if is_list or length >= _SHORTEST * len(tasks) else []


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
