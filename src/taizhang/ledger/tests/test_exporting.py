"""The ledger as a file: what stands in it, read by other readers than its writers."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from docx import Document

from taizhang.core.audit.models import AuditRow
from taizhang.core.organisations.testing import CITY, HAIGANG
from taizhang.ledger.models import Duty, EvaluationRun, FigureRow, Item, ItemVerdict
from taizhang.ledger.tests.conftest import STATUS_DATE
from taizhang.notices import read_notice

TEXT = "建立联席会议制度，每年至少召开1次会议。"


@pytest.fixture
def run(ledger) -> EvaluationRun:
    """Item 5 with its own sentence, half of it met and the other half behind."""
    Item.objects.filter(number=5).update(text=TEXT)
    made = EvaluationRun.objects.create(
        ledger=ledger, as_of=STATUS_DATE, snapshot="a" * 64, milliseconds=12
    )
    give_figure("5.1", "met", numerator=1, denominator=1, value=100)
    give_figure("5.2", "behind", numerator=7, denominator=9, value=Decimal("77.777778"))
    give_figure("5.2", "unmet", area=HAIGANG, numerator=0, denominator=1, value=0)
    return made


def give_figure(code: str, verdict: str, *, area: str = CITY, **amounts) -> None:
    item = Item.objects.get(commitments__code=code)
    ItemVerdict.objects.update_or_create(item=item, area_id=area, defaults={"verdict": verdict})
    FigureRow.objects.create(
        commitment=item.commitments.get(code=code),
        area_id=area,
        window="2026",
        owed=9,
        met=7,
        no_data=0,
        verdict=verdict,
        **amounts,
    )


def export(tmp_path, *arguments: str, kind: str = "docx") -> bytes:
    target = tmp_path / f"ledger.{kind}"
    call_command("export", "--format", kind, "-o", str(target), *arguments)
    return target.read_bytes()


def rows_of(content: bytes) -> list[list[str]]:
    """The table of a document, merged cells once for each column."""
    table = Document(io.BytesIO(content)).tables[0]
    return [[cell.text for cell in row.cells] for row in table.rows]


def row_of(rows: list[list[str]], first: str) -> list[str]:
    return next(row for row in rows if row[0] == first)


def test_the_form_of_the_notice_says_how_every_item_stands(run, tmp_path):
    rows = rows_of(export(tmp_path))

    assert rows[0] == ["序号", "目标任务", "责任部门", "状态", "达标指标", "需关注指标"]
    assert len(rows) == 38
    number, text, departments, state, met, missed = row_of(rows, "5")
    assert (number, text, departments, state) == ("5", TEXT, "办公室\n民管部", "滞后")
    assert met == "1/2"
    assert missed.startswith("5.2 ")
    assert "77.8% · 7/9，滞后" in missed


def test_the_exported_form_is_read_back_with_the_same_items(run, tmp_path):
    again = read_notice(export(tmp_path), filename="ledger.docx")

    assert [item.number for item in again.items] == list(range(1, 38))
    item = again.items[4]
    assert (item.text, item.departments.lead) == (TEXT, ("办公室", "民管部"))
    for entry in again.items:
        duties = Duty.objects.filter(item__number=entry.number)
        assert entry.departments.lead == tuple(duty.department_zh for duty in duties)


def test_every_commitment_has_the_columns_of_the_standard_ledger(run, tmp_path):
    rows = rows_of(export(tmp_path, "--detail", "commitments"))

    heads = list(dict.fromkeys(rows[0] + rows[1]))
    assert set(heads) - {""} == {
        *("序号", "目标任务", "牵头部门", "配合部门", "承担主体", "评价指标"),
        *("目标值", "实际值", "状态", "数据日期", "备注"),
    }
    code, _owed, _duty, _target, actual, state, day, _remark = row_of(rows, "5.2")
    assert (code, actual, state, day) == ("5.2", "77.8%\n7/9", "滞后", "2026年9月30日")
    assert "（待确认）" in row_of(rows, "5")[3]


def test_what_is_unknown_is_a_dash_and_never_zero(run, tmp_path):
    give_figure("1.1", "no_data", numerator=None, denominator=None, value=None)

    row = row_of(rows_of(export(tmp_path, "--detail", "commitments")), "1.1")

    assert (row[4], row[5]) == ("—", "数据不足")


def test_duties_owed_outside_and_unconfirmed_defaults_are_marked(run, tmp_path):
    rows = rows_of(export(tmp_path, "--detail", "commitments"))

    assert "外部责任" in row_of(rows, "1.4")[7]
    assert "待确认" in row_of(rows, "3.1")[7]


def test_an_area_has_its_own_figures_and_stands_in_the_title(run, tmp_path):
    content = export(tmp_path, "--area", HAIGANG)

    assert row_of(rows_of(content), "5")[3] == "未达标"
    texts = [each.text for each in Document(io.BytesIO(content)).paragraphs]
    assert any("海港区" in text for text in texts)
    assert "（数据截至2026年9月30日）" in texts


def test_a_department_leaves_its_own_items(run, tmp_path):
    rows = rows_of(export(tmp_path, "--department", "财务部"))

    assert [row[0] for row in rows[1:]] == ["11", "22", "33", "34"]


def test_heads_and_states_are_in_english_on_wish(run, tmp_path):
    rows = rows_of(export(tmp_path, "--language", "en"))

    assert rows[0][:4] == ["No.", "Task", "Responsible departments", "State"]
    assert row_of(rows, "5")[3] == "Behind"


def test_a_notice_carries_the_ledger_behind_a_red_head(run, tmp_path):
    content = export(
        *(tmp_path, "--notice", "--agency", "临江市总工会办公室", "--number", "临工办字[2030]7号"),
        *("--title", "关于台账落实情况的通报", "--to", "各县（区）总工会", "--date", "2030-03-05"),
    )

    again = read_notice(content, filename="notice.docx")
    assert again.metadata.document_number == "临工办字〔2030〕7号"
    assert again.metadata.title == "关于台账落实情况的通报"
    assert again.metadata.issued_on.isoformat() == "2030-03-05"
    assert len(again.items) == 37


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--area", "999999"), "999999"),
        (("--department", "外联部"), "外联部"),
        (("--notice",), "--agency"),
    ],
)
def test_what_cannot_be_exported_is_refused_and_nothing_is_written(run, tmp_path, arguments, said):
    with pytest.raises(CommandError, match=said):
        export(tmp_path, *arguments)

    assert list(tmp_path.glob("*ledger*")) == []
    assert not AuditRow.objects.filter(action="export_ledger").exists()


def test_a_file_that_cannot_be_written_leaves_no_audit_row(run, tmp_path):
    target = tmp_path / "missing" / "ledger.docx"

    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export", "--format", "docx", "-o", str(target))

    assert not AuditRow.objects.filter(action="export_ledger").exists()


def test_without_a_computed_ledger_the_command_says_how_to_get_one(ledger, tmp_path):
    with pytest.raises(CommandError, match="taizhang evaluate"):
        export(tmp_path)


def test_the_workbook_has_four_sheets_that_print_their_heads_on_every_page(run, tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(export(tmp_path, kind="xlsx")))

    assert book.sheetnames == ["台账", "按区域", "量化要求", "说明"]
    sheet = book["台账"]
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == "A3:F40"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert [cell.value for cell in sheet[8]][:4] == [5, TEXT, "办公室\n民管部", "滞后"]


def test_the_workbook_holds_figures_as_numbers(run, tmp_path):
    sheet = openpyxl.load_workbook(io.BytesIO(export(tmp_path, kind="xlsx")))["量化要求"]

    heads = [cell.value for cell in sheet[3]]
    row = next(row for row in sheet.iter_rows(min_row=4, values_only=True) if row[0] == "5.2")
    shown = dict(zip(heads, row, strict=True))
    assert shown["实际值"] == pytest.approx(77.777778)
    assert (shown["分子"], shown["分母"], shown["应承担数"]) == (7, 9, 9)
    assert shown["数据日期"].date() == STATUS_DATE


def test_a_tile_of_the_workbook_is_a_dash_where_the_item_does_not_split_by_area(run, tmp_path):
    sheet = openpyxl.load_workbook(io.BytesIO(export(tmp_path, kind="xlsx")))["按区域"]

    heads = [cell.value for cell in sheet[3]]
    row = dict(zip(heads, [cell.value for cell in sheet[8]], strict=True))
    assert (row["全市"], row["海港区"], row["昌黎县"]) == ("滞后", "未达标", "—")


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_board_gives_the_file_and_the_log_keeps_that_it_left_the_house(client, chen, run, kind):
    client.force_login(chen)

    answer = client.get(reverse("board_export"), {"format": kind, "area": HAIGANG})

    assert answer.status_code == 200
    assert f"-{HAIGANG}-2026-09-30.{kind}" in answer["Content-Disposition"]
    row = AuditRow.objects.get(action="export_ledger")
    assert row.actor == chen
    assert row.changes["area"] == [None, HAIGANG]
    assert row.changes["snapshot"] == [None, "a" * 64]


@pytest.mark.parametrize(
    "asked", [{"format": "pdf"}, {"area": "1"}, {"department": "外联部"}, {"detail": "all"}]
)
def test_what_is_not_there_is_not_found(client, chen, run, asked):
    client.force_login(chen)

    assert client.get(reverse("board_export"), asked).status_code == 404


def test_somebody_who_does_not_see_the_board_gets_no_file(client, zhao, run):
    client.force_login(zhao)

    assert client.get(reverse("board_export")).status_code == 403
    assert not AuditRow.objects.filter(action="export_ledger").exists()


def test_the_board_offers_the_export_of_what_it_shows(client, chen, run):
    client.force_login(chen)

    page = client.get(reverse("board"), {"department": "财务部"}).content.decode()

    form = page[page.index('class="tz-export"') :]
    assert 'name="department" value="财务部"' in form
    assert "导出 Word 文档" in form


def test_an_export_asks_a_fixed_number_of_queries(client, chen, run, django_assert_max_num_queries):
    client.force_login(chen)
    client.get(reverse("desk"))

    with django_assert_max_num_queries(26):
        client.get(reverse("board_export"), {"format": "xlsx"})
