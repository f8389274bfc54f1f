"""Rows of the registers `education_fund` and `fund`."""

from decimal import Decimal

import factory

from taizhang.core.organisations.testing import HAIGANG, EmployerFactory, RecordFactory
from taizhang.domains.finance.models import (
    EducationFund,
    Fund,
    FundLevel,
    FundPurpose,
    MoneySource,
)


class EducationFundFactory(RecordFactory):
    """The fund of an enterprise in Haigang in 2025."""

    class Meta:
        model = EducationFund

    employer = factory.SubFactory(EmployerFactory)
    region_id = HAIGANG
    year = 2025


class FundFactory(RecordFactory):
    """Haigang's union money for competitions in 2025."""

    class Meta:
        model = Fund

    purpose = FundPurpose.COMPETITION
    source = MoneySource.UNION
    level = FundLevel.COUNTY
    region_id = HAIGANG
    year = 2025
    arranged = Decimal(80000)
