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
    OTHER = "other"


# The first that fits: 督办事项 is a task, 督办单位 is beside the departments, 任务类别 is a group
# although it says 任务, 责任时限 a deadline, 牵头领导 and 责任人 are persons, 完成情况 is for
# reports.
_WORDS: tuple[tuple[Column, tuple[str, ...]], ...] = (
    (Column.NUMBER, ("序号", "编号", "项号")),
    (Column.TASK, ("督办事项", "督办任务", "督办内容", "督导事项", "监督事项")),
    (Column.RESPONSIBLE, ("单位及责任人", "单位及负责人", "部门及责任人", "部门及负责人")),
    (Column.OTHER, ("领导", "责任人", "负责人", "承办人", "经办人", "联系人", "联络员", "电话")),
    (Column.OTHER, ("备注", "情况", "开始", "启动", "原定", "进展", "督办", "督导", "监督")),
    (Column.OTHER, ("状态", "说明", "依据", "来源", "成效", "分值", "标准", "考核")),
    (Column.DEADLINE, ("时限", "期限", "进度", "时间", "节点", "办结", "完成日期")),
    (Column.LEAD, ("牵头", "主办", "主责", "主要责任", "第一责任")),
    (Column.COOPERATING, ("配合", "参与", "协办", "协同", "协助", "协作", "参加")),
    (Column.RESPONSIBLE, ("责任", "负责", "承办", "部门", "单位", "处室", "科室", "股室", "部室")),
    (Column.GROUP, ("类别", "分类", "维度", "领域", "板块", "方面", "类型", "专项", "一级")),
    (Column.TASK, ("任务", "内容", "事项", "措施", "举措", "项目", "工作", "要求", "要点")),
    (Column.OTHER, ("目标值", "指标值")),
    (Column.TASK, ("问题",)),
    (Column.TASK, ("目标", "指标")),
)
_PAIR = re.compile("(?:牵头|主办|责任)[^/／]{0,3}[/／](?:配合|协办|参与)")
_GOAL = re.compile("目标|指标")
_MOST_UNKNOWN = 2  # columns that no ledger has, beside a number and a task alone
_RESPONSIBLE = re.compile("责任|负责|承办|落实")
_BUILDS = re.compile("建设|施工|设计|监理|申报|实施|项目|投资|业主|受益|计量|来源|提出")
_MEASURE = frozenset({"单位", "计量单位"})
_QUANTITY = re.compile(
    "数量|数值|数额|金额|目标值|指标值|基期|现状值|累计|合计|[计规]划[数值]|完成[数值]"
)
_PERSONS = re.compile("责任人|负责人")
_BARE_NUMBER = frozenset({"序", "号", "No", "No.", "NO", "NO."})
_LONGEST_HEAD = 14
ROLES = (Column.LEAD, Column.RESPONSIBLE, Column.COOPERATING)
"""The columns of those who do something for a task."""

