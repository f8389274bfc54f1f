"""The registers of democratic management keep the contract of all registers."""

from datetime import date

from taizhang.core.organisations.models import Organisation
from taizhang.core.organisations.testing import EmployerFactory
from taizhang.domains.congress.models import Grade
from taizhang.domains.congress.tests.factories import (
    CongressFactory,
    CongressMatterFactory,
    CongressSystemFactory,
)
from taizhang.registers.testing import RegisterContract


class TestCongress(RegisterContract):
    slug = "congress"
    factory = CongressFactory
    changed = ("session_no", "三届一次", "三届二次")
    every_field = {
        "session_no": "三届一次",
        "notice_on": date(2026, 3, 10),
        "published_on": date(2026, 3, 24),
    }

    def place(self, at: Organisation) -> dict[str, object]:
        employer = at.employer.first() or EmployerFactory(region_id=at.region_id, owner_org=at)
        return {"org": at, "employer": employer, "region_id": at.region_id}


class TestCongressMatter(RegisterContract):
    slug = "congress_matter"
    factory = CongressMatterFactory
    changed = ("title", "年度休假安排", "年度休假和工时安排")

    def place(self, at: Organisation) -> dict[str, object]:
        session = CongressFactory(org=at, owner_org=at, region_id=at.region_id)
        return {"congress": session, "region_id": at.region_id}


class TestCongressSystem(RegisterContract):
    slug = "congress_system"
    factory = CongressSystemFactory
    changed = ("vital_done", "3", "4")
    every_field = {
        "openness": True,
        "worker_director_due": False,
        "worker_director_ok": False,
        "vital_done": 2,
        "grade": Grade.B,
        "graded_on": date(2025, 11, 6),
        "hrss_inspected_on": date(2026, 5, 12),
        "integrity_recorded": True,
    }

    def place(self, at: Organisation) -> dict[str, object]:
        employer = EmployerFactory(region_id=at.region_id, owner_org=at)
        return {"employer": employer, "region_id": at.region_id}
