"""Rows of the registers R09 to R12."""

from datetime import date

import factory

from taizhang.core.organisations.testing import HAIGANG, RecordFactory
from taizhang.domains.leadership.models import (
    ConvenerLevel,
    Meeting,
    MeetingKind,
    Participation,
    Policy,
    PolicyLevel,
    PolicyState,
    PolicyTopic,
    Submission,
)
from taizhang.domains.leadership.participation import (
    ParticipationKind,
    ParticipationLevel,
    ParticipationTopic,
)
from taizhang.domains.leadership.submissions import SubmissionKind


class MeetingFactory(RecordFactory):
    """The joint meeting of Haigang's government with the federation, held in March 2026."""

    class Meta:
        model = Meeting

    kind = MeetingKind.GOV_UNION_JOINT
    convener_level = ConvenerLevel.COUNTY
    region_id = HAIGANG
    convener = "海港区人民政府"
    held_on = date(2026, 3, 18)


class PolicyFactory(RecordFactory):
    """Haigang's joint-meeting system, in force since 2022."""

    class Meta:
        model = Policy

    title = factory.Sequence(lambda n: f"海港区政府与工会联席会议制度之{n}")
    topic = PolicyTopic.JOINT_MEETING
    issuer = "海港区人民政府办公室"
    level = PolicyLevel.COUNTY
    region_id = HAIGANG
    doc_no = factory.Sequence(lambda n: f"海政办字〔2022〕{n + 1}号")
    issued_on = date(2022, 6, 1)
    state = PolicyState.IN_FORCE


class SubmissionFactory(RecordFactory):
    """A request of February 2026 on the union congress, sent within five workdays."""

    class Meta:
        model = Submission

    kind = SubmissionKind.REQUEST
    subject = factory.Sequence(lambda n: f"关于召开区工会代表大会有关事项的请示之{n}")
    is_major = True
    event_on = date(2026, 2, 2)
    due_on = date(2026, 2, 9)
    submitted_on = date(2026, 2, 6)


class ParticipationFactory(RecordFactory):
    """A labour inspection in Haigang in May 2026 that the union joined."""

    class Meta:
        model = Participation

    kind = ParticipationKind.LABOUR_INSPECTION
    topic = ParticipationTopic.PAY
    level = ParticipationLevel.COUNTY
    region_id = HAIGANG
    lead_body = "海港区人力资源和社会保障局"
    invited = True
    held_on = date(2026, 5, 20)
