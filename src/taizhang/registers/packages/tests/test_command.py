"""The command `taizhang load`: what it prints, and how it ends."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import get_language

from taizhang.core.access.models import User
from taizhang.domains.leadership.models import Meeting
from taizhang.registers.management.commands import load as command

pytestmark = pytest.mark.django_db

HEADER = "kind,convener_level,region,convener,held_on\n"
JOINT = "gov_union_joint,county,130302,海港区人民政府,2026-03-18\n"


@pytest.fixture
def package(folder: Path, tree) -> Path:
    folder.mkdir()
    (folder / "meeting.csv").write_text(HEADER + JOINT, "utf-8")
    return folder


def test_a_load_prints_the_rows_by_register(package, capsys):
    call_command("load", str(package))

    out = capsys.readouterr().out
    assert "1  meeting" in out
    assert Meeting.objects.count() == 1


def test_a_dry_run_says_that_nothing_was_written(package, capsys):
    call_command("load", str(package), "--dry-run")

    assert "nothing written" in capsys.readouterr().out
    assert not Meeting.objects.exists()


def test_faults_are_printed_in_english_too_and_the_command_fails(package, capsys):
    (package / "meeting.csv").write_text(HEADER + JOINT.replace("03-18", "13-01"), "utf-8")

    with pytest.raises(CommandError, match="1 fault; nothing was written") as refusal:
        call_command("load", str(package))

    assert refusal.value.returncode == 1
    assert "meeting.csv row 2 column held_on “2026-13-01”: Not a day" in capsys.readouterr().err
    assert not Meeting.objects.exists()


def test_a_file_in_gb18030_with_a_wrong_column_names_both(package, capsys):
    content = HEADER.replace("held_on", "held_one") + JOINT
    (package / "meeting.csv").write_bytes(content.encode("gb18030"))

    with pytest.raises(CommandError):
        call_command("load", str(package))

    errors = capsys.readouterr().err
    assert "GB18030" in errors
    assert "meeting.csv row 1 column held_one: Column E" in errors
    assert "“held_on”" in errors


def test_accounts_named_become_who_entered_and_who_verified(package, liu, chen):
    call_command("load", str(package), "--by", "liu", "--verified-by", "chen")

    meeting = Meeting.objects.get()
    assert (meeting.entered_by, meeting.verified_by) == (liu, chen)


def test_an_unknown_account_is_named_with_the_nearest(package, chen):
    with pytest.raises(CommandError, match=r"no active account “chenn”\. Did you mean “chen”"):
        call_command("load", str(package), "--verified-by", "chenn")

    assert not Meeting.objects.exists()


def test_who_enters_needs_an_account_and_is_told_how_to_get_one(package):
    with pytest.raises(CommandError, match="`taizhang account create` makes an account"):
        call_command("load", str(package), "--by", "chen")

    assert not Meeting.objects.exists()


def test_a_verifier_new_to_the_database_is_entered_without_password_or_role(package, capsys):
    call_command("load", str(package), "--verified-by", "archivist")

    verifier = Meeting.objects.get().verified_by
    assert verifier.username == "archivist"
    assert not verifier.has_usable_password()
    assert not verifier.grants.exists()
    assert "“archivist” is entered as a verifier" in capsys.readouterr().out


@pytest.mark.parametrize("spoilt", [False, True])
def test_a_load_that_writes_nothing_enters_no_verifier_either(package, spoilt):
    if spoilt:
        (package / "meeting.csv").write_text(HEADER + JOINT.replace("03-18", "13-01"), "utf-8")
        with pytest.raises(CommandError):
            call_command("load", str(package), "--verified-by", "archivist")
    else:
        call_command("load", str(package), "--verified-by", "archivist", "--dry-run")

    assert not User.objects.filter(username="archivist").exists()
    assert not Meeting.objects.exists()


def test_one_person_cannot_enter_and_verify(package, chen):
    with pytest.raises(CommandError, match="Whoever enters may not verify"):
        call_command("load", str(package), "--by", "chen", "--verified-by", "chen")


def test_a_text_is_told_in_both_languages_and_once_where_they_agree():
    assert command.in_both(get_language) == ["zh-hans", "en"]
    assert command.in_both(lambda: "same") == ["same"]
