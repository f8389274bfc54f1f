"""Data checks: what they find, who sees it, and that a wrong rule is noticed at start."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation

from taizhang.core.organisations.testing import EmployerFactory, OrganisationFactory, PostFactory
from taizhang.core.parameters.clock import fix_status_date
from taizhang.core.records.models import RecordStatus
from taizhang.domains.leadership.tests.factories import MeetingFactory, PolicyFactory
from taizhang.registers.integrity.findings import Findings, fresh_findings, seen_of
from taizhang.registers.integrity.offering import (
    INTEGRITY_CHECKS,
    IntegrityCheck,
    Severity,
    offer_check,
)
from taizhang.registers.integrity.system_checks import check_rules

pytestmark = pytest.mark.django_db

MANY = IntegrityCheck(
    "employer.many_unions",
    "employer",
    "more than one union",
    "count(org[employer=self; org_state=active])>1",
    "Look which of them is the union of this unit.",
    Severity.ERROR,
)


@pytest.fixture(autouse=True)
def _status_date(db):
    fix_status_date(date(2026, 9, 30), source="test")


@pytest.fixture
def many(tree):
    """The check of MANY, and a second union of the plant for it to find."""
    with INTEGRITY_CHECKS.temporarily(lambda _registry: offer_check(MANY)):
        OrganisationFactory(parent=tree.haigang, employer=[tree.factory])
        yield MANY


def _found(findings: Findings, key: str) -> tuple[int, ...]:
    return findings.of(key).ids


def test_a_rule_of_a_domain_finds_the_rows_for_which_it_holds(many, tree):
    EmployerFactory()

    assert _found(fresh_findings(), many.key) == (tree.factory.pk,)


def test_only_verified_rows_are_looked_at(tree):
    void = OrganisationFactory(parent=tree.haigang, record_status=RecordStatus.VOID)
    found = PostFactory(org=void)
    PostFactory(org=void, record_status=RecordStatus.DRAFT)

    assert _found(fresh_findings(), "post.refers_to_void") == (found.pk,)


def test_a_reference_among_several_is_looked_at_too(tree):
    draft = EmployerFactory(record_status=RecordStatus.SUBMITTED)
    tree.plant.employer.add(draft)

    findings = fresh_findings()

    assert _found(findings, "org.refers_to_unverified") == (tree.plant.pk,)
    assert _found(findings, "org.refers_to_void") == ()


def test_an_event_is_not_entered_before_it_comes(tree):
    late = MeetingFactory(held_on=date(2026, 1, 6))  # entered on 5 January 2026
    MeetingFactory(held_on=date(2026, 1, 5))

    assert _found(fresh_findings(), "meeting.dated_after_entry") == (late.pk,)


def test_a_state_does_not_end_before_it_starts(tree):
    union = OrganisationFactory(
        parent=tree.haigang, founded_on=date(2020, 1, 2), ended_on=date(2020, 1, 1)
    )

    assert _found(fresh_findings(), "org.ends_before_start") == (union.pk,)


def test_a_record_that_nobody_below_the_city_can_see_is_found(tree):
    lost = PostFactory(org=tree.plant, owner_org=None)
    PostFactory(org=tree.plant, owner_org=tree.plant)

    assert _found(fresh_findings(), "post.nowhere") == (lost.pk,)


def test_findings_follow_the_facts_and_the_day(many, tree):
    before = _found(fresh_findings(), many.key)
    tree.plant.ended_on, tree.plant.org_state = date(2026, 10, 1), "dissolved"
    tree.plant.end_basis = "employer_terminated"
    tree.plant.save()

    same_day = _found(fresh_findings(), many.key)
    fix_status_date(date(2026, 10, 1), source="test")
    next_day = _found(fresh_findings(), many.key)

    assert (before, same_day, next_day) == ((tree.factory.pk,), (tree.factory.pk,), ())


def test_each_sees_the_findings_in_the_records_that_they_see(tree, chen, liu, qian, zhao):
    void = OrganisationFactory(parent=tree.haigang, record_status=RecordStatus.VOID)
    post = PostFactory(org=void, owner_org=tree.haigang)

    finding = fresh_findings().of("post.refers_to_void")

    assert [seen_of(finding, who) for who in (chen, liu, qian, zhao)] == [
        [post.pk],
        [post.pk],
        [],
        [],
    ]


def test_the_page_tells_the_number_and_leads_to_the_records(many, tree, liu, qian):
    fresh_findings()

    seen = _get(liu, "/integrity/")
    records = _get(liu, f"/integrity/{many.key}/")
    neighbour = _get(qian, "/integrity/")
    empty = _get(qian, f"/integrity/{many.key}/")

    assert many.label in seen
    assert tree.factory.name in records
    assert many.label not in neighbour
    assert tree.factory.name not in empty


def test_the_page_of_one_area_tells_of_that_area(many, chen):
    fresh_findings()

    assert many.label in _get(chen, "/integrity/?area=130302")
    assert many.label not in _get(chen, "/integrity/?area=130322")


@pytest.mark.parametrize(
    "address",
    [
        "/integrity/no.such/",
        "/integrity/?area=1",
        "/integrity/meeting.refers_to_void/?after=x",
        f"/integrity/meeting.refers_to_void/?after={'9' * 5000}",
    ],
)
def test_what_is_not_there_is_not_found(tree, liu, address):
    client = Client()
    client.force_login(liu)

    assert client.get(address).status_code == 404


def test_many_records_come_by_pages(tree, chen, monkeypatch):
    monkeypatch.setattr("taizhang.registers.integrity.views.PAGE_ROWS", 2)
    posts = [PostFactory(org=tree.plant, owner_org=None) for _n in range(3)]
    fresh_findings()

    first = _get(chen, "/integrity/post.nowhere/")
    second = _get(chen, f"/integrity/post.nowhere/?after={posts[1].pk}")

    assert [post.record_no in first for post in posts] == [True, True, False]
    assert [post.record_no in second for post in posts] == [False, False, True]
    assert f"?after={posts[1].pk}" in first


def test_the_page_of_a_record_tells_what_was_found_in_it(many, tree, liu):
    PolicyFactory(record_no="P-1")
    fresh_findings()

    assert many.advice in _get(liu, "/registers/employer/EMP-PLANT/")
    assert many.advice not in _get(liu, "/registers/policy/P-1/")


def test_the_command_tells_the_records_and_fails_on_an_error(many, tree, capsys):
    with pytest.raises(CommandError, match="There are 1 errors"):
        call_command("integrity", "--check", many.key)

    out = capsys.readouterr().out
    assert "EMP-PLANT" in out
    assert "1 checks, 1 findings, 1 of them errors." in out


def test_warnings_alone_do_not_fail_the_command(tree, capsys):
    MeetingFactory(record_no="M-LATE", held_on=date(2026, 1, 6))

    call_command("integrity", "--check", "meeting.dated_after_entry")

    assert "M-LATE" in capsys.readouterr().out


def test_the_command_names_the_nearest_check(tree):
    with pytest.raises(CommandError, match=r"Did you mean “meeting\.refers_to_void”"):
        call_command("integrity", "--check", "meeting.refer_to_void")


@pytest.mark.parametrize("rule", ["unions>1", "count(orgs[employer=self])>1", "name="])
def test_a_rule_that_names_nothing_known_is_an_error_at_start(rule):
    wrong = IntegrityCheck("employer.wrong", "employer", "wrong", rule, "")

    with INTEGRITY_CHECKS.temporarily(lambda _registry: offer_check(wrong)):
        found = check_rules()

    assert [(error.id, "employer.wrong" in error.msg) for error in found] == [
        ("integrity.E001", True)
    ]
    assert check_rules() == []


def _get(user, address: str) -> str:
    client = Client()
    client.force_login(user)
    with translation.override("zh-hans"):
        return client.get(address).content.decode()
