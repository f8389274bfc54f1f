"""`taizhang read`."""

import json
from pathlib import Path

import pytest

from taizhang.notices.cli import REFUSALS, main
from taizhang.notices.errors import ReadingError
from taizhang.notices.tests.writing import notice, tabbed


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lin.txt"
    path.write_bytes(
        notice(tabbed([["1", "办好夜校，每年 2 期，方便夜班职工。", "宣教部 财务部"]]))
    )
    return path


def test_the_summary_shows_metadata_and_items_in_chinese(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main([str(file)])

    shown = capsys.readouterr().out
    assert code == 0
    assert "发文字号：临工办字〔2030〕7号" in shown
    assert "成文日期：2030年3月5日" in shown
    assert "1. 办好夜校，每年 2 期，方便夜班职工。\n   责任部门：宣教部、财务部\n" in shown
    assert "\n   要求：每年 2 期（数量：=2期，每年）\n" in shown


def test_a_condition_and_a_deadline_are_named_as_what_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "lin.txt"
    text = "职工200人以上的企业年底前建成3—5家职工书屋。"
    path.write_bytes(notice(tabbed([["1", text, "宣教部"]])))

    main([str(path)])

    shown = capsys.readouterr().out
    assert "   条件：200人以上（数量：≥200人" in shown
    assert "（区间：3—5家，年底前）" in shown


def test_json_has_the_form_of_the_labels(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main([str(file), "--json"])

    label = json.loads(capsys.readouterr().out)
    assert code == 0
    assert label["doc"] == "lin"
    assert label["meta"]["date"] == "2030-03-05"
    assert label["items"] == [
        {
            "number": 1,
            "text": "办好夜校，每年 2 期，方便夜班职工。",
            "text_start": "办好夜校，每年2期，方便",
            "text_end": "每年2期，方便夜班职工。",
            "lead": ["宣教部", "财务部"],
            "co": [],
            "deadline": None,
        }
    ]
    (commitment,) = label["commitments"]
    assert commitment["quote"] == "每年 2 期"
    assert (commitment["item"], commitment["value"], commitment["unit"]) == (1, 2, "期")
    assert (commitment["comparator"], commitment["recurrence"]) == ("=", "year")


def test_a_refusal_says_what_to_do_in_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "notice.ppt"
    path.write_bytes(b"1")

    code = main([str(path)])

    said = capsys.readouterr()
    assert (code, said.out) == (1, "")
    assert "另存为" in said.err
    assert "save the document as" in said.err


def test_every_refusal_has_its_chinese_words() -> None:
    assert {refusal.key for refusal in ReadingError.__subclasses__()} == set(REFUSALS)
