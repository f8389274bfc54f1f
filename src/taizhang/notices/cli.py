"""`taizhang read FILE [--json]`: what the reader makes of a file."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from taizhang.notices.commitments import Amount, Commitment, Comparator, Kind, Role
from taizhang.notices.errors import ReadingError
from taizhang.notices.labels import as_label
from taizhang.notices.model import Item, Metadata, Notice
from taizhang.notices.read import read_notice

_NOT_SAID = "（文中未见）"
_KINDS: Mapping[Kind, str] = {
    Kind.COUNT: "数量",
    Kind.AMOUNT: "数额",
    Kind.RATIO: "比例",
    Kind.COVERAGE: "覆盖面",
    Kind.RANGE: "区间",
    Kind.TREND: "增减",
    Kind.DEADLINE: "限期",
}
_SIGNS = {Comparator.AT_LEAST: "≥", Comparator.AT_MOST: "≤", Comparator.BETWEEN: ""}
_RECURRENCES: Mapping[str, str] = {
    "year": "每年",
    "half-year": "每半年",
    "quarter": "每季度",
    "month": "每月",
    "10 days": "每旬",
    "week": "每周",
    "day": "每日",
    "term": "每届",
    "5 years": "每5年",
}
REFUSALS: Mapping[str, str] = {
    "file_not_readable": "文件打不开：请核对路径和读取权限。",
    "empty_document": "文件里没有文字：请确认选对了文件，重新保存后再试。",
    "too_large": "文件过大：请只保留通知正文和附件，去掉图片后再试。",
    "too_demanding": (
        "读取这份文件要占用过多内存或时间：请用原软件打开，只保留通知和附件，"
        "另存为 .docx 或 .txt 后再试。"
    ),
    "unknown_format": "不支持这种文件格式：请另存为 .docx、.xlsx、.pdf、.html 或 .txt 后再试。",
    "not_text": "文件不是 UTF-8 或 GB18030 文本：请用原软件打开，另存为 UTF-8 纯文本。",
    "broken_file": "文件已损坏，或者内容与扩展名不符：请用原软件打开，重新保存后再试。",
    "encrypted_file": "文件设有密码：请另存一份不带密码的文件后再试。",
    "scanned_file": "文件是扫描件，只有图片没有文字：请向发文单位索取电子文本，或先做文字识别。",
    "converter_missing": (
        "旧版 .doc 以及 .wps、.rtf、.odt、.ods 文件需要 LibreOffice 转换，"
        "本机未安装或转换失败：请另存为 .docx 或 .xlsx 后再试。"
    ),
}


def main(argv: Sequence[str]) -> int:
    """Runs `read` with its arguments; returns the exit code: 0 read, 1 refused, 2 misused."""
    parser = argparse.ArgumentParser(
        prog="taizhang read", description="读取公文 / Read an official notice."
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="公文文件 / the notice")
    parser.add_argument(
        "--json", action="store_true", help="输出 JSON / print JSON in the form of the labels"
    )
    arguments = parser.parse_args(argv)
    file: Path = arguments.file
    try:
        notice = read_notice(file)
    except ReadingError as refusal:
        sys.stderr.write(f"{REFUSALS[refusal.key]}\n{refusal}\n")
        return 1
    if arguments.json:
        label = as_label(notice, doc=file.stem)
        sys.stdout.write(json.dumps(label, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write(summary(notice))
    return 0


def summary(notice: Notice) -> str:
    """The notice in a form to read, in Chinese."""
    lines = [*_metadata_lines(notice.metadata), ""]
    for ledger in notice.ledgers:
        lines += [f"【{ledger.title or '工作台账'}】共 {len(ledger.items)} 项", ""]
        for item in ledger.items:
            lines += [*_item_lines(item), ""]
    if not notice.ledgers:
        lines.append("没有找到编号事项。")
    return "\n".join(lines).rstrip() + "\n"


def _metadata_lines(metadata: Metadata) -> list[str]:
    issued_on = metadata.issued_on
    day = f"{issued_on.year}年{issued_on.month}月{issued_on.day}日" if issued_on else ""
    values = {
        "发文机关": "、".join(metadata.issuers),
        "发文字号": metadata.document_number,
        "标题": metadata.title,
        "主送机关": "，".join(metadata.recipients),
        "成文日期": day,
        "附件": metadata.annex_title,
    }
    return [f"{name}：{value or _NOT_SAID}" for name, value in values.items()]


def _item_lines(item: Item) -> list[str]:
    departments = item.departments
    roles = {
        "牵头" if departments.lead_is_stated else "责任部门": departments.lead,
        "配合": departments.cooperating,
        "完成时限": (item.deadline,) if item.deadline else (),
    }
    said = [f"{role}：{'、'.join(names)}" for role, names in roles.items() if names]
    said += map(_commitment_line, item.commitments)
    return [f"{item.number}. {item.text}", *(f"   {line}" for line in said)]


def _commitment_line(commitment: Commitment) -> str:
    """Quote, kind, how much, how often and by when: 要求：每年2期（数量：=2期，每年）."""
    name = "条件" if commitment.role is Role.CONDITION else "要求"
    amount, every = commitment.amount, commitment.recurrence
    parts = [
        _amount(commitment.comparator, amount) if amount else "",
        _RECURRENCES.get(every, every) if every else "",
        commitment.deadline.text if commitment.deadline else "",
    ]
    said = "，".join(filter(None, parts))
    doubt = "" if commitment.is_sure else "，待核对"
    return f"{name}：{commitment.quote}（{_KINDS[commitment.kind]}：{said}{doubt}）"


def _amount(comparator: Comparator, amount: Amount) -> str:
    sign = _SIGNS.get(comparator, comparator.value)
    upper = "" if amount.upper is None else f"—{amount.upper}"
    return f"{sign}{amount.number}{upper}{amount.multiplier}{amount.unit}"
