"""The registers `education_fund` and `fund` keep the contract of all registers."""

from datetime import date
from decimal import Decimal

import pytest

from taizhang.core.access.models import User
from taizhang.domains.finance.models import FundResult
from taizhang.domains.finance.tests.factories import EducationFundFactory, FundFactory
from taizhang.registers.testing import RegisterContract
from taizhang.registers.testing_cast import create_account


class TestEducationFund(RegisterContract):
    slug = "education_fund"
    factory = EducationFundFactory
    changed = ("year", "2023", "2024")
    excluded = frozenset({"input_source"})
    every_field = {
        "payroll": Decimal("9000000.00"),
        "ratio_required_pct": Decimal("2.50"),
        "extracted": Decimal("225000.00"),
        "spent": Decimal("150000.00"),
        "spent_frontline": Decimal("0.00"),
        "deducted": Decimal("225000.50"),
        "deduction_applied": False,
        "congress_reported_on": date(2026, 3, 6),
        "input_amount": Decimal("0.00"),
    }

    @pytest.fixture
    def liu(self, tree) -> User:
        """Officer of Haigang who also keeps its finance, and so sees every field."""
        roles = [(role, tree.haigang) for role in ("CC", "CA", "FN")]
        return create_account("liu", "刘干事", *roles)


class TestFund(RegisterContract):
    """Money is entered by finance officers and verified by the audit commission (matrix 4.4)."""

    slug = "fund"
    factory = FundFactory
    changed = ("year", "2023", "2024")
    every_field = {
        "budget": Decimal("100000.00"),
        "arranged_on": date(2025, 4, 2),
        "spent": Decimal("0.00"),
        "audited_on": date(2026, 3, 10),
        "result": FundResult.GOOD,
    }

    @pytest.fixture
    def chen(self, tree) -> User:
        return create_account("chen", "陈经审", ("AU", tree.city))

    @pytest.fixture
    def liu(self, tree) -> User:
        return create_account("liu", "刘会计", ("FN", tree.haigang), ("AU", tree.haigang))

    @pytest.fixture
    def wang(self, tree) -> User:
        return create_account("wang", "王会计", ("FN", tree.plant))

    @pytest.fixture
    def qian(self, tree) -> User:
        return create_account("qian", "钱会计", ("FN", tree.changli), ("AU", tree.changli))
