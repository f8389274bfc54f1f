"""Corrections as people see them: the panel, the form, the decision, the change log."""

from datetime import date

import pytest
from django.utils.translation import override

from taizhang.core.organisations.posts import PartyMember
from taizhang.core.organisations.testing import PostFactory
from taizhang.core.parameters.clock import fix_status_date
from taizhang.domains.leadership.models import Meeting
from taizhang.domains.leadership.tests.factories import MeetingFactory
from taizhang.registers.corrections.actions import propose_correction
from taizhang.registers.corrections.models import Correction
from taizhang.registers.spec import REGISTERS

pytestmark = pytest.mark.django_db
PAGE = "/registers/meeting/M-1/"


@pytest.fixture(autouse=True)
def _in_english(client, tree):
    fix_status_date(date(2026, 9, 30), source="test")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    with override("en"):
        yield


@pytest.fixture
def meeting(tree, sun) -> Meeting:
    return MeetingFactory(
        record_no="M-1", owner_org=tree.haigang, entered_by=sun, convener="区政府甲"
    )


def sent(meeting: Meeting, **values) -> dict[str, object]:
    return {
        "version": meeting.version,
        "kind": meeting.kind,
        "convener_level": meeting.convener_level,
        "region": meeting.region_id,
        "convener": meeting.convener,
        "held_on": meeting.held_on,
        "correction_reason": "原件核对有误",
        **values,
    }


def propose(meeting: Meeting, by, **values) -> Correction:
    return propose_correction(
        REGISTERS["meeting"], meeting, values, reason="原件核对有误", by=by, version=1
    )


def test_those_who_enter_or_verify_are_offered_to_correct_and_readers_are_not(
    client, tree, meeting, liu, chen
):
    chen.grants.filter(role="DH").delete()
    offered = {}
    for person in (liu, chen):
        client.force_login(person)
        offered[person.username] = "/registers/meeting/M-1/correct/" in client.get(PAGE).text

    assert offered == {"liu": True, "chen": False}


def test_the_panel_shows_old_and_new_and_lets_the_second_person_accept(client, meeting, liu, chen):
    client.force_login(liu)
    assert client.post(f"{PAGE}correct/", sent(meeting, convener="区政府乙")).status_code == 302
    proposer = client.get(PAGE).text
    client.force_login(chen)
    decider = client.get(PAGE).text
    number = Correction.objects.get().pk

    answer = client.post(f"{PAGE}corrections/{number}/accept/", follow=True)

    for page in (proposer, decider):
        assert "区政府甲" in page
        assert "区政府乙" in page
        assert "原件核对有误" in page
    accepting, withdrawing = f"corrections/{number}/accept/", f"corrections/{number}/withdraw/"
    assert (accepting in proposer, withdrawing in proposer) == (False, True)
    assert (accepting in decider, withdrawing in decider) == (True, False)
    assert "two persons stand for each change" in proposer
    assert "accepted the correction" in answer.text
    assert Meeting.objects.get().convener == "区政府乙"


def test_a_form_without_a_reason_comes_back_with_what_was_typed(client, meeting, liu):
    client.force_login(liu)

    answer = client.post(
        f"{PAGE}correct/", sent(meeting, convener="区政府乙", correction_reason="")
    )

    assert answer.status_code == 422
    assert answer.context["form"]["convener"].value() == "区政府乙"
    assert not Correction.objects.exists()


def test_a_change_made_meanwhile_is_shown_beside_what_was_typed(client, meeting, liu):
    client.force_login(liu)
    form = sent(meeting, convener="区政府乙")
    Meeting.objects.update(version=2, convener="区政府丙")

    answer = client.post(f"{PAGE}correct/", form)
    again = client.post(f"{PAGE}correct/", {**form, "version": 2})

    assert answer.status_code == 409
    conflict = answer.context["conflicts"][0]
    assert (conflict.theirs, conflict.mine) == ("区政府丙", "区政府乙")
    assert again.status_code == 302


def test_while_one_waits_the_form_of_another_is_not_opened(client, meeting, liu, chen):
    propose(meeting, chen, convener="区政府乙")
    client.force_login(liu)

    answer = client.get(f"{PAGE}correct/", follow=True)

    assert answer.redirect_chain[0][0] == PAGE
    assert "waits for a decision" in answer.text


def test_a_refused_decision_says_why_on_the_page_of_the_record(client, meeting, liu):
    correction = propose(meeting, liu, convener="区政府乙")
    client.force_login(liu)

    answer = client.post(f"{PAGE}corrections/{correction.pk}/accept/")

    assert answer.status_code == 409
    assert "You made this proposal yourself" in answer.text


def test_a_proposal_is_decided_only_at_its_own_record(client, tree, meeting, liu, chen):
    correction = propose(meeting, liu, convener="区政府乙")
    MeetingFactory(record_no="M-2", owner_org=tree.haigang)
    client.force_login(chen)

    answer = client.post(f"/registers/meeting/M-2/corrections/{correction.pk}/accept/")

    assert answer.status_code == 404


def test_hidden_fields_stand_in_the_panel_as_masks(client, tree, chen, liu):
    post = PostFactory(record_no="P-1", org=tree.plant, owner_org=tree.plant)
    chen.grants.create(role="PM", organisation=tree.city, confirmed=True)
    propose_correction(
        REGISTERS["post"],
        post,
        {"party_member": PartyMember.NOT_RECORDED},
        reason="核对",
        by=chen,
        version=1,
    )
    client.force_login(liu)

    page = client.get("/registers/post/P-1/").text

    assert "••••" in page
    assert "Not recorded" not in page
    assert "/accept/" not in page
