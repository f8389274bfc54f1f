"""`taizhang record correct|void|accept|refuse|withdraw`: the same actions as the pages."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from taizhang.core.parameters.clock import fix_status_date
from taizhang.core.records.models import RecordStatus
from taizhang.domains.leadership.models import Meeting
from taizhang.domains.leadership.tests.factories import MeetingFactory
from taizhang.registers.corrections.models import Correction, CorrectionState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def meeting(tree) -> Meeting:
    fix_status_date(date(2026, 9, 30), source="test")
    return MeetingFactory(record_no="M-1", owner_org=tree.haigang, convener="区政府甲")


def take(step: str, by: str, *options: str) -> str:
    out = StringIO()
    call_command("record", step, "meeting", "M-1", "--by", by, *options, stdout=out)
    return out.getvalue()


def test_a_correction_is_proposed_and_accepted(liu, chen):
    proposed = take("correct", "liu", "--set", "convener=区政府乙", "--reason", "纪要所载")
    with pytest.raises(CommandError):
        take("accept", "liu")

    accepted = take("accept", "chen")

    assert (proposed, accepted) == (
        "M-1  待核定 · Waits for a decision\n",
        "M-1  已核准 · Accepted\n",
    )
    assert Meeting.objects.get().convener == "区政府乙"


def test_a_verified_record_is_made_void_by_two(liu, chen):
    take("void", "liu", "--reason", "重复录入")
    before = Meeting.objects.get().record_status

    take("accept", "chen")

    assert (before, Meeting.objects.get().record_status) == ("verified", RecordStatus.VOID)


def test_a_proposal_is_refused_with_a_reason_or_withdrawn(liu, chen):
    take("void", "liu", "--reason", "重复录入")
    with pytest.raises(CommandError):
        take("refuse", "chen")
    take("refuse", "chen", "--reason", "不是重复")
    take("void", "liu", "--reason", "重复录入")
    take("withdraw", "liu")

    states = [row.state for row in Correction.objects.all()]
    assert states == [CorrectionState.REFUSED, CorrectionState.WITHDRAWN]
    with pytest.raises(CommandError, match="No proposal waits"):
        take("accept", "chen")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("held_on=昨天", "held_on:"),
        ("entered_by=1", "no such field"),
        ("convener=区政府甲", "stands in the record already"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_proposed(liu, given, told):
    with pytest.raises(CommandError, match=told):
        take("correct", "liu", "--set", given, "--reason", "纪要所载")

    assert not Correction.objects.exists()
