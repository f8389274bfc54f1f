"""The registers R09 to R12 keep the contract of all registers."""

from datetime import date

from taizhang.domains.leadership.models import ChairPost, Host, MeetingTopic
from taizhang.domains.leadership.submissions import ReplyKind
from taizhang.domains.leadership.tests.factories import (
    MeetingFactory,
    ParticipationFactory,
    PolicyFactory,
    SubmissionFactory,
)
from taizhang.registers.testing import RegisterContract


class TestMeeting(RegisterContract):
    slug = "meeting"
    factory = MeetingFactory
    changed = ("convener", "海港区政府办公室", "海港区人民政府办公室")
    every_field = {
        "host": Host.GOVERNMENT,
        "topic": MeetingTopic.UNION_WORK,
        "convener_term": "第十届",
        "chair_post": ChairPost.GOV_DEPUTY,
        "principal_leader": False,
        "agenda": "一、职工之家建设\n二、工资集体协商",
        "minutes_no": "海政纪要〔2026〕7号",
        "minutes_on": date(2026, 3, 20),
        "matters": 5,
        "matters_closed": 0,
    }


class TestSubmission(RegisterContract):
    slug = "submission"
    factory = SubmissionFactory
    changed = ("subject", "关于换届的请示", "关于换届工作有关事项的请示")
    every_field = {
        "replied_on": date(2026, 2, 27),
        "reply_kind": ReplyKind.APPROVED,
        "closed_on": date(2026, 4, 10),
    }


class TestParticipation(RegisterContract):
    slug = "participation"
    factory = ParticipationFactory
    changed = ("lead_body", "海港区人社局", "海港区人力资源和社会保障局劳动监察大队")
    every_field = {
        "participants": 3,
        "opinions": 6,
        "opinions_feedback": 5,
        "opinions_adopted": 0,
        "issued_on": date(2026, 7, 1),
        "covers_democratic": True,
        "covers_collective": False,
        "problems": 4,
        "problems_closed": 2,
    }


class TestPolicy(RegisterContract):
    slug = "policy"
    factory = PolicyFactory
    changed = ("title", "联席会议制度", "政府与工会联席会议制度")
    every_field = {"valid_to": date(2027, 5, 31), "review_due_on": date(2026, 6, 1)}
