"""The ways in which plans close a paragraph with who does it and until when."""

from collections.abc import Callable
from dataclasses import dataclass

from taizhang.notices.tests.layouts.ledger import Task

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """`write` puts down what closes a task; `kept` tells what of it can be read back."""

    write: Callable[[Task], str]
    kept: Callable[[Task], tuple[Names, Names, str | None]]


def _listed(names: Names) -> str:
    return "、".join(names)


def _both(task: Task) -> tuple[Names, Names, str | None]:
    return task.lead, task.helping, None


def _dated(task: Task) -> tuple[Names, Names, str | None]:
    return task.lead, task.helping, task.due


def _done(task: Task) -> tuple[Names, Names, str | None]:
    return task.lead, task.helping, f"{task.due}完成"


def _everybody(task: Task) -> tuple[Names, Names, str | None]:
    return task.everybody, (), None


def _everybody_dated(task: Task) -> tuple[Names, Names, str | None]:
    return task.everybody, (), task.due


def _pattern(
    pattern: str, kept: Callable[[Task], tuple[Names, Names, str | None]], between: str = "、"
) -> Duty:
    """A duty whose pattern has {lead}, {helping}, {everybody} and {due}."""

    def write(task: Task) -> str:
        return pattern.format(
            lead=_listed(task.lead),
            helping=_listed(task.helping),
            everybody=between.join(task.everybody),
            due=task.due,
        )

    return Duty(write, kept)


DUTIES: dict[str, Duty] = {
    "bracket with labels": _pattern(
        "（牵头单位：{lead}；配合单位：{helping}；完成时限：{due}）", _dated
    ),
    "bracket with verbs": _pattern("（{lead}牵头，{helping}配合）", _both),
    "bracket with verbs and a date": _pattern("（{lead}牵头，{helping}配合，{due}完成）", _done),
    "bracket with one list": _pattern("（责任单位：{everybody}）", _everybody),
    "bracket with one list and a date": _pattern(
        "（责任单位：{everybody}；{due}）", _everybody_dated
    ),
    "bracket by shares": _pattern("（{everybody}按职责分工负责）", _everybody),
    "bracket, each for itself": _pattern("（{everybody}分别负责）", _everybody),
    "bracket of names": _pattern("（{everybody}）", _everybody),
    "bracket, one with another": _pattern("（{lead}会同{helping}负责）", _both),
    "bracket, one in charge": _pattern("（{lead}负责，{helping}配合）", _both),
    "bracket, lead and responsible": _pattern("（牵头单位：{lead}，责任单位：{helping}）", _both),
    "bracket, marked lead": _pattern("（责任单位：{lead}（牵头）、{helping}）", _both),
    "bracket, label and verbs": _pattern(
        "（责任单位：{lead}牵头，{helping}按职责分工负责）", _both
    ),
    "bracket with 为": _pattern("（牵头单位为{lead}，配合单位为{helping}）", _both),
    "narrow bracket": _pattern("(责任单位:{everybody})", _everybody, between=","),
    "square bracket": _pattern("[{lead}牵头，{helping}配合]", _both),
    "lenticular bracket": _pattern("【牵头单位：{lead}；配合单位：{helping}】", _both),
    "tortoise bracket": _pattern("〔牵头单位：{lead}，配合单位：{helping}〕", _both),
    "lines": _pattern("\n牵头单位：{lead}\n配合单位：{helping}\n完成时限：{due}", _dated),
    "one line": _pattern("\n责任单位：{everybody}", _everybody),
    "line with gaps": _pattern("\n牵头单位：{lead}　配合单位：{helping}　完成时限：{due}", _dated),
    "line of names apart": _pattern("\n责任单位：{everybody}", _everybody, between=" "),
    "line of a label in brackets": _pattern("\n【责任单位】{everybody}", _everybody),
    "line with other words": _pattern(
        "\n主办单位：{lead}；协办单位：{helping}；办结时限：{due}", _dated
    ),
    "lines with still others": _pattern("\n主责单位：{lead}\n参与单位：{helping}", _both),
    "lines for departments": _pattern("\n牵头部门：{lead}\n责任部门：{helping}", _both),
    "line of a bracket": _pattern("\n（{lead}牵头，{helping}配合）", _both),
    "line of verbs": _pattern("\n{lead}牵头，{helping}配合。", _both),
    "line with 是": _pattern("\n牵头单位是{lead}，配合单位是{helping}。", _both),
    "lines with persons": _pattern(
        "\n责任领导：王明\n责任单位：{everybody}\n责任人：李丽", _everybody
    ),
    "sentence with 由": _pattern("由{lead}牵头，{helping}配合。", _both),
    "sentence without 由": _pattern("{lead}牵头，{helping}配合。", _both),
    "sentence with 为": _pattern("牵头单位为{lead}，配合单位为{helping}。", _both),
    "sentence of labels": _pattern("责任单位：{everybody}。完成时限：{due}。", _everybody_dated),
    "behind a dash": _pattern("——牵头单位：{lead}；配合单位：{helping}", _both),
}
