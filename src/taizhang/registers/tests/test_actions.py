"""Entering and changing records: who may, where, and what is written down."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from taizhang.core.audit.models import AuditRow
from taizhang.core.organisations.models import Post
from taizhang.core.organisations.posts import PartyMember, PostType
from taizhang.core.organisations.testing import CHANGLI, CITY, HAIGANG, PostFactory
from taizhang.core.parameters.clock import fix_status_date
from taizhang.core.records.models import Confidentiality, RecordStatus, Serial, Source
from taizhang.domains.leadership.models import ConvenerLevel, Meeting, MeetingKind
from taizhang.domains.leadership.tests.factories import MeetingFactory
from taizhang.registers.actions import add_evidence, change_record, create_record
from taizhang.registers.numbering import next_record_no
from taizhang.registers.refusals import EntryRefused, RecordChanged
from taizhang.registers.spec import REGISTERS

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(autouse=True)
def _status_date(tree):
    fix_status_date(date(2026, 9, 30), source="test")


@pytest.fixture
def spec():
    return REGISTERS["meeting"]


def facts(tree, area=HAIGANG, **values) -> dict[str, object]:
    return {
        "kind": MeetingKind.GOV_UNION_JOINT,
        "convener_level": ConvenerLevel.COUNTY,
        "region": tree.areas[area],
        "convener": "海港区人民政府",
        "held_on": date(2026, 3, 18),
        **values,
    }


def test_what_the_system_knows_is_not_asked(spec, tree, liu):
    record = create_record(spec, facts(tree), by=liu)

    assert record.record_no == "R09-130302-2026-0001"
    assert (record.owner_org, record.entered_by) == (tree.haigang, liu)
    assert (record.record_status, record.source) == (RecordStatus.DRAFT, Source.OWN)
    assert record.confidentiality == Confidentiality.S1
    assert (record.version, record.verified_by) == (1, None)


def test_the_log_of_a_new_record_names_what_was_filled_in(spec, tree, liu):
    record = create_record(spec, facts(tree, agenda="", principal_leader=False), by=liu)

    row = AuditRow.objects.get(subject="leadership.meeting", subject_no=record.record_no)
    assert (row.action, row.actor) == ("create", liu)
    assert row.changes == {
        "kind": [None, "gov_union_joint"],
        "convener_level": [None, "county"],
        "region": [None, HAIGANG],
        "convener": [None, "海港区人民政府"],
        "held_on": [None, "2026-03-18"],
        "principal_leader": [None, False],
    }


@pytest.mark.parametrize(
    ("name", "area", "may"),
    [
        ("chen_clerk", CITY, True),
        ("chen_clerk", CHANGLI, True),
        ("liu", HAIGANG, True),
        ("liu", CHANGLI, False),
        ("liu", CITY, False),
        ("wang", HAIGANG, True),
        ("wang", CHANGLI, False),
    ],
)
def test_nobody_enters_for_an_area_that_is_not_theirs(spec, tree, liu, wang, chen, name, area, may):
    by = {"liu": liu, "wang": wang, "chen_clerk": chen}[name]
    chen.grants.create(role="DC", organisation=tree.city, confirmed=True)

    try:
        create_record(spec, facts(tree, area), by=by)
        refused_at = []
    except ValidationError as fault:
        refused_at = list(fault.message_dict)

    assert refused_at == ([] if may else ["region"])
    assert Meeting.objects.count() == may


def test_a_post_is_entered_only_for_a_union_within_reach(tree, liu):
    values = {"person_name": "张伟", "post_type": PostType.CHAIR, "full_time": True}
    spec = REGISTERS["post"]

    own = create_record(spec, {**values, "org": tree.plant}, by=liu)
    with pytest.raises(ValidationError) as refusal:
        create_record(spec, {**values, "org": tree.changli}, by=liu)

    assert list(refusal.value.message_dict) == ["org"]
    assert own.region_id == HAIGANG, "seen by the bodies of the union's area"


@pytest.mark.parametrize("name", ["zhao", "chen"])
def test_without_the_permission_nothing_is_entered(spec, tree, zhao, chen, name):
    with pytest.raises(EntryRefused):
        create_record(spec, facts(tree), by={"zhao": zhao, "chen": chen}[name])

    assert not Meeting.objects.exists()


def test_names_of_persons_stand_in_the_log_as_masks(tree, liu):
    values = {
        "org": tree.plant,
        "person_name": "张伟",
        "birth_year": 1980,
        "post_type": PostType.CHAIR,
        "full_time": True,
    }

    record = create_record(REGISTERS["post"], values, by=liu)
    change_record(REGISTERS["post"], record, {"person_name": "张玮"}, by=liu, version=1)

    created, changed = AuditRow.objects.filter(subject_no=record.record_no)
    assert created.changes["person_name"] == [None, "••••"]
    assert created.changes["birth_year"] == [None, "••••"]
    assert created.changes["org"] == [None, "ORG-PLANT"]
    assert changed.changes == {"person_name": ["••••", "••••"]}


def test_a_field_kept_by_others_cannot_be_written_past_the_form(tree, liu):
    post = PostFactory(org=tree.plant, owner_org=tree.plant, record_status=RecordStatus.DRAFT)

    with pytest.raises(EntryRefused):
        change_record(REGISTERS["post"], post, {"party_member": PartyMember.YES}, by=liu, version=1)

    assert Post.objects.get(pk=post.pk).party_member == ""


@pytest.mark.parametrize("field", ["record_status", "verified_by", "owner_org", "version"])
def test_what_the_system_sets_cannot_be_written_by_changing_a_record(spec, tree, liu, field):
    record = MeetingFactory(
        owner_org=tree.haigang, entered_by=liu, record_status=RecordStatus.DRAFT
    )

    with pytest.raises(ValueError, match=field):
        change_record(spec, record, {field: "verified"}, by=liu, version=1)

    assert Meeting.objects.get(pk=record.pk).record_status == RecordStatus.DRAFT


@pytest.mark.parametrize("status", RecordStatus)
def test_only_drafts_and_returned_records_are_changed(spec, tree, liu, status):
    record = MeetingFactory(owner_org=tree.haigang, entered_by=liu, record_status=status)

    try:
        change_record(spec, record, {"convener": "区政府"}, by=liu, version=1)
        changed = True
    except EntryRefused:
        changed = False

    assert changed is (status in {"draft", "returned"})
    assert (Meeting.objects.get(pk=record.pk).convener == "区政府") is changed


def test_the_second_of_two_changes_is_told_of_the_first(spec, tree, liu, wang):
    record = MeetingFactory(owner_org=tree.plant, entered_by=liu, record_status=RecordStatus.DRAFT)
    change_record(spec, record, {"convener": "区政府"}, by=wang, version=1)

    with pytest.raises(RecordChanged) as refusal:
        change_record(spec, record, {"convener": "县政府"}, by=liu, version=1)

    assert refusal.value.current.convener == "区政府"
    assert "王主席" in str(refusal.value.why)


def test_a_wrong_value_leaves_the_record_as_it_was(spec, tree, liu):
    record = MeetingFactory(
        owner_org=tree.haigang, entered_by=liu, record_status=RecordStatus.DRAFT
    )

    with pytest.raises(ValidationError):
        change_record(
            spec,
            record,
            {"convener": "区政府", "matters": 1, "matters_closed": 2},
            by=liu,
            version=1,
        )

    kept = Meeting.objects.get(pk=record.pk)
    assert (kept.convener, kept.version) == ("海港区人民政府", 1)
    assert not AuditRow.objects.exists()


def test_record_numbers_run_per_area_and_year_and_skip_what_is_taken(spec, tree):
    MeetingFactory(record_no="R09-130302-2026-0002")

    numbers = [next_record_no(spec, area) for area in (HAIGANG, HAIGANG, CHANGLI, HAIGANG)]
    fix_status_date(date(2027, 1, 1), source="test")
    next_year = next_record_no(spec, HAIGANG)

    assert numbers == [
        "R09-130302-2026-0001",
        "R09-130302-2026-0003",
        "R09-130322-2026-0001",
        "R09-130302-2026-0004",
    ]
    assert next_year == "R09-130302-2027-0001"
    assert Serial.objects.get(prefix="R09-130302-2026").last == 4


@pytest.mark.parametrize(
    ("status", "may"),
    [("draft", True), ("submitted", True), ("returned", True), ("verified", True), ("void", False)],
)
def test_files_are_added_to_every_record_that_is_not_void(spec, tree, liu, status, may):
    record = MeetingFactory(owner_org=tree.haigang, record_status=status)
    upload = SimpleUploadedFile("纪要.pdf", PDF, "application/pdf")

    try:
        kept = add_evidence(spec, record, upload, by=liu)
    except EntryRefused:
        kept = None

    assert (kept is not None) is may


def test_files_are_not_added_where_one_may_only_read(spec, tree, chen):
    record = MeetingFactory(owner_org=tree.haigang)

    with pytest.raises(EntryRefused):
        add_evidence(spec, record, SimpleUploadedFile("纪要.pdf", PDF), by=chen)
