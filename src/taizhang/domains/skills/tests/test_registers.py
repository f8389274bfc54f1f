"""The registers `base` and `training` keep the contract of all registers."""

from datetime import date
from decimal import Decimal

import pytest

from taizhang.domains.skills.models import FundSource, TrainingMode
from taizhang.domains.skills.tests.factories import BaseFactory, TrainingFactory
from taizhang.registers.testing import RegisterContract


class TestBase(RegisterContract):
    slug = "base"
    factory = BaseFactory
    changed = ("school", "市职业技术学院", "秦皇岛职业技术学院")

    @pytest.fixture(autouse=True)
    def _every_field(self, tree):
        self.every_field = {
            "employer": tree.factory,
            "school": "秦皇岛职业技术学院",
            "key_industry": "装备制造",
            "year": 2026,
            "doc_no": "秦工发〔2026〕9号",
            "signed_on": date(2026, 4, 1),
            "valid_to": date(2029, 3, 31),
            "joint_standard": False,
            "enrolment": 0,
            "certificates": 0,
            "trainees": 320,
            "capacity": 60,
        }


class TestTraining(RegisterContract):
    slug = "training"
    factory = TrainingFactory
    changed = ("title", "焊工班", "焊工技能提升班")

    @pytest.fixture(autouse=True)
    def _every_field(self, tree):
        self.every_field = {
            "org": tree.plant,
            "base": BaseFactory(owner_org=tree.haigang),
            "hours": Decimal("24.5"),
            "mode": TrainingMode.MIXED,
            "participants": 46,
            "passed": 0,
            "cost": Decimal("12800.50"),
            "fund_source": FundSource.EMPLOYER,
        }
