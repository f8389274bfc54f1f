"""Merging: two persons, everything that referred to the one refers to the other, nothing twice."""

from datetime import date

import pytest
from django.conf import settings as django_settings
from django.utils.translation import override

from taizhang.core.access.models import Grant
from taizhang.core.audit.models import AuditRow
from taizhang.core.audit.trail import chain_faults
from taizhang.core.organisations.models import Employer, Lineage, Organisation, Post
from taizhang.core.organisations.organisations import OrgType
from taizhang.core.organisations.testing import (
    HAIGANG,
    EmployerFactory,
    OrganisationFactory,
    PostFactory,
    employer_code,
    union_code,
)
from taizhang.core.parameters.clock import fix_status_date
from taizhang.core.records.models import RecordStatus
from taizhang.ledger.current import DEFAULT_PACK, shipped_pack
from taizhang.ledger.establish import establish_ledger
from taizhang.ledger.evaluation import evaluate_ledger, evaluate_stale
from taizhang.ledger.models import FigureRow
from taizhang.registers.corrections.actions import accept, refuse
from taizhang.registers.corrections.models import Correction
from taizhang.registers.merging.actions import propose_merge
from taizhang.registers.merging.models import Merged
from taizhang.registers.references import NoSuchRecord, candidates, resolve
from taizhang.registers.refusals import EntryRefused, RecordChanged, TransitionRefused
from taizhang.registers.sheets.models import ColumnMapping
from taizhang.registers.spec import REGISTERS

pytestmark = pytest.mark.django_db
WHY = "同一单位登记了两次"


@pytest.fixture(autouse=True)
def _status_date(tree):
    fix_status_date(date(2026, 9, 30), source="test")


@pytest.fixture
def twin(tree) -> Organisation:
    """The plant's union once more, below a township union."""
    return OrganisationFactory(
        record_no="ORG-TWIN",
        name="海港重型机械有限责任公司工会",
        parent=tree.haigang,
        owner_org=tree.haigang,
        employer=[tree.factory],
        uscc=union_code(7),
    )


def propose(slug, survivor, loser, by, taken=()) -> Correction:
    return propose_merge(
        REGISTERS[slug],
        survivor,
        loser,
        taken,
        reason=WHY,
        by=by,
        versions=(survivor.version, loser.version),
    )


def merge(slug, survivor, loser, liu, chen, taken=()) -> None:
    accept(propose(slug, survivor, loser, liu, taken), by=chen)


class TestTwoPersons:
    def test_one_proposes_and_a_second_accepts(self, tree, twin, liu, chen):
        correction = propose("org", tree.plant, twin, liu)
        with pytest.raises(TransitionRefused):
            accept(correction, by=liu)
        before = set(Organisation.objects.verified().values_list("pk", flat=True))

        accept(correction, by=chen)

        assert {tree.plant.pk, twin.pk} <= before
        assert Organisation.objects.get(pk=twin.pk).record_status == RecordStatus.VOID
        assert Organisation.objects.get(pk=tree.plant.pk).record_status == RecordStatus.VERIFIED

    def test_nobody_merges_what_lies_outside_the_reach(self, tree, twin, qian, liu):
        with pytest.raises(EntryRefused):
            propose("org", tree.plant, twin, qian)
        far = OrganisationFactory(parent=tree.changli, region_id=tree.changli.region_id)
        with pytest.raises(EntryRefused):
            propose("org", tree.plant, far, liu)

    def test_a_refused_merger_leaves_both(self, tree, twin, liu, chen):
        refuse(propose("org", tree.plant, twin, liu), by=chen, reason="两个厂区")

        assert Organisation.objects.get(pk=twin.pk).record_status == RecordStatus.VERIFIED
        assert not Merged.objects.exists()

    def test_a_record_changed_meanwhile_stops_it(self, tree, twin, liu, chen):
        correction = propose("org", tree.plant, twin, liu)

        Organisation.objects.filter(pk=tree.plant.pk).update(version=9)
        with pytest.raises(TransitionRefused):
            accept(correction, by=chen)
        Organisation.objects.filter(pk=tree.plant.pk).update(version=tree.plant.version)
        Organisation.objects.filter(pk=twin.pk).update(version=9)
        with pytest.raises(RecordChanged):
            accept(correction, by=chen)

        assert Organisation.objects.get(pk=twin.pk).record_status == RecordStatus.VERIFIED

    def test_proposing_changes_nothing_yet(self, tree, twin, liu):
        PostFactory(org=twin, owner_org=twin)

        propose("org", tree.plant, twin, liu, ["uscc"])

        assert Post.objects.filter(org=twin, version=1).count() == 1
        assert Organisation.objects.get(pk=twin.pk).uscc == union_code(7)
        assert [row.action for row in AuditRow.objects.all()] == ["propose_merge"]


