"""Notices as Word documents and workbooks."""

import io
from collections.abc import Callable
from datetime import date, datetime

import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from taizhang.notices.tests.corpus.case import Case, Head, Row
from taizhang.notices.tests.corpus.word_writer import (
    cell,
    document,
    level,
    numbered,
    numbering,
    paragraph,
    run,
    table,
)

_COVER = (
    "临江市总工会文件",
    "临工发〔2030〕9号",
    "临江市总工会关于印发《劳动竞赛任务清单》的通知",
    "各县（区）总工会，市属各产业工会：",
    "现将清单印发给你们，请抓好落实。",
    "临江市总工会",
    "2030年5月6日",
)
_HEAD = Head(
    ("临江市总工会",),
    "临工发〔2030〕9号",
    "临江市总工会关于印发《劳动竞赛任务清单》的通知",
    date(2030, 5, 6),
    ("各县（区）总工会", "市属各产业工会"),
)
_DOWN = '<w:vMerge w:val="restart"/>'
_GOES_ON = "<w:vMerge/>"
_SCHEMES = numbering(
    (
        level(0, "chineseCountingThousand", "%1、"),
        level(1, "chineseCounting", "（%2）"),
        level(2, "decimal", "%3."),
    ),
    (level(0, "decimal", "%1"),),
)


def _span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def _numbers_as_formatting() -> bytes:
    return document(
        *_COVER[:5],
        numbered("竞赛安排", 1),
        numbered("举办焊工大赛。（责任单位：经济部）", 1, 1),
        numbered("举办厨艺大赛。（责任单位：经济部、宣教部）", 1, 1),
        numbered("保障措施", 1),
        numbered("落实奖励经费。（责任单位：财务部）", 1, 1),
        *_COVER[5:],
        parts={"word/numbering.xml": _SCHEMES},
    )


def _merged_cells() -> bytes:
    return document(
        *_COVER,
        "劳动竞赛任务清单",
        table(
            (
                cell("序号", properties=_DOWN),
                cell("类别", properties=_DOWN),
                cell("重点任务", properties=_DOWN),
                cell("责任单位", properties=_span(2)),
            ),
            (*(cell(properties=_GOES_ON) for _ in range(3)), "牵头", "配合"),
            (cell("第一批", properties=_span(5)),),
            ("1", cell("技能", properties=_DOWN), "举办焊工大赛。", "经济部", "宣教部"),
            ("2", cell(properties=_GOES_ON), "举办厨艺大赛。", "经济部", "财务部、宣教部"),
            (cell("第二批", properties=_span(5)),),
            (
                cell("3", properties=_DOWN),
                cell("创新", properties=_DOWN),
                "征集合理化建议，",
                cell("经济部", properties=_DOWN),
                "网络中心",
            ),
            (
                cell(properties=_GOES_ON),
                cell(properties=_GOES_ON),
                "评选先进操作法。",
                cell(properties=_GOES_ON),
                "宣教部",
            ),
        ),
    )


def _tracked_changes_and_fields() -> bytes:
    deleted = '<w:del w:id="1"><w:r><w:delText>技术部</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2">{run("经济部")}</w:ins>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("2030")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    hidden = run("（草稿）", "<w:rPr><w:vanish/></w:rPr>")
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    joined = '<w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr>'
    deleted_row = (
        '<w:tr><w:trPr><w:del w:id="4"/></w:trPr>'
        + "".join(cell(text) for text in ("3", "已经删去的一行。", "办公室"))
        + "</w:tr>"
    )
    rows = table(
        ("序号", "任务", "责任部门"),
        (
            "1",
            cell(paragraph(run("在"), field, run("年举办焊工大赛"), note, run("。"), hidden)),
            cell(paragraph(deleted, inserted)),
        ),
        ("2", cell(paragraph("举办厨艺", properties=joined), paragraph("大赛。")), "宣教部"),
    ).replace("</w:tbl>", deleted_row + "</w:tbl>")
    footnote = f'<w:footnote w:id="2">{paragraph("不含学徒。")}</w:footnote>'
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return document(
        *_COVER,
        "劳动竞赛任务清单",
        rows,
        parts={
            "word/footnotes.xml": f'<w:footnotes xmlns:w="{namespace}">{footnote}</w:footnotes>',
            "word/header1.xml": f'<w:hdr xmlns:w="{namespace}">{paragraph("页眉不是正文")}</w:hdr>',
        },
    )


def _text_boxes_and_frames() -> bytes:
    box = "<w:txbxContent>" + paragraph("临江市总工会文件") + "</w:txbxContent>"
    holder = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        f"{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    inner = table(
        ("序号", "任务", "责任部门"),
        ("1", "举办焊工大赛。", "经济部"),
        ("2", "举办厨艺大赛。", "宣教部"),
        ("3", "落实奖励经费。", "财务部"),
    )
    return document(
        paragraph(holder),
        *_COVER[1:],
        table((cell("劳动竞赛任务清单", inner, "（此页无正文）"),)),
    )


