"""Records through the interface: entered, changed, verified, corrected, and what is refused."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taizhang.core.audit.models import AuditRow
from taizhang.core.files.testing import HTML, PDF, upload
from taizhang.core.organisations.testing import CHANGLI, HAIGANG
from taizhang.core.parameters.clock import fix_status_date
from taizhang.domains.finance.tests.factories import FundFactory
from taizhang.domains.leadership.models import Meeting
from taizhang.domains.leadership.tests.factories import MeetingFactory
from taizhang.registers.api.testing import ApiClient
from taizhang.registers.testing_cast import create_account

MEETINGS = "/registers/meeting/records"
FIELDS = {
    "kind": "gov_union_joint",
    "held_on": "2026-03-02",
    "region": HAIGANG,
    "convener_level": "county",
    "convener": "海港区人民政府",
}
LIST_QUERIES = 9


@pytest.fixture(autouse=True)
def _status_date(db, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    fix_status_date(date(2026, 9, 30), source="test")


def at(record: Meeting, *parts: str) -> str:
    return "/".join((MEETINGS, record.record_no, *parts))


def test_a_record_is_entered_as_a_draft_and_read_as_it_was_sent(liu):
    client = ApiClient(liu)

    created = client.post(MEETINGS, {"fields": FIELDS})

    assert created.status == 201, created.body
    assert created.body["record_no"].startswith("R09-130302-2026-")
    assert created.body["record_status"] == "draft"
    assert created.body["source"] == "api"
    assert created.headers["Cache-Control"] == "no-store"
    assert {name: created.body["fields"][name] for name in FIELDS} == FIELDS
    read = client.get(f"{MEETINGS}/{created.body['record_no']}")
    assert (read.status, read.body) == (200, created.body)
    row = AuditRow.objects.get(subject="leadership.meeting")
    assert (row.action, row.actor) == ("create", liu)


def test_what_is_left_out_is_as_in_the_opened_form(liu):
    without_area = {name: FIELDS[name] for name in FIELDS if name != "region"}

    created = ApiClient(liu).post(MEETINGS, {"fields": without_area})

    assert created.body["fields"]["region"] == HAIGANG


def test_two_persons_stand_for_a_record_here_too(liu, chen):
    enters, verifies = ApiClient(liu), ApiClient(chen)
    record = enters.post(MEETINGS, {"fields": FIELDS}).body
    steps = f"{MEETINGS}/{record['record_no']}/steps"

    offered = [step["name"] for step in enters.get(steps).body]
    submitted = enters.post(f"{steps}/submit", {"version": 1})
    by_oneself = enters.post(f"{steps}/verify", {"version": 2})
    by_another = verifies.post(f"{steps}/verify", {"version": 2})

    assert offered == ["submit", "void"]
    assert submitted.body["record_status"] == "submitted"
    assert (by_oneself.status, by_oneself.body["code"]) == (409, "not_now")
    assert "two persons" in by_oneself.body["why"]
    assert (by_another.status, by_another.body["record_status"]) == (200, "verified")


def test_a_step_without_its_reason_is_refused_and_with_it_logged(tree, liu, chen):
    record = MeetingFactory(region_id=HAIGANG, record_status="submitted", entered_by=liu)
    client = ApiClient(chen)

    without = client.post(at(record, "steps", "return"), {"version": 1})
    returned = client.post(at(record, "steps", "return"), {"version": 1, "reason": "文号有误"})

    assert (without.status, returned.status) == (409, 200)
    history = client.get(at(record, "history")).body
    assert [(entry["action"], entry["reason"]) for entry in history] == [("return", "文号有误")]


def test_a_change_needs_the_version_that_was_read(tree, liu, sun):
    record = MeetingFactory(region_id=HAIGANG, record_status="draft", entered_by=liu)
    change = {"version": 1, "fields": {"convener": "海港区政府办公室"}}

    first = ApiClient(sun).patch(at(record), change)
    second = ApiClient(liu).patch(at(record), change | {"fields": {"convener": "区政府"}})

    assert (first.status, first.body["version"]) == (200, 2)
    assert (second.status, second.body["code"]) == (409, "record_changed")
    assert "孙干事" in second.body["why"]
    assert Meeting.objects.get().convener == "海港区政府办公室"


def test_a_verified_record_is_not_changed_but_corrected_by_another_person(tree, liu, chen):
    record = MeetingFactory(region_id=HAIGANG, entered_by=liu, convener="旧名")
    proposal = {"kind": "correct", "version": 1, "reason": "核对", "fields": {"convener": "新名"}}

    changed = ApiClient(liu).patch(at(record), {"version": 1, "fields": {"convener": "新名"}})
    proposed = ApiClient(liu).post(at(record, "corrections"), proposal)
    decision = at(record, "corrections", str(proposed.body["id"]), "accept")
    by_oneself = ApiClient(liu).post(decision)
    by_another = ApiClient(chen).post(decision)

    assert (changed.status, changed.body["code"]) == (409, "not_now")
    assert proposed.status == 201
    assert [(each["old"], each["new"]) for each in proposed.body["changes"]] == [("旧名", "新名")]
    assert (by_oneself.status, by_another.status) == (409, 200)
    assert by_another.body["state"] == "accepted"
    assert Meeting.objects.get().convener == "新名"


def test_a_proposal_is_checked_like_a_change(tree, liu):
    record = MeetingFactory(region_id=HAIGANG, entered_by=liu)
    proposal = {"kind": "correct", "version": 1, "reason": "核对"}

    unknown = ApiClient(liu).post(
        at(record, "corrections"), proposal | {"fields": {"convenor": "新名", "kind": "x"}}
    )

    assert (unknown.status, set(unknown.body["fields"])) == (422, {"convenor", "kind"})


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"kind": None}, "kind"),
        ({"kind": "party"}, "kind"),
        ({"held_on": "30 February"}, "held_on"),
        ({"convener": "x" * 121}, "convener"),
        ({"convener": "张三 13800138000"}, "convener"),
        ({"minutes_on": "2026-03-01"}, "minutes_on"),
        ({"region": CHANGLI}, "region"),
        ({"attendee": 3}, "attendee"),
    ],
)
def test_faults_come_by_field_and_nothing_is_saved(liu, given, fault):
    answer = ApiClient(liu).post(MEETINGS, {"fields": FIELDS | given})

    assert (answer.status, answer.body["code"]) == (422, "invalid")
    assert fault in answer.body["fields"] or "__all__" in answer.body["fields"]
    assert all(text["message"] for texts in answer.body["fields"].values() for text in texts)
    assert not Meeting.objects.exists()


def test_refusals_speak_the_language_that_is_asked_for(liu):
    content = {"fields": {"kind": "party"}}

    english = ApiClient(liu, language="en").post(MEETINGS, content).body
    chinese = ApiClient(liu, language="zh-hans").post(MEETINGS, content).body

    assert english["code"] == chinese["code"]
    assert english["what"] == "Nothing was done."
    assert chinese["what"].endswith("。")
    assert english["fields"].keys() == chinese["fields"].keys()


def test_hidden_and_missing_records_look_the_same_and_registers_too(tree, liu, qian, zhao):
    record = MeetingFactory(region_id=HAIGANG, owner_org=tree.haigang)

    hidden, missing = ApiClient(qian).get(at(record)), ApiClient(qian).get(f"{MEETINGS}/R09-0")
    no_role, no_register = ApiClient(zhao).get(MEETINGS), ApiClient(liu).get("/registers/x/records")

    assert [a.status for a in (hidden, missing, no_role, no_register)] == [404] * 4
    assert hidden.body == missing.body == no_role.body == no_register.body
    assert ApiClient(qian).get(MEETINGS).body["records"] == []


def test_who_reads_but_does_not_enter_is_told_so(tree, chen):
    record = MeetingFactory(region_id=HAIGANG, record_status="draft")
    client = ApiClient(chen)

    created = client.post(MEETINGS, {"fields": FIELDS})
    changed = client.patch(at(record), {"version": 1, "fields": {"convener": "x"}})

    assert (created.status, created.body["code"]) == (403, "no_permission")
    assert (changed.status, changed.body["code"]) == (403, "not_yours")


def test_restricted_fields_are_masked_and_not_to_be_entered(tree, chen):
    auditor = create_account("tang", "唐财务", ("FN", tree.city))
    record = FundFactory(region_id=HAIGANG, budget="12.50")
    place = f"/registers/fund/records/{record.record_no}"

    masked, listed = ApiClient(chen).get(place), ApiClient(chen).get("/registers/fund/records")
    shown = ApiClient(auditor).get(place)

    assert masked.body["fields"]["budget"] is None
    assert "budget" in masked.body["hidden"]
    assert listed.body["records"] == [masked.body]
    assert shown.body["fields"]["budget"].startswith("12.5")
    assert shown.body["hidden"] == []


def test_references_are_record_numbers_both_ways(tree, liu):
    client = ApiClient(liu)
    own = {"person_name": "张三", "post_type": "chair", "org": "ORG-PLANT", "full_time": True}

    refused = client.post("/registers/post/records", {"fields": own | {"org": "ORG-CHANGLI"}})
    created = client.post("/registers/post/records", {"fields": own})

    assert "org" in refused.body["fields"]
    assert created.body["fields"]["org"] == "ORG-PLANT", created.body


def test_files_are_added_listed_and_fetched_within_the_reach(tree, liu, qian):
    record = MeetingFactory(region_id=HAIGANG, owner_org=tree.haigang)
    client = ApiClient(liu)

    added = client.upload(at(record, "evidence"), upload("纪要.pdf", PDF))
    wrong = client.upload(at(record, "evidence"), upload("纪要.pdf", HTML))
    none = client.upload(at(record, "evidence"), "text")
    listed = client.get(at(record, "evidence"))
    place = f"/api/v1/evidence/{added.body['id']}"
    fetched = client.client.get(place, headers=client.headers)
    hidden = ApiClient(qian).get(f"/evidence/{added.body['id']}")

    assert (added.status, wrong.status, none.status) == (201, 422, 422)
    assert wrong.body["code"] == "file_refused"
    assert listed.body == [added.body]
    assert fetched.getvalue() == PDF
    assert fetched["Content-Disposition"].startswith("attachment")
    assert hidden.status == 404


def test_a_list_is_filtered_searched_sorted_and_paged_by_cursor(tree, liu):
    for number in range(30):
        MeetingFactory(
            region_id=HAIGANG, held_on=date(2026, 1, 1 + number), kind="linkage", convener="甲"
        )
    client = ApiClient(liu)
    other = client.post(MEETINGS, {"fields": FIELDS | {"convener": "乙方政府"}}).body

    first = client.get(MEETINGS, kind="linkage", sort="held_on").body
    second = client.get(MEETINGS, kind="linkage", sort="held_on", after=first["next"]).body
    found = client.get(MEETINGS, q="乙方").body["records"]
    ranged = client.get(MEETINGS, kind="linkage", held_on_to="2026-01-02").body["records"]

    days = [each["fields"]["held_on"] for each in (*first["records"], *second["records"])]
    assert (len(days), days, second["next"]) == (30, sorted(days), None)
    assert [each["record_no"] for each in found] == [other["record_no"]]
    assert len(ranged) == 2


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"kind": "x"}, 422),
        ({"region": "999999"}, 422),
        ({"held_on_from": "soon"}, 422),
        ({"after": "nowhere"}, 404),
        ({"q": "\x00"}, 422),
    ],
)
def test_a_list_refuses_what_it_cannot_answer(tree, liu, query, status):
    assert ApiClient(liu).get(MEETINGS, **query).status == status


def test_more_records_take_no_more_queries(tree, liu):
    client = ApiClient(liu)
    MeetingFactory(region_id=HAIGANG, entered_by=liu)
    client.get(MEETINGS)
    with CaptureQueriesContext(connection) as few:
        client.get(MEETINGS)
    for _number in range(20):
        MeetingFactory(region_id=HAIGANG, entered_by=liu, owner_org=tree.haigang)

    with CaptureQueriesContext(connection) as many:
        client.get(MEETINGS)

    assert len(few) <= len(many) <= LIST_QUERIES, (len(few), len(many))


def test_a_creation_sent_twice_with_one_key_creates_one_record(liu):
    client = ApiClient(liu)
    key = {"idempotency-key": "run-7-row-1"}

    first = client.post(MEETINGS, {"fields": FIELDS}, **key)
    again = client.post(MEETINGS, {"fields": FIELDS}, **key)
    other = client.post(MEETINGS, {"fields": FIELDS | {"convener": "另一家"}}, **key)

    assert (first.status, again.status) == (201, 201)
    assert first.body == again.body
    assert (other.status, other.body["code"]) == (409, "key_reused")
    assert Meeting.objects.count() == 1


def test_a_refused_creation_leaves_its_key_free(liu):
    client = ApiClient(liu)
    key = {"idempotency-key": "run-7-row-1"}
    client.post(MEETINGS, {"fields": FIELDS | {"minutes_on": "2026-03-01"}}, **key)

    assert client.post(MEETINGS, {"fields": FIELDS}, **key).status == 201


def test_the_catalogue_tells_fields_choices_and_what_the_account_may_do(liu, chen, zhao):
    register = ApiClient(liu).get("/registers/meeting").body
    fields = {field["name"]: field for field in register["fields"]}

    assert register["may"] == ["read", "enter", "verify"]
    assert ApiClient(chen).get("/registers/meeting").body["may"] == ["read", "verify"]
    assert ApiClient(zhao).get("/registers").body == []
    assert fields["kind"]["required"]
    assert {"value": "linkage", "label": "Policy linkage meeting"} in fields["kind"]["choices"]
    posts = {field["name"]: field for field in ApiClient(liu).get("/registers/post").body["fields"]}
    assert (posts["org"]["type"], posts["org"]["refers_to"]) == ("ref", "org")
