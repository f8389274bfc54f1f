"""Head and foot of a document."""

from datetime import date

from taizhang.notices import read_notice
from taizhang.notices.model import Metadata, PrintInfo
from taizhang.notices.tests.writing import notice


def test_every_field_is_read_from_its_place() -> None:
    metadata = read_notice(notice()).metadata

    assert metadata == Metadata(
        issuers=("临江市总工会办公室",),
        document_number="临工办字〔2030〕7号",
        title="临江市总工会办公室印发《临江市总工会服务职工工作台账》的通知",
        issued_on=date(2030, 3, 5),
        recipients=("各县（区）总工会、高新区总工会", "市直机关工会"),
        signatories=("临江市总工会办公室",),
        annex_title="临江市总工会服务职工工作台账",
        print_info=None,
    )


def test_what_the_document_does_not_say_is_not_invented() -> None:
    text = "2030年3月5日前要完成检查。请各单位于〔2030〕年内上报，印发范围另定。"

    assert read_notice(text.encode()).metadata == Metadata()


def test_a_number_below_the_title_and_other_brackets_are_read() -> None:
    text = "临江市人民政府关于修路的\n意见\n临政发[2030]12号\n各县人民政府：\n请照办。"

    metadata = read_notice(text.encode()).metadata

    assert metadata.document_number == "临政发〔2030〕12号"
    assert metadata.title == "临江市人民政府关于修路的意见"
    assert metadata.recipients == ("各县人民政府",)


def test_joint_issuers_are_several() -> None:
    text = "临江市总工会\n临江市教育局文件\n临工发〔2030〕1号\n关于办夜校的通知\n各县：\n请照办。"

    assert read_notice(text.encode()).metadata.issuers == ("临江市总工会", "临江市教育局")


def test_joint_signatories_issue_a_document_without_a_mark() -> None:
    text = "关于办夜校的通知\n各县：\n请照办。\n临江市总工会　临江市教育局\n二〇三〇年三月五日"

    metadata = read_notice(text.encode()).metadata

    assert metadata.issuers == metadata.signatories == ("临江市总工会", "临江市教育局")
    assert metadata.issued_on == date(2030, 3, 5)


def test_a_text_that_begins_with_as_follows_has_no_addressee() -> None:
    text = "关于办夜校的通知\n为方便夜班职工，现将有关事项通知如下：\n一、每年两期。"

    assert read_notice(text.encode()).metadata == Metadata(title="关于办夜校的通知")


def test_a_closing_phrase_above_the_date_is_no_signatory() -> None:
    text = "关于办夜校的通知\n各县：\n请照办。\n特此通知\n2030年3月5日"

    assert read_notice(text.encode()).metadata.signatories == ()


def test_the_imprint_is_not_the_date_of_the_document() -> None:
    imprint = "抄送：市委办公室，市政府办公室。\n临江市总工会　2030年3月6日印发"
    text = f"关于办夜校的通知\n各县：\n请照办。\n{imprint}"

    metadata = read_notice(text.encode()).metadata

    assert metadata.issued_on is None
    assert metadata.print_info == PrintInfo(
        "临江市总工会", date(2030, 3, 6), ("市委办公室", "市政府办公室")
    )
