"""`taizhang notices compare`."""

import json
from pathlib import Path

import pytest

from taizhang.notices.cli_comparing import main
from taizhang.notices.tests.reissued import NEW, OLD


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    return str(old), str(new)


def test_the_table_counts_and_marks_what_was_left_out_and_put_in(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["compare", *files])

    shown = capsys.readouterr().out
    assert code == 0
    assert shown.startswith("相同 5 项，修改 5 项，新增 3 项，取消 2 项\n")
    assert "修改   4 → 3   职工[-200-]{+100+}人以上的企业设立专职工会主席" in shown
    assert "部门：牵头 权益部；配合 法律部 → 牵头 法律部；配合 权益部" in shown
    assert "取消  10 → —   每季度报送一次手工统计报表。" in shown


def test_json_quotes_both_texts(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["compare", *files, "--json"])

    said = json.loads(capsys.readouterr().out)
    assert code == 0
    assert said["counts"] == {"same": 5, "changed": 5, "new": 3, "gone": 2}
    (fourth,) = [pair for pair in said["pairs"] if pair["old"] == 4]
    quoted = [
        (fourth["old_text"][slice(*found["old"])], fourth["new_text"][slice(*found["new"])])
        for found in fourth["differences"]
    ]
    assert quoted == [("200", "100"), ("2032", "2034"), ("80%", "90%")]


def test_a_refusal_names_the_file(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["compare", files[0], "/nowhere/new.txt"])

    assert code == 1
    assert "/nowhere/new.txt：文件打不开" in capsys.readouterr().err
