"""The review page: each side leads to the other, and what is unsure comes first."""

import re

import pytest
from django.urls import reverse

from taizhang.ledger.receiving import publish_notice, receive_notice
from taizhang.ledger.reviewing.correcting import correct_reading, drop_item
from taizhang.ledger.reviewing.reading import corrected
from taizhang.ledger.reviewing.tests.conftest import TEXT
from taizhang.notices.tests.corpus import CASES


def page_of(client, notice) -> str:
    return client.get(reverse("notice", args=[notice.pk])).content.decode()


def test_every_link_inside_the_page_has_its_target(notice, client, chen):
    client.force_login(chen)

    page = page_of(client, notice)

    links = set(re.findall(r'href="#([^"]+)"', page)) - {"main"}
    targets = re.findall(r'id="([^"]+)"', page)
    assert links <= set(targets)
    assert len(targets) == len(set(targets))
    assert {
        "from-item-1",
        "read-item-1",
        "from-title",
        "read-title",
        "from-item-2-c5-17",
    } <= links | {*targets}


def test_a_department_is_marked_in_its_row(notice, client, chen):
    client.force_login(chen)

    page = page_of(client, notice)

    assert re.search(
        r'<a class="tz-read tz-read--departments" id="from-item-1-departments" '
        r'href="#read-item-1-departments">宣教部</a>',
        page,
    )


def test_guesses_stand_before_what_is_likely(notice, client, chen):
    client.force_login(chen)

    checks = page_of(client, notice).split('class="tz-checks"')[1].split("</ul>")[0]

    assert "不像单位名称" in checks
    assert checks.index("不像单位名称") < checks.index("未注明牵头")
    assert 'href="#read-item-2-departments">3</a>' in checks


def test_a_corrected_value_is_no_longer_to_be_checked_and_shows_what_was_read(notice, client, chen):
    departments = {"lead": ["办公室"], "cooperating": [], "lead_is_stated": True}
    correct_reading(notice, {"departments": departments}, by=chen, position=2)
    client.force_login(chen)

    page = page_of(client, notice)

    assert "不像单位名称" not in page
    assert "原读作：责任：详见附表" in page


def test_an_item_left_out_is_listed_as_such(notice, client, chen):
    drop_item(notice, 0, by=chen)
    client.force_login(chen)

    page = page_of(client, notice)

    assert 'id="read-item-0"' in page.split("人工剔除")[1]


def test_a_table_stands_as_a_table_and_a_merged_cell_once(ledger, client, chen):
    case = next(case for case in CASES if case.name == "word-cells-merged-both-ways")
    notice = receive_notice(case.write(), case.filename, by=chen)
    client.force_login(chen)

    page = page_of(client, notice)

    assert "rowspan=" in page


def test_a_notice_without_items_says_what_to_do_and_offers_no_publishing(ledger, client, chen):
    cover = TEXT.split("青松市总工会年度工作台账\n\n序号")[0]
    notice = receive_notice(cover.encode(), "通知.txt", by=chen)
    client.force_login(chen)

    page = page_of(client, notice)

    assert "请改为上传该附件" in page
    assert reverse("notice_publish", args=[notice.pk]) not in page


def test_a_second_file_of_a_published_notice_is_named_as_the_same_document(notice, client, chen):
    publish_notice(notice, by=chen)
    second = receive_notice(TEXT.replace("\n\n", "\n").encode(), "台账.md", by=chen)
    client.force_login(chen)

    page = page_of(client, second)

    assert "很可能是同一公文的另一个文件" in page
    assert f'href="{reverse("notice", args=[notice.pk])}"' in page


def test_the_english_page_has_english_words_and_punctuation(notice, client, chen):
    correct_reading(notice, {"deadline": "年底前"}, by=chen, position=0)
    client.force_login(chen)

    page = client.get(reverse("notice", args=[notice.pk]), headers={"accept-language": "en"})

    said = re.sub("<[^>]+>", "", page.content.decode().split("tz-review__reading")[1])
    assert "Responsible: 经济部, 宣教部" in said
    assert "Deadline: 年底前" in said
    assert not set("：；") & set(said)


