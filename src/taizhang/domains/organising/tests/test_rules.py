"""The rules of R01, R02, R03 and R41 (handbook 2.5, 3.7), with messages in both languages."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from taizhang.core.organisations.models import Lineage, Organisation
from taizhang.core.organisations.organisations import OrgState, OrgType, check_employers
from taizhang.core.organisations.posts import PartyMember, Post, person_key
from taizhang.core.organisations.testing import (
    HAIGANG,
    EmployerFactory,
    OrganisationFactory,
    PostFactory,
    TermFactory,
    employer_code,
    union_code,
)
from taizhang.core.parameters.clock import fix_status_date
from taizhang.core.records.models import RecordStatus
from taizhang.registers.actions import change_record, create_record
from taizhang.registers.spec import REGISTERS
from taizhang.registers.testing import chinese

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _status_date(tree):
    fix_status_date(date(2026, 9, 30), source="test")


def faults(record) -> dict[str, list[str]]:
    """What is wrong with the record, in English."""
    with override("en"):
        try:
            record.full_clean(exclude=["entered_by"])
        except ValidationError as fault:
            return fault.message_dict
    return {}


def assert_refused(record, field: str) -> None:
    """Refused at the field and nowhere else, in words that exist in both languages."""
    found = faults(record)
    assert list(found) == [field]
    assert chinese()[found[field][0]]


class TestOrganisation:
    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"parent": None}, "parent"),
            ({"uscc": union_code(1)[:-1] + "0"}, "uscc"),
            ({"uscc": employer_code(1)}, "uscc"),
            ({"founded_on": date(2026, 10, 1)}, "founded_on"),
            ({"approval_no": ""}, "approval_no"),
            ({"term_start": date(2026, 5, 1), "term_end": date(2026, 5, 1)}, "__all__"),
            ({"org_state": OrgState.DISSOLVED, "ended_on": date(2026, 5, 1)}, "__all__"),
            ({"org_state": OrgState.DISSOLVED, "end_basis": "other"}, "__all__"),
            (
                {
                    "org_state": OrgState.MERGED,
                    "ended_on": date(2026, 5, 1),
                    "end_basis": "statutory_merger",
                },
                "successor",
            ),
        ],
    )
    def test_what_one_row_shows_to_be_wrong(self, tree, values, field):
        union = OrganisationFactory.build(**{"parent": tree.haigang, **values})

        assert_refused(union, field)

    def test_terms_are_numbered_from_one(self, tree):
        union = OrganisationFactory.build(parent=tree.haigang, term_no=0)

        assert list(faults(union)) == ["term_no"]

    def test_a_sound_union_has_no_fault(self, tree):
        union = OrganisationFactory.build(
            parent=tree.haigang,
            uscc=union_code(1),
            founded_on=date(2026, 9, 30),
            term_start=date(2026, 5, 1),
            term_end=date(2031, 5, 1),
        )

        assert faults(union) == {}

    def test_only_the_city_federation_stands_alone(self, tree):
        assert faults(tree.city) == {}

    def test_a_union_that_is_being_prepared_has_no_approval_yet(self, tree):
        union = OrganisationFactory.build(
            parent=tree.haigang, approval_no="", org_state=OrgState.PREPARING
        )

        assert faults(union) == {}

    @pytest.mark.parametrize(
        ("org_type", "count", "is_refused"),
        [
            (OrgType.ENTERPRISE_UNION, 0, True),
            (OrgType.ENTERPRISE_UNION, 1, False),
            (OrgType.ENTERPRISE_UNION, 2, True),
            (OrgType.INSTITUTION_UNION, 0, True),
            (OrgType.ORGAN_UNION, 2, True),
            (OrgType.JOINT_UNION, 1, True),
            (OrgType.JOINT_UNION, 2, False),
            (OrgType.TOWNSHIP_UNION, 0, False),
            (OrgType.BRANCH, 1, False),
        ],
    )
    def test_the_number_of_employing_units_fits_the_kind(self, org_type, count, is_refused):
        try:
            check_employers(org_type, count)
            refused = ""
        except ValidationError as fault:
            with override("en"):
                refused = fault.message_dict["employer"][0]

        assert bool(refused) is is_refused
        assert not refused or chinese()[refused]

    def test_a_union_without_its_employing_unit_is_not_saved(self, tree, liu):
        values = {
            "name": "新机械厂工会委员会",
            "org_type": OrgType.ENTERPRISE_UNION,
            "parent": tree.haigang,
            "region_id": HAIGANG,
            "org_state": OrgState.PREPARING,
            "employer": [],
        }

        with pytest.raises(ValidationError) as refusal:
            create_record(REGISTERS["org"], _by_field(values, tree), by=liu)

        assert list(refusal.value.message_dict) == ["employer"]

    @pytest.mark.parametrize("line", ["parent", "industry_parent"])
    def test_a_line_that_comes_back_to_itself_is_refused(self, tree, chen, liu, line):
        upper = _draft(tree, liu, name="上级")
        lower = _draft(tree, liu, name="下级", **{line: upper})

        with pytest.raises(ValidationError) as refusal:
            change_record(REGISTERS["org"], upper, {line: lower}, by=liu, version=1)

        assert list(refusal.value.message_dict) == [line]
        upper.refresh_from_db()
        assert getattr(upper, line) != lower

    def test_scope_follows_a_union_that_moves_to_another_higher_union(self, tree, liu):
        township = _draft(tree, liu, name="街道工会", org_type=OrgType.TOWNSHIP_UNION)
        union = _draft(tree, liu, name="分厂工会", org_type=OrgType.BRANCH)
        below = _draft(tree, liu, name="车间小组", org_type=OrgType.GROUP, parent=union)

        change_record(REGISTERS["org"], union, {"parent": township}, by=liu, version=1)

        above = Lineage.objects.filter(descendant=below).order_by("depth")
        assert [row.ancestor for row in above] == [
            below,
            union,
            township,
            tree.haigang,
            tree.city,
        ]

    def test_a_new_union_is_seen_from_above_at_once(self, tree, liu):
        values = {
            "name": "港口街道总工会",
            "org_type": OrgType.TOWNSHIP_UNION,
            "parent": tree.haigang,
            "org_state": OrgState.PREPARING,
        }

        union = create_record(REGISTERS["org"], _by_field(values, tree), by=liu)

        assert set(Lineage.objects.filter(descendant=union).values_list("ancestor", flat=True)) == {
            union.pk,
            tree.haigang.pk,
            tree.city.pk,
        }


class TestEmployer:
    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"uscc": employer_code(1)[:-1] + "0"}, "uscc"),
            ({"uscc": ""}, "uscc"),
            ({"industry": "31"}, "industry"),
            ({"industry": "Z31"}, "industry"),
            ({"headcount": 10, "frontline_headcount": 11}, "__all__"),
            ({"headcount": 10, "female_headcount": 11}, "__all__"),
        ],
    )
    def test_what_one_row_shows_to_be_wrong(self, values, field):
        found = faults(EmployerFactory.build(**values))

        assert list(found) == [field]

    def test_parts_as_large_as_the_whole_are_right(self):
        employer = EmployerFactory.build(
            headcount=10, frontline_headcount=10, female_headcount=10, uscc=employer_code(7)
        )

        assert faults(employer) == {}

    def test_a_credit_code_stands_once(self, tree):
        twin = EmployerFactory.build(uscc=tree.factory.uscc)

        assert list(faults(twin)) == ["uscc"]


class TestPost:
    def test_a_post_is_approved_on_the_day_of_election_or_later(self, tree):
        early = PostFactory.build(
            org=tree.plant, elected_on=date(2022, 3, 2), approved_on=date(2022, 3, 1)
        )

        assert_refused(early, "__all__")

    def test_the_pseudonym_follows_a_name_that_is_put_right(self, tree, wang):
        post = PostFactory(
            org=tree.plant,
            owner_org=tree.plant,
            record_status=RecordStatus.DRAFT,
            entered_by=wang,
            person_name="张伟",
        )

        change_record(REGISTERS["post"], post, {"person_name": "张玮"}, by=wang, version=1)

        assert Post.objects.get(pk=post.pk).person_key == person_key("张玮", 1980)

    def test_party_membership_is_hidden_from_whoever_may_not_read_it(self, client, tree, liu):
        post = PostFactory(
            org=tree.plant,
            owner_org=tree.plant,
            record_status=RecordStatus.DRAFT,
            party_member=PartyMember.NOT_RECORDED,
        )
        client.force_login(liu)

        page = client.get(f"/registers/post/{post.record_no}/")
        form = client.get(f"/registers/post/{post.record_no}/edit/").context["form"]

        facts = {
            str(fact.label): fact.value
            for _title, facts in page.context["panels"]
            for fact in facts
        }
        assert "••••" in facts.values()
        assert "party_member" not in form.fields


class TestTerm:
    def test_a_term_ends_after_it_starts(self):
        term = TermFactory.build(start=date(2021, 9, 1), end=date(2021, 9, 1))

        assert_refused(term, "__all__")

    def test_zones_use_the_terms_of_the_city(self, tree):
        term = TermFactory.build(region_id="130371")

        assert_refused(term, "region")


def _by_field(values, tree) -> dict[str, object]:
    values = {"region": tree.areas[HAIGANG], **values}
    values.pop("region_id", None)
    return values


def _draft(tree, by, **values) -> Organisation:
    return OrganisationFactory(
        **{
            "org_type": OrgType.BRANCH,
            "parent": tree.haigang,
            "owner_org": tree.haigang,
            "record_status": RecordStatus.DRAFT,
            "entered_by": by,
            **values,
        }
    )
