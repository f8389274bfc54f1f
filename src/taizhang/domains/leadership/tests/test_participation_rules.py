"""The rules of R10 and R11, each field by each, with messages in both languages (handbook 2.5)."""

from datetime import date

import pytest

from taizhang.domains.leadership.models import Participation, Submission
from taizhang.domains.leadership.participation import (
    ParticipationKind,
    ParticipationLevel,
    ParticipationTopic,
)
from taizhang.domains.leadership.submissions import ReplyKind, SubmissionKind
from taizhang.domains.leadership.tests.factories import ParticipationFactory, SubmissionFactory
from taizhang.domains.leadership.tests.test_rules import assert_in_both_languages, faults

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tree(tree) -> None:
    """The areas that the records lie in."""


def emptied(record, field: str):
    """The record with nothing in the field."""
    described = record._meta.get_field(field)
    setattr(record, described.attname, None if described.null or not described.blank else "")
    return record


class TestSubmission:
    @pytest.mark.parametrize("field", ["kind", "subject"])
    def test_what_every_submission_needs(self, field):
        submission = emptied(SubmissionFactory.build(), field)

        assert field in faults(submission)

    @pytest.mark.parametrize(
        "field",
        [
            "is_major",
            "event_on",
            "due_on",
            "submitted_on",
            "replied_on",
            "reply_kind",
            "closed_on",
        ],
    )
    def test_what_a_submission_may_leave_open(self, field):
        submission = emptied(SubmissionFactory.build(), field)

        assert faults(submission) == {}

    def test_the_closed_sets_are_those_of_the_handbook(self):
        assert SubmissionKind.values == ["request", "report"]
        assert ReplyKind.values == ["approved", "guidance", "returned", "none"]

    @pytest.mark.parametrize(
        ("kind", "replied_on", "is_refused"),
        [
            (SubmissionKind.REQUEST, date(2026, 2, 27), False),
            (SubmissionKind.REQUEST, None, False),
            (SubmissionKind.REPORT, None, False),
            (SubmissionKind.REPORT, date(2026, 2, 27), True),
        ],
    )
    def test_only_a_request_is_replied_to(self, kind, replied_on, is_refused):
        submission = SubmissionFactory.build(kind=kind, replied_on=replied_on)

        found = faults(submission)

        assert bool(found) is is_refused
        if is_refused:
            assert_in_both_languages(found["__all__"][0])

    def test_it_is_called_by_its_subject(self):
        assert str(Submission(subject="关于换届的请示")) == "关于换届的请示"


class TestParticipation:
    @pytest.mark.parametrize("field", ["kind", "level", "region", "lead_body", "invited"])
    def test_what_every_participation_needs(self, field):
        participation = emptied(ParticipationFactory.build(), field)

        assert field in faults(participation)

    @pytest.mark.parametrize(
        "field",
        [
            "topic",
            "held_on",
            "participants",
            "opinions",
            "opinions_feedback",
            "opinions_adopted",
            "issued_on",
            "covers_democratic",
            "covers_collective",
            "problems",
            "problems_closed",
        ],
    )
    def test_what_a_participation_may_leave_open(self, field):
        participation = emptied(ParticipationFactory.build(), field)

        assert faults(participation) == {}

    def test_the_closed_sets_are_those_of_the_handbook(self):
        sets = (ParticipationKind, ParticipationTopic, ParticipationLevel)

        assert [len(values) for values in sets] == [5, 6, 2]

    @pytest.mark.parametrize("kind", ParticipationKind)
    def test_only_a_policy_can_have_passed_without_the_union(self, kind):
        participation = ParticipationFactory.build(kind=kind, invited=False)

        found = faults(participation)

        assert bool(found) is (kind != ParticipationKind.POLICY_CONSULT)
        if found:
            assert_in_both_languages(found["__all__"][0])

    @pytest.mark.parametrize(
        ("part", "whole"),
        [
            ("opinions_feedback", "opinions"),
            ("opinions_adopted", "opinions_feedback"),
            ("problems_closed", "problems"),
        ],
    )
    @pytest.mark.parametrize(
        ("of_part", "of_whole", "is_refused"),
        [(3, 2, True), (2, 2, False), (0, 2, False), (3, None, False), (None, 2, False)],
    )
    def test_a_part_is_not_more_than_the_whole(self, part, whole, of_part, of_whole, is_refused):
        participation = ParticipationFactory.build(**{part: of_part, whole: of_whole})

        found = faults(participation)

        assert bool(found) is is_refused
        if is_refused:
            assert_in_both_languages(found["__all__"][0])

    @pytest.mark.parametrize("field", ["participants", "opinions", "problems"])
    def test_numbers_are_not_negative(self, field):
        participation = ParticipationFactory.build(**{field: -1})

        assert field in faults(participation)

    def test_its_name_gives_the_day_by_which_it_counts(self, tree):
        held = ParticipationFactory.build(issued_on=date(2026, 8, 1))
        found_later = ParticipationFactory.build(held_on=None, issued_on=date(2026, 8, 1))

        assert str(held).endswith("2026-05-20")
        assert str(found_later).endswith("2026-08-01")
        assert str(Participation(kind="cppcc_visit", region=tree.city.region)).endswith(" · ")