def _joint_mark_in_a_table() -> bytes:
    names = cell(paragraph("临江市总工会"), paragraph("临江市教育局"), paragraph("临江市财政局"))
    return document(
        table((names, "文件")),
        "临工联〔2030〕2号",
        "关于印发《劳动竞赛任务清单》的通知",
        _COVER[3],
        "现将清单印发给你们。",
        paragraph(
            "临江市总工会",
            "<w:r><w:br/></w:r>",
            "临江市教育局",
            "<w:r><w:br/></w:r>",
            "临江市财政局",
        ),
        _COVER[6],
        "劳动竞赛任务清单",
        table(
            ("序号", "任务", "责任部门"),
            (cell(numbered("", 2)), "举办焊工大赛。", "经济部"),
            (cell(numbered("", 2)), "举办厨艺大赛。", "宣教部"),
        ),
        # Word ends each page's table and begins another below it.
        table((cell(numbered("", 2)), "落实奖励经费。", "财务部")),
        parts={"word/numbering.xml": _SCHEMES},
    )


def _workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    fill(book)
    book.close()
    return content.getvalue()


def _two_sheets(book: xlsxwriter.Workbook) -> None:
    centred = book.add_format({"align": "center"})
    day = book.add_format({"num_format": "yyyy年m月d日"})
    first = book.add_worksheet("竞赛")
    first.merge_range(0, 0, 0, 4, "劳动竞赛任务清单", centred)
    first.write_row(1, 0, ["填报单位：临江市总工会", "", "", "", "2030年"])
    first.write_row(2, 0, ["序号", "类别", "任务", "责任部门", "完成时限"])
    first.write_row(3, 0, [1, "", "举办焊工大赛。", "经济部\n宣教部"])
    first.write_datetime(3, 4, datetime(2030, 6, 30), day)  # noqa: DTZ001
    first.write_row(4, 0, [2, "", "举办厨艺大赛。", "经济部", "长期"])
    first.merge_range(3, 1, 4, 1, "技能", centred)
    second = book.add_worksheet("自身建设")
    second.merge_range(0, 0, 0, 2, "自身建设任务清单", centred)
    second.write_row(1, 0, ["序号", "任务", "责任部门"])
    second.write_row(2, 0, [1, "整理档案。", "办公室"])
    hidden = book.add_worksheet("选项")
    hidden.write_row(0, 0, ["序号", "任务", "责任部门"])
    hidden.write_row(1, 0, [1, "不显示的一项。", "办公室"])
    hidden.hide()


def _no_numbers(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet()
    sheet.write_row(2, 1, ["重点任务", "牵头单位", "配合单位"])
    sheet.write_row(3, 1, ["举办焊工大赛。", "经济部", "宣教部"])
    sheet.write_row(4, 1, ["举办厨艺大赛。", "经济部", "无"])


OFFICE: tuple[Case, ...] = (
    Case(
        "word-numbers-as-formatting",
        "notice.docx",
        _numbers_as_formatting,
        _HEAD,
        (
            Row(1, "举办焊工大赛。", ("经济部",), group="竞赛安排"),
            Row(2, "举办厨艺大赛。", ("经济部", "宣教部"), group="竞赛安排"),
            Row(1, "落实奖励经费。", ("财务部",), group="保障措施"),
        ),
        ledgers=2,
    ),
    Case(
        "word-cells-merged-both-ways",
        "notice.docx",
        _merged_cells,
        _HEAD,
        (
            Row(1, "举办焊工大赛。", ("经济部",), ("宣教部",), group="技能"),
            Row(2, "举办厨艺大赛。", ("经济部",), ("财务部", "宣教部"), group="技能"),
            Row(
                3,
                "征集合理化建议，评选先进操作法。",
                ("经济部",),
                ("网络中心", "宣教部"),
                group="创新",
            ),
        ),
    ),
    Case(
        "word-tracked-changes-and-fields",
        "notice.docx",
        _tracked_changes_and_fields,
        _HEAD,
        (
            Row(1, "在2030年举办焊工大赛。", ("经济部",)),
            Row(2, "举办厨艺大赛。", ("宣教部",)),
        ),
    ),
    Case(
        "word-text-box-and-table-in-a-frame",
        "notice.docx",
        _text_boxes_and_frames,
        _HEAD,
        (
            Row(1, "举办焊工大赛。", ("经济部",)),
            Row(2, "举办厨艺大赛。", ("宣教部",)),
            Row(3, "落实奖励经费。", ("财务部",)),
        ),
    ),
    Case(
        "word-joint-mark-in-a-table-and-split-ledger",
        "notice.docx",
        _joint_mark_in_a_table,
        Head(
            ("临江市总工会", "临江市教育局", "临江市财政局"),
            "临工联〔2030〕2号",
            "关于印发《劳动竞赛任务清单》的通知",
            date(2030, 5, 6),
            _HEAD.recipients,
        ),
        (
            Row(1, "举办焊工大赛。", ("经济部",)),
            Row(2, "举办厨艺大赛。", ("宣教部",)),
            Row(3, "落实奖励经费。", ("财务部",)),
        ),
    ),
    Case(
        "workbook-with-two-ledgers",
        "notice.xlsx",
        lambda: _workbook(_two_sheets),
        Head(title="劳动竞赛任务清单"),
        (
            Row(1, "举办焊工大赛。", ("经济部", "宣教部"), (), "2030年6月30日", "技能"),
            Row(2, "举办厨艺大赛。", ("经济部",), (), "长期", "技能"),
            Row(1, "整理档案。", ("办公室",)),
        ),
        ledgers=2,
    ),
    Case(
        "workbook-without-numbers-or-title",
        "notice.xlsx",
        lambda: _workbook(_no_numbers),
        Head(),
        (
            Row(1, "举办焊工大赛。", ("经济部",), ("宣教部",)),
            Row(2, "举办厨艺大赛。", ("经济部",)),
        ),
    ),
)
