"""The rules of R09 and R12, each field by each, with messages in both languages (handbook 2.5)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from taizhang.core.parameters.clock import fix_status_date
from taizhang.core.records.models import RecordStatus
from taizhang.domains.leadership.models import (
    ChairPost,
    ConvenerLevel,
    Host,
    Meeting,
    MeetingKind,
    MeetingTopic,
    Policy,
    PolicyLevel,
    PolicyState,
    PolicyTopic,
)
from taizhang.domains.leadership.tests.factories import MeetingFactory, PolicyFactory
from taizhang.registers.actions import perform
from taizhang.registers.refusals import TransitionRefused
from taizhang.registers.spec import REGISTERS
from taizhang.registers.testing import chinese

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _status_date(tree):
    fix_status_date(date(2026, 9, 30), source="test")


def faults(record) -> dict[str, list[str]]:
    """What is wrong with the record, field → messages in English; each has Chinese words."""
    with override("en"):
        try:
            record.full_clean(exclude=["entered_by"])
        except ValidationError as fault:
            return fault.message_dict
    return {}


def assert_in_both_languages(message: str) -> None:
    assert chinese()[message]


class TestMeeting:
    @pytest.mark.parametrize("field", ["kind", "convener_level", "region", "convener", "held_on"])
    def test_what_every_meeting_needs(self, field):
        meeting = MeetingFactory.build()
        setattr(meeting, meeting._meta.get_field(field).attname, None)

        assert field in faults(meeting)

    @pytest.mark.parametrize(
        "field",
        [
            "host",
            "topic",
            "convener_term",
            "chair_post",
            "principal_leader",
            "agenda",
            "minutes_no",
            "minutes_on",
            "matters",
            "matters_closed",
        ],
    )
    def test_what_a_meeting_may_leave_open(self, field):
        meeting = MeetingFactory.build()
        empty = None if Meeting._meta.get_field(field).null else ""

        setattr(meeting, field, empty)

        assert faults(meeting) == {}

    @pytest.mark.parametrize("field", ["kind", "convener_level", "host", "topic", "chair_post"])
    def test_values_outside_the_closed_sets_are_refused(self, field):
        meeting = MeetingFactory.build(**{field: "else"})

        assert field in faults(meeting)

    def test_the_closed_sets_are_those_of_the_handbook(self):
        sets = (MeetingKind, ConvenerLevel, Host, MeetingTopic, ChairPost)

        assert [len(values) for values in sets] == [15, 4, 12, 10, 7]

    @pytest.mark.parametrize(
        ("minutes_on", "is_refused"),
        [(date(2026, 3, 17), True), (date(2026, 3, 18), False), (date(2026, 3, 19), False)],
    )
    def test_minutes_are_dated_on_the_day_of_the_meeting_or_later(self, minutes_on, is_refused):
        meeting = MeetingFactory.build(held_on=date(2026, 3, 18), minutes_on=minutes_on)

        found = faults(meeting)

        assert bool(found) is is_refused
        if is_refused:
            assert_in_both_languages(found["__all__"][0])

    @pytest.mark.parametrize(
        ("decided", "closed", "is_refused"),
        [(3, 4, True), (3, 3, False), (3, 0, False), (None, 4, False), (3, None, False)],
    )
    def test_no_more_matters_are_closed_than_were_decided(self, decided, closed, is_refused):
        meeting = MeetingFactory.build(matters=decided, matters_closed=closed)

        found = faults(meeting)

        assert bool(found) is is_refused
        if is_refused:
            assert_in_both_languages(found["__all__"][0])

    @pytest.mark.parametrize("field", ["matters", "matters_closed"])
    def test_numbers_of_matters_are_not_negative(self, field):
        meeting = MeetingFactory.build(matters=1, matters_closed=0)
        setattr(meeting, field, -1)

        assert field in faults(meeting)

    @pytest.mark.parametrize(
        ("status", "held_on", "is_refused"),
        [
            (RecordStatus.DRAFT, date(2026, 10, 1), False),
            (RecordStatus.SUBMITTED, date(2026, 10, 1), False),
            (RecordStatus.VERIFIED, date(2026, 10, 1), True),
            (RecordStatus.VERIFIED, date(2026, 9, 30), False),
        ],
    )
    def test_only_a_verified_meeting_must_have_been_held(self, status, held_on, is_refused):
        meeting = MeetingFactory.build(record_status=status, held_on=held_on)

        found = faults(meeting)

        assert bool(found) is is_refused
        if is_refused:
            assert_in_both_languages(found["held_on"][0])

    def test_a_planned_meeting_cannot_be_verified_before_its_day(self, tree, liu, chen):
        meeting = MeetingFactory(
            owner_org=tree.haigang,
            entered_by=liu,
            record_status=RecordStatus.SUBMITTED,
            held_on=date(2026, 10, 1),
        )

        with override("en"), pytest.raises(TransitionRefused) as refusal:
            perform(REGISTERS["meeting"], meeting, "verify", by=chen, version=1)
        fix_status_date(date(2026, 10, 1), source="test")
        verified = perform(REGISTERS["meeting"], meeting, "verify", by=chen, version=1)

        assert_in_both_languages(refusal.value.why)
        assert verified.record_status == RecordStatus.VERIFIED


class TestPolicy:
    @pytest.mark.parametrize("field", ["title", "topic", "issuer", "level", "region", "state"])
    def test_what_every_document_needs(self, field):
        policy = PolicyFactory.build()
        setattr(policy, policy._meta.get_field(field).attname, None)

        assert field in faults(policy)

    @pytest.mark.parametrize("field", ["doc_no", "valid_to", "review_due_on"])
    def test_what_a_document_may_leave_open(self, field):
        policy = PolicyFactory.build()
        empty = None if Policy._meta.get_field(field).null else ""

        setattr(policy, field, empty)

        assert faults(policy) == {}

    @pytest.mark.parametrize("field", ["topic", "level", "state"])
    def test_values_outside_the_closed_sets_are_refused(self, field):
        policy = PolicyFactory.build(**{field: "else"})

        assert field in faults(policy)

    def test_the_closed_sets_are_those_of_the_handbook(self):
        assert [len(values) for values in (PolicyTopic, PolicyLevel, PolicyState)] == [28, 2, 5]

    @pytest.mark.parametrize("state", PolicyState)
    def test_only_a_document_in_force_needs_the_day_of_issue(self, state):
        policy = PolicyFactory.build(state=state, issued_on=None)

        found = faults(policy)

        assert bool(found) is (state == PolicyState.IN_FORCE)
        if found:
            assert_in_both_languages(found["__all__"][0])

    @pytest.mark.parametrize(
        ("valid_to", "is_refused"),
        [(date(2022, 5, 31), True), (date(2022, 6, 1), False), (None, False)],
    )
    def test_a_document_does_not_end_before_it_was_issued(self, valid_to, is_refused):
        policy = PolicyFactory.build(issued_on=date(2022, 6, 1), valid_to=valid_to)

        found = faults(policy)

        assert bool(found) is is_refused
        if is_refused:
            assert_in_both_languages(found["__all__"][0])

    @pytest.mark.parametrize(
        ("doc_no", "is_refused"),
        [
            ("秦政办字〔2022〕18号", False),
            ("冀工发〔2021〕7号", False),
            ("秦政办字[2022]18号", True),
            ("秦政办字〔22〕18号", True),
            ("秦政办字〔2022〕18", True),
            ("〔2022〕18号", True),
            ("秦政办字〔2022〕第18号", True),
        ],
    )
    def test_a_document_number_has_its_official_form(self, doc_no, is_refused):
        policy = PolicyFactory.build(doc_no=doc_no)

        found = faults(policy)

        assert bool(found) is is_refused
        if is_refused:
            assert_in_both_languages(found["doc_no"][0])