# Of several columns with tasks: one of these tells what is to be done, not why or to what end.
_DOING = re.compile("(?:任务|内容|事项|措施|举措|要点|工作)(?!.*(?:目标|要求|指标)$)")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a ledger table; `task` is the one whose text is the item's.

    `persons` are the columns of departments that name persons too: 责任单位及责任人; `goal` is
    the one behind the task that says how much (工作目标); `paired` are those that name who leads
    and, behind a stroke, who helps: 牵头/配合单位.
    """

    by_position: tuple[Column | None, ...]
    task: int
    persons: tuple[int, ...] = ()
    goal: int | None = None
    paired: tuple[int, ...] = ()

    @property
    def number(self) -> int | None:
        return self._first(Column.NUMBER)

    @property
    def is_surely_a_ledger(self) -> bool:
        """Whether it says who does it or until when, not only what there is."""
        return any(kind in (*ROLES, Column.DEADLINE) for kind in self.by_position)

    def has_persons(self, column: Column) -> bool:
        return any(self.by_position[at] is column for at in self.persons)

    def positions(self, column: Column) -> tuple[int, ...]:
        return tuple(at for at, kind in enumerate(self.by_position) if kind is column)

    def _first(self, column: Column) -> int | None:
        positions = self.positions(column)
        return positions[0] if positions else None


def read_head(cells: Sequence[str]) -> Columns | None:
    """The columns that a row of heads names; None when the row is not the head of a ledger.

    A head names a task, and a number or who is responsible. Of several task columns the last
    is the task, the ones before it are its groups.

    >>> read_head(["序号", "重点任务", "具体措施", "牵头单位"]).task
    2
    """
    kinds = [head_column(cell) for cell in cells]
    tasks = [at for at, kind in enumerate(kinds) if kind is Column.TASK]
    has_role = any(kind in ROLES for kind in kinds)
    if not tasks or len(kinds) < 2 or not (Column.NUMBER in kinds or has_role):
        return None
    known = sum(kind is not None for kind in kinds)
    others = sum(bool(cell.strip()) for cell in cells) - known
    is_surely_one = has_role and Column.NUMBER in kinds
    if others > (known if is_surely_one else _MOST_UNKNOWN):
        return None
    _leave_out_other_units(kinds, cells)
    has_measure = _leave_out_measures(kinds, cells)
    if has_measure and not any(kind in (*ROLES, Column.DEADLINE) for kind in kinds):
        return None  # a form for figures
    doing = [at for at in tasks if _DOING.search(cells[at])] or tasks
    for at in tasks:
        if at != doing[-1]:
            kinds[at] = Column.GROUP if at < doing[-1] else Column.OTHER
    persons = tuple(
        at for at, kind in enumerate(kinds) if kind in ROLES and _PERSONS.search(cells[at])
    )
    goals = (at for at in tasks if at > doing[-1] and _GOAL.search(cells[at]))
    paired = tuple(at for at, kind in enumerate(kinds) if kind in ROLES and _PAIR.search(cells[at]))
    return Columns(tuple(kinds), doing[-1], persons, next(goals, None), paired)


def _leave_out_other_units(kinds: list[Column | None], cells: Sequence[str]) -> None:
    """Units that build or apply (建设单位) are not responsible where a column says who is."""
    responsible = [at for at, kind in enumerate(kinds) if kind is Column.RESPONSIBLE]
    stated = [at for at in responsible if _RESPONSIBLE.search(cells[at])]
    has_lead = Column.LEAD in kinds
    for at in responsible:
        if (stated or has_lead) and at not in stated and _BUILDS.search(cells[at]):
            kinds[at] = Column.OTHER


def _leave_out_measures(kinds: list[Column | None], cells: Sequence[str]) -> bool:
    """Leaves out the column of units of measure: a bare 单位 beside figures or who is responsible.

    Returns whether there is one.
    """
    bare = [at for at, cell in enumerate(cells) if re.sub(r"\s", "", cell) in _MEASURE]
    leads = [at for at, kind in enumerate(kinds) if kind in (Column.LEAD, Column.RESPONSIBLE)]
    is_measure = set(leads) - set(bare) or any(_QUANTITY.search(cell) for cell in cells)
    if is_measure:
        for at in bare:
            kinds[at] = Column.OTHER
    return bool(bare and is_measure)


def head_column(cell: str) -> Column | None:
    """What a head names, None when it is none that a ledger has."""
    head = re.sub(r"\s|[（(][^（()）]*[）)]", "", cell)  # 责任单位（第一个为牵头单位）
    if head in _BARE_NUMBER:
        return Column.NUMBER
    if not head or len(head) > _LONGEST_HEAD or re.search("[。；，：0-9]", head):
        return None
    for column, words in _WORDS:
        if any(word in head for word in words):
            return column
    return None


def refined(columns: Columns, upper: Sequence[str], lower: Sequence[str]) -> Columns | None:
    """The columns where a second row of heads parts one of the first: 责任单位 in 牵头 and 配合.

    None when the second row is no row of heads.
    """
    parts = [head_column(cell) for cell in lower]
    filled = [part for cell, part in zip(lower, parts, strict=True) if cell.strip()]
    if (
        not filled
        or None in filled
        or not any(part in (*ROLES, Column.DEADLINE) for part in filled)
    ):
        return None
    cells = [below if below.strip() else above for above, below in zip(upper, lower, strict=False)]
    return read_head(cells) or columns
