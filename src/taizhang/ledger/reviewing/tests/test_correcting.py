"""A person's corrections stand beside the reading, and publishing goes by them."""

import pytest

from taizhang.core.audit.models import AuditRow
from taizhang.ledger.models import Item, Notice
from taizhang.ledger.receiving import publish_notice
from taizhang.ledger.reviewing.correcting import (
    CorrectionRefused,
    add_item,
    correct_reading,
    drop_item,
)
from taizhang.ledger.reviewing.models import ReadingCorrection
from taizhang.ledger.reviewing.reading import as_read, corrected

LEAD = {"lead": ["办公室"], "cooperating": ["宣教部"], "lead_is_stated": True}
NEW = {
    "number": 4,
    "text": "办好职工夜校。",
    "departments": {"lead": ["宣教部"], "cooperating": [], "lead_is_stated": True},
    "deadline": None,
}


def test_a_corrected_item_is_published_as_corrected(notice, chen):
    correct_reading(notice, {"text": "建立十家职工书屋。"}, by=chen, position=1)
    correct_reading(notice, {"departments": LEAD}, by=chen, position=2)

    ledger = publish_notice(notice, by=chen).ledger

    assert ledger.items.get(number=2).text == "建立十家职工书屋。"
    duties = ledger.items.get(number=3).duties.all()
    assert [(duty.department_zh, duty.part, duty.confirmed) for duty in duties] == [
        ("办公室", "lead", True),
        ("宣教部", "co", True),
    ]


def test_what_was_read_stays_beside_the_correction(notice, chen):
    correct_reading(notice, {"text": "建立十家职工书屋。"}, by=chen, position=1)

    kept = notice.corrections.get()
    assert (kept.old, kept.new, kept.by) == ("建立职工书屋。", "建立十家职工书屋。", chen)
    assert as_read(notice.reading).items[1].text == "建立职工书屋。"


def test_the_latest_of_two_corrections_holds(notice, chen):
    correct_reading(notice, {"number": 8}, by=chen, position=1)
    correct_reading(notice, {"number": 9}, by=chen, position=1)

    assert corrected(notice).items[1].number == 9


def test_what_stands_already_is_no_correction(notice, chen):
    standing = corrected(notice).items[1].values

    made = correct_reading(notice, {**standing, "text": " 建立职工书屋。\n"}, by=chen, position=1)

    assert made == []
    assert not AuditRow.objects.filter(action="correct_reading").exists()


def test_the_columns_of_the_notice_follow_its_head(notice, chen):
    correct_reading(
        notice,
        {"document_number": "青松工发〔2025〕8号", "issued_on": "2025-04-01"},
        by=chen,
    )

    notice.refresh_from_db()
    assert notice.document_number == "青松工发〔2025〕8号"
    assert notice.issued_on.isoformat() == "2025-04-01"
    assert publish_notice(notice, by=chen).ledger.basis == "青松工发〔2025〕8号"


def test_items_are_left_out_and_added(notice, chen):
    drop_item(notice, 0, by=chen)
    add_item(notice, NEW, by=chen)

    ledger = publish_notice(notice, by=chen).ledger

    assert [item.text for item in ledger.items.all()] == [
        "建立职工书屋。",
        "各县总工会每年至少慰问职工100名。",
        "办好职工夜校。",
    ]


def test_an_item_added_after_another_was_dropped_has_a_place_of_its_own(notice, chen):
    first = add_item(notice, NEW, by=chen)
    drop_item(notice, first.position, by=chen)

    second = add_item(notice, NEW, by=chen)

    assert second.position != first.position
    assert [item.number for item in corrected(notice).items] == [1, 2, 3, 4]


def test_a_dropped_item_is_not_corrected(notice, chen):
    drop_item(notice, 0, by=chen)

    with pytest.raises(CorrectionRefused):
        correct_reading(notice, {"number": 5}, by=chen, position=0)

    assert ReadingCorrection.objects.count() == 1


def test_a_published_notice_is_not_corrected(notice, chen):
    shown_before = Notice.objects.get(pk=notice.pk)
    publish_notice(notice, by=chen)

    with pytest.raises(CorrectionRefused, match="等待发布"):
        correct_reading(shown_before, {"number": 5}, by=chen, position=0)

    assert not Item.objects.filter(number=5, text="每年召开两次劳动竞赛推进会。").exists()


def test_a_correction_stands_in_the_change_log(notice, chen):
    correct_reading(notice, {"number": 5, "deadline": "年底前"}, by=chen, position=0)

    row = AuditRow.objects.get(action="correct_reading")
    assert row.actor == chen
    assert row.changes["0.number"] == [1, 5]
    assert row.changes["0.deadline"] == [None, "年底前"]
