"""`taizhang notices compare OLD NEW [--json]`: which items a later notice keeps, changes, drops."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from taizhang.notices.cli import REFUSALS
from taizhang.notices.comparing import Pair, Sameness, compare
from taizhang.notices.errors import ReadingError
from taizhang.notices.model import Departments, Item
from taizhang.notices.read import read_notice

_WORDS: Mapping[Sameness, str] = {
    Sameness.SAME: "相同",
    Sameness.CHANGED: "修改",
    Sameness.NEW: "新增",
    Sameness.GONE: "取消",
}


def main(argv: Sequence[str]) -> int:
    """Runs `notices`; returns the exit code: 0 compared, 1 refused, 2 misused."""
    arguments = _parser().parse_args(argv)
    notices = []
    for file in (arguments.old, arguments.new):
        try:
            notices.append(read_notice(file))
        except ReadingError as refusal:
            sys.stderr.write(f"{file}：{REFUSALS[refusal.key]}\n{refusal}\n")
            return 1
    old, new = notices
    pairs = compare(old.items, new.items)
    if arguments.json:
        sys.stdout.write(json.dumps(as_plain(pairs), ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write(table(pairs))
    return 0


def as_plain(pairs: Sequence[Pair[Item, Item]]) -> dict[str, Any]:
    """The comparison as plain JSON values; offsets count in the texts of the items."""
    return {
        "counts": _counts(pairs),
        "pairs": [
            {
                "sameness": pair.sameness.value,
                "old": pair.old.number if pair.old else None,
                "new": pair.new.number if pair.new else None,
                "old_text": pair.old.text if pair.old else None,
                "new_text": pair.new.text if pair.new else None,
                "differences": [
                    {
                        "old": [found.old.start, found.old.end],
                        "new": [found.new.start, found.new.end],
                    }
                    for found in pair.differences
                ],
                "departments_differ": pair.departments_differ,
                "deadline_differs": pair.deadline_differs,
            }
            for pair in pairs
        ],
    }


def table(pairs: Sequence[Pair[Item, Item]]) -> str:
    """The comparison to read, in Chinese: a line for each pair, `[-left out-]`, `{+put in+}`."""
    counts = _counts(pairs)
    head = "，".join(f"{word} {counts[sameness.value]} 项" for sameness, word in _WORDS.items())
    lines = [head, ""]
    for pair in pairs:
        old, new = (str(item.number) if item else "—" for item in (pair.old, pair.new))
        lines.append(f"{_WORDS[pair.sameness]} {old:>3} → {new:<3} {_marked(pair)}")
        lines += [f"{'':15}{line}" for line in _beside(pair)]
    return "\n".join(lines) + "\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="taizhang notices", description="公文比对 / Compare official notices."
    )
    steps = parser.add_subparsers(dest="step", required=True)
    step = steps.add_parser("compare", help="两份公文逐项比对 / lay two notices side by side")
    step.add_argument("old", metavar="OLD", type=Path, help="原公文 / the earlier notice")
    step.add_argument("new", metavar="NEW", type=Path, help="新公文 / the later notice")
    step.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    return parser


def _counts(pairs: Sequence[Pair[Item, Item]]) -> dict[str, int]:
    counted = Counter(pair.sameness for pair in pairs)
    return {sameness.value: counted[sameness] for sameness in Sameness}


def _marked(pair: Pair[Item, Item]) -> str:
    """The text, with what was left out and what was put in where both notices have the item."""
    if pair.old is None or pair.new is None:
        item = pair.old or pair.new
        return _line(item.text) if item else ""
    pieces = []
    at = 0
    for found in pair.differences:
        pieces.append(pair.new.text[at : found.new.start])
        left_out = pair.old.text[found.old.start : found.old.end]
        put_in = pair.new.text[found.new.start : found.new.end]
        pieces.append(f"[-{left_out}-]" if left_out else "")
        pieces.append(f"{{+{put_in}+}}" if put_in else "")
        at = found.new.end
    return _line("".join([*pieces, pair.new.text[at:]]))


def _line(text: str) -> str:
    return " ".join(text.split())


def _beside(pair: Pair[Item, Item]) -> Iterator[str]:
    """What else changed."""
    if pair.old is None or pair.new is None:
        return
    if pair.departments_differ:
        yield f"部门：{_names(pair.old.departments)} → {_names(pair.new.departments)}"
    if pair.deadline_differs:
        yield f"时限：{pair.old.deadline or '—'} → {pair.new.deadline or '—'}"


def _names(departments: Departments) -> str:
    lead = "牵头 " if departments.lead_is_stated else ""
    parts = [lead + "、".join(departments.lead)] if departments.lead else []
    parts += ["配合 " + "、".join(departments.cooperating)] if departments.cooperating else []
    return "；".join(parts) or "—"
