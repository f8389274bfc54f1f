"""The rules of R26 and R40, and who may read an amount (handbook 1.22, 2.5 and 4.4)."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from taizhang.core.parameters.clock import fix_status_date
from taizhang.domains.finance.models import (
    EducationFund,
    Fund,
    FundLevel,
    FundPurpose,
    FundResult,
    InputSource,
    MoneySource,
)
from taizhang.domains.finance.tests.factories import EducationFundFactory, FundFactory
from taizhang.registers.testing import chinese

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _status_date(tree):
    fix_status_date(date(2026, 9, 30), source="test")


def faults(record) -> dict[str, list[str]]:
    """What is wrong with the record, field → messages in English."""
    with override("en"):
        try:
            record.full_clean(exclude=["entered_by"])
        except ValidationError as fault:
            return fault.message_dict
    return {}


def is_refused(record, field: str = "__all__") -> bool:
    """Whether the record is refused, and for this field alone, in words that are translated."""
    found = faults(record)
    assert set(found) <= {field}
    return any(chinese()[message] for messages in found.values() for message in messages)


def test_the_closed_sets_are_those_of_the_handbook():
    sets = (InputSource, FundPurpose, MoneySource, FundLevel, FundResult)

    assert [len(values) for values in sets] == [4, 8, 7, 2, 4]


class TestEducationFund:
    @pytest.fixture
    def declared(self, tree):
        """The declaration of the plant for 2025, with the fields given."""
        return lambda **values: EducationFundFactory.build(employer=tree.factory, **values)

    def test_every_record_has_a_year(self, declared):
        assert "year" in faults(declared(year=None))

    @pytest.mark.parametrize(
        "field", ["payroll", "extracted", "spent", "spent_frontline", "deducted", "input_amount"]
    )
    def test_an_amount_may_be_unknown_and_is_never_negative(self, declared, field):
        unknown, negative = declared(**{field: None}), declared(**{field: Decimal(-1)})

        assert faults(unknown) == {}
        assert field in faults(negative)

    @pytest.mark.parametrize(("payroll", "refused"), [("0", True), ("0.01", False)])
    def test_a_payroll_is_above_zero(self, declared, payroll, refused):
        assert ("payroll" in faults(declared(payroll=Decimal(payroll)))) is refused

    @pytest.mark.parametrize(
        ("has_employer", "source", "refused"),
        [(True, "", False), (False, "fiscal", False), (True, "fiscal", True), (False, "", True)],
    )
    def test_a_record_is_of_an_enterprise_or_of_a_source(self, tree, has_employer, source, refused):
        record = EducationFundFactory.build(
            employer=tree.factory if has_employer else None, input_source=source
        )

        assert is_refused(record) is refused

    @pytest.mark.parametrize(
        ("spent", "frontline", "refused"),
        [("100", "100.01", True), ("100", "100", False), (None, "5", False), ("5", None, False)],
    )
    def test_the_front_line_is_a_part_of_what_is_spent(self, declared, spent, frontline, refused):
        record = declared(
            spent=spent and Decimal(spent), spent_frontline=frontline and Decimal(frontline)
        )

        assert is_refused(record) is refused

    @pytest.mark.parametrize(
        ("deducted", "refused"), [("80000.00", False), ("80000.01", True), (None, False)]
    )
    def test_at_most_eight_percent_of_payroll_is_deducted(self, declared, deducted, refused):
        record = declared(payroll=Decimal(1000000), deducted=deducted and Decimal(deducted))

        assert is_refused(record, "deducted") is refused

    def test_the_prescribed_share_is_one_and_a_half_percent_unless_entered(self, tree):
        usual = EducationFundFactory(employer=tree.factory, ratio_required_pct=None)
        skilled = EducationFundFactory(
            employer=tree.factory, year=2024, ratio_required_pct=Decimal("2.5")
        )

        assert usual.ratio_required_pct == Decimal("1.5")
        assert skilled.ratio_required_pct == Decimal("2.5")

    def test_the_own_union_sees_what_the_county_entered_for_its_enterprise(self, tree, wang, qian):
        record = EducationFundFactory(employer=tree.factory, owner_org=tree.haigang)

        seen = [list(EducationFund.objects.visible_to(person)) for person in (wang, qian)]

        assert seen == [[record], []]


class TestFund:
    @pytest.mark.parametrize("field", ["purpose", "source", "level", "year"])
    def test_what_every_fund_needs(self, field):
        empty = None if field == "year" else ""

        assert field in faults(FundFactory.build(**{field: empty}))

    @pytest.mark.parametrize("field", ["region", "budget", "arranged", "arranged_on", "result"])
    def test_what_a_fund_may_leave_open(self, field):
        empty = None if Fund._meta.get_field(field).null else ""

        assert faults(FundFactory.build(**{field: empty})) == {}

    @pytest.mark.parametrize(
        ("arranged", "spent", "refused"),
        [("80", "80.01", True), ("80", "80", False), (None, "80", False), ("80", None, False)],
    )
    def test_no_more_is_spent_than_arranged(self, arranged, spent, refused):
        fund = FundFactory.build(
            arranged=arranged and Decimal(arranged), spent=spent and Decimal(spent)
        )

        assert is_refused(fund) is refused

    @pytest.mark.parametrize("field", ["budget", "arranged", "spent"])
    def test_amounts_are_not_negative(self, field):
        assert field in faults(FundFactory.build(**{field: Decimal(-1)}))
