"""Amounts are commercial secrets: who reads and enters them, and who does not (handbook 1.22 g)."""

from decimal import Decimal

import pytest
from django.urls import reverse

from taizhang.core.access.roles import ROLES, grants
from taizhang.domains.finance.models import EducationFund
from taizhang.domains.finance.tests.factories import EducationFundFactory, FundFactory
from taizhang.ledger.explanation import tells_hidden_values
from taizhang.ledger.models import Commitment
from taizhang.registers.actions import create_record
from taizhang.registers.forms import record_form
from taizhang.registers.refusals import EntryRefused
from taizhang.registers.spec import REGISTERS
from taizhang.registers.testing_cast import create_account

pytestmark = pytest.mark.django_db
AMOUNTS = ("payroll", "extracted", "spent", "spent_frontline", "deducted")


@pytest.fixture
def zheng(tree):
    """Finance officer of Haigang."""
    return create_account("zheng", "郑会计", ("FN", tree.haigang))


@pytest.fixture
def declaration(tree):
    return EducationFundFactory(
        record_no="R26-A",
        employer=tree.factory,
        owner_org=tree.plant,
        payroll=Decimal("9876543.21"),
    )


def test_amounts_of_enterprises_are_for_their_union_and_for_finance():
    holders = {code for code in ROLES if grants(code, "finance.education_fund:amounts")}

    assert holders == {"PC", "FN", "AU"}


def test_amounts_of_special_funds_are_for_finance_and_for_leaders():
    holders = {code for code in ROLES if grants(code, "finance.fund:amounts")}

    assert holders == {"FN", "AU", "CH", "VC"}


@pytest.mark.parametrize(("who", "reads"), [("wang", True), ("liu", False), ("chen", False)])
def test_the_payroll_is_read_by_the_enterprise_and_masked_for_others(
    client, request, declaration, who, reads
):
    client.force_login(request.getfixturevalue(who))

    page = client.get(reverse("record", args=["education_fund", declaration.record_no])).text

    assert ("9876543.21" in page or "9,876,543.21" in page) is reads


def test_the_finance_officer_of_the_county_reads_the_payroll(client, zheng, declaration):
    client.force_login(zheng)

    page = client.get(reverse("record", args=["education_fund", declaration.record_no])).text

    assert "9876543.21" in page or "9,876,543.21" in page


@pytest.mark.parametrize(("who", "enters"), [("wang", True), ("zheng", True), ("liu", False)])
def test_a_new_declaration_asks_for_amounts_only_whom_they_are_open_to(request, who, enters):
    form = record_form(REGISTERS["education_fund"], request.getfixturevalue(who))

    assert set(AMOUNTS) <= set(form.fields) if enters else set(AMOUNTS).isdisjoint(form.fields)


def test_an_amount_sent_without_the_permission_is_refused_and_nothing_saved(tree, liu):
    values = {"employer": tree.factory, "region": tree.haigang.region, "year": 2025}

    with pytest.raises(EntryRefused):
        create_record(REGISTERS["education_fund"], values | {"payroll": Decimal(1)}, by=liu)

    assert not EducationFund.objects.exists()


def test_the_money_of_the_union_is_no_business_of_primary_unions(tree, wang, client):
    fund = FundFactory(owner_org=tree.haigang)
    client.force_login(wang)

    answer = client.get(reverse("record", args=["fund", fund.record_no]))

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "numerator",
    [
        "sum(education_fund.spent_frontline[employer!=null])",
        "distinct(fund.region[purpose=competition; source=union; arranged>0])",
    ],
)
def test_behind_a_figure_of_amounts_others_see_numbers_only(tree, chen, numerator):
    keeper = create_account("wu", "吴会计", ("FN", tree.city))
    commitment = Commitment(numerator=numerator)

    assert tells_hidden_values(commitment, chen)
    assert not tells_hidden_values(commitment, keeper)
