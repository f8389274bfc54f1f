"""The page of an organisation: facts, line, posts, employers, and what it owes."""

import pytest
from django.urls import reverse

from taizhang.core.organisations.models import Organisation
from taizhang.core.organisations.testing import (
    OrganisationFactory,
    PostFactory,
)
from taizhang.ledger.evaluation import evaluate_ledger
from taizhang.ledger.tests.conftest import STATUS_DATE


@pytest.fixture
def office(client, chen):
    client.force_login(chen)
    return client


def context(client, organisation):
    return client.get(reverse("organisation", args=[organisation.record_no])).context


def test_the_line_upward_starts_at_the_city(office, tree, ledger):
    assert context(office, tree.plant)["line"] == [(tree.city, True), (tree.haigang, True)]


def test_the_line_leads_only_to_pages_that_the_account_may_open(client, liu, tree):
    client.force_login(liu)

    assert context(client, tree.plant)["line"] == [(tree.city, False), (tree.haigang, True)]
    assert (
        reverse("organisation", args=["ORG-CITY"])
        not in client.get(reverse("organisation", args=["ORG-PLANT"])).content.decode()
    )


def test_a_record_number_with_a_slash_has_a_page(client, liu, tree):
    Organisation.objects.filter(pk=tree.haigang.pk).update(record_no="海工/2021-1")
    client.force_login(liu)

    answer = client.get(reverse("organisation", args=["海工/2021-1"]))

    assert answer.context["organisation"] == tree.haigang


def test_posts_are_counted_and_never_named(office, tree, ledger):
    PostFactory(org=tree.plant, person_name="张某某")

    answer = office.get(reverse("organisation", args=["ORG-PLANT"]))

    assert answer.context["posts"] == [("主席", 1)]
    assert "张某某" not in answer.content.decode()


def owed(client, organisation):
    """By code, what the page says when it is asked to look everything up."""
    page = client.get(reverse("organisation", args=[organisation.record_no]), {"owed": ""})
    return {each.commitment.code: each for each in page.context["owed"]}


def test_a_federation_owes_what_its_area_owes(office, tree, ledger):
    evaluate_ledger()

    found = owed(office, tree.haigang)

    assert {str(each.unit) for each in found.values()} == {"", "所辖区域"}
    assert str(found["5.2"].unit) == "所辖区域"


def test_an_enterprise_union_owes_nothing_of_its_area(office, tree, ledger):
    evaluate_ledger()

    assert "5.2" not in owed(office, tree.plant)


def test_a_union_owes_its_part_of_a_share_and_sees_what_is_missing(office, tree, ledger):
    tree.factory.headcount, tree.factory.headcount_as_of = 500, STATUS_DATE
    tree.factory.save()
    evaluate_ledger()

    chair, congress = (owed(office, tree.plant)[code] for code in ("3.6", "24.1"))

    assert (chair.verdict, chair.unit) == ("unmet", "")
    assert [line.number for line in chair.nearest] == [tree.plant.record_no]
    assert (congress.verdict, str(congress.unit)) == ("no_data", "用人单位")


def test_what_is_missing_leads_to_the_form_that_enters_it(client, wang, tree, ledger):
    tree.factory.headcount, tree.factory.headcount_as_of = 500, STATUS_DATE
    tree.factory.save()
    evaluate_ledger()
    client.force_login(wang)

    step = owed(client, tree.plant)["24.1"].step

    form = client.get(f"{reverse('record_new', args=[step.spec.slug])}?{step.query}")
    assert tree.factory.name in form.content.decode()


def test_the_duties_are_fetched_once_and_stand_on_the_page_from_then_on(office, tree, ledger):
    evaluate_ledger()
    here = reverse("organisation", args=["ORG-PLANT"])

    first = office.get(here)
    part = office.get(f"{here}?owed", headers={"HX-Request": "true"})
    second = office.get(here)

    assert first.context["owed"] is None
    assert "<html" not in part.content.decode()
    assert second.context["owed"] is not None


def test_an_organisation_of_another_county_is_not_found(client, qian, tree):
    client.force_login(qian)

    assert client.get(reverse("organisation", args=["ORG-PLANT"])).status_code == 404
    assert client.get(reverse("organisation", args=["ORG-CHANGLI"])).status_code == 200


def test_the_unions_below_are_paged_by_their_number(office, tree, monkeypatch):
    monkeypatch.setattr("taizhang.ledger.views.organisation.ROWS", 2)
    for index in range(4):
        OrganisationFactory(record_no=f"BELOW-{index}", parent=tree.changli)

    first = office.get(reverse("organisation", args=["ORG-CHANGLI"])).context
    second = office.get(first["pager"].next_url).context

    assert [row.record_no for row in first["children"]] == ["BELOW-0", "BELOW-1"]
    assert [row.record_no for row in second["children"]] == ["BELOW-2", "BELOW-3"]
    assert second["pager"].next_url == ""
