"""A clerk corrects, adds and leaves out commitments in forms that speak of the item's own words."""

import pytest
from django.urls import reverse

from taizhang.ledger.reviewing.commitments import commitments_of
from taizhang.ledger.reviewing.correcting import correct_reading
from taizhang.notices.commitments import Comparator, Kind

FIELDS = {
    "quote": "每年召开两次",
    "role": "commitment",
    "kind": "count",
    "comparator": ">=",
    "number": "2",
    "unit": "次",
    "recurrence": "year",
    "deadline": "",
    "subject": "",
    "condition": "",
}


def found(notice, position=0):
    return commitments_of(notice)[position].commitments


def url_of(notice, commitment, name="notice_commitment"):
    return reverse(name, args=[notice.pk, 0, commitment.start, commitment.end])


def new_url(notice, position=0):
    return reverse("notice_commitment_new", args=[notice.pk, position])


def test_the_form_shows_the_commitment_and_keeps_its_correction(notice, client, chen):
    client.force_login(chen)
    (read,) = found(notice)
    page = client.get(url_of(notice, read)).content.decode()

    answer = client.post(url_of(notice, read), FIELDS | {"subject": "市总工会"})

    assert 'value="每年召开两次"' in page
    assert answer["Location"].endswith(f"#read-item-0-c{read.start}-{read.end}")
    (standing,) = found(notice)
    assert (standing.comparator, standing.subject) == (Comparator.AT_LEAST, "市总工会")
    assert (standing.amount, standing.action) == (read.amount, read.action)


def test_a_commitment_corrected_since_the_form_was_opened_is_not_overwritten(notice, client, chen):
    client.force_login(chen)
    (read,) = found(notice)
    seen = client.get(url_of(notice, read)).context["form"]["seen"].value()
    client.post(url_of(notice, read), FIELDS | {"subject": "市总工会"})

    refused = client.post(url_of(notice, read), FIELDS | {"number": "3", "seen": str(seen)})

    assert "其他人已更正" in refused.text
    (standing,) = found(notice)
    assert (standing.subject, standing.amount.number) == ("市总工会", 2)


def test_a_unit_with_a_multiplier_and_a_deadline_are_read_as_in_a_text(notice, client, chen):
    client.force_login(chen)
    (read,) = found(notice)
    changed = {"kind": "amount", "number": "30", "unit": "万元", "deadline": "2025年6月底前"}

    client.post(url_of(notice, read), FIELDS | changed)

    (standing,) = found(notice)
    assert (standing.amount.multiplier, standing.amount.unit) == ("万", "元")
    assert (standing.deadline.text, standing.deadline.on) == ("2025年6月底前", "2025-06")


def test_a_commitment_is_added_by_its_words(notice, client, chen):
    client.force_login(chen)
    form = FIELDS | {"quote": "职工书屋", "kind": "deadline", "number": "", "deadline": "年底前"}

    client.post(new_url(notice, 1), form)

    (standing,) = found(notice, 1)
    assert (standing.quote, standing.start, standing.kind) == ("职工书屋", 2, Kind.DEADLINE)
    assert (standing.amount, standing.deadline.on) == (None, "2025-12")


def test_words_that_stand_more_than_once_ask_for_the_place(notice, client, chen):
    correct_reading(notice, {"text": "县区一次，市里一次。"}, by=chen, position=1)
    client.force_login(chen)
    form = FIELDS | {"quote": "一次"}

    asked = client.post(new_url(notice, 1), form)
    client.post(new_url(notice, 1), form | {"place": "7"})

    assert asked.status_code == 400
    assert "【一次】" in asked.content.decode()
    assert 7 in [each.start for each in found(notice, 1)]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"quote": "每年召开三次"}, "原文中没有"),
        ({"number": ""}, "请填写数值"),
        ({"kind": "deadline", "number": ""}, "请填写时限"),
        ({"kind": "range", "upper": "1"}, "较大的数值"),
        ({"upper": "5"}, "第二个数值"),
    ],
)
def test_what_cannot_be_right_is_refused(notice, client, chen, changed, said):
    client.force_login(chen)
    (read,) = found(notice)

    answer = client.post(url_of(notice, read), FIELDS | changed)

    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not notice.corrections.exists()


def test_a_commitment_left_out_is_named_on_the_page(notice, client, chen):
    client.force_login(chen)
    (read,) = found(notice)

    client.post(url_of(notice, read, "notice_commitment_drop"))

    page = client.get(reverse("notice", args=[notice.pk])).content.decode()
    assert "<s>每年召开两次</s>" in page
    assert found(notice) == ()


def test_a_commitment_that_is_not_there_is_missing(notice, client, chen):
    client.force_login(chen)
    url = reverse("notice_commitment", args=[notice.pk, 0, 1, 3])

    assert client.get(url).status_code == 404
    assert client.get(new_url(notice, 99)).status_code == 404
