"""Loading whole or not at all: the rules of handbook 2.6, one by one."""

from datetime import UTC, date, datetime

import pytest

from taizhang.core.audit.models import AuditRow
from taizhang.core.organisations.models import Employer, Lineage, Organisation, Post
from taizhang.core.organisations.posts import person_key
from taizhang.core.organisations.testing import employer_code, union_code
from taizhang.core.parameters.clock import status_date
from taizhang.core.records.models import Batch, Confidentiality, RecordStatus, Serial, Source
from taizhang.domains.leadership.models import Meeting, Policy
from taizhang.registers import staleness
from taizhang.registers.packages.load import SamePerson

pytestmark = pytest.mark.django_db

MEETING = "kind,convener_level,region,convener,held_on"
JOINT = "gov_union_joint,county,130302,海港区人民政府,2026-03-18"


def test_a_row_becomes_a_record_with_the_fields_of_its_cells(load):
    report = load(
        meeting=f"{MEETING},principal_leader,matters,minutes_on,agenda\n"
        f"{JOINT},true,6,2026-03-20,\n"
    )

    meeting = Meeting.objects.get()
    assert (report.faults, report.entered, report.written) == ((), {"meeting": 1}, True)
    assert (meeting.kind, meeting.region_id) == ("gov_union_joint", "130302")
    assert meeting.held_on == date(2026, 3, 18)
    assert (meeting.principal_leader, meeting.matters, meeting.agenda) == (True, 6, "")


def test_an_empty_cell_is_null(load):
    load(meeting=f"{MEETING},principal_leader,matters,minutes_on\n{JOINT},,,\n")

    meeting = Meeting.objects.get()
    assert (meeting.principal_leader, meeting.matters, meeting.minutes_on) == (None, None, None)


def test_one_fault_keeps_the_whole_package_out(load):
    report = load(
        meeting=f"{MEETING}\n{JOINT}\n",
        policy="title,topic,issuer,level,region,state\n制度,joint_meeting,政府,county,130302,gone\n",
    )

    assert [(fault.file, fault.column) for fault in report.faults] == [("policy.csv", "state")]
    assert not report.written
    assert not Meeting.objects.exists()
    assert not Batch.objects.exists()
    assert not AuditRow.objects.exists()
    assert not Serial.objects.exists()


def test_faults_of_all_files_rows_and_columns_are_named_at_once(load):
    report = load(
        meeting=f"{MEETING},maters\n"
        "gov_union_join,county,130302,海港区人民政府,2026-13-01,\n"
        f"{JOINT},\n"
        "tripartite,county,999999,,2026-05-01,\n",
        post="person_name,org,post_type,full_time\n王某,ORG-NOWHERE,chair,yes\n",
    )

    assert [(f.file, f.row, f.column, f.value, f.key) for f in report.faults] == [
        ("post.csv", 2, "full_time", "yes", "boolean"),
        ("post.csv", 2, "org", "ORG-NOWHERE", "unknown_row"),
        ("meeting.csv", 1, "maters", "", "unknown_column_near"),
        ("meeting.csv", 2, "held_on", "2026-13-01", "date"),
        ("meeting.csv", 2, "kind", "gov_union_join", "choice_near"),
        ("meeting.csv", 4, "convener", "", "required"),
        ("meeting.csv", 4, "region", "999999", "unknown_area"),
    ]


@pytest.mark.parametrize(
    ("row", "found"), [(JOINT, 5), (f"{JOINT},3,,", None), (f"{JOINT},3,x", 7), ("tripartite", 1)]
)
def test_a_row_has_the_cells_of_the_header_and_at_most_empty_ones_beyond(load, row, found):
    report = load(meeting=f"{MEETING},matters\n{row}\n")

    assert [(f.row, f.key, dict(f.params)) for f in report.faults] == (
        [(2, "row_width", {"found": found, "expected": 6})] if found else []
    )


