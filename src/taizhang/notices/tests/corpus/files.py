"""Further Word documents and workbooks: cards as tables, titles and notes around a sheet's rows."""

import io
from datetime import date

import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from taizhang.notices.tests.corpus.case import Case, Head, Row
from taizhang.notices.tests.corpus.word_writer import cell, document, paragraph, table

_WIDE = '<w:gridSpan w:val="3"/>'
_COVER = (
    "东港市总工会办公室文件",
    "东工办〔2031〕5号",
    "关于印发《为职工办实事项目书》的通知",
    "各区总工会：",
    "现将项目书印发给你们。",
    "东港市总工会办公室",
    "2031年3月9日",
    "为职工办实事项目书",
)
_HEAD = Head(
    ("东港市总工会办公室",),
    "东工办〔2031〕5号",
    "关于印发《为职工办实事项目书》的通知",
    date(2031, 3, 9),
    ("各区总工会",),
)


def _card(name: str, task: str, lead: str, helping: str, until: str) -> str:
    return table(
        ("项目名称", cell(name, properties=_WIDE)),
        ("主要内容", cell(*(paragraph(line) for line in task.split("\n")), properties=_WIDE)),
        ("牵头部门", lead, "配合部门", helping),
        ("完成时限", until, "联系人", "赵敏"),
    )


def _cards() -> bytes:
    return document(
        *_COVER,
        "项目一",
        _card("爱心托管班", "开办暑期托管班30个。\n配备安全员。", "女工部", "财务部", "2031年7月"),
        "项目二",
        _card("法律援助", "每月安排律师值班。", "法工部", "各区总工会", "长期"),
    )


def _lines_in_a_cell() -> bytes:
    return document(
        *_COVER,
        table(
            ("序号", "任务", "责任单位", "时限"),
            (
                "1",
                cell(paragraph("开办暑期托管班30个。"), paragraph("配备安全员。")),
                cell(paragraph("牵头：女工部"), paragraph("配合：财务部、"), paragraph("办公室")),
                "7月",
            ),
            (
                "2",
                "每月安排律师值班。",
                cell(paragraph("法工部（牵头）"), paragraph("各区总工会")),
                "",
            ),
        ),
    )


def _sheet_with_notes() -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    centred = book.add_format({"align": "center"})
    sheet = book.add_worksheet("台账")
    sheet.write(0, 0, "附件2")
    sheet.merge_range(1, 0, 1, 5, "东港市总工会2031年督办事项台账", centred)
    sheet.merge_range(2, 0, 2, 5, "（按月更新，标▲的为牵头部门）", centred)
    sheet.write_row(4, 0, ["序号", "类别", "督办事项", "责任部门", "完成时间", "进展"])
    sheet.merge_range(5, 0, 5, 5, "一、阵地建设", centred)
    sheet.write_row(6, 0, [1, "书屋", "建成职工书屋12家", "▲宣教部、财务部", "6月", "推进中"])
    sheet.write_row(7, 0, [2, "书屋", "更新图书5000册", "▲宣教部", "9月", "未启动"])
    sheet.merge_range(8, 0, 8, 5, "二、帮扶救助", centred)
    sheet.write_row(9, 0, [3, "慰问", "走访困难职工300户", "财务部、▲保障部", "12月", ""])
    sheet.merge_range(10, 0, 10, 5, "备注：进展按月填写", centred)
    sheet.write(11, 0, "填表人：李静")
    book.close()
    return content.getvalue()


def _sheets(names: tuple[str, ...]) -> bytes:
    """A sheet for each department, whose title alone says whose tasks it holds."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    for name in names:
        sheet = book.add_worksheet(name)
        sheet.merge_range(0, 0, 0, 2, f"{name}重点任务清单")
        sheet.write_row(1, 0, ["序号", "任务", "完成时限"])
        sheet.write_row(2, 0, [1, "安排专项资金。", "3月底"])
        sheet.write_row(3, 0, [2, "按季度通报进度。", "长期"])
    book.close()
    return content.getvalue()


FILES: tuple[Case, ...] = (
    Case(
        "word-cards-as-tables",
        "notice.docx",
        _cards,
        _HEAD,
        (
            Row(1, "开办暑期托管班30个。配备安全员。", ("女工部",), ("财务部",), "2031年7月"),
            Row(2, "每月安排律师值班。", ("法工部",), ("各区总工会",), "长期"),
        ),
    ),
    Case(
        "word-roles-as-lines-in-a-cell",
        "notice.docx",
        _lines_in_a_cell,
        _HEAD,
        (
            Row(1, "开办暑期托管班30个。配备安全员。", ("女工部",), ("财务部", "办公室"), "7月"),
            Row(2, "每月安排律师值班。", ("法工部",), ("各区总工会",)),
        ),
    ),
    Case(
        "workbook-with-title-and-notes",
        "notice.xlsx",
        _sheet_with_notes,
        Head(title="东港市总工会2031年督办事项台账"),
        (
            Row(1, "建成职工书屋12家", ("宣教部",), ("财务部",), "6月", "书屋"),
            Row(2, "更新图书5000册", ("宣教部",), (), "9月", "书屋"),
            Row(3, "走访困难职工300户", ("保障部",), ("财务部",), "12月", "慰问"),
        ),
    ),
    Case(
        "workbook-with-a-sheet-for-each-department",
        "ledger.xlsx",
        lambda: _sheets(("市财政局", "市教育局")),
        Head(title="市财政局重点任务清单"),
        (
            Row(1, "安排专项资金。", ("市财政局",), (), "3月底"),
            Row(2, "按季度通报进度。", ("市财政局",), (), "长期"),
            Row(1, "安排专项资金。", ("市教育局",), (), "3月底"),
            Row(2, "按季度通报进度。", ("市教育局",), (), "长期"),
        ),
        ledgers=2,
    ),
)
