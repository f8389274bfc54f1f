"""The command `taizhang commitment` writes as the page does, and refuses as it does."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from taizhang.ledger.models import Commitment

FILE = """
duty_zh = "每年至少召开1次联席会议"
modality = "must"
who_owes = ["government_city"]
population = "gov8"
scope = "each"
numerator = "count(meeting[kind=gov_union_joint])"
comparator = ">="
value = 1
unit_zh = "次"
period = "year"
by = ["held_on"]
threshold_source = "text"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "meetings.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_a_file_is_checked_published_revised_and_withdrawn(first, chen, file, capsys):
    by = ["--by", chen.username]
    call_command("commitment", "check", "A1", str(file), *by)
    assert "130300" in capsys.readouterr().out
    assert not first.commitments.exists()

    call_command("commitment", "publish", "A1", str(file), *by, "--quote", "每年至少召开1次")
    row = Commitment.objects.get(code="A1.1")
    clause = row.clauses.get()
    assert first.text[clause.start : clause.end] == "每年至少召开1次"

    file.write_text(FILE.replace("value = 1", "value = 2"), encoding="utf-8")
    call_command("commitment", "revise", "A1.1", str(file), *by, "--reason", "会议决定")
    assert Commitment.objects.get(code="A1.1").target == 2

    call_command("commitment", "withdraw", "A1.1", *by, "--reason", "重复")
    assert not first.commitments.exists()


def test_the_list_names_what_each_passage_came_to(beside, capsys):
    call_command("commitment", "list", "--ledger", beside.key)

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert lines[0].startswith("A1    open")


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ('numerater = "x"', "numerator"),
        ('numerator = "count(meetin[])"', "meeting"),
        ("value = [5, 3]", "target_to"),
        ("value = ", "meetings.toml"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(first, chen, file, line, word):
    key = line.partition(" ")[0]
    kept = [each for each in FILE.splitlines() if not each.startswith(f"{key} ")]
    kept = ['comparator = "between"' if "[5" in line and "comparator" in e else e for e in kept]
    file.write_text("\n".join([*kept, line]), encoding="utf-8")

    with pytest.raises(CommandError, match=word):
        call_command("commitment", "publish", "A1", str(file), "--by", chen.username)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["publish", "Z1", "FILE"], "Z1"),
        (["publish", "A1", "FILE", "--quote", "没有的话"], "没有的话"),
        (["withdraw", "5.2", "--reason", "试"], "pack"),
        (["withdraw", "Z1.1", "--reason", "试"], "Z1.1"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(first, chen, file, arguments, word):
    given = [str(file) if each == "FILE" else each for each in arguments]

    with pytest.raises(CommandError, match=word):
        call_command("commitment", *given, "--by", chen.username)
