"""A record's page says which commitments count it."""

from datetime import date

import pytest
from django.urls import reverse

from taizhang.core.organisations.employers import Ownership
from taizhang.core.organisations.models import Employer
from taizhang.core.organisations.posts import PartyMember
from taizhang.core.organisations.testing import HAIGANG, PostFactory
from taizhang.domains.leadership.models import Meeting, MeetingKind
from taizhang.ledger.evaluation import evaluate_ledger
from taizhang.registers.staleness import mark_stale
from taizhang.registers.testing_cast import create_account


@pytest.fixture
def meeting(ledger, tree):
    """A verified joint meeting of Haigang in the year of the status date."""
    return Meeting.objects.create(
        record_no="R09-1",
        owner_org=tree.haigang,
        record_status="verified",
        entered_at="2026-03-13T01:00:00Z",
        kind=MeetingKind.GOV_UNION_JOINT,
        convener_level="county",
        region_id=HAIGANG,
        convener="海港区人民政府",
        held_on=date(2026, 3, 12),
    )


def counts(client, record_no="R09-1", **headers) -> str:
    return client.get(
        reverse("record_commitments", args=["meeting", record_no]), **headers
    ).content.decode()


def test_a_joint_meeting_counts_for_the_yearly_duty(meeting, client, chen):
    evaluate_ledger()
    client.force_login(chen)

    page = counts(client)

    assert "/commitments/5.2/" in page
    assert "/commitments/1.4/" not in page


def test_a_post_does_not_tell_by_what_it_counts_for_who_is_a_party_member(
    ledger, tree, client, chen
):
    Employer.objects.update(ownership=Ownership.STATE_OWNED)
    post = PostFactory(
        org=tree.plant,
        party_member=PartyMember.YES,
        in_party_leading_body=True,
        region_id=HAIGANG,
    )
    evaluate_ledger()
    keeper = create_account("xu", "许静", ("DC", tree.city), ("PM", tree.city))
    address = reverse("record_commitments", args=["post", post.record_no])

    for account, sees in ((chen, False), (keeper, True)):
        client.force_login(account)
        assert ("/commitments/3.9/" in client.get(address).content.decode()) is sees


def test_a_record_verified_a_moment_ago_is_not_said_to_count_for_nothing(meeting, client, chen):
    evaluate_ledger()
    mark_stale("meeting")
    client.force_login(chen)

    assert "尚未计算完毕" in counts(client)


def test_a_meeting_of_another_year_counts_for_nothing_now(meeting, client, chen):
    Meeting.objects.update(held_on=date(2025, 12, 31))
    evaluate_ledger()
    client.force_login(chen)

    assert "当前窗口内没有量化要求计入本记录" in counts(client)


def test_the_page_of_the_record_fetches_the_list(meeting, client, chen):
    evaluate_ledger()
    client.force_login(chen)

    page = client.get(reverse("record", args=["meeting", "R09-1"])).content.decode()

    assert 'hx-get="/counts/meeting/R09-1/"' in page


def test_the_fetched_part_is_no_page_of_its_own(meeting, client, chen):
    evaluate_ledger()
    client.force_login(chen)

    part = counts(client, headers={"HX-Request": "true"})

    assert "/commitments/5.2/" in part
    assert "<html" not in part


def test_a_record_that_is_not_verified_has_no_such_list(meeting, client, chen):
    Meeting.objects.update(record_status="submitted")
    client.force_login(chen)

    answer = client.get(reverse("record_commitments", args=["meeting", "R09-1"]))

    assert answer.status_code == 404