class TestEverythingFollows:
    def test_rows_of_every_register_refer_to_the_survivor(self, tree, twin, liu, chen):
        post = PostFactory(org=twin, owner_org=twin)
        below = OrganisationFactory(org_type=OrgType.BRANCH, parent=twin, owner_org=twin)
        void = PostFactory(org=twin, owner_org=tree.haigang, record_status=RecordStatus.VOID)

        merge("org", tree.plant, twin, liu, chen)

        post.refresh_from_db()
        below.refresh_from_db()
        assert (post.org, post.owner_org, post.version) == (tree.plant, tree.plant, 2)
        assert (below.parent, below.owner_org) == (tree.plant, tree.plant)
        assert Post.objects.get(pk=void.pk).org == twin, "a void row is a trace"
        row = AuditRow.objects.get(subject_no=post.record_no)
        assert (row.action, row.actor) == ("merge", chen)
        assert row.changes == {
            "org": ["ORG-TWIN", "ORG-PLANT"],
            "owner_org": ["ORG-TWIN", "ORG-PLANT"],
        }
        assert list(chain_faults()) == []

    def test_the_tree_follows(self, tree, twin, liu, chen):
        below = OrganisationFactory(org_type=OrgType.BRANCH, parent=twin, owner_org=twin)

        merge("org", tree.plant, twin, liu, chen)

        above = Lineage.objects.filter(descendant=below).order_by("depth")
        assert [row.ancestor_id for row in above] == [
            below.pk,
            tree.plant.pk,
            tree.haigang.pk,
            tree.city.pk,
        ]

    def test_roles_follow_and_one_held_at_both_stays_once(self, tree, twin, liu, chen, wang, sun):
        Grant.objects.create(user=wang, role="PC", organisation=twin, confirmed=True)
        Grant.objects.create(user=sun, role="PC", organisation=twin, confirmed=True)

        merge("org", tree.plant, twin, liu, chen)

        held = Grant.objects.filter(role="PC").values_list("user__username", "organisation")
        assert sorted(held) == [("sun", tree.plant.pk), ("wang", tree.plant.pk)]
        assert AuditRow.objects.filter(subject="access.grant", action="merge").count() == 2

    def test_what_both_settled_for_themselves_stays_with_each(self, tree, twin, liu, chen):
        mine, theirs, other = (
            ColumnMapping.objects.create(
                organisation=organisation, register="meeting", headers=headers, by=liu
            )
            for organisation, headers in ((tree.plant, "a"), (twin, "a"), (twin, "b"))
        )

        merge("org", tree.plant, twin, liu, chen)

        kept = dict(ColumnMapping.objects.values_list("pk", "organisation"))
        assert kept == {mine.pk: tree.plant.pk, theirs.pk: twin.pk, other.pk: tree.plant.pk}

    def test_lists_of_references_follow(self, tree, liu, chen):
        twin = EmployerFactory(name=tree.factory.name, owner_org=tree.haigang)
        joint = OrganisationFactory(
            org_type=OrgType.JOINT_UNION,
            parent=tree.haigang,
            owner_org=tree.haigang,
            employer=[twin, EmployerFactory(record_no="EMP-3")],
        )

        merge("employer", tree.factory, twin, liu, chen)

        assert {row.record_no for row in joint.employer.all()} == {"EMP-PLANT", "EMP-3"}

    def test_registers_that_changed_are_marked(self, tree, twin, liu, chen, monkeypatch):
        PostFactory(org=twin, owner_org=tree.haigang)
        correction = propose("org", tree.plant, twin, liu)
        heard: list[str] = []
        monkeypatch.setattr("taizhang.registers.staleness.STALE_HOOKS", [heard.append])

        accept(correction, by=chen)

        assert sorted(heard) == ["org", "post"]


