"""Who is responsible: names in a cell, a line or a closing bracket."""

import re
from collections.abc import Iterable

from taizhang.notices.document import Document, Passage
from taizhang.notices.model import Departments
from taizhang.notices.reading.wording import split_outside_brackets, without_layout

_SEPARATORS = "、，,；; \t\n\u3000"
_NOBODY = frozenset({"", "无", "-", "—", "——", "/"})
_DUTY = re.compile(r"(按照?职责分工|分别|共同)?(牵头)?(负责|落实|承担)?$")
_BEGINS_A_NAME = re.compile("各[省市州盟县区旗]")  # 各市、县（区）政府 is one name
_FIRST_LEADS = re.compile(r"第一位的?[^，。；]{0,8}为牵头")
# （责任单位：…） or （…负责，…）
_BRACKET = re.compile(
    r"[（(](?P<clause>(?:责任|牵头|负责)(?:单位|部门)[:：](?:[^（()）]|[（(][^（()）]*[）)])*"
    r"|(?:[^（()）。]|[（(][^（()）]*[）)])*?负责(?:[，,。][^（()）]*)?)[）)]"
)
_ROLE = re.compile(r"(牵头|责任|负责|配合|参与|协办)(?:单位|部门)[:：]")


def first_named_leads(document: Document) -> bool:
    """Whether the document says, once for all, that the first named department leads."""
    return _FIRST_LEADS.search(without_layout(document.text)) is not None


def department_names(text: str) -> tuple[str, ...]:
    """The names in a list, in its order, as written, each once.

    >>> department_names("市教育局（市委教育工委）、市财政局 各市、县（区）政府负责")
    ('市教育局（市委教育工委）', '市财政局', '各市、县（区）政府')
    """
    names: list[str] = []
    for part in split_outside_brackets(text, _SEPARATORS):
        name = _DUTY.sub("", part)
        if names and _BEGINS_A_NAME.fullmatch(names[-1]):
            names[-1] = f"{names[-1]}、{name}"
        elif name not in _NOBODY:
            names.append(name)
    return tuple(dict.fromkeys(names))


def one_list(names: Iterable[str], *, first_leads: bool) -> Departments:
    """Departments of which the source gives one list.

    All lead, unless the document says that the first does, or the list itself: 甲会同乙.
    """
    listed = tuple(names)
    together = [name.split("会同", 1) for name in listed]
    if any(len(pair) == 2 for pair in together):
        helping = tuple(pair[1] for pair in together if len(pair) == 2)
        return Departments(tuple(pair[0] for pair in together), helping, lead_is_stated=True)
    if first_leads:
        return Departments(listed[:1], listed[1:], lead_is_stated=True)
    return Departments(listed)


def responsibility_clauses(paragraph: Passage) -> tuple[Passage, tuple[str, ...]] | None:
    """The paragraph without its closing bracket, and what its brackets say of responsibility.

    None when no such bracket closes it. A paragraph of several duties has a bracket after each;
    the inner ones stay in the text.

    >>> from taizhang.notices.document import Span
    >>> paragraph = Passage("修好路。（市交通局负责）", (Span(0, 12),))
    >>> responsibility_clauses(paragraph)
    (Passage(text='修好路。', spans=(Span(start=0, end=4),)), ('市交通局负责',))
    """
    text = paragraph.text.rstrip("。. \n")
    brackets = list(_BRACKET.finditer(text))
    if not brackets or brackets[-1].end() != len(text):
        return None
    task = paragraph.cut(0, brackets[-1].start()).strip()
    return task, tuple(bracket.group("clause") for bracket in brackets)


def clause_departments(clauses: Iterable[str], *, first_leads: bool) -> Departments:
    """Departments of an item's brackets: who leads in one of them leads the item."""
    found = [_departments(clause, first_leads=first_leads) for clause in clauses]
    lead = tuple(dict.fromkeys(name for one in found for name in one.lead))
    helping = dict.fromkeys(name for one in found for name in one.cooperating)
    return Departments(
        lead,
        tuple(name for name in helping if name not in lead),
        lead_is_stated=any(one.lead_is_stated for one in found),
    )


def _departments(clause: str, *, first_leads: bool) -> Departments:
    text = re.split("[，,。]?(?:列|排)在?第一位", without_layout(clause))[0]
    parts = _ROLE.split(text)
    if len(parts) == 1:
        return one_list(department_names(text), first_leads=first_leads)
    by_role: dict[str, tuple[str, ...]] = {}
    for role, names in zip(parts[1::2], parts[2::2], strict=True):
        by_role[role] = by_role.get(role, ()) + department_names(names)
    return by_roles(by_role, first_leads=first_leads)


def by_roles(names: dict[str, tuple[str, ...]], *, first_leads: bool) -> Departments:
    """Departments by the word for their role: beside 牵头, those called 责任 co-operate."""
    responsible = names.get("责任", ()) + names.get("负责", ())
    helping = names.get("配合", ()) + names.get("参与", ()) + names.get("协办", ())
    if "牵头" in names:
        return Departments(names["牵头"], responsible + helping, lead_is_stated=True)
    if helping:
        return Departments(responsible, helping, lead_is_stated=True)
    return one_list(responsible, first_leads=first_leads)
