"""Lines of running text: paragraphs, and the rows of tables that a line of text can hold."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from taizhang.notices.document import DocumentBuilder, Passage
from taizhang.notices.formats.aligned import Aligned, Line, Word, aligned_tables
from taizhang.notices.formats.commas import comma_tables
from taizhang.notices.formats.tabs import tab_tables
from taizhang.notices.formats.wrapping import Wrapping
from taizhang.notices.reading.columns import read_head

_PARAGRAPH_BREAK = re.compile(r"</p>\s*<p[^<>\n]{0,80}>|<br\s*/?>", re.IGNORECASE)
_PARAGRAPH_TAG = re.compile(r"</?p(?:\s[^<>\n]{0,80})?>", re.IGNORECASE)
_PIPE_RULE = re.compile(r"[\s|:+-]+")
_WIDE_GAP = re.compile(r"\S+(?:[ \u3000]\S+)*")
_ANY_GAP = re.compile(r"\S+")
_ROW_NUMBER = re.compile(r"\d{1,3}[.、．]?")
_SAME_COLUMN = 1
_LONGEST_ROW = 20  # lines
_DEEPEST_INDENT = 5  # columns that a paragraph may be indented; further in a cell goes on


def write_lines(
    builder: DocumentBuilder, lines: Iterable[str], *, may_be_wrapped: bool = False
) -> None:
    """Writes lines down as paragraphs and tables.

    A row is a line with tabs or pipes, or one of a run of lines whose columns are aligned. Where
    the lines `may_be_wrapped`, those that end where the page ended are put together.
    """
    all_lines = list(lines)
    tables = {table.first: table for table in _tables(all_lines)}
    wrapping = Wrapping.of(line for line in all_lines if may_be_wrapped and row_cells(line) is None)
    paragraph: list[Passage] = []
    at = 0
    while at < len(all_lines):
        line = all_lines[at]
        cells = row_cells(line)
        if at in tables:
            builder.paragraph(paragraph)
            paragraph = []
            builder.grid(tables[at].rows, {})
            at = tables[at].end
            continue
        at += 1
        if cells is None and paragraph and wrapping.is_page_number(line):
            builder.line(line)
            continue
        if cells is None and paragraph and wrapping.continues(paragraph[-1].text, line):
            paragraph.append(builder.line(line))
            continue
        builder.paragraph(paragraph)
        paragraph = []
        if cells is None:
            paragraph = [builder.line(without_markup(line))]
        elif cells:
            builder.row([without_markup(cell) for cell in cells])
    builder.paragraph(paragraph)
    builder.end_table()


def row_cells(line: str) -> list[str] | None:
    """The cells of a row; [] for the rule under a Markdown head; None for any other line."""
    stripped = line.strip(" \u3000")
    has_pipes = stripped.count("|") > 1
    is_ruled = has_pipes or stripped.startswith("+")
    if is_ruled and "-" in stripped and _PIPE_RULE.fullmatch(stripped):
        return []
    if has_pipes:
        return stripped.removeprefix("|").removesuffix("|").split("|")
    return line.split("\t") if "\t" in line.lstrip() else None  # a tab before it indents


def without_markup(text: str) -> str:
    """The text without the paragraph tags of a page it was copied from."""
    return _PARAGRAPH_TAG.sub("", _PARAGRAPH_BREAK.sub("\n", text))


def _tables(lines: Sequence[str]) -> Iterator[Aligned]:
    """Tables whose cells commas part, tabs, wide gaps, alignment over lines, or single spaces."""
    words = [() if row_cells(line) is not None else _words(line, _WIDE_GAP) for line in lines]
    taken: set[int] = set()
    for table in (*comma_tables(lines), *tab_tables(lines)):
        taken |= set(range(table.first, table.end))
        yield table
    for find in (_tables_by_gaps, aligned_tables):
        left = [() if at in taken else line for at, line in enumerate(words)]
        for table in find(left):
            taken |= set(range(table.first, table.end))
            yield table
    for at, line in enumerate(lines):
        if at in taken or row_cells(line) is not None:
            continue
        head = _ANY_GAP.findall(line)
        columns = read_head(head) if len(head) > 2 else None
        if columns is not None:
            below = (lines[under] for under in range(at + 1, len(lines)))
            rows = list(_spaced_rows(below, len(head), columns.task))
            if rows:
                yield Aligned(at, at + 1 + len(rows), (tuple(head), *filter(None, rows)))


def _tables_by_gaps(lines: Sequence[Line]) -> Iterator[Aligned]:
    """Tables with a line for each row, as many words in it as the head has."""
    at = 0
    while at < len(lines):
        head = tuple(word.text for word in lines[at])
        end = at + 1
        rows = [head]
        if len(head) > 2 and read_head(head) is not None:
            while end < len(lines) and (not lines[end] or _is_row(lines[end], head)):
                cells = tuple(word.text for word in lines[end])
                rows += [cells] if cells and cells != head else []
                end += 1
            if len(rows) > 1 and not _is_cut(lines, end):
                yield Aligned(at, end, tuple(rows))
                at = end
                continue
        at += 1


def _is_cut(lines: Sequence[Line], end: int) -> bool:
    """Whether the cells of the last row go on in the next line: then only alignment parts them.

    That line begins far in, or right below the second cell of a row that is no whole sentence or
    has other rows below it.
    """
    if end >= len(lines):
        return False
    last = next(lines[at] for at in range(end - 1, -1, -1) if lines[at])
    start = lines[end][0].start
    if start > _DEEPEST_INDENT:
        return True
    is_below = len(last) > 1 and abs(start - last[1].start) <= _SAME_COLUMN
    following = (line[0].text for line in lines[end + 1 : end + _LONGEST_ROW] if len(line) > 1)
    is_open = not last[1].text.endswith(("。", "；")) if is_below else False
    return is_below and (is_open or any(map(_ROW_NUMBER.fullmatch, following)))


def _is_row(line: Line, head: Sequence[str]) -> bool:
    cells = [word.text for word in line]
    return len(cells) == len(head) and (
        _ROW_NUMBER.fullmatch(cells[0]) is not None or cells == list(head)
    )


def _words(line: str, pattern: re.Pattern[str]) -> Line:
    places = [0]
    for character in line:
        is_wide = unicodedata.east_asian_width(character) in "WFA"
        places.append(places[-1] + 1 + is_wide)
    return tuple(
        Word(found.group(), places[found.start()], places[found.end()])
        for found in pattern.finditer(line)
    )


def _spaced_rows(lines: Iterable[str], width: int, task: int) -> Iterator[tuple[str, ...]]:
    """Rows whose cells a single space parts; () for an empty line, at the first other line done.

    Spaces stand also inside a task and between names: the task ends with the last sentence,
    what follows it belongs to the columns behind.
    """
    for line in lines:
        parts = line.split()
        if parts and (len(parts) < width or not re.fullmatch(r"\d{1,3}[.、．]?", parts[0])):
            return
        yield _in_cells(parts, width, task) if parts else ()


def _in_cells(parts: list[str], width: int, task: int) -> tuple[str, ...]:
    if len(parts) == width:
        return tuple(parts)
    behind = width - task - 1
    last = max(
        (at for at in range(task, len(parts) - behind) if parts[at].endswith(("。", "；"))),
        default=len(parts) - behind - 1,
    )
    rest = parts[last + 1 :]
    if behind:
        rest = [" ".join(rest[: len(rest) - behind + 1]), *rest[len(rest) - behind + 1 :]]
    return (*parts[:task], " ".join(parts[task : last + 1]), *rest)
