"""The register `honour` keeps the contract of all registers."""

from datetime import date

import pytest

from taizhang.domains.honours.models import HonourTarget, Occupation
from taizhang.domains.honours.tests.factories import HonourFactory
from taizhang.registers.testing import RegisterContract


class TestHonour(RegisterContract):
    slug = "honour"
    factory = HonourFactory
    changed = ("doc_no", "海字〔2026〕8号", "海发〔2026〕8号")

    @pytest.fixture(autouse=True)
    def _every_field(self, tree):
        self.every_field = {
            "target": HonourTarget.PERSON,
            "nominee": "欧阳某某",
            "employer": tree.factory,
            "occupation": Occupation.FRONTLINE,
            "publicity_days": 5,
            "objections": 0,
            "approved_on": date(2026, 4, 20),
            "doc_no": "海发〔2026〕6号",
            "gov_recognised": False,
        }
