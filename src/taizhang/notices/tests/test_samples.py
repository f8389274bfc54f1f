"""The reader against notices that were labelled by hand."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from taizhang.notices import read_notice
from taizhang.notices.labels import as_label
from taizhang.notices.model import Departments, Item
from taizhang.notices.normalise import text_hash

Score = Callable[[dict[str, Path]], dict[str, float]]

ITEMS = ("item_recall", "item_precision", "item_end_ok")
DEPARTMENTS = ("dept_lead_exact", "dept_co_exact", "dept_both_exact")
EXACT = (*ITEMS, *DEPARTMENTS, "deadline_null_acc", "meta_acc")
FLOORS = {
    **dict.fromkeys(ITEMS, 0.98),
    **dict.fromkeys(DEPARTMENTS, 0.95),
    "deadlines": 0.95,
    "meta_acc": 0.95,
    "commitment_F1": 0.90,
}
EXACT_FLOORS = dict.fromkeys(FLOORS, 1.0)


@pytest.fixture
def score(samples: Path, tmp_path: Path) -> Score:
    """Scores documents, given under the names of their labels, with the scorer of the samples."""
    reading = samples / "reading"
    result = tmp_path / "result.json"
    command = [sys.executable, str(reading / "score.py"), str(tmp_path)]
    options = ["--labels", str(reading / "labels"), "--json", str(result)]

    def run(documents: dict[str, Path]) -> dict[str, float]:
        for name, path in documents.items():
            label = as_label(read_notice(path), doc=name)
            (tmp_path / f"{name}.json").write_text(json.dumps(label), encoding="utf-8")
        only = ["--only", ",".join(documents)]
        subprocess.run([*command, *options, *only], check=True, capture_output=True)
        summary: dict[str, float] = json.loads(result.read_text(encoding="utf-8"))["summary"]
        # A document whose items all have a deadline, or none, counts for one of the two only.
        deadlines = max(summary["deadline_acc"], summary["deadline_null_acc"])
        return summary | {"deadlines": deadlines}

    return run


def test_the_first_notice_is_read_exactly(score: Score, samples: Path) -> None:
    summary = score({"seed": samples / "seed" / "notice.txt"})

    assert {name: summary[name] for name in EXACT} == dict.fromkeys(EXACT, 1.0)
    assert summary["meta_invented"] == 0


def test_every_file_of_the_sample_keeps_its_floors(
    score: Score, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = sorted((samples / "reading" / "docs").glob("*.txt"))
    files = sorted((samples / "reading" / "files").iterdir())
    table = {}
    for path in (*texts, *files):
        label = re.split("[-.]", path.name)[0]
        table[path.name] = score({label: path})

    with capsys.disabled():
        sys.stdout.write(_table(table))
    for name, summary in table.items():
        floors = EXACT_FLOORS if name.startswith("seed") else FLOORS
        below = {key: summary[key] for key, floor in floors.items() if summary[key] < floor}
        assert not below, name
        assert summary["meta_invented"] == summary["trap_hits"] == 0, name


@pytest.mark.parametrize(
    "name", ["seed.docx", "seed.xlsx", "seed.pdf", "seed-onetable.docx", "seed-onetable.pdf"]
)
def test_the_first_notice_is_read_from_any_file_as_from_its_text(name: str, samples: Path) -> None:
    from_text = read_notice(samples / "seed" / "notice.txt")

    from_file = read_notice(samples / "reading" / "files" / name)

    assert from_file.metadata == from_text.metadata
    assert [_compared(item) for item in from_file.items] == [
        _compared(item) for item in from_text.items
    ]


def _compared(item: Item) -> tuple[int, str, Departments, str | None]:
    return item.number, text_hash(item.text), item.departments, item.deadline


def _table(summaries: dict[str, dict[str, float]]) -> str:
    head = f"\n{'file':40}" + "".join(f"{key:>18}" for key in FLOORS)
    rows = (
        f"{name:40}" + "".join(f"{summary[key]:18.3f}" for key in FLOORS)
        for name, summary in summaries.items()
    )
    return "\n".join((head, *rows, ""))


def test_a_space_of_the_source_stays_in_the_verbatim_text(samples: Path) -> None:
    items = read_notice(samples / "seed" / "notice.txt").items

    assert items[4].text.count(" 1 ") == 1
