"""What stands below a union in the two trees is added up once in each, and never across them."""

from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taizhang.core.organisations.lineage import rebuild_lineage
from taizhang.core.organisations.models import Organisation
from taizhang.core.organisations.organisations import OrgType
from taizhang.core.organisations.testing import (
    CITY,
    HAIGANG,
    EmployerFactory,
    OrganisationFactory,
)
from taizhang.ledger.current import current_ledger
from taizhang.ledger.evaluation import evaluate_ledger
from taizhang.ledger.models import AssessmentRow, Commitment
from taizhang.ledger.rollup import (
    INDUSTRIAL,
    TERRITORIAL,
    members,
    rolled_up,
    shares,
    trees_below,
)
from taizhang.ledger.tests.conftest import STATUS_DATE
from taizhang.measures.commitments import Verdict

OF_UNIONS = "3.5"
OF_EMPLOYERS = "22.4"
OF_LARGE_UNIONS = "3.6"


@pytest.fixture
def industry(tree) -> Organisation:
    return OrganisationFactory(
        record_no="ORG-METAL",
        name="秦皇岛市冶金机械工会",
        org_type=OrgType.INDUSTRIAL_UNION,
        parent=tree.city,
        region_id=CITY,
    )


def assess(code: str, subject: str, key: int | str, verdict: Verdict) -> None:
    AssessmentRow.objects.create(
        commitment=Commitment.objects.get(code=code, item__ledger__is_current=True),
        subject=subject,
        key=str(key),
        area_id=HAIGANG,
        window="2026",
        verdict=verdict,
    )


def row(node: Organisation, tree: str, code: str):
    rows = rolled_up(current_ledger(), node, tree)
    return next((each for each in rows if each.commitment.code == code), None)


def test_a_union_in_both_trees_is_counted_once_in_each(tree, ledger, industry):
    Organisation.objects.filter(pk=tree.plant.pk).update(industry_parent=industry)
    assess(OF_UNIONS, "org", tree.plant.pk, Verdict.MET)

    by_area = row(tree.city, TERRITORIAL, OF_UNIONS)
    by_industry = row(industry, INDUSTRIAL, OF_UNIONS)

    assert (by_area.owed, by_area.met, by_area.value) == (1, 1, Decimal(100))
    assert (by_industry.owed, by_industry.met, by_industry.verdict) == (1, 1, Verdict.MET)
    assert row(industry, TERRITORIAL, OF_UNIONS) is None


def test_the_industrial_line_reaches_what_stands_below_its_unions(tree, ledger, industry):
    branch = OrganisationFactory(parent=tree.plant, org_type=OrgType.BRANCH)
    Organisation.objects.filter(pk=tree.plant.pk).update(industry_parent=industry)

    assert members(industry, INDUSTRIAL) == {industry.pk, tree.plant.pk, branch.pk}
    assert trees_below(industry) == [INDUSTRIAL]


def test_an_employer_of_two_unions_is_one_unit(tree, ledger):
    joint = OrganisationFactory(org_type=OrgType.JOINT_UNION, parent=tree.haigang)
    joint.employer.set([tree.factory, EmployerFactory()])
    assess(OF_EMPLOYERS, "employer", tree.factory.pk, Verdict.UNMET)

    assert row(tree.haigang, TERRITORIAL, OF_EMPLOYERS).owed == 1


def test_the_share_is_of_the_units_with_data_and_not_exempted(tree, ledger):
    unions = [tree.plant, *OrganisationFactory.create_batch(3, parent=tree.haigang)]
    verdicts = [Verdict.MET, Verdict.UNMET, Verdict.NO_DATA, Verdict.NOT_APPLICABLE]
    for union, verdict in zip(unions, verdicts, strict=True):
        assess(OF_UNIONS, "org", union.pk, verdict)

    found = row(tree.haigang, TERRITORIAL, OF_UNIONS)

    assert (found.owed, found.met, found.no_data, found.not_applicable) == (4, 1, 1, 1)
    assert (found.judged, found.value, found.verdict) == (2, Decimal(50), Verdict.UNMET)


LINKS = st.lists(
    st.tuples(st.integers(0, 6), st.none() | st.integers(0, 6)), min_size=1, max_size=6
)


