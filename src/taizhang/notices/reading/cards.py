"""Cards: a label before every value, the same labels for each item; made rows of a table again."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from taizhang.notices.document import Block, Document, Passage, Table, is_same_cell
from taizhang.notices.reading.columns import ROLES, Column, head_column, read_head
from taizhang.notices.reading.wording import NUMBER_MARKS, number_mark, without_layout

_LABELLED = re.compile(r"\s*([^：:，。；\n]{2,14}?)\s*[：:]\s*")
_COUNTED = re.compile("[（(]?[一二三四五六七八九十百0-9０-９]{1,4}[）)]?$")
_HEADER = re.compile(  # the line above a card: 项目三, 任务（3）
    r"[\u4e00-\u9fff]{0,6}[（(【]?\s*[一二三四五六七八九十百0-9０-９]{1,4}\s*[）)】]?[.．、：:]?"
)
_BULLETS = "●○■□◆◇▲△★☆※•·➢"
_LONGEST_LABEL = 12
_FARTHEST = 30  # paragraphs of one value


@dataclass(frozen=True, slots=True)
class _Field:
    label: Passage
    values: list[Passage]

    @property
    def name(self) -> str:
        """The label without what counts it: 项目一 and 项目二 are one."""
        return _name(self.label.text)

    @property
    def is_task(self) -> bool:
        return head_column(self.name) is Column.TASK

    @property
    def head(self) -> Passage:
        """The label as the head of a column: without marks and what counts it."""
        at = self.label.text.find(self.name)
        return self.label.cut(at, at + len(self.name)) if at >= 0 else self.label

    @property
    def is_open(self) -> bool:
        """Whether a line without a label goes on with it."""
        ends_open = bool(self.values) and self.values[-1].text.endswith(("、", "，"))
        return self.is_task or ends_open


@dataclass(slots=True)
class _Run:
    """Fields one after the other, with the lines between two cards."""

    parts: list[_Field | Passage] = field(default_factory=list)
    end: int = 0

    def cards(self) -> Iterator[list[_Field | Passage]]:
        """The parts, a list for each card, and one for each line between cards."""
        first = next(part.name for part in self.parts if isinstance(part, _Field))
        card: list[_Field | Passage] = []
        for part in self.parts:
            is_first = isinstance(part, Passage) or part.name == first
            if card and (is_first or isinstance(card[-1], Passage)):
                yield card
                card = []
            card.append(part)
        yield card


def with_cards_found(document: Document) -> Document:
    """The document with its cards made rows of tables; the same one where there are none."""
    fields = [list(_fields(block)) for block in document.blocks]
    named = Counter(each.name for found in fields for each in found)
    blocks: list[Block] = []
    at = 0
    while at < len(document.blocks):
        is_repeated = bool(fields[at]) and named[fields[at][0].name] > 1
        begins = is_repeated or (bool(fields[at]) and _is_whole(fields[at : at + _FARTHEST]))
        run = _run(document.blocks, fields, at) if begins else None
        table = _table(run) if run else None
        end = run.end if run else at + 1
        blocks += [table] if table else document.blocks[at:end]
        at = end
    return Document(document.text, tuple(blocks), document.page_starts)


def _fields(block: Block) -> Iterator[_Field]:
    """The fields that a block holds: one of a paragraph, all of a table that has only such."""
    if isinstance(block, Passage):
        labelled = _LABELLED.match(block.text)
        if labelled and _is_label(labelled.group(1)) and not _is_number(labelled.group(1)):
            value = block.cut(labelled.end(), len(block.text)).strip()
            yield _Field(block.cut(*labelled.span(1)), [value] if value.text else [])
        return
    rows = [_distinct(row) for row in block.rows]
    labelled_rows = [row for row in rows if len(row) > 1]
    labels = [cell.text for row in labelled_rows for cell in row[::2]]
    if (
        len(labelled_rows) > 1
        and all(len(row) % 2 == 0 for row in labelled_rows)
        and all(_may_be_label(label) for label in labels)
        and 2 * sum(map(_is_label, labels)) >= len(labels)
    ):
        for row in labelled_rows:
            for label, value in zip(row[::2], row[1::2], strict=True):
                yield _Field(label, [value] if value.text else [])


def _distinct(row: Sequence[Passage]) -> list[Passage]:
    """The cells of a row without the repetitions of merged ones."""
    return [
        cell for before, cell in pairwise((Passage("", ()), *row)) if not is_same_cell(before, cell)
    ]


def _is_number(label: str) -> bool:
    """Whether a label numbers a paragraph (任务一：修好路): that is no card."""
    return number_mark(f"{label}：") is not None and _COUNTED.search(label) is not None


def _is_label(text: str) -> bool:
    name = _name(text)
    return 1 < len(name) <= _LONGEST_LABEL and head_column(name) is not None


def _may_be_label(text: str) -> bool:
    return 1 < len(_name(text)) <= _LONGEST_LABEL and not re.search("[0-9。，；]", text)


def _name(label: str) -> str:
    text = without_layout(label).rstrip("：:").lstrip(_BULLETS)
    for mark in NUMBER_MARKS:
        text = mark.sub("", text, count=1) if mark.match(text) else text
    return _COUNTED.sub("", text)


def _is_whole(fields: Sequence[Sequence[_Field]]) -> bool:
    """Whether the fields from here on are one whole card: a task, departments and a deadline."""
    found = [field for block in fields for field in block]
    kinds = {head_column(field.name) for field in found}
    return {Column.TASK, Column.DEADLINE} <= kinds and bool(kinds & set(ROLES))


def _run(blocks: Sequence[Block], fields: Sequence[Sequence[_Field]], at: int) -> _Run:
    """The fields from a block on, as far as they go."""
    run = _Run()
    open_lines: list[Passage] = []
    for place in range(at, len(blocks)):
        block = blocks[place]
        if fields[place]:
            _take_lines(run, open_lines)
            open_lines = []
            run.parts += fields[place]
            run.end = place + 1
        elif isinstance(block, Table) or len(open_lines) >= _FARTHEST:
            break
        else:
            open_lines.append(block)
    return run


def _take_lines(run: _Run, lines: Sequence[Passage]) -> None:
    """Lines between two fields go on with a task; else they stand between two cards."""
    last = run.parts[-1] if run.parts else None
    for line in lines:
        if _HEADER.fullmatch(line.text):
            continue
        if isinstance(last, _Field) and last.is_open:
            last.values.append(line)
        else:
            run.parts.append(line)


def _table(run: _Run) -> Table | None:
    """The cards of a run as a table; None where they are none."""
    cards = list(run.cards())
    filled = [card for card in cards if isinstance(card[0], _Field)]
    between = [card[0] for card in cards if isinstance(card[0], Passage)]
    numbered = sum(number_mark(line.text) is not None for line in between)
    heads = {part.name: part.head for card in filled for part in card if isinstance(part, _Field)}
    names = list(heads)
    columns = read_head(names)
    if (
        columns is None
        or not columns.is_surely_a_ledger
        or 0 < numbered >= len(filled) - 1
        or not all(_has_a_task(card) for card in filled)
    ):
        return None
    rows = [_row(card, names) for card in cards]
    return Table((tuple(heads.values()), *rows))


def _has_a_task(card: Sequence[_Field | Passage]) -> bool:
    return len(card) > 1 and any(isinstance(part, _Field) and part.is_task for part in card)


def _row(card: Sequence[_Field | Passage], names: Sequence[str]) -> tuple[Passage, ...]:
    """The values of a card under its names; a line between cards is the row's only cell."""
    values: dict[str, list[Passage]] = {}
    for part in card:
        if isinstance(part, Passage):
            values.setdefault(names[0], []).append(part)
        else:
            values.setdefault(part.name, []).extend(part.values)
    return tuple(Passage.joined(values.get(name, ())) for name in names)
