"""Which column of a table holds what, by the words in its head."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    NUMBER = "number"
    GROUP = "group"
    TASK = "task"
    LEAD = "牵头"
    RESPONSIBLE = "责任"
    COOPERATING = "配合"
    DEADLINE = "deadline"


# The first that fits: 任务类别 is a group although it says 任务, 责任时限 a deadline.
_WORDS: tuple[tuple[Column, tuple[str, ...]], ...] = (
    (Column.NUMBER, ("序号", "编号", "项号")),
    (Column.DEADLINE, ("时限", "完成时间", "时间节点", "期限", "进度")),
    (Column.LEAD, ("牵头",)),
    (Column.COOPERATING, ("配合", "参与", "协办", "协同")),
    (Column.RESPONSIBLE, ("责任", "负责", "承办", "部门", "单位")),
    (Column.GROUP, ("类别", "分类", "维度", "领域", "板块", "方面")),
    (Column.TASK, ("任务", "内容", "事项", "措施", "举措", "项目", "工作")),
)
_LONGEST_HEAD = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a ledger table; `task` is the one whose text is the item's."""

    by_position: tuple[Column | None, ...]
    task: int

    @property
    def number(self) -> int | None:
        return self._first(Column.NUMBER)

    def positions(self, column: Column) -> tuple[int, ...]:
        return tuple(at for at, kind in enumerate(self.by_position) if kind is column)

    def _first(self, column: Column) -> int | None:
        positions = self.positions(column)
        return positions[0] if positions else None


def read_head(cells: Sequence[str]) -> Columns | None:
    """The columns that a row of heads names; None when the row is not the head of a ledger.

    A head names a number and a task. Of several task columns the last is the task, the ones
    before it are its groups.
    """
    kinds = [_column(cell) for cell in cells]
    tasks = [at for at, kind in enumerate(kinds) if kind is Column.TASK]
    if Column.NUMBER not in kinds or not tasks:
        return None
    for at in tasks[:-1]:
        kinds[at] = Column.GROUP
    return Columns(tuple(kinds), tasks[-1])


def _column(cell: str) -> Column | None:
    head = re.sub(r"\s", "", cell)
    if len(head) > _LONGEST_HEAD:
        return None
    for column, words in _WORDS:
        if any(word in head for word in words):
            return column
    return None
