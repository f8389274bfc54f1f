"""A sheet goes in: read, checked, written in the worker, and taken back."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from taizhang.core.audit.models import AuditRow
from taizhang.core.audit.trail import MASK, chain_faults
from taizhang.core.organisations.models import Employer
from taizhang.core.organisations.testing import EmployerFactory, OrganisationFactory
from taizhang.core.records.models import RecordStatus, Source
from taizhang.domains.finance.tests.factories import EducationFundFactory
from taizhang.domains.leadership.models import ConvenerLevel, Meeting, MeetingKind
from taizhang.domains.leadership.tests.factories import MeetingFactory
from taizhang.registers.corrections.models import Correction
from taizhang.registers.merging.models import Merged
from taizhang.registers.sheets.chore import work_on_imports
from taizhang.registers.sheets.columns import header
from taizhang.registers.sheets.models import ImportRun, RunState
from taizhang.registers.sheets.runs import (
    RunRefused,
    cancel,
    request_undo,
    request_write,
    start_import,
)
from taizhang.registers.sheets.testing import csv_bytes, uploaded
from taizhang.registers.sheets.write import RecordsChanged
from taizhang.registers.spec import REGISTERS

HEAD = ("kind", "held_on", "region", "convener_level", "convener")
ROW = ("gov_union_joint", "2026年3月18日", "海港区", "county", "海港区人民政府")


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.PROGRESS_DIR = tmp_path / "progress"


@pytest.fixture
def spec():
    return REGISTERS["meeting"]


def checked(spec, by, *rows, head=HEAD, **more) -> ImportRun:
    """The import of a sheet with these rows, as the worker checked it."""
    return uploaded(spec, by, csv_bytes(head, *rows), **more)


def written(run: ImportRun, reason: str = "") -> ImportRun:
    request_write(run, reason=reason)
    work_on_imports()
    run.refresh_from_db()
    return run


def undone(run: ImportRun) -> ImportRun:
    request_undo(run)
    work_on_imports()
    run.refresh_from_db()
    return run


def test_a_dry_run_counts_and_writes_nothing(spec, liu):
    run = checked(spec, liu, ROW, ROW)

    assert run.state == RunState.CHECKED, run.message
    assert run.faults == []
    assert run.counts["new"] == 2
    assert not Meeting.objects.exists()
    assert not AuditRow.objects.exists()


def test_rows_become_drafts_of_the_union_of_whoever_imports(spec, liu, tree):
    run = written(checked(spec, liu, ROW))

    meeting = Meeting.objects.get()
    assert run.state == RunState.DONE, run.message
    assert (meeting.kind, meeting.held_on) == ("gov_union_joint", date(2026, 3, 18))
    assert (meeting.owner_org, meeting.entered_by) == (tree.haigang, liu)
    assert (meeting.record_status, meeting.source) == (RecordStatus.DRAFT, Source.IMPORT)
    assert meeting.batch == run.batch
    log = AuditRow.objects.filter(subject_no=meeting.record_no).get()
    assert (log.action, log.changes["convener"]) == ("create", [None, "海港区人民政府"])
    assert list(chain_faults()) == []


def test_one_faulty_cell_refuses_the_sheet_and_says_where_and_why(spec, liu):
    bad = (ROW[0], "2026年13月1日", *ROW[2:])
    run = checked(spec, liu, ROW, bad)

    (fault,) = run.faults
    assert (fault["row"], fault["place"], fault["value"]) == (3, 1, "2026年13月1日")
    assert fault["headers"]["en"] == "Held on"
    assert "2026-11-24" in fault["texts"]["en"]
    with pytest.raises(RunRefused):
        request_write(run)


def test_every_faulty_cell_of_a_row_is_named_once(spec, liu):
    run = checked(spec, liu, ("别的会", "昨天", "不存在县", "", ""), ROW)

    places = [(fault["row"], fault["place"]) for fault in run.faults]
    assert places == [(2, 0), (2, 1), (2, 2), (2, 3), (2, 4)]
    assert run.counts["faulty"] == 1


def test_a_row_outside_the_reach_is_refused(spec, liu):
    run = checked(spec, liu, (*ROW[:2], "昌黎县", *ROW[3:]))

    assert [fault["place"] for fault in run.faults] == [2]


def test_an_own_draft_is_changed_where_the_file_says_something_else(spec, liu, tree):
    draft = MeetingFactory(
        record_status="draft", owner_org=tree.haigang, entered_by=liu, minutes_no="甲"
    )
    run = checked(
        spec,
        liu,
        (draft.record_no, "海港区政府办公室", ""),
        head=("record_no", "convener", "minutes_no"),
    )

    assert (run.counts["changed"], run.counts["new"]) == (1, 0), run.faults
    written(run)

    draft.refresh_from_db()
    assert (draft.convener, draft.minutes_no, draft.version) == ("海港区政府办公室", "甲", 2)


def test_empty_cells_clear_when_the_person_says_so(spec, liu, tree):
    draft = MeetingFactory(
        record_status="draft", owner_org=tree.haigang, entered_by=liu, minutes_no="甲"
    )
    head = ("record_no", "minutes_no")

    written(checked(spec, liu, (draft.record_no, ""), head=head, clears=True))

    draft.refresh_from_db()
    assert draft.minutes_no == ""


def test_a_verified_record_is_not_changed_but_a_correction_proposed(spec, liu, tree):
    record = MeetingFactory(owner_org=tree.haigang)
    head = ("record_no", "convener")
    run = checked(spec, liu, (record.record_no, "海港区政府办公室"), head=head)

    with pytest.raises(RunRefused):
        request_write(run)
    written(run, reason="名称写错")

    correction = Correction.objects.get()
    record.refresh_from_db()
    assert (record.convener, correction.record) == ("海港区人民政府", record.pk)
    assert (correction.reason, correction.is_open) == ("名称写错", True)

    undone(run)

    correction.refresh_from_db()
    assert not correction.is_open


def test_a_submitted_record_is_a_fault(spec, liu, tree):
    record = MeetingFactory(owner_org=tree.haigang, record_status="submitted")
    run = checked(spec, liu, (record.record_no, "某单位"), head=("record_no", "convener"))

    assert [fault["place"] for fault in run.faults] == [0]


def test_an_undo_removes_what_was_entered_and_restores_what_was_changed(spec, liu, tree):
    draft = MeetingFactory(record_status="draft", owner_org=tree.haigang, entered_by=liu)
    head = ("record_no", *HEAD)
    run = written(
        checked(spec, liu, ("", *ROW), (draft.record_no, *ROW[:4], "别的单位"), head=head)
    )
    number = Meeting.objects.exclude(pk=draft.pk).get().record_no

    undone(run)

    draft.refresh_from_db()
    assert run.state == RunState.UNDONE, run.message
    assert list(Meeting.objects.all()) == [draft]
    assert draft.convener == "海港区人民政府"
    assert AuditRow.objects.filter(subject_no=number, action="remove").exists()
    again = written(checked(spec, liu, ROW))
    assert again.state == RunState.DONE
    assert Meeting.objects.exclude(pk=draft.pk).get().record_no > number


def test_an_undo_is_refused_whole_once_somebody_went_on(spec, liu):
    run = written(checked(spec, liu, ROW, ROW))
    touched = Meeting.objects.first()
    touched.record_status = RecordStatus.SUBMITTED
    touched.save()

    undone(run)

    assert run.state == RunState.DONE
    assert touched.record_no in run.message["en"]
    assert Meeting.objects.count() == 2


def test_a_cancelled_import_is_not_checked_nor_written(spec, liu):
    run = start_import(spec, "会议.csv", csv_bytes(HEAD, ROW), by=liu)
    cancel(run)

    work_on_imports()

    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
    assert run.counts == {}


def test_what_a_killed_worker_left_is_taken_up_again(spec, liu):
    run = checked(spec, liu, ROW)
    request_write(run)
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.WRITING, attempts=1)

    work_on_imports()

    run.refresh_from_db()
    assert run.state == RunState.DONE
    assert Meeting.objects.count() == 1


def test_a_run_that_kills_every_worker_fails_with_a_word(spec, liu):
    run = checked(spec, liu, ROW)
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.WRITING, attempts=3)

    work_on_imports()

    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "three times" in run.message["en"]
    assert not Meeting.objects.exists()


def test_employers_are_known_again_by_their_code(liu, tree):
    employer = EmployerFactory(owner_org=tree.haigang, record_status="draft", entered_by=liu)
    spec = REGISTERS["employer"]
    run = checked(spec, liu, (employer.uscc, "1,200"), head=("uscc", "headcount"))

    written(run)

    assert run.counts["changed"] == 1, run.faults
    assert Employer.objects.get(pk=employer.pk).headcount == 1200


def test_nobody_sees_the_import_of_somebody_else(spec, liu, sun):
    run = checked(spec, liu, ROW)
    client = Client()
    client.force_login(sun)

    assert client.get(f"/registers/meeting/import/{run.pk}/").status_code == 404


def test_title_rows_above_the_header_do_not_matter(spec, liu):
    titles = [("2026年会议情况统计表",), ("填报单位：海港区总工会", "", "单位：次"), ()]

    run = uploaded(spec, liu, csv_bytes(*titles, HEAD, ROW))

    assert run.header_row == 3
    assert run.counts["new"] == 1


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_headers_and_values_go_by_the_words_of_the_form(spec, liu, language):
    with override(language):
        head = [header(spec, name) for name in HEAD]
        values = [str(MeetingKind.OTHER.label), *ROW[1:3], str(ConvenerLevel.COUNTY.label), ROW[4]]

    run = checked(spec, liu, values, head=head)

    assert (run.counts["new"], run.fault_count) == (1, 0), run.faults


def test_references_go_by_number_code_and_exact_name_within_sight(liu, tree):
    spec = REGISTERS["post"]
    OrganisationFactory(name="同名工会", parent=tree.haigang, record_no="ORG-甲")
    OrganisationFactory(name="同名工会", parent=tree.haigang, record_no="ORG-乙")
    head = ("person_name", "org", "post_type", "full_time")
    rows = [
        ("张某", named, "chair", "是")
        for named in ("ORG-PLANT", tree.plant.name, f"{tree.plant.name}（ORG-PLANT）")
    ]

    good = checked(spec, liu, *rows, head=head)
    bad = checked(spec, liu, ("张某", "同名工会", *rows[0][2:]), head=head)
    unseen = checked(spec, liu, ("张某", tree.changli.name, *rows[0][2:]), head=head)

    assert (good.counts["new"], good.fault_count) == (3, 0), good.faults
    assert "ORG-乙, ORG-甲" in bad.faults[0]["texts"]["en"]
    assert [fault["place"] for fault in unseen.faults] == [1]


def test_the_number_of_a_merged_record_names_the_one_that_stands(liu, tree):
    gone = OrganisationFactory(record_no="ORG-旧", owner_org=tree.haigang, record_status="void")
    Merged.objects.create(register="org", loser=gone.pk, survivor=tree.plant.pk)
    other = OrganisationFactory(record_no="ORG-废", owner_org=tree.haigang, record_status="void")
    row = ("chair", "张某", "2026-01-05")
    head = ("org", "post_type", "person_name", "elected_on")

    run = checked(REGISTERS["post"], liu, ("ORG-旧", *row), (other.record_no, *row), head=head)

    assert [fault["row"] for fault in run.faults if fault["place"] == 0] == [3]


def test_a_list_of_faults_does_not_keep_the_number_of_a_person(spec, liu):
    run = checked(spec, liu, (*ROW[:4], "联系人 13800138000"))

    assert [fault["value"] for fault in run.faults] == [f"联系人 {MASK}"]


def test_whoever_lost_the_role_meanwhile_neither_imports_nor_undoes(spec, liu):
    waiting = checked(spec, liu, ROW)
    done = written(checked(spec, liu, ROW))
    request_write(waiting)
    request_undo(done)
    liu.grants.all().delete()

    work_on_imports()
    work_on_imports()

    waiting.refresh_from_db()
    done.refresh_from_db()
    assert (waiting.state, done.state) == (RunState.FAILED, RunState.DONE)
    assert Meeting.objects.count() == 1


def test_a_record_changed_between_check_and_write_is_checked_again(spec, liu, tree, monkeypatch):
    draft = MeetingFactory(record_status="draft", owner_org=tree.haigang, entered_by=liu)
    run = checked(spec, liu, (draft.record_no, "甲单位"), head=("record_no", "convener"))
    monkeypatch.setattr(
        "taizhang.registers.sheets.chore.write_plan",
        lambda *_args, **_more: (_ for _ in ()).throw(RecordsChanged),
    )

    written(run)
    waiting = run.state
    monkeypatch.undo()
    work_on_imports()

    draft.refresh_from_db()
    assert waiting == RunState.WAITING_WRITE
    assert draft.convener == "甲单位"


def test_old_files_are_forgotten(spec, liu):
    run = checked(spec, liu, ROW)
    path = Path(run.file.path)
    ImportRun.objects.filter(pk=run.pk).update(created_at=timezone.now() - timedelta(days=31))

    work_on_imports()

    run.refresh_from_db()
    assert not path.exists()
    assert (run.file.name, run.state) == ("", RunState.CANCELLED)


def test_a_changed_row_may_not_take_the_code_of_another_record(liu, tree):
    spec = REGISTERS["employer"]
    draft = EmployerFactory(owner_org=tree.haigang, record_status="draft", entered_by=liu)
    other = EmployerFactory(owner_org=tree.haigang)

    run = checked(spec, liu, (draft.record_no, other.uscc), head=("record_no", "uscc"))

    assert [fault["place"] for fault in run.faults] == [1]


def test_a_changed_row_keeps_the_rules_between_its_cells(spec, liu, tree):
    draft = MeetingFactory(record_status="draft", owner_org=tree.haigang, entered_by=liu)

    run = checked(spec, liu, (draft.record_no, "2026-03-01"), head=("record_no", "minutes_on"))

    assert [fault["place"] for fault in run.faults] == [1]


def test_two_rows_may_not_come_to_stand_above_each_other(liu, tree):
    spec = REGISTERS["org"]
    one, other = (
        OrganisationFactory(
            parent=tree.haigang,
            owner_org=tree.haigang,
            employer=[EmployerFactory(owner_org=tree.haigang)],
            record_status="draft",
            entered_by=liu,
        )
        for _number in range(2)
    )
    head = ("record_no", "parent")
    run = checked(
        spec, liu, (one.record_no, other.record_no), (other.record_no, one.record_no), head=head
    )
    assert run.faults == []

    written(run)

    one.refresh_from_db()
    assert run.state == RunState.CHECKED, run.message
    assert [fault["place"] for fault in run.faults] == [1, 1]
    assert one.parent == tree.haigang


def test_an_undo_that_would_break_a_rule_leaves_the_import_done(liu, tree):
    spec = REGISTERS["employer"]
    draft = EmployerFactory(owner_org=tree.haigang, record_status="draft", entered_by=liu)
    code, other = draft.uscc, EmployerFactory.build().uscc
    run = written(checked(spec, liu, (draft.record_no, other), head=("record_no", "uscc")))
    EmployerFactory(owner_org=tree.haigang, uscc=code)

    undone(run)

    draft.refresh_from_db()
    assert run.state == RunState.DONE
    assert draft.record_no in run.message["en"]
    assert draft.uscc == other


def test_a_cell_does_not_tell_what_the_account_may_not_read(liu, tree):
    """A guess that is right is refused like one that is wrong."""
    spec = REGISTERS["education_fund"]
    record = EducationFundFactory(owner_org=tree.plant, record_status="draft", payroll=1000)

    runs = [
        checked(spec, liu, (record.record_no, guess), head=("record_no", "payroll"))
        for guess in (1000, 1001)
    ]

    texts = [[fault["texts"]["en"] for fault in run.faults] for run in runs]
    assert texts[0] == texts[1] != []