def test_the_cells_below_a_mistyped_name_are_read_all_the_same(load):
    report = load(meeting=f"{MEETING.replace('held_on', 'held_one')}\n{JOINT[:-5]}13-01\n")

    assert [(f.row, f.column, f.key) for f in report.faults] == [
        (1, "held_one", "unknown_column_near"),
        (2, "held_on", "date"),
    ]


def test_a_dry_run_finds_faults_and_writes_nothing(load, chen):
    good = load(meeting=f"{MEETING}\n{JOINT}\n", verified_by=chen, dry_run=True)
    bad = load(meeting=f"{MEETING}\n{JOINT.replace('03', '13')}\n", dry_run=True)

    assert (good.entered, good.written, good.faults) == ({"meeting": 1}, False, ())
    assert bad.faults
    assert not Meeting.objects.exists()
    assert not Batch.objects.exists()


# Rule 3: references


def test_a_reference_names_the_code_or_else_the_record_number_in_package_or_database(load, tree):
    employer, union = employer_code(900), union_code(901)

    report = load(
        employer="record_no,name,uscc,region,industry,ownership,data_source\n"
        f"E-1,海港铸造有限公司,{employer},130302,C33,private,own\n",
        org="record_no,name,org_type,parent,region,uscc,approval_no,org_state,employer\n"
        f"O-1,铸造公司工会,enterprise_union,ORG-HAIGANG,130302,{union},海工字〔2020〕1号,active,"
        f"{employer}\n"
        "O-2,联合工会,joint_union,ORG-HAIGANG,130302,,海工字〔2020〕2号,active,"
        f"E-1;{tree.factory.uscc}\n",
        post=f"person_name,org,post_type,full_time\n甲,{union},chair,true\n乙,O-1,member,false\n"
        "丙,ORG-PLANT,member,false\n",
    )

    assert report.faults == ()
    assert Organisation.objects.get(record_no="O-1").parent == tree.haigang
    assert set(Organisation.objects.get(record_no="O-2").employer.all()) == {
        Employer.objects.get(uscc=employer),
        tree.factory,
    }
    posts = Post.objects.order_by("record_no")
    assert [post.org.record_no for post in posts] == ["O-1", "O-1", "ORG-PLANT"]


def test_a_code_goes_before_a_record_number_of_the_same_text(load, tree):
    code = union_code(902)
    header = "record_no,name,org_type,parent,region,uscc,approval_no,org_state\n"

    load(
        org=f"{header}{code},甲工会,park_union,ORG-CITY,130302,,海工字〔2020〕1号,active\n"
        f"O-2,乙工会,park_union,ORG-CITY,130302,{code},海工字〔2020〕2号,active\n",
        post=f"person_name,org,post_type,full_time\n王某,{code},chair,true\n",
    )

    assert Post.objects.get().org.record_no == "O-2"


def test_organisations_and_employers_may_refer_to_each_other_in_rings(load, tree):
    employer = employer_code(900)

    report = load(
        employer="name,uscc,region,township,industry,ownership,data_source\n"
        f"某公司,{employer},130302,O-STREET,C33,private,own\n",
        org="record_no,name,org_type,parent,region,approval_no,org_state,employer,owner_org,"
        "successor,ended_on,end_basis\n"
        f"O-1,某公司工会,enterprise_union,O-STREET,130302,号,active,{employer},O-1,,,\n"
        f"O-OLD,旧工会,enterprise_union,O-STREET,130302,号,merged,{employer},O-1,O-1,2024-01-01,"
        "statutory_merger\n"
        "O-STREET,街道总工会,township_union,ORG-HAIGANG,130302,号,active,,O-STREET,,,\n",
    )

    street, union = (Organisation.objects.get(record_no=no) for no in ("O-STREET", "O-1"))
    assert report.faults == ()
    assert Employer.objects.get(uscc=employer).township == street
    assert (union.parent, union.owner_org) == (street, union)
    assert Organisation.objects.get(record_no="O-OLD").successor == union
    assert street.owner_org == street


