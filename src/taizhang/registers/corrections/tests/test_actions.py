"""Proposing and deciding: who may, what is refused, what is written down and what stays."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from taizhang.core.audit.models import AuditRow
from taizhang.core.audit.trail import chain_faults
from taizhang.core.organisations.models import Lineage, Organisation
from taizhang.core.organisations.posts import PartyMember
from taizhang.core.organisations.testing import (
    CHANGLI,
    EmployerFactory,
    OrganisationFactory,
    PostFactory,
)
from taizhang.core.parameters.clock import fix_status_date
from taizhang.core.records.models import RecordStatus
from taizhang.domains.leadership.models import Meeting
from taizhang.domains.leadership.tests.factories import MeetingFactory
from taizhang.registers.corrections.actions import (
    accept,
    propose_correction,
    propose_void,
    refuse,
    withdraw,
)
from taizhang.registers.corrections.models import Correction, CorrectionState
from taizhang.registers.corrections.packing import packed, unpacked
from taizhang.registers.refusals import EntryRefused, RecordChanged, TransitionRefused
from taizhang.registers.spec import REGISTERS

pytestmark = pytest.mark.django_db
WHY = "原件核对有误"


@pytest.fixture(autouse=True)
def _status_date(tree):
    fix_status_date(date(2026, 9, 30), source="test")


@pytest.fixture
def spec():
    return REGISTERS["meeting"]


@pytest.fixture
def meeting(tree, sun) -> Meeting:
    return MeetingFactory(owner_org=tree.haigang, entered_by=sun, convener="区政府")


@pytest.fixture
def proposed(spec, meeting, liu) -> Correction:
    return propose_correction(
        spec, meeting, {"convener": "区政府办"}, reason=WHY, by=liu, version=1
    )


def convener(meeting: Meeting) -> str:
    return Meeting.objects.get(pk=meeting.pk).convener


def actions_on(record) -> list[str]:
    return [row.action for row in AuditRow.objects.filter(subject_no=record.record_no)]


class TestWhoProposes:
    @pytest.mark.parametrize(
        ("who", "may"), [("liu", True), ("chen", True), ("qian", False), ("zhao", False)]
    )
    def test_who_enters_or_verifies_there(self, request, spec, meeting, who, may):
        by = request.getfixturevalue(who)

        try:
            propose_correction(
                spec, meeting, {"convener": "区政府办"}, reason=WHY, by=by, version=1
            )
            proposed = True
        except EntryRefused:
            proposed = False

        assert proposed is may
        assert Correction.objects.count() == may

    def test_nothing_is_proposed_without_a_reason_or_without_a_difference(self, spec, meeting, liu):
        for values, reason in (({"convener": "区政府办"}, "  "), ({"convener": "区政府"}, WHY)):
            with pytest.raises(EntryRefused):
                propose_correction(spec, meeting, values, reason=reason, by=liu, version=1)

        assert not Correction.objects.exists()
        assert not AuditRow.objects.exists()

    @pytest.mark.parametrize("status", ["draft", "submitted", "returned", "void"])
    def test_only_verified_records_are_corrected(self, spec, tree, liu, status):
        record = MeetingFactory(owner_org=tree.haigang, record_status=status)

        with pytest.raises(EntryRefused):
            propose_correction(
                spec, record, {"convener": "区政府办"}, reason=WHY, by=liu, version=1
            )
        with pytest.raises(EntryRefused):
            propose_void(spec, record, reason=WHY, by=liu, version=1)

    def test_one_proposal_waits_per_record(self, spec, meeting, proposed, chen):
        with pytest.raises(EntryRefused) as refusal:
            propose_void(spec, meeting, reason=WHY, by=chen, version=1)

        assert "刘干事" in str(refusal.value.why)
        with pytest.raises(IntegrityError), transaction.atomic():
            Correction.objects.create(
                register="meeting", record=meeting.pk, version=1, proposed_by=chen, payload="{}"
            )

    def test_wrong_values_and_places_out_of_reach_are_named_at_their_fields(
        self, spec, tree, meeting, liu
    ):
        named = []
        for values in ({"held_on": None}, {"region": tree.areas[CHANGLI]}):
            with pytest.raises(ValidationError) as fault:
                propose_correction(spec, meeting, values, reason=WHY, by=liu, version=1)
            named += fault.value.message_dict

        assert named == ["held_on", "region"]
        assert not Correction.objects.exists()

    def test_a_page_opened_before_another_change_is_refused(self, spec, meeting, liu):
        with pytest.raises(RecordChanged):
            propose_correction(
                spec, meeting, {"convener": "区政府办"}, reason=WHY, by=liu, version=7
            )

    def test_a_field_kept_by_others_is_not_proposed_past_the_form(self, tree, liu):
        post = PostFactory(org=tree.plant, owner_org=tree.plant)

        with pytest.raises(EntryRefused):
            propose_correction(
                REGISTERS["post"],
                post,
                {"party_member": PartyMember.YES},
                reason=WHY,
                by=liu,
                version=1,
            )


class TestWhoDecides:
    def test_a_second_person_who_verifies_there(self, request, meeting, proposed, chen):
        for who in ("liu", "sun", "qian", "zhao", "wang"):
            with pytest.raises(TransitionRefused):
                accept(proposed, by=request.getfixturevalue(who))
        before = convener(meeting)

        accept(proposed, by=chen)

        assert (before, convener(meeting)) == ("区政府", "区政府办")

    def test_who_entered_the_record_may_accept_what_another_proposed(self, spec, tree, liu, sun):
        record = MeetingFactory(owner_org=tree.haigang, entered_by=liu, convener="区政府")
        correction = propose_correction(
            spec, record, {"convener": "区政府办"}, reason=WHY, by=sun, version=1
        )

        accept(correction, by=liu)

        kept = Meeting.objects.get(pk=record.pk)
        assert (kept.convener, kept.entered_by, kept.verified_by) == ("区政府办", liu, None)

    def test_the_database_knows_the_two_persons_too(self, proposed, liu):
        with pytest.raises(IntegrityError), transaction.atomic():
            Correction.objects.filter(pk=proposed.pk).update(
                state=CorrectionState.ACCEPTED, decided_by=liu, decided_at=proposed.proposed_at
            )

    def test_a_decision_is_made_once(self, meeting, proposed, chen):
        accept(proposed, by=chen)

        for again in (
            lambda: accept(proposed, by=chen),
            lambda: refuse(proposed, by=chen, reason=WHY),
            lambda: withdraw(proposed, by=proposed.proposed_by),
        ):
            with pytest.raises(TransitionRefused):
                again()

    def test_nobody_decides_on_what_he_may_not_read(self, tree, chen, liu):
        post = PostFactory(org=tree.plant, owner_org=tree.plant, party_member="")
        chen.grants.create(role="PM", organisation=tree.city, confirmed=True)
        correction = propose_correction(
            REGISTERS["post"],
            post,
            {"party_member": PartyMember.YES},
            reason=WHY,
            by=chen,
            version=1,
        )

        with pytest.raises(TransitionRefused) as refusal:
            accept(correction, by=liu)

        assert "党员" in str(refusal.value.why)


class TestDecisions:
    def test_a_refusal_needs_a_reason_and_changes_nothing(self, meeting, proposed, chen):
        with pytest.raises(TransitionRefused):
            refuse(proposed, by=chen, reason=" ")

        closed = refuse(proposed, by=chen, reason="与纪要不符")

        assert (closed.state, closed.decided_by) == (CorrectionState.REFUSED, chen)
        assert convener(meeting) == "区政府"
        assert actions_on(meeting) == ["propose_correction", "refuse_proposal"]
        assert AuditRow.objects.last().reason == "与纪要不符"

    def test_only_whoever_proposed_withdraws(self, spec, meeting, proposed, chen, liu):
        with pytest.raises(TransitionRefused):
            withdraw(proposed, by=chen)

        withdraw(proposed, by=liu)

        assert actions_on(meeting) == ["propose_correction", "withdraw_proposal"]
        assert propose_void(spec, meeting, reason=WHY, by=liu, version=1).is_open

    def test_a_record_that_changed_meanwhile_refuses_and_says_in_what(
        self, meeting, proposed, chen
    ):
        Meeting.objects.filter(pk=meeting.pk).update(version=2, agenda="另一议题")

        with pytest.raises(RecordChanged) as refusal:
            accept(proposed, by=chen)

        assert "议程" in str(refusal.value.why)
        assert convener(meeting) == "区政府"
        assert Correction.objects.get(pk=proposed.pk).is_open

    def test_rules_are_asked_again_at_the_acceptance(self, spec, meeting, chen, liu):
        correction = propose_correction(
            spec, meeting, {"convener": "区政府办"}, reason=WHY, by=liu, version=1
        )
        liu.grants.all().delete()

        with pytest.raises(TransitionRefused):
            accept(correction, by=chen)

        assert convener(meeting) == "区政府"

    def test_a_record_named_in_it_that_became_void_is_told(self, tree, chen, liu):
        union = OrganisationFactory(parent=tree.haigang, owner_org=tree.haigang)
        post = PostFactory(org=tree.plant, owner_org=tree.plant)
        correction = propose_correction(
            REGISTERS["post"], post, {"org": union}, reason=WHY, by=liu, version=1
        )
        Organisation.objects.filter(pk=union.pk).update(record_status=RecordStatus.VOID)

        with pytest.raises(TransitionRefused) as refusal:
            accept(correction, by=chen)

        assert union.record_no in str(refusal.value.why)

    def test_the_tree_follows_a_corrected_parent(self, tree, chen, liu):
        union = OrganisationFactory(
            parent=tree.haigang, owner_org=tree.haigang, employer=[EmployerFactory()]
        )
        township = OrganisationFactory(
            org_type="township_union", parent=tree.haigang, owner_org=tree.haigang
        )
        correction = propose_correction(
            REGISTERS["org"], union, {"parent": township}, reason=WHY, by=liu, version=1
        )

        accept(correction, by=chen)

        above = Lineage.objects.filter(descendant=union).order_by("depth")
        assert [row.ancestor_id for row in above] == [
            union.pk,
            township.pk,
            tree.haigang.pk,
            tree.city.pk,
        ]


class TestKept:
    def test_what_is_proposed_is_encrypted_at_rest_and_masked_in_the_log(self, tree, liu, chen):
        post = PostFactory(org=tree.plant, owner_org=tree.plant, person_name="张伟")
        correction = propose_correction(
            REGISTERS["post"],
            post,
            {"person_name": "张玮"},
            reason="身份证 130302198001011234 所载",
            by=liu,
            version=1,
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT payload, reason FROM corrections_correction")
            payload, reason = cursor.fetchone()

        accept(correction, by=chen)

        assert "张" not in payload
        assert "130302198001011234" not in reason
        for row in AuditRow.objects.filter(subject_no=post.record_no):
            assert row.changes == {"person_name": ["••••", "••••"]}
        post.refresh_from_db()
        assert post.person_name == "张玮"

    def test_values_are_kept_without_loss(self, tree):
        spec = REGISTERS["employer"]
        values = {
            "annual_payroll": Decimal("12345678.90"),
            "headcount_as_of": date(2026, 2, 28),
            "headcount": None,
            "is_two_new": False,
            "key_enterprise_years": [2024, 2026],
            "township": tree.plant,
            "region": tree.areas[CHANGLI],
        }

        kept = json.loads(json.dumps(packed(spec, values)))

        assert unpacked(spec, kept) == values
        lists = {"employer": [tree.factory]}
        assert unpacked(REGISTERS["org"], packed(REGISTERS["org"], lists)) == lists

    def test_the_chain_of_the_log_holds(self, meeting, proposed, chen):
        accept(proposed, by=chen)

        assert list(chain_faults()) == []


class TestVoiding:
    def test_what_others_refer_to_is_not_made_void(self, tree, liu):
        post = PostFactory(org=tree.plant, owner_org=tree.plant)

        with pytest.raises(TransitionRefused) as refusal:
            propose_void(REGISTERS["org"], tree.plant, reason=WHY, by=liu, version=1)

        assert post.record_no in str(refusal.value.why)

    def test_nor_where_accounts_hold_roles(self, tree, liu, wang):
        with pytest.raises(TransitionRefused) as refusal:
            propose_void(REGISTERS["org"], tree.plant, reason=WHY, by=liu, version=1)

        assert tree.plant.name in str(refusal.value.why)

    def test_void_rows_do_not_hold_it(self, tree, liu, chen):
        PostFactory(org=tree.plant, owner_org=tree.haigang, record_status=RecordStatus.VOID)
        correction = propose_void(REGISTERS["org"], tree.plant, reason=WHY, by=liu, version=1)

        accept(correction, by=chen)

        tree.plant.refresh_from_db()
        assert tree.plant.record_status == RecordStatus.VOID

    def test_a_reference_made_meanwhile_is_found_at_the_acceptance(self, tree, liu, chen):
        correction = propose_void(REGISTERS["org"], tree.plant, reason=WHY, by=liu, version=1)
        PostFactory(org=tree.plant, owner_org=tree.haigang)

        with pytest.raises(TransitionRefused):
            accept(correction, by=chen)

        assert Organisation.objects.get(pk=tree.plant.pk).record_status == RecordStatus.VERIFIED
