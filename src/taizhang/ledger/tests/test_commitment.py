"""The page of a commitment: what it asks in words, and the records behind its figure."""

import pytest
from django.urls import reverse

from taizhang.core.organisations.employers import Ownership
from taizhang.core.organisations.models import Employer
from taizhang.core.organisations.organisations import OrgType
from taizhang.core.organisations.posts import PartyMember
from taizhang.core.organisations.testing import (
    CHANGLI,
    HAIGANG,
    EmployerFactory,
    OrganisationFactory,
    PostFactory,
)
from taizhang.ledger.evaluation import evaluate_ledger
from taizhang.ledger.models import Commitment, EvaluationRun
from taizhang.registers.spec import REGISTERS
from taizhang.registers.testing_cast import create_account


@pytest.fixture
def office(client, chen):
    client.force_login(chen)
    return client


def page(client, code: str, **query) -> str:
    return client.get(reverse("commitment", args=[code]), query).content.decode()


def listed(client, code: str, **query):
    """The rows of the list that is shown, by what they are called."""
    lines = client.get(reverse("commitment", args=[code]), query).context["lines"]
    return [getattr(row, "name", None) or row.text for row in lines.rows], lines


@pytest.fixture
def two_enterprises(ledger, tree):
    """In each of two counties an enterprise union of 200: Haigang's has a full-time chair."""
    unions = {}
    for federation, full_time in ((tree.haigang, True), (tree.changli, False)):
        area = federation.region_id
        employer = EmployerFactory(name=f"{area}重型机械厂", region_id=area, owner_org=federation)
        union = OrganisationFactory(
            name=f"{area}重型机械厂工会",
            org_type=OrgType.ENTERPRISE_UNION,
            region_id=area,
            parent=federation,
            owner_org=federation,
            employer=[employer],
        )
        PostFactory(org=union, full_time=full_time, region_id=area)
        unions[area] = union
    tree.plant.employer.set([])
    evaluate_ledger()
    return unions


def test_a_commitment_on_a_register_that_is_not_in_use_says_so_in_words(office, ledger):
    evaluate_ledger()
    waiting = Commitment.objects.exclude(register__in=list(REGISTERS)).exclude(numerator="")

    assert "尚未启用" in page(office, waiting[0].code)


def test_a_commitment_says_in_words_what_is_counted_and_how_much_is_enough(office, ledger):
    text = page(office, "3.6")

    assert "“用人单位的职工人数”不少于200" in text
    assert "“组织类型”为“企业工会”" in text
    assert "不低于 100 %" in text


def test_the_records_that_count_are_listed_with_a_way_to_each(office, two_enterprises):
    names, lines = listed(office, "3.6", list="counted")

    assert names[0].startswith("130302重型机械厂工会")
    assert lines.total == 1
    assert lines.rows[0].url == reverse("record", args=["org", two_enterprises[HAIGANG].record_no])


def test_who_lacks_something_is_listed_with_the_condition_that_failed(office, two_enterprises):
    names, lines = listed(office, "3.6", list="subjects")

    assert names == ["130322重型机械厂工会"]
    fault = lines.rows[0].nearest[0].faults[0]
    assert fault.text == "要求“配有专职负责人”为“是”，实际为“否”"
    assert any("“专职”为“是”" in part for part in fault.because)


def test_what_is_missing_is_shown_first_where_something_is(office, two_enterprises):
    assert office.get(reverse("commitment", args=["3.6"])).context["chosen"] == "subjects"
    only_haigang = office.get(reverse("commitment", args=["3.6"]), {"area": HAIGANG})
    assert only_haigang.context["chosen"] == "counted"


def test_an_area_shows_only_its_own_records(office, two_enterprises):
    assert listed(office, "3.6", list="subjects", area=HAIGANG)[0] == []
    assert listed(office, "3.6", list="subjects", area=CHANGLI)[0] == ["130322重型机械厂工会"]


def test_records_outside_the_viewers_reach_are_counted_but_not_listed(client, liu, two_enterprises):
    client.force_login(liu)

    names, lines = listed(client, "3.6", list="subjects")

    assert names == []
    assert (lines.hidden, lines.total) == (1, 2)
    assert "另有 1 条不在您的查看范围内" in page(client, "3.6", list="subjects")


