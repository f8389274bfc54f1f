"""Tables with a column for each department and a mark where it has the task; made lists again."""

import re
from collections.abc import Sequence

from taizhang.notices.document import Document, Passage, Table
from taizhang.notices.reading.columns import Column, head_column
from taizhang.notices.reading.wording import ends_like_a_body, without_layout

_MARKS = "●○★☆▲△■□◆◇√✓✔＊*◎"
_MARK = re.compile(rf"[{_MARKS}]|主|牵头|配合|协|牵|配")
_LEADING = {"★": 3, "●": 2, "▲": 2, "■": 2, "◆": 2, "牵头": 3, "主": 3, "牵": 3, "◎": 1, "√": 1}
_LEGEND = re.compile(rf"([{_MARKS}])[^，,。；;{_MARKS}]{{0,4}}?(牵头|主办|主责|责任)")
_FEWEST_COLUMNS = 3


def with_lists_found(document: Document) -> Document:
    """The document with such tables turned: the names of the marked columns under 牵头 and 配合.

    Which mark leads, a legend says (●为牵头单位); else the fuller one does.
    """
    legend = {found[1] for found in _LEGEND.finditer(without_layout(document.text))}
    blocks = tuple(
        _turned(block, legend) if isinstance(block, Table) else block for block in document.blocks
    )
    return Document(document.text, blocks, document.page_starts)


def _turned(table: Table, legend: set[str]) -> Table:
    head_at = next((at for at, row in enumerate(table.rows) if _department_columns(row)), None)
    if head_at is None:
        return table
    head = table.rows[head_at]
    places = _department_columns(head)
    marks = {mark for row in table.rows[head_at + 1 :] for at in places if (mark := _mark(row, at))}
    if not marks or not _is_matrix(table.rows[head_at + 1 :], places):
        return table
    leading = (legend & marks) or _fullest(marks)
    others = [at for at in range(len(head)) if at not in places]
    rows: list[tuple[Passage, ...]] = [*table.rows[:head_at]]
    rows.append((*(head[at] for at in others), _word("牵头单位"), _word("配合单位")))
    for row in table.rows[head_at + 1 :]:
        kept = [row[at] for at in others if at < len(row)]
        lead = [head[at] for at in places if _mark(row, at) in leading]
        helping = [head[at] for at in places if _mark(row, at) in marks - leading]
        rows.append((*kept, _listed(lead), _listed(helping)))
    return Table(tuple(rows))


def _department_columns(row: Sequence[Passage]) -> list[int]:
    """The columns under names of bodies; none where the row is not the head of such a table."""
    texts = [without_layout(cell.text) for cell in row]
    names = [
        at
        for at, text in enumerate(texts)
        if len(text) > 2 and ends_like_a_body(text) and not _is_label(text)
    ]
    has_task = any(head_column(text) is Column.TASK for text in texts)
    return names if has_task and len(names) >= _FEWEST_COLUMNS else []


def _is_label(text: str) -> bool:
    return re.search("责任|牵头|配合|主办|协办|承办|参与", text) is not None


def _mark(row: Sequence[Passage], at: int) -> str:
    text = row[at].text.strip() if at < len(row) else ""
    return text if _MARK.fullmatch(text) else ""


def _is_matrix(rows: Sequence[Sequence[Passage]], places: Sequence[int]) -> bool:
    """Whether what stands under the departments is marks and nothing else."""
    texts = [row[at].text.strip() for row in rows for at in places if at < len(row)]
    filled = [text for text in texts if text]
    return sum(_MARK.fullmatch(text) is not None for text in filled) >= 0.8 * len(filled)


def _fullest(marks: set[str]) -> set[str]:
    rank = max(_LEADING.get(mark, 0) for mark in marks)
    return {mark for mark in marks if _LEADING.get(mark, 0) == rank}


def _listed(names: Sequence[Passage]) -> Passage:
    """One cell of several; its parts stand on lines of their own."""
    return Passage.joined(names)


def _word(text: str) -> Passage:
    """A head that the document does not have."""
    return Passage(text, ())