def test_the_tree_is_known_after_the_load(load, tree):
    load(
        org="record_no,name,org_type,parent,region,approval_no,org_state\n"
        "O-1,园区工会,park_union,ORG-HAIGANG,130302,号,active\n"
    )

    park = Organisation.objects.get(record_no="O-1")
    above = Lineage.objects.filter(descendant=park).order_by("depth")
    assert [row.ancestor for row in above] == [park, tree.haigang, tree.city]


def test_an_organisation_above_itself_is_a_fault_of_each_in_the_ring_alone(load):
    header = "record_no,name,org_type,parent,region,approval_no,org_state\n"
    tail = "130302,号,active\n"

    report = load(
        org=f"{header}A,甲,park_union,B,{tail}B,乙,park_union,A,{tail}C,丙,park_union,A,{tail}"
    )

    assert [(f.row, f.column, f.key) for f in report.faults] == [
        (2, "parent", "cycle"),
        (3, "parent", "cycle"),
    ]


# Rule 4: defaults


def test_the_pseudonym_of_a_person_is_filled_in_where_its_cell_is_empty(load):
    load(
        post="person_name,birth_year,org,post_type,full_time,person_key\n"
        "王某,1980,ORG-PLANT,chair,true,\n王某,1980,ORG-PLANT,member,false,given\n"
    )

    keys = Post.objects.order_by("pk").values_list("person_key", flat=True)
    assert list(keys) == [person_key("王某", 1980), "given"]


def test_source_and_class_are_filled_in(load):
    load(
        post="person_name,org,post_type,full_time,source\n"
        "甲,ORG-PLANT,chair,true,\n乙,ORG-PLANT,member,false,external_letter\n"
    )

    first, second = Post.objects.order_by("pk")
    assert (first.source, first.confidentiality) == (Source.IMPORT, Confidentiality.S2)
    assert second.source == Source.EXTERNAL_LETTER


# Rule 6: derived fields


def test_a_derived_column_is_passed_over(load):
    report = load(
        org="name,org_type,parent,region,approval_no,org_state,full_time_head_ok\n"
        "园区工会,park_union,ORG-HAIGANG,130302,号,active,nonsense\n"
    )

    assert report.written


# Rule 7: states


def test_rows_without_status_are_drafts(load, liu):
    load(meeting=f"{MEETING}\n{JOINT}\n", by=liu)

    meeting = Meeting.objects.get()
    assert (meeting.record_status, meeting.entered_by) == (RecordStatus.DRAFT, liu)


def test_verified_by_verifies_rows_without_status_and_only_those(load, liu, chen):
    statuses = ("", "draft", "submitted", "returned", "void", "verified")
    rows = "".join(f"{JOINT},{status}\n" for status in statuses)

    load(meeting=f"{MEETING},record_status\n{rows}", by=liu, verified_by=chen)

    found = Meeting.objects.order_by("pk").values_list("record_status", "verified_by")
    assert list(found) == [
        ("verified", chen.pk),
        ("draft", None),
        ("submitted", None),
        ("returned", None),
        ("void", None),
        ("verified", None),
    ]


def test_whoever_loads_cannot_verify(load, liu):
    with pytest.raises(SamePerson):
        load(meeting=f"{MEETING}\n{JOINT}\n", by=liu, verified_by=liu)

    assert not Meeting.objects.exists()


def test_a_future_meeting_may_be_a_draft_but_not_verified(load, chen):
    future = f"{MEETING}\n{JOINT.replace('2026', '2999')}\n"

    verified = load(meeting=future, verified_by=chen)
    draft = load(meeting=future)

    assert [(f.column, f.value) for f in verified.faults] == [("held_on", "2999-03-18")]
    assert draft.written


def test_the_moment_of_entry_is_that_of_the_cell(load):
    load(meeting=f"{MEETING},entered_at\n{JOINT},2026-03-19T08:30:00+08:00\n")

    assert Meeting.objects.get().entered_at == datetime(2026, 3, 19, 0, 30, tzinfo=UTC)


# Record numbers