class TestValues:
    def test_the_survivor_takes_what_was_chosen_and_codes_change_hands(self, tree, liu, chen):
        twin = EmployerFactory(
            name="海港重机", headcount=310, uscc=employer_code(991), owner_org=tree.haigang
        )
        old = tree.factory.uscc

        merge("employer", tree.factory, twin, liu, chen, ["uscc", "headcount"])

        survivor, loser = (Employer.objects.get(pk=row.pk) for row in (tree.factory, twin))
        assert (survivor.uscc, survivor.headcount) == (employer_code(991), 310)
        assert survivor.name == tree.factory.name
        assert loser.uscc == old
        rows = AuditRow.objects.filter(subject_no="EMP-PLANT", action="merge")
        assert rows.get().changes == {
            "uscc": [old, employer_code(991)],
            "headcount": [200, 310],
            "merged": [None, twin.record_no],
        }

    def test_an_empty_code_is_filled(self, tree, twin, liu, chen):
        merge("org", tree.plant, twin, liu, chen, ["uscc"])

        assert Organisation.objects.get(pk=tree.plant.pk).uscc == union_code(7)
        assert Organisation.objects.get(pk=twin.pk).uscc is None

    def test_rules_hold_for_the_survivor(self, tree, liu):
        twin = EmployerFactory(headcount=500, female_headcount=400, owner_org=tree.haigang)

        with pytest.raises(TransitionRefused):
            propose("employer", tree.factory, twin, liu, ["female_headcount"])


class TestRefused:
    def test_one_body_above_the_other_is_not_its_duplicate(self, tree, liu, chen):
        branch = OrganisationFactory(
            org_type=OrgType.BRANCH, parent=tree.plant, owner_org=tree.haigang
        )

        for survivor, loser in ((tree.plant, branch), (branch, tree.plant)):
            with pytest.raises(TransitionRefused) as refusal:
                propose("org", survivor, loser, liu)

            assert tree.plant.name in str(refusal.value.why)

    def test_a_successor_is_not_a_duplicate(self, tree, twin, liu):
        Organisation.objects.filter(pk=twin.pk).update(successor=tree.plant)

        with pytest.raises(TransitionRefused):
            propose("org", tree.plant, Organisation.objects.get(pk=twin.pk), liu)

    def test_rows_that_would_break_a_rule_are_named(self, tree, liu):
        twin = EmployerFactory(name=tree.factory.name, owner_org=tree.haigang)
        joint = OrganisationFactory(
            org_type=OrgType.JOINT_UNION, parent=tree.haigang, employer=[tree.factory, twin]
        )

        with pytest.raises(TransitionRefused) as refusal:
            propose("employer", tree.factory, twin, liu)

        assert joint.record_no in str(refusal.value.why)
        assert "联合基层工会" in str(refusal.value.why)
        assert twin in joint.employer.all()

    def test_a_fault_that_stood_before_does_not_hold_a_merger_up(self, tree, twin, liu, chen):
        post = PostFactory(org=twin, owner_org=tree.haigang)
        Post.objects.filter(pk=post.pk).update(birth_year=1)

        merge("org", tree.plant, twin, liu, chen)

        assert Post.objects.get(pk=post.pk).org == tree.plant

    def test_a_record_is_not_merged_into_itself(self, tree, liu):
        with pytest.raises(EntryRefused):
            propose("org", tree.plant, tree.plant, liu)

    def test_a_proposal_that_waits_on_either_is_decided_first(self, tree, twin, liu, chen):
        propose("org", tree.plant, twin, liu)

        with pytest.raises(EntryRefused):
            propose("org", twin, tree.plant, chen)


