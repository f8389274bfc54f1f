"""The reader against notices that were labelled by hand."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from taizhang.notices import read_notice
from taizhang.notices.labels import as_label

Score = Callable[[dict[str, Path]], dict[str, float]]

ITEMS = ("item_recall", "item_precision", "item_end_ok")
DEPARTMENTS = ("dept_lead_exact", "dept_co_exact", "dept_both_exact")
EXACT = (*ITEMS, *DEPARTMENTS, "deadline_null_acc", "meta_acc")


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
        return summary

    return run


def test_the_first_notice_is_read_exactly(score: Score, samples: Path) -> None:
    summary = score({"seed": samples / "seed" / "notice.txt"})

    assert {name: summary[name] for name in EXACT} == dict.fromkeys(EXACT, 1.0)
    assert summary["meta_invented"] == 0


def test_the_other_texts_of_the_sample_are_read_exactly(score: Score, samples: Path) -> None:
    documents = {path.name[:2]: path for path in sorted((samples / "reading/docs").glob("*.txt"))}

    summary = score(documents)

    assert {name: summary[name] for name in EXACT} == dict.fromkeys(EXACT, 1.0)
    assert (summary["deadline_acc"], summary["meta_invented"]) == (1.0, 0)


def test_a_space_of_the_source_stays_in_the_verbatim_text(samples: Path) -> None:
    items = read_notice(samples / "seed" / "notice.txt").items

    assert items[4].text.count(" 1 ") == 1
