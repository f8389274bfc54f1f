"""The registers `meeting` and `policy` keep the contract of all registers."""

from datetime import date

from taizhang.domains.leadership.models import ChairPost, Host, MeetingTopic
from taizhang.domains.leadership.tests.factories import MeetingFactory, PolicyFactory
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


class TestPolicy(RegisterContract):
    slug = "policy"
    factory = PolicyFactory
    changed = ("title", "联席会议制度", "政府与工会联席会议制度")
    every_field = {"valid_to": date(2027, 5, 31), "review_due_on": date(2026, 6, 1)}
