"""The steps of a record: each from each state, by each of the cast, with words for the refusal."""

import pytest
from django.utils.translation import override

from taizhang.core.audit.models import AuditRow
from taizhang.core.records.models import RecordStatus
from taizhang.domains.leadership.models import Meeting
from taizhang.domains.leadership.tests.factories import MeetingFactory
from taizhang.registers.actions import change_record, perform
from taizhang.registers.refusals import RecordChanged, TransitionRefused
from taizhang.registers.spec import REGISTERS
from taizhang.registers.testing import chinese
from taizhang.registers.workflow import WORKFLOW, steps

pytestmark = pytest.mark.django_db

SOURCES = {
    "submit": {"draft", "returned"},
    "verify": {"submitted"},
    "return": {"submitted"},
    "withdraw": {"submitted"},
    "void": {"draft", "submitted", "returned"},
}


@pytest.fixture
def spec():
    return REGISTERS["meeting"]


@pytest.fixture
def meeting(tree, liu) -> Meeting:
    """A submitted meeting that Liu entered for Haigang."""
    return MeetingFactory(
        owner_org=tree.haigang, entered_by=liu, record_status=RecordStatus.SUBMITTED
    )


def outcome(spec, record, step, by, reason="因故更正") -> str:
    """The state after the step, or why it was refused, in English."""
    record.refresh_from_db()
    with override("en"):
        try:
            done = perform(spec, record, step, by=by, reason=reason, version=record.version)
        except TransitionRefused as refusal:
            assert Meeting.objects.get(pk=record.pk).record_status == record.record_status
            return str(refusal.why)
    return done.record_status


@pytest.mark.parametrize("status", RecordStatus)
@pytest.mark.parametrize("step", WORKFLOW)
def test_a_step_leads_only_from_its_states(spec, meeting, liu, chen, step, status):
    Meeting.objects.filter(pk=meeting.pk).update(record_status=status)
    by = chen if WORKFLOW[step].verb == "verify" else liu

    after = outcome(spec, meeting, step, by)

    if status.value in SOURCES[step]:
        assert after == WORKFLOW[step].target
    else:
        assert after.startswith("It is in the state")


@pytest.mark.parametrize(
    ("step", "allowed"),
    [
        ("verify", {"chen"}),
        ("return", {"chen"}),
        ("withdraw", {"liu"}),
        ("void", {"liu"}),
    ],
)
def test_who_may_take_a_step_with_a_submitted_record(
    spec, meeting, chen, liu, wang, qian, zhao, step, allowed
):
    taken = set()
    for person in (zhao, qian, wang, chen, liu):
        Meeting.objects.filter(pk=meeting.pk).update(record_status=RecordStatus.SUBMITTED)
        if outcome(spec, meeting, step, person) == WORKFLOW[step].target:
            taken.add(person.username)

    assert taken == allowed


def test_whoever_changed_a_record_may_not_verify_it_either(spec, tree, liu, wang, chen):
    record = MeetingFactory(owner_org=tree.plant, entered_by=wang, record_status=RecordStatus.DRAFT)
    change_record(spec, record, {"convener": "区政府"}, by=liu, version=1)
    outcome(spec, record, "submit", wang)

    by_the_one_who_changed = outcome(spec, record, "verify", liu)
    by_another = outcome(spec, record, "verify", chen)

    assert by_the_one_who_changed.startswith("You entered or changed this record yourself")
    assert by_another == RecordStatus.VERIFIED


@pytest.mark.parametrize("step", ["return", "void"])
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_step_that_needs_a_reason_is_refused_without_one(spec, meeting, liu, chen, step, reason):
    by = chen if step == "return" else liu

    assert outcome(spec, meeting, step, by, reason) == "This step needs a reason."


def test_a_verified_record_names_its_second_person_and_a_returned_one_does_not(spec, meeting, chen):
    verified = perform(spec, meeting, "verify", by=chen, version=1)
    Meeting.objects.filter(pk=meeting.pk).update(record_status=RecordStatus.SUBMITTED)
    returned = perform(spec, meeting, "return", by=chen, reason="文号有误", version=2)

    assert (verified.verified_by, verified.verified_at is None) == (chen, False)
    assert (returned.verified_by, returned.verified_at) == (None, None)


def test_a_step_on_a_page_that_is_out_of_date_is_refused(spec, meeting, chen):
    Meeting.objects.filter(pk=meeting.pk).update(version=2)

    with pytest.raises(RecordChanged):
        perform(spec, meeting, "verify", by=chen, version=1)

    assert Meeting.objects.get(pk=meeting.pk).record_status == RecordStatus.SUBMITTED
    assert not AuditRow.objects.exists()


def test_an_action_that_cannot_be_logged_did_not_happen(spec, meeting, chen, monkeypatch):
    def fail(**kwargs):
        raise RuntimeError("the log is full")

    monkeypatch.setattr("taizhang.registers.actions.write_audit", fail)

    with pytest.raises(RuntimeError):
        perform(spec, meeting, "verify", by=chen, version=1)

    assert Meeting.objects.get(pk=meeting.pk).record_status == RecordStatus.SUBMITTED


def test_the_page_offers_what_may_follow_and_says_why_not(spec, meeting, chen, liu, wang, zhao):
    offered = {
        person.username: [
            (step.transition.name, step.refusal is None) for step in steps(spec, meeting, person)
        ]
        for person in (chen, liu, wang, zhao)
    }

    assert offered == {
        "chen": [("verify", True), ("return", True)],
        "liu": [("verify", False), ("return", False), ("withdraw", True), ("void", True)],
        "wang": [],
        "zhao": [],
    }


def test_every_refusal_says_what_why_and_what_next_in_both_languages(spec, meeting, liu):
    with override("en"), pytest.raises(TransitionRefused) as refused:
        perform(spec, meeting, "verify", by=liu, version=1)
    parts = (refused.value.what, refused.value.why, refused.value.next)
    with override("en"):
        texts = [str(part) for part in parts]

    assert all(chinese()[text] for text in texts)
