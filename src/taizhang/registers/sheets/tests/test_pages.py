"""The pages of exports and imports, as people open them."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from taizhang.core.audit.models import AuditRow
from taizhang.core.audit.trail import MASK
from taizhang.core.organisations.testing import EmployerFactory, PostFactory
from taizhang.domains.leadership.models import Meeting
from taizhang.domains.leadership.tests.factories import MeetingFactory
from taizhang.registers.sheets.chore import work_on_imports
from taizhang.registers.sheets.models import ColumnMapping, ImportRun, RunState
from taizhang.registers.sheets.testing import csv_bytes, uploaded
from taizhang.registers.spec import REGISTERS

HEAD = ("kind", "held_on", "region", "convener_level", "convener")
ROW = ("gov_union_joint", "2026-03-18", "海港区", "county", "海港区人民政府")


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.PROGRESS_DIR = tmp_path / "progress"


def as_(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def upload(client: Client, *rows, name="会议.csv", head=HEAD):
    file = SimpleUploadedFile(name, csv_bytes(head, *rows))
    return client.post("/registers/meeting/import/", {"file": file})


def test_a_sheet_goes_from_upload_to_undo_over_the_pages(liu, tree):
    client = as_(liu)

    uploaded = upload(client, ROW)
    run = ImportRun.objects.get()
    waiting = client.get(uploaded.url)
    work_on_imports()
    checked = client.get(uploaded.url)
    client.post(f"{uploaded.url}write/")
    work_on_imports()
    done = client.get(uploaded.url)
    records = client.get(f"{uploaded.url}records/")
    client.post(f"{uploaded.url}undo/")
    work_on_imports()
    undone = client.get(uploaded.url)

    run.refresh_from_db()
    assert uploaded.url == f"/registers/meeting/import/{run.pk}/"
    assert "progressbar" in waiting.text
    assert f"{uploaded.url}write/" in checked.text
    assert f"{uploaded.url}undo/" in done.text
    assert "海港区" in records.text
    assert (undone.status_code, run.state) == (200, RunState.UNDONE)
    assert not Meeting.objects.exists()


def test_the_bar_moves_outside_the_database_and_ends_with_the_whole_page(liu, tree):
    client = as_(liu)
    url = upload(client, ROW).url

    while_waiting = client.get(f"{url}progress/")
    work_on_imports()
    after = client.get(f"{url}progress/")

    assert "every 1s" in while_waiting.text
    assert "HX-Refresh" not in while_waiting.headers
    assert after.headers["HX-Refresh"] == "true"


def test_doubtful_columns_are_confirmed_once_and_remembered(liu, tree):
    client = as_(liu)
    head = ("会的种类", "held_on", "region", "convener_level", "谁召集的")

    first = upload(client, ROW, head=head)
    page = client.get(first.url, follow=True)
    columns = dict(zip(range(5), HEAD, strict=True))
    settled = client.post(
        f"{first.url}columns/", {f"column_{place}": name for place, name in columns.items()}
    )
    work_on_imports()
    second = upload(client, ROW, head=head)

    assert page.redirect_chain[0][0] == f"{first.url}columns/"
    assert "谁召集的" in page.text
    assert settled.url == first.url
    assert ColumnMapping.objects.count() == 1
    run = ImportRun.objects.get(pk=int(second.url.rstrip("/").rpartition("/")[2]))
    assert run.state == RunState.WAITING_CHECK
    assert run.columns == columns


def test_one_field_is_not_taken_from_two_columns(liu, tree):
    client = as_(liu)
    url = upload(client, ROW, head=("甲", "held_on", "region", "convener_level", "乙")).url

    answer = client.post(f"{url}columns/", {"column_0": "convener", "column_4": "convener"})

    assert answer.status_code == 422


def test_faults_are_shown_with_their_cells_and_marked_in_the_file(liu, tree):
    client = as_(liu)
    url = upload(client, ROW, (*ROW[:1], "昨天", *ROW[2:])).url
    work_on_imports()

    page = client.get(url, headers={"accept-language": "en"})
    book = load_workbook(io.BytesIO(body(client.get(f"{url}faults.xlsx"))))

    assert "B3" in page.text
    assert "Not a day of the calendar" in page.text
    cell = book.worksheets[0]["B3"]
    assert cell.value == "昨天"
    assert cell.comment is not None
    assert cell.fill.fgColor.rgb != "00000000"


def test_a_file_that_is_no_sheet_is_refused_with_advice(liu, tree):
    client = as_(liu)

    answer = upload(client, ROW, name="宏.xlsm")

    assert answer.status_code == 422
    assert ".xlsx" in answer.text
    assert not ImportRun.objects.exists()


def test_the_log_of_an_export_does_not_keep_the_number_that_was_searched_for(liu):
    as_(liu).get("/registers/meeting/export.csv?q=13800138000")

    assert AuditRow.objects.get().changes["query"] == [None, {"q": [MASK]}]


def test_the_marked_file_does_not_trip_over_the_name_of_a_sheet(liu):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("问题")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ("没有的类别", *ROW[1:]))
    run = uploaded(REGISTERS["meeting"], liu, buffer.getvalue(), "表.xlsx")

    answer = as_(liu).get(f"/registers/meeting/import/{run.pk}/faults.xlsx")

    assert load_workbook(io.BytesIO(body(answer))).worksheets[0]["A2"].value == "没有的类别"


def test_an_export_holds_the_rows_of_the_list_and_is_logged(liu, qian, tree):
    mine = MeetingFactory(convener="海港区政府", owner_org=tree.haigang)
    MeetingFactory(convener="别的单位", kind="other", owner_org=tree.haigang)
    client = as_(liu)

    answer = client.get("/registers/meeting/export.csv?kind=gov_union_joint")
    theirs = as_(qian).get("/registers/meeting/export.csv")

    text = body(answer).decode("utf-8-sig")
    assert mine.record_no in text
    assert "别的单位" not in text
    assert mine.record_no not in body(theirs).decode("utf-8-sig")
    log = AuditRow.objects.filter(actor=liu).get()
    assert (log.action, log.changes["rows"]) == ("export_sheet", [None, 1])
    assert log.changes["query"] == [None, {"kind": ["gov_union_joint"]}]


def test_what_the_account_may_not_read_is_left_out(liu, chen, tree):
    PostFactory(org=tree.plant, owner_org=tree.plant, party_member="member")

    book = load_workbook(io.BytesIO(body(as_(liu).get("/registers/post/export.xlsx"))))

    names = list(book["taizhang"].iter_rows(values_only=True))[2][0]
    assert "person_name" in names
    assert "party_member" not in names


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "＝HYPERLINK(1)", "'=1+1"])
def test_a_text_that_looks_like_a_formula_stays_text_and_comes_back(liu, tree, name):
    MeetingFactory(convener=name, owner_org=tree.haigang)
    client = as_(liu)

    as_csv = body(client.get("/registers/meeting/export.csv")).decode("utf-8-sig")
    book = load_workbook(io.BytesIO(body(client.get("/registers/meeting/export.xlsx"))))

    assert f"'{name}" in as_csv
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == name] == ["s"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_comes_back_unchanged(liu, tree, form):
    EmployerFactory(owner_org=tree.haigang, annual_payroll="1200000.50", is_two_new=False)
    MeetingFactory(owner_org=tree.haigang, agenda=" 一、\r\n二、 ", convener="-1号+")
    client = as_(liu)
    for slug in ("meeting", "employer", "org"):
        content = body(client.get(f"/registers/{slug}/export.{form}"))

        file = SimpleUploadedFile(f"表.{form}", content)
        url = client.post(f"/registers/{slug}/import/", {"file": file}).url
        work_on_imports()

        run = ImportRun.objects.first()
        assert url.endswith(f"/{run.pk}/")
        assert run.state == RunState.CHECKED, (slug, run.state, run.mapping)
        assert run.faults == []
        assert {key for key, count in run.counts.items() if count} == {"unchanged"}


def test_the_template_offers_what_may_be_chosen_and_maps_itself(liu, tree):
    client = as_(liu)

    content = body(client.get("/registers/meeting/import/template.xlsx"))

    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    assert any(text.endswith("*") for text in head)
    assert len(sheet.data_validations.dataValidation) >= 4
    assert book["taizhang"].sheet_state == "veryHidden"
    for place, value in enumerate(("", *ROW), start=1):
        sheet.cell(2, place, value)
    book.save(filled := io.BytesIO())
    file = SimpleUploadedFile("填好.xlsx", filled.getvalue())
    client.post("/registers/meeting/import/", {"file": file})
    assert ImportRun.objects.get().state == RunState.WAITING_CHECK