def test_a_reader_without_the_right_sees_no_way_to_correct(notice, client, liu):
    client.force_login(liu)

    page = page_of(client, notice)

    assert "每年召开两次" in page
    assert reverse("notice_item", args=[notice.pk, 0]) not in page


def test_a_published_notice_offers_no_correction(notice, client, chen):
    publish_notice(notice, by=chen)
    client.force_login(chen)

    page = page_of(client, notice)

    assert reverse("notice_item", args=[notice.pk, 0]) not in page


def test_marks_are_left_out_when_the_file_reads_otherwise_today(notice, client, chen):
    notice.reading["text_hash"] = "0" * 64
    notice.save(update_fields=["reading"])
    client.force_login(chen)

    page = page_of(client, notice)

    assert 'id="from-item-1"' not in page
    assert "文中不作标记" in page


def test_the_form_corrects_an_item_and_leads_back_to_it(notice, client, chen):
    client.force_login(chen)
    url = reverse("notice_item", args=[notice.pk, 0])
    form = {
        "number": "1",
        "text": "每年召开两次劳动竞赛推进会。",
        "lead": "宣教部",
        "cooperating": "经济部\r\n",
        "deadline": "",
    }

    answer = client.post(url, form)

    assert answer["Location"].endswith("#read-item-0")
    kept = notice.corrections.get()
    assert kept.field == "departments"
    assert kept.new == {"lead": ["宣教部"], "cooperating": ["经济部"], "lead_is_stated": True}


def test_who_opened_the_form_before_a_colleague_saved_does_not_undo_it(notice, client, chen):
    client.force_login(chen)
    url = reverse("notice_item", args=[notice.pk, 1])
    form = dict(client.get(url).context["form"].initial)
    form |= {"lead": "宣教部", "cooperating": "", "lead_is_stated": ""}
    correct_reading(notice, {"text": "建立十家职工书屋。"}, by=chen, position=1)

    refused = client.post(url, form)
    own = client.post(url, form | {"text": "建立十家职工书屋。", "number": "7"})

    assert refused.status_code == 400
    assert "其他人已更正" in refused.text
    assert own.status_code == 302
    item = corrected(notice).items[1]
    assert (item.number, item.text) == (7, "建立十家职工书屋。")


def test_an_item_saved_as_it_was_is_no_correction(notice, client, chen):
    client.force_login(chen)
    url = reverse("notice_item", args=[notice.pk, 0])
    page = client.get(url).content.decode()
    form = {
        "number": "1",
        "text": "每年召开两次劳动竞赛推进会。",
        "lead": "经济部\r\n宣教部",
        "cooperating": "",
        "deadline": "",
    }

    client.post(url, form)

    assert "经济部\n宣教部" in page
    assert not notice.corrections.exists()


def test_the_form_corrects_the_head(notice, client, chen):
    client.force_login(chen)
    form = {
        "issuers": "青松市总工会\n青松市财政局",
        "document_number": "青松工发〔2025〕7号",
        "title": "",
        "issued_on": "2025-03-08",
        "recipients": "各县区总工会",
        "signatories": "青松市总工会",
        "annex_title": "青松市总工会年度工作台账",
    }

    client.post(reverse("notice_head", args=[notice.pk]), form)

    made = {each.field: each.new for each in notice.corrections.all()}
    assert made == {"issuers": ["青松市总工会", "青松市财政局"], "title": None}


def test_a_department_too_long_for_its_column_is_refused(notice, client, chen):
    client.force_login(chen)
    form = {"number": "1", "text": "某事。", "lead": "某" * 61}

    answer = client.post(reverse("notice_item_new", args=[notice.pk]), form)

    assert answer.status_code == 400
    assert not notice.corrections.exists()


@pytest.mark.django_db
def test_the_page_asks_the_database_no_more_for_a_long_notice(
    notice, client, chen, django_assert_max_num_queries
):
    client.force_login(chen)
    for position in range(3):
        correct_reading(notice, {"deadline": "年底前"}, by=chen, position=position)

    with django_assert_max_num_queries(14):
        page_of(client, notice)
