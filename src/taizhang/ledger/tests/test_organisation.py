"""The page of an organisation: facts, line, posts, employers, and what it owes."""

import pytest
from django.urls import reverse

from taizhang.core.organisations.models import Organisation
from taizhang.core.organisations.testing import (
    HAIGANG,
    OrganisationFactory,
    PostFactory,
)
from taizhang.ledger.evaluation import evaluate_ledger


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


def test_a_federation_owes_what_its_area_owes(office, tree, ledger):
    evaluate_ledger()

    owed = context(office, tree.haigang)["owed"]

    units = {(row.assessment.subject, row.assessment.key) for row in owed}
    assert units == {("area", HAIGANG), ("org", str(tree.haigang.pk))}
    assert "5.2" in [row.assessment.commitment.code for row in owed]


def test_an_enterprise_union_owes_nothing_of_its_area(office, tree, ledger):
    evaluate_ledger()

    owed = context(office, tree.plant)["owed"]

    assert {row.assessment.subject for row in owed} <= {"org"}


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
