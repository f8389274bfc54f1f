"""Rows of the registers `meeting` and `policy`."""

from datetime import date

import factory

from taizhang.core.organisations.testing import HAIGANG, RecordFactory
from taizhang.domains.leadership.models import (
    ConvenerLevel,
    Meeting,
    MeetingKind,
    Policy,
    PolicyLevel,
    PolicyState,
    PolicyTopic,
)


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