def test_rows_without_number_get_the_next_free_ones(load):
    given = f"R09-130302-{status_date().year}-0001"

    load(
        meeting=f"record_no,{MEETING}\n,{JOINT}\n{given},{JOINT}\n,{JOINT}\n",
        post="person_name,org,post_type,full_time\n王某,ORG-PLANT,chair,true\n",
    )

    numbers = [row.record_no for row in Meeting.objects.order_by("record_no")]
    assert numbers == [given, f"{given[:-1]}2", f"{given[:-1]}3"]
    assert Post.objects.get().record_no.startswith("R03-130302-")


def test_a_number_that_the_database_has_is_not_given_again(load):
    year = status_date().year
    load(meeting=f"record_no,{MEETING}\nR09-130302-{year}-0001,{JOINT}\n")

    load(meeting=f"{MEETING}\n{JOINT}\n")

    numbers = Meeting.objects.order_by("pk").values_list("record_no", flat=True)
    assert list(numbers) == [f"R09-130302-{year}-0001", f"R09-130302-{year}-0002"]


def test_a_number_or_code_that_stands_twice_is_a_fault_of_the_later_row(load):
    report = load(meeting=f"record_no,{MEETING}\nM-1,{JOINT}\nM-1,{JOINT}\n")

    (fault,) = report.faults
    assert (fault.row, fault.column, fault.key) == (3, "record_no", "repeated")
    assert fault.params == {"first": 2}


def test_a_number_given_keeps_the_rules_of_its_field(load):
    report = load(meeting=f"record_no,{MEETING}\n{'9' * 61},{JOINT}\n")

    assert [fault.column for fault in report.faults] == ["record_no"]


def test_the_same_rows_again_change_nothing_and_new_ones_are_added(load, chen):
    first = load(meeting=f"record_no,{MEETING}\nM-1,{JOINT}\n", verified_by=chen)
    grown = load(meeting=f"record_no,{MEETING}\nM-1,{JOINT}\nM-2,{JOINT}\n")

    assert first.entered == {"meeting": 1}
    assert (grown.entered, grown.unchanged) == ({"meeting": 1}, {"meeting": 1})
    assert Meeting.objects.get(record_no="M-1").record_status == RecordStatus.VERIFIED


def test_empty_cells_that_the_load_fills_in_do_not_differ_from_what_it_filled_in(load, chen):
    package = (
        f"record_no,{MEETING},record_status,entered_at,source,confidentiality\nM-1,{JOINT},,,,\n"
    )
    load(meeting=package, verified_by=chen)

    again = load(meeting=package)

    assert (again.faults, again.unchanged) == ((), {"meeting": 1})


def test_a_record_that_exists_and_differs_is_a_fault_that_names_the_fields(load, tree):
    report = load(
        employer="name,uscc,region,industry,ownership,headcount,data_source\n"
        f"{tree.factory.name},{tree.factory.uscc},130322,C34,private,199,own\n"
    )

    (fault,) = report.faults
    assert (fault.column, fault.value, fault.key) == ("uscc", tree.factory.uscc, "exists")
    assert fault.params == {"fields": "headcount, region"}
    tree.factory.refresh_from_db()
    assert tree.factory.headcount == 200


def test_a_package_loaded_before_is_noticed_where_rows_have_no_number(load):
    load(meeting=f"{MEETING}\n{JOINT}\n")

    again = load()

    assert [(fault.row, fault.key) for fault in again.faults] == [(2, "loaded_before")]
    assert Meeting.objects.count() == 1


# The rules of the form


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("制度,county,130302,in_force,,,", "state", "in_force"),
        ("制度,county,130302,drafting,2024-05-01,2024-04-30,", "valid_to, issued_on", None),
        ("制度,county,130302,drafting,,,海政发2024第1号", "doc_no", "海政发2024第1号"),
        (f"{'长' * 201},county,130302,drafting,,,", "title", None),
    ],
)
def test_rules_of_the_form_hold_for_a_package(load, row, column, value):
    report = load(
        policy="title,level,region,state,issued_on,valid_to,doc_no,topic,issuer\n"
        f"{row},joint_meeting,区政府\n"
    )

    (fault,) = report.faults
    assert (fault.row, fault.column) == (2, column)
    assert value in (None, fault.value)
    assert not Policy.objects.exists()


