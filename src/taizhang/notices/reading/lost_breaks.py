"""Documents whose line breaks were lost: one long run of text, cut again where lines began."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from taizhang.notices.document import Block, Document, Passage, Table
from taizhang.notices.numerals import CHINESE_NUMERAL, whole_number
from taizhang.notices.reading.clauses import last_clause_end
from taizhang.notices.reading.columns import Columns, read_head
from taizhang.notices.reading.flat_rows import is_time
from taizhang.notices.reading.lost_tables import row_cells
from taizhang.notices.reading.numbers import NUMBER
from taizhang.notices.reading.wording import NUMBER_MARKS, ends_like_a_body, without_layout

_SHORTEST = 160  # characters that a run has at least
_SHARE = 0.5  # of the whole text
_LONGEST_NAMES = 60
_FARTHEST = 200  # characters between the end of a sentence and the date below it
_DAY = re.compile(
    r"(?:\d{4}|[零〇○一二三四五六七八九]{4})\s*年\s*"
    rf"(?:\d{{1,2}}|{CHINESE_NUMERAL})\s*月\s*(?:\d{{1,2}}|{CHINESE_NUMERAL})\s*日"
)
_KIND = (
    "(?:通知|意见|决定|通报|报告|请示|批复|函|公告|通告|办法|规定|方案|要点|清单|台账|计划|措施"
    "|分工)"
)
_TITLE_END = re.compile(rf"的{_KIND}(?=[\s各市省区县全本有国现为根按：（])|{_KIND}(?=\s)")
_HEADS = re.compile(
    r"\s*(序号|编号|(?:重点|目标|主要|具体|工作)?(?:工作)?任务(?:类别|内容|事项|分解)?|(?:工作|具体|主要)?(?:内容|事项"
    "|措施|举措|要求)|任务类别|类别|分类|(?:责任|牵头|配合|参与|承办|主办|协办|落实)(?:单位|部门|处室)"
    "|(?:完成)?(?:时限|期限|时间)(?:要求)?|时间节点|责任人|备注)"
)
_SENTENCE_END = "。；;！：:）)】”"
_MARK = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|[0-9０-９]{1,3}[.．、](?![0-9０-９])"
)
_OPEN_NAMES = re.compile("[^、，；\\s]+?(?:部|室|局|厅|委|办|中心|工会|处|科)(?![员公厅门协])")


def with_breaks_found(document: Document) -> Document:
    """The document with its one run of text cut into lines; the same one where it has lines."""
    longest = max(document.paragraphs(), key=lambda each: len(each.text), default=None)
    if longest is None or len(longest.text) < max(_SHORTEST, _SHARE * len(document.text)):
        return document
    if any(isinstance(block, Table) for block in document.blocks):
        return document
    blocks = [
        part
        for block in document.blocks
        for part in (_blocks(longest) if block is longest else [block])
    ]
    return Document(document.text, tuple(blocks), document.page_starts)


def _blocks(run: Passage) -> Iterator[Block]:
    table = _head(run.text)
    if table is not None:
        start, end, columns, head = table
        rows = list(_rows(run, end, run.text[start:end], columns))
        if rows:
            yield from _lines(run.cut(0, start).strip())
            yield Table((tuple(run.cut(*place).strip() for place in head), *rows))
            return
    yield from _lines(run)


def _lines(run: Passage) -> Iterator[Passage]:
    cuts = sorted(
        {0, len(run.text), *_head_cuts(run.text), *_marks(run.text), *_foot_cuts(run.text)}
        | {last_clause_end(run.text)}
    )
    for start, end in pairwise(cuts):
        line = run.cut(start, end).strip()
        if line.text:
            yield line


def _head_cuts(text: str) -> Iterator[int]:
    """Around the document number, behind the title and behind the addressee."""
    body = re.search("[。；]", text)
    top = text[: body.end() if body else 400][:600]
    behind = 0
    number = NUMBER.search(top)
    if number:
        code = re.search(rf"(?:文件|{_KIND}|\s)(?=\S{{2,8}}$)", number.group(1))
        if code or not number.start():
            yield number.start() + (code.end() if code else 0)
        yield number.end()
        behind = number.end()
    mark = re.search("文件", top)
    if mark and mark.start() < _LONGEST_NAMES:
        yield mark.end()
    title = _TITLE_END.search(top, behind)
    if title:
        yield title.end()
        behind = title.end()
    addressee = re.compile("\\s*[^。；：]{2,200}[：:]").match(top, behind) if behind else None
    if addressee:
        yield addressee.end()
    first_mark = _MARK.search(top)
    for gap in re.finditer(r"\s+", top[: first_mark.start() if first_mark else len(top)]):
        if len(top[: gap.start()]) > 3 and re.search("[\u4e00-\u9fff号]$", top[: gap.start()]):
            yield gap.end()


def _marks(text: str) -> Iterator[int]:
    """Where numbered paragraphs begin: marks that count on, behind the end of a sentence."""
    last: dict[int, int] = {}
    for found in _MARK.finditer(text):
        level = next(at for at, mark in enumerate(NUMBER_MARKS) if mark.match(found.group() + "甲"))
        number = whole_number(re.sub("[（(）)、.．]", "", found.group()))
        before = text[max(found.start() - 1, 0) : found.start()]
        ends_before = not before or before.isspace() or before in _SENTENCE_END
        is_clear = found.group()[0] in "（(" or found.group()[0].isdigit()
        counts_on = number in (1, last.get(level, 0) + 1)
        if number and counts_on and (ends_before or (is_clear and before not in "第款项条（(、")):
            yield found.start()
            last[level] = number


def _foot_cuts(text: str) -> Iterator[int]:
    """Around a date with names in front of it, behind the end of a sentence."""
    for day in _DAY.finditer(text):
        window = max(day.start() - _FARTHEST, 0)
        ends = [text.rfind(end, window, day.start()) + 1 for end in "。；）)："]
        start = max(window, *ends)
        names = without_layout(text[start : day.start()])
        if len(names) <= _LONGEST_NAMES and (not names or ends_like_a_body(names)):
            if names:
                yield start
            yield day.start()
            yield day.end()


def _head(text: str) -> tuple[int, int, Columns, list[tuple[int, int]]] | None:
    """Where the heads of a table stand one behind the other."""
    for found in re.finditer("序号|编号", text):
        places: list[tuple[int, int]] = []
        at = found.start()
        while match := _HEADS.match(text, at):
            places.append(match.span(1))
            at = match.end()
        columns = read_head([text[start:end] for start, end in places])
        if columns is not None and columns.number == 0 and len(places) > 2:
            return found.start(), at, columns, places
    return None


def _rows(run: Passage, at: int, head: str, columns: Columns) -> Iterator[tuple[Passage, ...]]:
    text = run.text
    number = _number_after(text, at, None)
    while number is not None:
        following = _number_after(text, number[1], int(text[number[0] : number[1]]) + 1)
        end = following[0] if following else len(text)
        repeated = text.find(head, number[1], end)
        cell = run.cut(number[1], repeated if repeated >= 0 else end)
        mark = re.match(r"[.．、\s]*", cell.text)
        cell = cell.cut(mark.end() if mark else 0, len(cell.text)).strip()
        parts = list(_parts(cell, columns))
        if parts:
            joined = (Passage.joined(cells) for cells in row_cells(parts, columns))
            yield run.cut(*number), *joined
        number = following


def _number_after(text: str, at: int, expected: int | None) -> tuple[int, int] | None:
    """Where the next row's number stands: behind names or a sentence, in front of a text."""
    wanted = r"\d{1,3}" if expected is None else str(expected)
    text_follows = r"(?=[.．、\s]*[\u4e00-\u9fff“《])(?![年月日次个名家%])"
    pattern = re.compile(rf"(?<![0-9.年月第]){wanted}{text_follows}")
    for found in pattern.finditer(text, at):
        before = text[max(at, found.start() - _LONGEST_NAMES) : found.start()].rstrip()
        is_cell = ends_like_a_body(before) or is_time(before.split()[-1] if before.split() else "")
        if expected is None or is_cell or before.endswith(("。", "；")):
            return found.span()
    return None


def _parts(row: Passage, columns: Columns) -> Iterator[Passage]:
    """The cells of a row as if each stood on a line of its own."""
    last = max(row.text.rfind("。"), row.text.rfind("；"))
    at = 0
    for _ in range(columns.task - 1):
        gap = re.compile(r"\S+\s+").match(row.text, at)
        if gap is None:
            break
        yield row.cut(at, gap.end()).strip()
        at = gap.end()
    if last < at:
        gaps = [gap.start() for gap in re.finditer(r"\s+", row.text)]
        last = max(gaps, default=len(row.text)) - 1
    yield row.cut(at, last + 1).strip()
    words = [
        row.cut(last + 1 + word.start(), last + 1 + word.end())
        for word in re.finditer(r"\S+", row.text[last + 1 :])
    ]
    yield from words if len(words) != 1 else _names(words[0])


def _names(word: Passage) -> Sequence[Passage]:
    """Names that ran together, parted where one ends as names of bodies do."""
    if re.search("[、，；（(]", word.text):
        return [word]
    found = list(_OPEN_NAMES.finditer(word.text))
    if len(found) < 2 or found[-1].end() != len(word.text):
        return [word]
    return [word.cut(*each.span()) for each in found]
