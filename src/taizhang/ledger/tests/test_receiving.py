"""A notice becomes a ledger's own words, or a ledger of its own."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from taizhang.core.audit.models import AuditRow
from taizhang.ledger import receiving
from taizhang.ledger.models import Clause, Item, Ledger, Notice
from taizhang.ledger.own_ledgers import heading_of
from taizhang.ledger.receiving import (
    NoticeRefused,
    discard_notice,
    publish_notice,
    receive_notice,
)
from taizhang.ledger.views.notices import REFUSALS
from taizhang.notices.errors import NotText, ReadingError
from taizhang.notices.read import read_notice

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

FICTIONAL = """青松市总工会文件

青松工发〔2025〕7号

青松市总工会关于印发《青松市总工会年度工作台账》的通知

各县区总工会：

现将台账印发你们，请认真落实。

青松市总工会

2025年3月8日

青松市总工会年度工作台账

序号	目标任务	责任部门
1	每年召开两次劳动竞赛推进会。	经济部 宣教部
2	建立职工书屋。	宣教部
""".encode()


def test_the_real_notice_puts_its_words_on_all_items_and_binds_all_commitments(
    ledger, chen, samples
):
    content = (samples / "seed" / "notice.txt").read_bytes()

    report = publish_notice(receive_notice(content, "notice.txt", by=chen), by=chen)

    assert report.bound == 37
    assert Clause.objects.count() == 197
    fifth = Item.objects.get(ledger=ledger, number=5)
    assert fifth.text.endswith("次会议。")
    assert Item.objects.filter(text_differs=True).count() == 0


@pytest.mark.parametrize("name", ["seed.docx", "seed.xlsx", "seed.pdf", "seed-onetable.pdf"])
def test_the_real_notice_binds_from_any_file_as_from_its_text(name, ledger, chen, samples):
    content = (samples / "reading" / "files" / name).read_bytes()

    report = publish_notice(receive_notice(content, name, by=chen), by=chen)

    assert report.bound == 37
    assert Clause.objects.count() == 197


def test_a_changed_wording_is_noticed_and_nothing_is_bound_to_it(ledger, chen, samples):
    text = (samples / "seed" / "notice.txt").read_text(encoding="utf-8")
    changed = text.replace("联席会议制度", "联席会商制度").encode()

    report = publish_notice(receive_notice(changed, "notice.txt", by=chen), by=chen)

    assert [each.number for each in report.differing] == [5]
    assert Item.objects.get(ledger=ledger, number=5).text_differs
    assert not Clause.objects.filter(commitment__code="5.2").exists()


def test_the_same_file_is_received_once(ledger, chen):
    first = receive_notice(FICTIONAL, "台账.txt", by=chen)

    again = receive_notice(FICTIONAL, "台账.txt", by=chen)

    assert first == again
    assert Notice.objects.count() == 1


def test_a_file_sent_twice_at_once_is_kept_once_and_read_outside_the_transaction(
    ledger, chen, monkeypatch
):
    def read_slowly(content: bytes, filename: str):
        assert not connection.savepoint_ids
        monkeypatch.undo()
        receive_notice(content, filename, by=chen)  # the second click
        return read_notice(content, filename=filename)

    monkeypatch.setattr(receiving, "read_notice", read_slowly)

    notice = receive_notice(FICTIONAL, "台账.txt", by=chen)

    assert Notice.objects.get() == notice


def test_who_sends_a_file_that_is_kept_is_told_so(client, ledger, chen):
    client.force_login(chen)
    kept = receive_notice(FICTIONAL, "台账.txt", by=chen)
    upload = {"file": SimpleUploadedFile("又名.txt", FICTIONAL)}

    page = client.post(reverse("notice_upload"), upload, follow=True)

    assert page.redirect_chain[-1][0] == reverse("notice", args=[kept.pk])
    assert "这份文件此前已于" in page.text


def test_a_notice_that_no_ledger_restates_becomes_one_of_its_own(ledger, chen):
    notice = receive_notice(FICTIONAL, "台账.txt", by=chen)

    report = publish_notice(notice, by=chen)

    own = Ledger.objects.get(basis="青松工发〔2025〕7号")
    assert report.ledger == own
    assert not own.is_current
    assert [item.text for item in own.items.all()] == [
        "每年召开两次劳动竞赛推进会。",
        "建立职工书屋。",
    ]


def test_a_notice_whose_ledger_was_put_out_of_force_is_published_anew(ledger, chen):
    before = publish_notice(receive_notice(FICTIONAL, "台账.txt", by=chen), by=chen).ledger
    Ledger.objects.filter(pk=before.pk).update(is_in_force=False)
    again = receive_notice(FICTIONAL + "3\t办好夜校。\t宣教部\n".encode(), "台账.txt", by=chen)

    report = publish_notice(again, by=chen)

    assert report.ledger != before
    assert report.ledger.items.count() == 3


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("每年召开两次推进会。", "每年召开两次推进会"),
        ("推进各类园区建会，" + "扩大覆盖" * 10 + "。", "推进各类园区建会"),
        ("扩" * 50 + "。", "扩" * 40),
    ],
)
def test_an_item_without_a_title_is_called_by_whole_clauses_where_it_has_some(text, heading):
    assert heading_of(text) == heading


def test_the_first_named_department_is_proposed_as_lead_and_left_unconfirmed(ledger, chen):
    report = publish_notice(receive_notice(FICTIONAL, "台账.txt", by=chen), by=chen)

    duties = report.ledger.items.get(number=1).duties.all()
    assert [(duty.department_zh, duty.part, duty.confirmed) for duty in duties] == [
        ("经济部", "lead", False),
        ("宣教部", "co", False),
    ]


def test_a_file_that_is_no_text_leaves_nothing_behind(ledger, chen):
    with pytest.raises(NotText):
        receive_notice(b"\xff\xfe\x00\xd8" * 40, "notice.txt", by=chen)

    assert not Notice.objects.exists()


def test_a_notice_without_items_is_not_published(ledger, chen):
    cover = "青松市总工会\n\n关于召开座谈会的通知\n\n定于周五召开座谈会。\n".encode()
    notice = receive_notice(cover, "cover.txt", by=chen)

    with pytest.raises(NoticeRefused):
        publish_notice(notice, by=chen)

    notice.refresh_from_db()
    assert notice.state == Notice.State.READ


def test_a_notice_is_published_once(ledger, chen):
    notice = receive_notice(FICTIONAL, "台账.txt", by=chen)
    shown_twice = Notice.objects.get(pk=notice.pk)
    publish_notice(notice, by=chen)

    with pytest.raises(NoticeRefused, match="已经发布"):
        publish_notice(shown_twice, by=chen)

    assert Ledger.objects.filter(basis="青松工发〔2025〕7号").count() == 1


def test_a_second_file_of_a_number_that_became_a_ledger_is_refused(ledger, chen):
    publish_notice(receive_notice(FICTIONAL, "台账.txt", by=chen), by=chen)
    other = FICTIONAL.replace("两次".encode(), "三次".encode())
    corrected = receive_notice(other, "台账.txt", by=chen)

    with pytest.raises(NoticeRefused, match="文号相同"):
        publish_notice(corrected, by=chen)

    assert Item.objects.filter(text="每年召开三次劳动竞赛推进会。").count() == 0


def test_a_published_notice_cannot_be_discarded(ledger, chen):
    notice = receive_notice(FICTIONAL, "台账.txt", by=chen)
    publish_notice(notice, by=chen)

    with pytest.raises(NoticeRefused):
        discard_notice(notice, by=chen)


def test_receiving_and_publishing_stand_in_the_change_log(ledger, chen):
    notice = receive_notice(FICTIONAL, "台账.txt", by=chen)
    publish_notice(notice, by=chen)

    rows = AuditRow.objects.filter(subject="ledger.notice", subject_no=str(notice.pk))
    assert [row.action for row in rows] == ["receive_notice", "publish_notice"]
    assert {row.actor for row in rows} == {chen}


def test_a_ledger_made_from_a_pack_comes_before_one_made_from_a_notice(ledger):
    number = ledger.basis
    Ledger.objects.create(
        key="notice-0",
        version="1",
        title_zh="旧",
        title_en="old",
        basis=number,
        is_current=False,
        prefix="A",
    )

    assert Ledger.objects.restating(number) == ledger
    assert Ledger.objects.restating("") is None


def test_a_file_name_longer_than_its_column_is_cut(ledger, chen):
    notice = receive_notice(FICTIONAL, f"{'台账' * 150}.txt", by=chen)

    notice.refresh_from_db()
    assert notice.file_name == "台账" * 100


def test_the_text_of_a_scan_is_pasted(ledger, chen, client):
    client.force_login(chen)

    answer = client.post(reverse("notice_upload"), {"text": FICTIONAL.decode()})

    notice = Notice.objects.get()
    assert answer["Location"] == reverse("notice", args=[notice.pk])
    assert notice.file_name == "粘贴文本.txt"
    assert len(notice.reading["items"]) == len(read_notice(FICTIONAL).items)


def test_a_file_or_its_text_is_given_and_not_both(ledger, chen, client):
    client.force_login(chen)
    file = SimpleUploadedFile("台账.txt", FICTIONAL)

    nothing = client.post(reverse("notice_upload"), {"text": ""})
    both = client.post(reverse("notice_upload"), {"file": file, "text": "某事。"})

    assert (nothing.status_code, both.status_code) == (400, 400)
    assert not Notice.objects.exists()


def test_a_file_of_each_kind_may_be_chosen_and_a_refusal_names_what_to_do(ledger, chen, client):
    client.force_login(chen)
    locked = SimpleUploadedFile(
        "notice.docx", OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "application/msword"
    )

    page = client.get(reverse("notice_upload")).content.decode()
    refused = client.post(reverse("notice_upload"), {"file": locked})

    assert 'accept=".docx,.doc,' in page
    assert refused.status_code == 400
    assert "设有密码" in refused.content.decode()


def test_every_refusal_of_the_reader_has_its_words_on_the_page():
    assert {refusal.key for refusal in ReadingError.__subclasses__()} == set(REFUSALS)