@pytest.mark.parametrize(
    ("kind", "employers", "wrong"),
    [
        ("enterprise_union", "", True),
        ("enterprise_union", "A;B", True),
        ("enterprise_union", "A", False),
        ("joint_union", "A", True),
        ("joint_union", "A;B", False),
        ("park_union", "", False),
    ],
)
def test_the_number_of_employers_fits_the_kind_of_union(load, kind, employers, wrong):
    report = load(
        employer="record_no,name,uscc,region,industry,ownership,data_source\n"
        f"A,甲,{employer_code(900)},130302,C33,private,own\n"
        f"B,乙,{employer_code(901)},130302,C33,private,own\n",
        org="name,org_type,parent,region,approval_no,org_state,employer\n"
        f"某工会,{kind},ORG-HAIGANG,130302,号,active,{employers}\n",
    )

    assert [fault.column for fault in report.faults] == (["employer"] if wrong else [])


def test_a_wrong_check_digit_is_named(load):
    code = employer_code(900)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")

    report = load(
        employer="name,uscc,region,industry,ownership,data_source\n"
        f"甲,{wrong},130302,C33,private,own\n"
    )

    assert [(f.column, f.value) for f in report.faults] == [("uscc", wrong)]


def test_a_cell_that_cannot_be_read_has_one_fault(load):
    report = load(meeting=f"{MEETING}\n{JOINT.replace('2026-03-18', '18.3.2026')}\n")

    assert [(f.column, f.value, f.key) for f in report.faults] == [("held_on", "18.3.2026", "date")]


def test_an_empty_reference_that_every_row_needs_is_a_fault(load):
    report = load(
        post="person_name,org,post_type,full_time,owner_org\n"
        "甲,,chair,true,ORG-PLANT\n乙,ORG-PLANT,member,false,\n"
    )

    assert [(f.row, f.column, f.key) for f in report.faults] == [(2, "org", "required")]


def test_an_empty_truth_that_every_row_needs_is_a_fault_in_the_same_words(load, tree):
    report = load(post=f"person_name,org,post_type,full_time\n王某,{tree.plant.record_no},chair,\n")

    assert [(fault.column, fault.key) for fault in report.faults] == [("full_time", "required")]


def test_a_limit_that_a_cell_exceeds_is_named_with_its_number(load):
    report = load(
        employer="name,uscc,region,industry,ownership,data_source,annual_payroll\n"
        f"{'厂' * 121},{employer_code(1)},130302,C31,private,own,1.005\n"
    )

    texts = {fault.column: fault.text for fault in report.faults}
    assert texts.keys() == {"name", "annual_payroll"}
    assert "120" in texts["name"]
    assert "2" in texts["annual_payroll"]


def test_a_reference_to_nothing_is_not_taken_for_an_empty_one_as_well(load):
    report = load(
        org="name,org_type,parent,region,approval_no,org_state\n"
        "园区工会,park_union,NOWHERE,130302,号,active\n"
    )

    assert [(f.column, f.key) for f in report.faults] == [("parent", "unknown_row")]


# What the load leaves behind


def test_a_load_leaves_one_batch_and_one_audit_row(load, liu, folder):
    report = load(meeting=f"{MEETING}\n{JOINT}\n{JOINT}\n", by=liu)

    batch, row = Batch.objects.get(), AuditRow.objects.get()
    assert (batch.sha256, batch.rows, batch.loaded_by) == (report.sha256, {"meeting": 2}, liu)
    assert set(Meeting.objects.values_list("batch", flat=True)) == {batch.pk}
    assert (row.actor, row.action, row.changes["meeting"]) == (liu, "load_package", [None, 2])
    assert row.changes["sha256"] == [None, report.sha256]


