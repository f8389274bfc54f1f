"""Items of the rows of a table: task, departments and deadline under their heads."""

import re
from collections.abc import Iterator, Sequence

from taizhang.notices.document import Passage, is_same_cell
from taizhang.notices.model import Departments, Item, Sureness, Trace, Traces
from taizhang.notices.reading import sureness
from taizhang.notices.reading.clauses import read_clauses
from taizhang.notices.reading.columns import ROLES, Column
from taizhang.notices.reading.departments import (
    by_roles,
    clause_deadline,
    clause_departments,
    department_names,
    one_list,
    role_names,
    without_persons,
)
from taizhang.notices.reading.lead_rule import LeadRule
from taizhang.notices.reading.leading import departments_of_line
from taizhang.notices.reading.roles import COOPERATING, LEAD, clause_parts
from taizhang.notices.reading.rows import Draft, numbered_task
from taizhang.notices.reading.wording import ends_like_a_body, without_layout

_NO_DEADLINE = frozenset({"", "-", "—", "——", "/", "无", "－"})
_LONGEST_DEADLINE = 60
_LONGEST_NAME = 25  # characters, on average
_FEWEST_HEADS = 2  # one line of names above a table may be a signature
_ROLES_APART = (Column.LEAD, Column.COOPERATING)
_ROLE_IN_CELL = re.compile("(?:牵头|责任|配合|参与|协办|主办|承办)(?:单位|部门)?[:：]|牵头|配合")


def row_items(drafts: Sequence[Draft], rule: LeadRule) -> tuple[Item, ...]:
    """The items of drafts; where none says who leads, the departments that head the rows do."""
    headings = {draft.heading for draft in drafts if draft.heading}
    names = {heading: departments_of_line(heading) for heading in headings}
    leads = names if len(names) >= _FEWEST_HEADS and all(names.values()) else {}
    goal = _goal_column(drafts)
    return tuple(_item(draft, leads.get(draft.heading or ""), goal, rule) for draft in drafts)


def _item(draft: Draft, led_by: str | None, goal: int | None, rule: LeadRule) -> Item:
    tasks = (row.task for row in draft.rows if row.task)
    passage = Passage.joined(_distinct(tasks if goal is None else _with_goals(draft, goal)))
    if draft.rows[0].columns.number is None:
        marked = numbered_task(passage)
        passage = marked[1] if marked else passage
    deadline = _deadline(draft)
    departments = _departments(draft, led_by, rule)
    claused = None if departments.lead else read_clauses(passage)
    if claused:
        passage = claused.task
        departments = clause_departments(claused.clauses, rule)
        deadline = deadline or clause_deadline(claused.clauses) or ""
    return Item(
        number=draft.number,
        passage=passage,
        departments=departments,
        deadline=deadline or None,
        group=(draft.heading, *draft.groups) if draft.heading else draft.groups,
        traces=_traces(draft, departments, deadline, claused.clauses if claused else None),
    )


def _traces(
    draft: Draft, departments: Departments, deadline: str, clauses: Sequence[str] | None
) -> Traces:
    """A cell under a head is sure; a table that only names things, or counts nothing, is not."""
    columns = draft.rows[0].columns
    is_numbered = columns.number is not None or (
        draft.rows[0].task is not None and numbered_task(draft.rows[0].task) is not None
    )
    of_text = Sureness.SURE if is_numbered else Sureness.LIKELY
    traces = {"text": Trace(of_text if columns.is_surely_a_ledger else Sureness.GUESSED)}
    if departments.lead or departments.cooperating:
        traces["departments"] = Trace(sureness.of_departments(departments))
    if deadline:
        has_column = any(draft.texts(Column.DEADLINE)) or clauses is None
        traces["deadline"] = Trace(
            Sureness.SURE if has_column else sureness.of_clause_deadline(deadline, clauses or ())
        )
    return traces


def _deadline(draft: Draft) -> str:
    """What stands under the heads for it; a whole schedule is none."""
    text = without_layout("".join(dict.fromkeys(draft.texts(Column.DEADLINE))))
    return "" if text in _NO_DEADLINE or len(text) > _LONGEST_DEADLINE else text


def _goal_column(drafts: Sequence[Draft]) -> int | None:
    """The column that says how much, where the tasks of a table are names and no sentences."""
    goal = drafts[0].rows[0].columns.goal if drafts else None
    rows = [row for draft in drafts for row in draft.rows]
    if goal is None or any(row.columns.goal != goal for row in rows):
        return None
    tasks = [row.task.text for row in rows if row.task]
    are_names = sum(map(len, tasks)) <= _LONGEST_NAME * len(tasks)
    told = sum("。" in task or re.search("[0-9]", task) is not None for task in tasks)
    goals = [row.cells[goal].text for row in rows if goal < len(row.cells)]
    has_figures = sum(re.search("[0-9]", text) is not None for text in goals) * 2 > len(goals)
    return goal if are_names and has_figures and 2 * told < len(tasks) else None


def _with_goals(draft: Draft, goal: int) -> Iterator[Passage]:
    for row in draft.rows:
        yield from (row.task,) if row.task else ()
        yield from row.cells[goal : goal + 1]


def _distinct(passages: Iterator[Passage]) -> Iterator[Passage]:
    """The passages without the repetitions of a merged cell."""
    last: Passage | None = None
    for passage in passages:
        if last is None or not is_same_cell(last, passage):
            yield passage
        last = passage


def _departments(draft: Draft, led_by: str | None, rule: LeadRule) -> Departments:
    columns = draft.rows[0].columns
    names: dict[str, tuple[str, ...]] = {}
    if led_by and not any(draft.texts(Column.LEAD)):
        heading = one_list(department_names(led_by), rule)
        names = {LEAD: heading.lead, COOPERATING: heading.cooperating}
    for column in ROLES:
        if not columns.positions(column):
            continue
        text = _joined([text for text in dict.fromkeys(draft.texts(column)) if text])
        if columns.has_persons(column):
            text = without_persons(text)
        if any(columns.by_position[at] is column for at in columns.paired):
            leading, _, helping = text.replace("／", "/").partition("/")
            names[LEAD] = department_names(leading)
            names[COOPERATING] = department_names(helping)
        elif column is Column.RESPONSIBLE and _ROLE_IN_CELL.search(text):
            for role, part in clause_parts(text.replace("\n", "；")):
                names[role] = names.get(role, ()) + department_names(part)
        elif column is Column.RESPONSIBLE and not any(map(columns.positions, _ROLES_APART)):
            for role, part in role_names(text, rule).items():
                names[role] = names.get(role, ()) + department_names(part)
        else:
            names[column.value] = names.get(column.value, ()) + department_names(text)
    return by_roles(names, rule)


def _joined(texts: Sequence[str]) -> str:
    """The parts of a cell that a page's end cut; a name may have been cut with it."""
    joined = ""
    for text in texts:
        is_cut = joined and not ends_like_a_body(joined) and not joined.endswith(("等", "）"))
        joined += text if is_cut or not joined else f"、{text}"
    return joined
