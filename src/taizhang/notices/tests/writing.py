"""Small fictional notices, laid out as offices lay them out."""

from collections.abc import Sequence

HEAD = """临江市总工会办公室文件

临工办字〔2030〕7号

临江市总工会办公室 印发《临江市总工会服务
职工工作台账》的通知

各县（区）总工会、高新区总工会，市直机关工会：

现将台账印发你们，请抓好落实。

临江市总工会办公室

2030年3月5日

临江市总工会服务职工工作台账
"""


def tabbed(
    rows: Sequence[Sequence[str]], head: Sequence[str] = ("序号", "目标任务", "责任部门")
) -> str:
    """A table by tabs, with its head."""
    return "\n".join("\t".join(cells) for cells in (head, *rows)) + "\n"


def notice(*tables: str) -> bytes:
    """The notice of HEAD with its ledger in one table for each page."""
    return "\n".join((HEAD, *tables)).encode()