def test_the_registers_loaded_are_marked_stale_and_no_others(load, monkeypatch):
    marked: list[str] = []
    monkeypatch.setattr(staleness, "STALE_HOOKS", [marked.append])

    load(meeting=f"{MEETING}\n{JOINT}\n")

    assert marked == ["meeting"]


# A field of the register's own goes before the common one of that name (2.1)


def test_an_own_field_is_asked_for_though_the_load_fills_the_common_one_of_that_name(load):
    header = "purpose,level,region,year,budget"

    missing = load(fund=f"{header}\ntraining,city,130300,2026,1000.00\n")
    empty = load(fund=f"{header},source\ntraining,city,130300,2026,1000.00,\n")

    assert [(f.row, f.column, f.key) for f in missing.faults] == [(1, "source", "column_missing")]
    assert [(f.row, f.column, f.key) for f in empty.faults] == [(2, "source", "required")]


# Free texts (7.4)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("联系人13800138000", True),
        ("身份证11010519491231002X", True),
        ("代码110105194912310021", False),
        ("议题编号202603180001", False),
    ],
)
def test_a_free_text_with_the_number_of_a_person_is_refused(load, text, wrong):
    report = load(meeting=f"{MEETING},agenda\n{JOINT},{text}\n")

    assert [(f.row, f.column, f.key) for f in report.faults] == (
        [(2, "agenda", "refused")] if wrong else []
    )
    assert not any("13800138000" in fault.text for fault in report.faults)


# Rules over several rows (2.5), whether the other row is in the package or in the database


FUND = "employer,region,year,payroll"
TERM = "body,region,no,start,end"
TERM_ROW = "party_committee,130302,13,2021-09-01,2026-09-01"


def test_an_enterprise_has_one_fund_record_a_year(load, tree):
    row = f"{tree.factory.uscc},130302,2025,1000000.00"

    twice = load(education_fund=f"{FUND}\n{row}\n{row}\n")
    once = load(education_fund=f"{FUND}\n{row}\n")
    again = load(education_fund=f"{FUND}\n{row.replace('1000000', '2000000')}\n")

    assert [(f.row, f.column) for f in twice.faults] == [(3, "employer, year")]
    assert once.faults == ()
    assert [(f.row, f.column) for f in again.faults] == [(2, "employer, year")]


def test_a_term_of_a_body_stands_once(load):
    twice = load(term=f"{TERM}\n{TERM_ROW}\n{TERM_ROW}\n")
    other = load(term=f"{TERM}\n{TERM_ROW}\n{TERM_ROW.replace('13,', '14,', 1)}\n")

    assert [(f.row, f.column) for f in twice.faults] == [(3, "body, region, no")]
    assert [f for f in other.faults if f.row == 3] == []


@pytest.mark.parametrize(("done", "faulty"), [(1, True), (2, False)])
def test_vital_matters_of_the_same_package_are_counted(load, tree, done, faulty):
    matters = "".join(f"C-1,议案{n},true,true,41\n" for n in (1, 2))

    report = load(
        congress="record_no,employer,kind,held_on,headcount,delegates,managers,present,"
        f"record_status\nC-1,{tree.factory.uscc},congress,2026-03-20,900,81,16,54,verified\n",
        congress_matter="congress,title,vital,secret,yes,record_status\n"
        + matters.replace(",41", ",41,verified"),
        congress_system=f"employer,region,year,vital_done\n{tree.factory.uscc},130302,2026,{done}\n",
    )

    assert [(f.file, f.row, f.column) for f in report.faults] == (
        [("congress_system.csv", 2, "vital_done")] if faulty else []
    )
    assert report.written is not faulty
    assert Batch.objects.exists() is not faulty


def test_the_year_of_vital_matters_is_a_year(load, tree):
    report = load(
        congress_system=f"employer,region,year,vital_done\n{tree.factory.uscc},130302,0,1\n"
    )

    assert [(f.row, f.column) for f in report.faults] == [(2, "year")]