@pytest.mark.parametrize(("name", "hidden"), [("counted", 1), ("uncounted", 0)])
def test_a_record_of_another_county_is_counted_but_not_listed(
    client, qian, two_enterprises, name, hidden
):
    client.force_login(qian)

    _names, lines = listed(client, "3.6", list=name)

    assert (len(lines.rows), lines.hidden) == (1 - hidden, hidden)


@pytest.fixture
def party_member_chair(ledger, tree):
    """The chair of Haigang's plant, a state-owned one, is recorded as a Party member."""
    Employer.objects.update(ownership=Ownership.STATE_OWNED)
    PostFactory(org=tree.plant, party_member=PartyMember.YES, region_id=HAIGANG)
    evaluate_ledger()


@pytest.mark.parametrize("name", ["subjects", "uncounted"])
def test_a_list_does_not_tell_who_is_a_party_member(office, party_member_chair, name):
    names, lines = listed(office, "3.9", list=name)

    assert names == []
    assert lines.hidden == 1


def test_the_keeper_of_party_membership_sees_who_counts(client, tree, party_member_chair):
    keeper = create_account("xu", "许静", ("DC", tree.city), ("PM", tree.city))
    client.force_login(keeper)

    names, lines = listed(client, "3.9", list="subjects")

    assert names == [tree.plant.name]
    assert lines.hidden == 0


def test_a_list_goes_on_where_the_page_before_ended(office, ledger, tree, monkeypatch):
    monkeypatch.setattr("taizhang.ledger.explanation.ROWS", 2)
    for _ in range(3):
        OrganisationFactory(org_type=OrgType.TOWNSHIP_UNION, parent=tree.haigang)
    evaluate_ledger()

    first = office.get(reverse("commitment", args=["3.5"]), {"list": "subjects"})
    second = office.get(reverse("commitment", args=["3.5"]) + first.context["pager"].next_url)

    names = [row.name for answer in (first, second) for row in answer.context["lines"].rows]
    assert len(names) == len(set(names)) == 3
    assert second.context["pager"].next_url == ""


def test_a_figure_whose_snapshot_is_gone_says_so_instead_of_failing(office, ledger):
    evaluate_ledger()
    EvaluationRun.objects.update(snapshot="0" * 64)

    assert "快照已不再保存" in page(office, "3.6")


def test_the_next_step_opens_the_form_with_what_the_formula_asks_for(client, liu, ledger):
    client.force_login(liu)

    step = client.get(reverse("commitment", args=["5.2"]), {"area": HAIGANG}).context["step"]

    assert step.spec.slug == "meeting"
    assert step.query == f"kind=gov_union_joint&region={HAIGANG}"


def test_nobody_is_sent_to_enter_another_union_where_the_present_ones_fall_short(
    client, liu, ledger
):
    client.force_login(liu)

    assert client.get(reverse("commitment", args=["3.6"])).context["step"] is None
    assert client.get(reverse("commitment", args=["3.5"])).context["step"] is not None


def test_nobody_is_sent_to_a_form_that_they_may_not_fill_in(office, ledger):
    assert office.get(reverse("commitment", args=["5.2"])).context["step"] is None


def test_a_commitment_that_cannot_be_counted_says_what_is_owed_instead(office, ledger):
    Commitment.objects.filter(code="5.1").update(numerator="")

    assert "难以如实计数" in page(office, "5.1")


def test_a_commitment_of_no_ledger_in_force_is_not_found(office, ledger):
    assert office.get(reverse("commitment", args=["99.1"])).status_code == 404


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("counted", "x"),
        ("uncounted", "1|0) or (1=1"),
        ("unknown", "7;"),
        ("subjects", "' or ''='"),
    ],
)
def test_a_place_that_no_list_gave_out_is_not_found(office, ledger, name, after):
    evaluate_ledger()

    answer = office.get(reverse("commitment", args=["3.6"]), {"list": name, "after": after})

    assert answer.status_code == 404
