"""What a person finds right leaves the list of what to check, and is kept for a later reader."""

from django.urls import reverse

from taizhang.ledger.models import Notice
from taizhang.ledger.reviewing.commitments import commitments_of
from taizhang.ledger.reviewing.correcting import confirm_values, correct_reading
from taizhang.ledger.reviewing.keys import place_of
from taizhang.ledger.reviewing.models import ReadingCorrection
from taizhang.ledger.reviewing.page import review


def confirm(client, notice, *keys) -> str:
    url = reverse("notice_confirm", args=[notice.pk])
    return client.post(url, {"keys": " ".join(keys)})["Location"]


def test_a_value_found_right_is_kept_and_no_longer_to_be_checked(notice, client, chen):
    client.force_login(chen)
    before = review(notice).open_keys

    confirm(client, notice, "item-2-departments")

    kept = notice.corrections.get()
    assert (kept.old, kept.is_confirmation, kept.by) == (kept.new, True, chen)
    assert review(notice).open_keys == before - {"item-2-departments"}


def test_after_a_value_comes_the_next_that_is_unsure(notice, client, chen):
    client.force_login(chen)

    first = confirm(client, notice, "item-0-departments")
    second = confirm(client, notice, "item-0-c0-6")
    last = confirm(client, notice, "item-2-departments")

    assert first.endswith("#read-item-0-c0-6")
    assert second.endswith("#read-item-2-departments")
    assert last.endswith("#checks")


def test_all_of_a_reason_are_found_right_at_once(notice, client, chen):
    client.force_login(chen)
    checks = review(notice).checks

    for check in checks:
        confirm(client, notice, *check.keys)

    page = client.get(reverse("notice", args=[notice.pk])).content.decode()
    assert review(notice).checks == ()
    assert "存疑之处已全部核对" in page
    assert "核对无误" in page


def test_a_correction_taken_back_says_that_the_reading_was_right(notice, client, chen):
    client.force_login(chen)
    read = review(notice).items[0].text.value
    correct_reading(notice, {"text": "写错了的文字。"}, by=chen, position=0)

    correct_reading(notice, {"text": read}, by=chen, position=0)

    page = client.get(reverse("notice", args=[notice.pk])).content.decode()
    assert "核对无误" in page
    assert "原读作" not in page


def test_what_a_person_corrected_is_not_confirmed_over(notice, chen):
    departments = {"lead": ["办公室"], "cooperating": [], "lead_is_stated": True}
    correct_reading(notice, {"departments": departments}, by=chen, position=2)

    made = confirm_values(notice, [place_of("item-2-departments")], by=chen)

    assert made == []
    assert not notice.corrections.get().is_confirmation


def test_a_commitment_is_found_right_once(notice, chen):
    found = [place_of("item-0-c0-6")]
    (first,) = confirm_values(notice, found, by=chen)

    again = confirm_values(notice, found, by=chen)

    assert again == []
    assert notice.corrections.get() == first


def test_a_guessed_commitment_is_found_right_by_its_place(notice, chen):
    correct_reading(notice, {"text": "建立职工书屋，10家。"}, by=chen, position=1)
    (found,) = commitments_of(notice)[1].commitments
    key = f"item-1-c{found.start}-{found.end}"

    made = confirm_values(notice, [place_of(key)], by=chen)

    assert [each.new["quote"] for each in made] == [found.quote]
    (shown,) = review(notice).items[1].commitments
    assert (shown.found, shown.sureness) == (found, None)


def test_a_key_of_nothing_confirms_nothing(notice, client, chen):
    client.force_login(chen)

    confirm(client, notice, "item-99-departments", "item-1-c0-1", "nonsense", "item-1-secret")

    assert not ReadingCorrection.objects.exists()


def test_publishing_asks_once_while_something_is_guessed(notice, client, chen):
    client.force_login(chen)
    url = reverse("notice_publish", args=[notice.pk])

    asked = client.post(url)
    state_when_asked = Notice.objects.get(pk=notice.pk).state
    client.post(url, {"guesses": "accepted"})

    assert "不像单位名称" in asked.content.decode()
    assert state_when_asked == Notice.State.READ
    assert Notice.objects.get(pk=notice.pk).state == Notice.State.PUBLISHED


def test_publishing_does_not_ask_for_what_was_found_right(notice, client, chen):
    client.force_login(chen)
    confirm(client, notice, *(key for check in review(notice).guesses for key in check.keys))

    client.post(reverse("notice_publish", args=[notice.pk]))

    assert Notice.objects.get(pk=notice.pk).state == Notice.State.PUBLISHED


def test_an_item_left_out_is_taken_back_in_as_unsure_as_it_was(notice, client, chen):
    client.force_login(chen)
    before = review(notice)
    client.post(reverse("notice_item_drop", args=[notice.pk, 2]))

    client.post(reverse("notice_item_restore", args=[notice.pk, 2]))

    after = review(notice)
    assert (after.items, after.open_keys) == (before.items, before.open_keys)
    assert after.dropped == ()


def test_an_item_that_was_not_left_out_is_not_taken_back(notice, client, chen):
    client.force_login(chen)

    client.post(reverse("notice_item_restore", args=[notice.pk, 2]))

    assert not notice.corrections.exists()
