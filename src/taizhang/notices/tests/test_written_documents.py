"""What the writer of documents writes, the reader reads back."""

import io
from datetime import date

import pytest

from taizhang.notices import read_notice
from taizhang.notices.model import PrintInfo
from taizhang.notices.writing import (
    Attachment,
    Cell,
    DocumentNumber,
    Imprint,
    Level,
    OfficialDocument,
    Paragraph,
    Row,
    Signature,
    Table,
    write_docx,
)

AGENCY = "临江市总工会办公室"
COLUMNS = Row([Cell("序号"), Cell("任务"), Cell("牵头单位"), Cell("完成时限")])
ROWS = (
    Row([Cell("一、阵地建设", span=4)], is_group=True),
    Row([Cell("1"), Cell("建成书屋12家。"), Cell("宣教部"), Cell("9月底")]),
    Row([Cell("2"), Cell("开放驿站。"), Cell("保障部\n财务部"), Cell("长期")]),
)


def written(copied_to: tuple[str, ...]) -> bytes:
    ledger = Attachment("服务职工任务清单", [Table([1, 5, 2, 2], [COLUMNS], ROWS)])
    document = OfficialDocument(
        agency=AGENCY,
        number=DocumentNumber("临工办字", 2030, 7),
        title=f"{AGENCY}关于印发\n《服务职工任务清单》的通知",
        addressees="各县（区）总工会，市直机关工会",
        body=[Paragraph("提高认识。各单位要重视。", Level.FIRST)],
        signature=Signature(AGENCY, date(2030, 3, 5)),
        attachments=[ledger],
        note="此件公开发布",
        imprint=Imprint(AGENCY, date(2030, 3, 6), copied_to),
        urgency="特急",
    )
    target = io.BytesIO()
    write_docx(document, target)
    return target.getvalue()


@pytest.mark.parametrize("copied_to", [(), ("市委办公室", "市政府办公室")])
def test_head_and_imprint_are_read_back_as_written(copied_to: tuple[str, ...]) -> None:
    found = read_notice(written(copied_to)).metadata

    assert found.issuers == found.signatories == (AGENCY,)
    assert found.document_number == "临工办字〔2030〕7号"
    assert found.title == f"{AGENCY}关于印发《服务职工任务清单》的通知"
    assert found.recipients == ("各县（区）总工会", "市直机关工会")
    assert found.issued_on == date(2030, 3, 5)
    assert found.annex_title == "服务职工任务清单"
    assert found.print_info == PrintInfo(AGENCY, date(2030, 3, 6), copied_to)


def test_rows_of_an_annex_are_read_back_as_written() -> None:
    items = read_notice(written(())).items

    assert [(item.number, item.text, item.deadline, item.group) for item in items] == [
        (1, "建成书屋12家。", "9月底", ("一、阵地建设",)),
        (2, "开放驿站。", "长期", ("一、阵地建设",)),
    ]
    assert [item.departments.lead for item in items] == [("宣教部",), ("保障部", "财务部")]