class TestAfterwards:
    def test_the_old_number_and_code_name_the_survivor(self, tree, twin, liu, chen):
        merge("org", tree.plant, twin, liu, chen)
        rows = candidates(Organisation, liu)

        for text in ("ORG-TWIN", union_code(7), "海港重机工会（ORG-TWIN）"):
            assert resolve(rows, text) == tree.plant
        with pytest.raises(NoSuchRecord):
            resolve(rows, "海港重型机械有限责任公司工会")

    def test_so_do_those_of_what_was_merged_before(self, tree, twin, liu, chen):
        third = OrganisationFactory(parent=tree.haigang, employer=[tree.factory])
        merge("org", twin, third, liu, chen)
        merge("org", tree.plant, Organisation.objects.get(pk=twin.pk), liu, chen)

        assert resolve(candidates(Organisation, liu), third.record_no) == tree.plant

    def test_pages_say_where_it_went_and_what_came(self, client, tree, twin, liu, chen):
        merge("org", tree.plant, twin, liu, chen)
        client.force_login(liu)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

        gone = client.get("/registers/org/ORG-TWIN/").text
        standing = client.get("/registers/org/ORG-PLANT/").text

        assert 'Merged into <a href="/registers/org/ORG-PLANT/">' in gone
        assert "was merged into this record" in standing
        assert "proposed to merge it" in standing, "the log of the other"

    def test_nothing_is_counted_twice(self, tree, liu, chen, tmp_path, monkeypatch):
        monkeypatch.setattr(django_settings, "SNAPSHOT_DIR", tmp_path)
        establish_ledger(shipped_pack(DEFAULT_PACK), by=None)
        twin = EmployerFactory(name=tree.factory.name, owner_org=tree.haigang)
        double = OrganisationFactory(parent=tree.haigang, owner_org=tree.haigang, employer=[twin])
        for union in (tree.plant, double):
            PostFactory(org=union, owner_org=union, rank_status="deputy_equivalent")
        evaluate_ledger()
        before = unions_with_a_ranked_chair()

        merge("employer", tree.factory, twin, liu, chen)
        merge("org", tree.plant, Organisation.objects.get(pk=double.pk), liu, chen)
        evaluate_stale()

        assert (before, unions_with_a_ranked_chair()) == ((2, 2), (1, 1))


def unions_with_a_ranked_chair() -> tuple[int, int]:
    """Commitment 3.2 of Haigang: how many of how many enterprise unions."""
    figure = FigureRow.objects.get(commitment__code="3.2", area=HAIGANG)
    return figure.numerator, figure.denominator


def test_a_pair_that_nobody_can_have_is_not_found(client, liu):
    client.force_login(liu)

    answer = client.get(f"/registers/org/duplicates/1-{'9' * 30}/")

    assert answer.status_code == 404


def test_the_page_proposes_what_was_chosen(client, tree, twin, liu):
    client.force_login(liu)
    one, other = tree.plant, twin
    address = f"/registers/org/duplicates/{one.pk}-{other.pk}/"
    with override("en"):
        listed = client.get("/registers/org/duplicates/", HTTP_ACCEPT_LANGUAGE="en").text
        form = client.get(address).text

    answer = client.post(
        address,
        {
            f"version_{one.pk}": one.version,
            f"version_{other.pk}": other.version,
            "survivor": other.pk,
            "keep_uscc": other.pk,
            "keep_name": one.pk,
            "reason": WHY,
        },
    )

    assert '<a class="btn btn-outline-secondary btn-sm" href="/registers/org/duplicates/">' in (
        client.get("/registers/org/").text
    )
    assert address in listed
    assert "Same name in one area" in listed
    assert union_code(7) in form
    assert answer.status_code == 302
    correction = Correction.objects.get()
    assert (correction.kind, correction.record) == ("merge", one.pk)
    page = client.get("/registers/org/ORG-PLANT/").text
    assert "ORG-TWIN" in page


def test_a_refused_proposal_keeps_what_was_chosen(client, tree, twin, liu):
    client.force_login(liu)
    address = f"/registers/org/duplicates/{tree.plant.pk}-{twin.pk}/"

    answer = client.post(
        address,
        {
            f"version_{tree.plant.pk}": 1,
            f"version_{twin.pk}": 1,
            "survivor": twin.pk,
            "reason": "",
        },
    )

    assert answer.status_code == 409
    assert answer.context["survivor"] == twin.pk
    assert not Correction.objects.exists()
