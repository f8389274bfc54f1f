"""The command does what the pages do, under the same rules, and tells it in both languages."""

import pytest
from django.core.management import CommandError, call_command

from taizhang.domains.leadership.models import Meeting
from taizhang.domains.leadership.tests.factories import MeetingFactory
from taizhang.registers.sheets.models import ImportRun, RunState
from taizhang.registers.sheets.testing import csv_bytes

HEAD = ("kind", "held_on", "region", "convener_level", "convener")
ROW = ("other", "2026-03-18", "海港区", "county", "海港区政府")


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.PROGRESS_DIR = tmp_path / "progress"


def sheet(*arguments: object) -> None:
    call_command("sheet", *map(str, arguments))


def test_a_file_is_imported_and_undone(liu, tmp_path, capsys):
    path = tmp_path / "会议.csv"
    path.write_bytes(csv_bytes(HEAD, ROW))

    sheet("import", "meeting", path, "--by", "liu", "--dry-run")
    after_the_dry_run = Meeting.objects.count()
    sheet("import", "meeting", path, "--by", "liu")
    imported = Meeting.objects.count()
    run = ImportRun.objects.get(state=RunState.DONE)
    sheet("undo", run.pk, "--by", "liu")

    assert (after_the_dry_run, imported, Meeting.objects.count()) == (0, 1, 0)
    assert "Imported as number" in capsys.readouterr().out


def test_faults_are_told_in_both_languages_and_nothing_is_written(liu, tmp_path, capsys):
    path = tmp_path / "会议.csv"
    path.write_bytes(csv_bytes(HEAD, ("other", "昨天", *ROW[2:])))

    with pytest.raises(CommandError):
        sheet("import", "meeting", path, "--by", "liu")

    told = capsys.readouterr().err
    assert "B2" in told
    assert "Not a day of the calendar" in told
    assert "不是有效日期" in told
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_is_written_to_the_file(liu, tree, tmp_path, form):
    record = MeetingFactory(owner_org=tree.haigang)
    path = tmp_path / f"会议.{form}"

    sheet("export", "meeting", path, "--by", "liu")
    sheet("import", "meeting", path, "--by", "liu")

    assert record.record_no.encode() in path.read_bytes() or form == "xlsx"
    assert ImportRun.objects.get().counts["unchanged"] == 1


def test_doubtful_headers_are_for_a_person_to_confirm(liu, tmp_path):
    path = tmp_path / "会议.csv"
    path.write_bytes(csv_bytes(("某列", *HEAD[1:]), ROW))

    with pytest.raises(CommandError):
        sheet("import", "meeting", path, "--by", "liu")