@given(links=LINKS)
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_parts_of_a_tree_add_up_to_the_whole(tree, ledger, links):
    """Whatever hangs where: own units and those of the bodies right below are the whole."""
    AssessmentRow.objects.all().delete()
    levels = Organisation.objects.filter(name__startswith="层级")
    levels.update(parent=tree.haigang, industry_parent=None)
    levels.delete()
    bodies = [tree.haigang]
    for number, (parent, industry_parent) in enumerate(links):
        industrial = None if industry_parent is None else bodies[industry_parent % len(bodies)]
        bodies.append(
            OrganisationFactory(
                name=f"层级{number}",
                parent=bodies[parent % len(bodies)],
                industry_parent=industrial,
            )
        )
    rebuild_lineage(dict(Organisation.objects.values_list("pk", "parent")))
    for body in bodies:
        assess(OF_UNIONS, "org", body.pk, Verdict.MET)

    below = [members(body, TERRITORIAL) for body in bodies if body.parent_id == tree.haigang.pk]

    whole = members(tree.haigang, TERRITORIAL)
    assert whole - {tree.plant.pk} == {tree.haigang.pk}.union(*below)
    assert sum(map(len, below)) == len(frozenset().union(*below))
    assert row(tree.haigang, TERRITORIAL, OF_UNIONS).owed == len(bodies)
    assert row(tree.haigang, INDUSTRIAL, OF_UNIONS).owed == len(bodies)


def test_the_page_leads_from_a_commitment_to_the_units_that_owe_it(client, chen, tree, ledger):
    evaluate_ledger()
    assess(OF_UNIONS, "org", tree.plant.pk, Verdict.UNMET)
    client.force_login(chen)
    here = reverse("organisation_below", args=["ORG-HAIGANG"])

    listed = client.get(here, {"tree": TERRITORIAL})
    units = client.get(here, {"tree": TERRITORIAL, "code": OF_UNIONS})

    assert f"code={OF_UNIONS}" in listed.content.decode()
    assert [(line.name, line.verdict) for line in units.context["lines"]] == [
        (tree.plant.name, Verdict.UNMET)
    ]


@pytest.mark.parametrize("query", [{"tree": "party"}, {"tree": INDUSTRIAL, "code": "99.9"}])
def test_a_tree_or_a_commitment_that_does_not_exist_is_not_found(client, chen, ledger, query):
    client.force_login(chen)

    assert client.get(reverse("organisation_below", args=["ORG-CITY"]), query).status_code == 404


def test_a_unit_that_the_account_may_not_see_is_counted_and_not_named(client, qian, tree, ledger):
    evaluate_ledger()
    Organisation.objects.filter(pk=tree.plant.pk).update(industry_parent=tree.changli)
    assess(OF_UNIONS, "org", tree.plant.pk, Verdict.UNMET)
    client.force_login(qian)
    here = reverse("organisation_below", args=["ORG-CHANGLI"])

    page = client.get(here, {"tree": INDUSTRIAL, "code": OF_UNIONS})

    assert (page.context["total"], page.context["hidden"], page.context["lines"]) == (1, 1, [])
    assert tree.plant.name not in page.content.decode()


def test_a_share_is_counted_over_the_units_of_the_line_alone(tree, ledger, industry):
    other = OrganisationFactory(parent=tree.haigang, org_type=OrgType.ENTERPRISE_UNION)
    other.employer.set([EmployerFactory(headcount=500, headcount_as_of=STATUS_DATE)])
    Organisation.objects.filter(pk=other.pk).update(industry_parent=industry)
    run = evaluate_ledger()

    by_industry = {each.commitment.code: each for each in shares(run, {industry.pk, other.pk})}

    chairs = by_industry[OF_LARGE_UNIONS]
    assert (chairs.owed, chairs.met, chairs.value) == (1, 0, 0)
    assert chairs.verdict is Verdict.UNMET


def test_the_shares_come_as_a_part_and_are_kept(client, chen, tree, ledger):
    tree.factory.headcount, tree.factory.headcount_as_of = 500, STATUS_DATE
    tree.factory.save()
    evaluate_ledger()
    client.force_login(chen)
    here = reverse("organisation_below", args=["ORG-HAIGANG"])
    query = {"tree": TERRITORIAL}

    first = client.get(here, query)
    part = client.get(here, {**query, "shares": "1"}, headers={"HX-Request": "true"})
    second = client.get(here, query)

    assert OF_LARGE_UNIONS not in [each.commitment.code for each, _url in first.context["rolled"]]
    assert "<html" not in part.content.decode()
    assert OF_LARGE_UNIONS in [each.commitment.code for each, _url in second.context["rolled"]]
    assert second.context["shares_url"] == ""
