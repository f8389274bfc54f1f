"""The pages as people use them: index, list, form, record, evidence and suggestions."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.safestring import mark_safe
from django.utils.translation import override

from taizhang.core.access.roles import ROLES
from taizhang.core.files.models import Evidence
from taizhang.core.organisations.testing import HAIGANG, EmployerFactory, OrganisationFactory
from taizhang.core.parameters.clock import fix_status_date
from taizhang.core.records.models import RecordStatus
from taizhang.domains.leadership.models import Meeting
from taizhang.domains.leadership.tests.factories import MeetingFactory
from taizhang.registers.extension import RECORD_PANELS, RecordPanel
from taizhang.registers.fields import ReferenceField
from taizhang.registers.lists.search_index import rebuild_index
from taizhang.registers.spec import REGISTERS
from taizhang.registers.testing_cast import create_account

pytestmark = pytest.mark.django_db

MEETING = {
    "version": "0",
    "kind": "gov_union_joint",
    "convener_level": "county",
    "region": HAIGANG,
    "convener": "海港区人民政府",
    "held_on": "2026-03-18",
}


@pytest.fixture(autouse=True)
def _in_english(client, tree):
    """Texts are compared in the language that the code is written in."""
    fix_status_date(date(2026, 9, 30), source="test")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    with override("en"):
        yield


@pytest.fixture
def draft(tree, liu) -> Meeting:
    return MeetingFactory(
        record_no="M-1", owner_org=tree.haigang, entered_by=liu, record_status=RecordStatus.DRAFT
    )


def text(answer) -> str:
    return answer.content.decode()


class TestIndex:
    def test_each_register_says_what_it_is_for_and_counts_nothing(self, client, liu):
        client.force_login(liu)

        page = text(client.get("/registers/"))

        assert "Proves that meetings owed by Party committees" in page
        assert "/registers/meeting/new/" in page

    def test_readers_are_not_offered_to_enter(self, client, chen):
        client.force_login(chen)

        page = text(client.get("/registers/"))

        assert "/registers/meeting/" in page
        assert "/new/" not in page

    def test_without_any_role_the_page_says_what_to_do(self, client, zhao):
        client.force_login(zhao)

        page = text(client.get("/registers/"))

        assert "Your account has no role that reads a register" in page
        assert "/registers/meeting/" not in page

    @pytest.mark.parametrize(
        ("role", "command"),
        [
            ("SYS", "taizhang account create"),
            ("SEC", "taizhang account activate"),
            ("AUD", "taizhang audit verify"),
        ],
    )
    def test_an_administrator_finds_what_the_role_is_for(self, client, tree, role, command):
        client.force_login(create_account("gao", "高管", (role, tree.city)))

        page = text(client.get("/registers/"))

        assert str(ROLES[role].purpose) in page
        assert command in page
        assert "Ask your union" not in page


class TestList:
    def test_htmx_gets_the_rows_alone(self, client, liu, draft):
        client.force_login(liu)

        whole = text(client.get("/registers/meeting/"))
        answer = client.get("/registers/meeting/", HTTP_HX_REQUEST="true")
        part = text(answer)
        back = text(
            client.get(
                "/registers/meeting/",
                HTTP_HX_REQUEST="true",
                HTTP_HX_HISTORY_RESTORE_REQUEST="true",
            )
        )

        assert "<html" in whole
        assert "<html" not in part
        assert "M-1" in part
        assert "HX-Request" in answer.headers["Vary"]
        assert "<html" in back

    def test_an_empty_register_says_what_to_do(self, client, liu, chen):
        client.force_login(liu)
        for_clerk = text(client.get("/registers/meeting/"))
        narrowed = text(client.get("/registers/meeting/", {"q": "没有"}))
        client.force_login(chen)
        for_reader = text(client.get("/registers/meeting/"))

        assert "Enter the first record." in for_clerk
        assert "No record fits." in narrowed
        assert "Enter the first record." not in for_reader

    def test_an_unknown_register_is_not_found(self, client, liu):
        client.force_login(liu)

        assert client.get("/registers/nonsense/").status_code == 404


class TestForm:
    def test_an_address_may_fill_the_form(self, client, liu):
        client.force_login(liu)

        form = client.get(
            "/registers/meeting/new/?kind=gov_union_joint&principal_leader=true&entered_by=1"
        ).context["form"]

        assert form["kind"].value() == "gov_union_joint"
        assert form["principal_leader"].value() == "true"
        assert form["region"].value() == HAIGANG, "the clerk's own area"
        assert "entered_by" not in form.fields

    def test_unknown_is_not_no(self, client, liu):
        client.force_login(liu)

        client.post("/registers/meeting/new/", MEETING)
        client.post("/registers/meeting/new/", {**MEETING, "principal_leader": "false"})

        assert [m.principal_leader for m in Meeting.objects.order_by("pk")] == [None, False]

    def test_all_faults_are_shown_at_once_and_nothing_typed_is_lost(self, client, liu):
        client.force_login(liu)
        wrong = {
            **MEETING,
            "convener": "",
            "held_on": "18 March",
            "matters": "1",
            "matters_closed": "2",
            "agenda": "一、职工之家",
        }

        answer = client.post("/registers/meeting/new/", wrong)

        form = answer.context["form"]
        assert answer.status_code == 422
        assert {"convener", "held_on", "__all__"} <= form.errors.keys()
        assert form["held_on"].value() == "18 March"
        assert "一、职工之家" in text(answer)
        assert "Nothing was saved yet" in text(answer)

    @pytest.mark.parametrize("day", ["2026-03-18", "2026/3/18", "2026.3.18", "2026年3月18日"])
    def test_days_are_understood_as_people_write_them(self, client, liu, day):
        client.force_login(liu)

        client.post("/registers/meeting/new/", {**MEETING, "held_on": day})

        assert Meeting.objects.get().held_on == date(2026, 3, 18)

    def test_the_areas_offered_are_those_the_clerk_enters_for(self, client, liu):
        client.force_login(liu)

        form = client.get("/registers/meeting/new/").context["form"]
        elsewhere = client.post("/registers/meeting/new/", {**MEETING, "region": "130322"})

        assert [area.pk for area in form.fields["region"].queryset] == [HAIGANG]
        assert elsewhere.status_code == 422

    def test_who_only_reads_has_no_form(self, client, chen, draft):
        client.force_login(chen)

        new = client.get("/registers/meeting/new/")
        edit = client.get("/registers/meeting/M-1/edit/")

        assert (new.status_code, edit.status_code) == (404, 404)

    def test_a_record_that_was_submitted_meanwhile_keeps_what_was_typed(self, client, liu, draft):
        client.force_login(liu)
        Meeting.objects.filter(pk=draft.pk).update(record_status=RecordStatus.SUBMITTED, version=2)

        answer = client.post(
            "/registers/meeting/M-1/edit/", {**MEETING, "version": "1", "convener": "区政府"}
        )

        assert answer.status_code == 422
        assert "waits for another person to verify it" in text(answer)
        assert answer.context["form"]["convener"].value() == "区政府"

    def test_the_form_of_a_verified_record_says_why_there_is_none(self, client, liu, draft):
        client.force_login(liu)
        Meeting.objects.filter(pk=draft.pk).update(record_status=RecordStatus.VERIFIED)

        page = text(client.get("/registers/meeting/M-1/edit/", follow=True))

        assert "never changed in place" in page


class TestRecord:
    def test_it_says_what_a_draft_still_needs_and_offers_the_step(self, client, liu, draft):
        client.force_login(liu)

        page = text(client.get("/registers/meeting/M-1/"))

        assert "it does not count until it is submitted" in page
        assert "/registers/meeting/M-1/submit/" in page
        assert "/registers/meeting/M-1/edit/" in page

    def test_the_reason_typed_is_kept_when_a_step_is_refused(self, client, liu, draft):
        client.force_login(liu)
        Meeting.objects.filter(pk=draft.pk).update(version=5)

        answer = client.post("/registers/meeting/M-1/void/", {"version": "1", "reason": "重复登记"})

        assert answer.status_code == 409
        assert "重复登记</textarea>" in text(answer)
        assert "changed this record while you had it open" in text(answer)

    def test_the_language_can_be_changed_where_a_step_was_refused(self, client, liu, draft):
        client.force_login(liu)

        answer = client.post("/registers/meeting/M-1/void/", {"version": "9" * 5000})

        assert answer.status_code == 409
        assert 'name="next" value="/registers/meeting/M-1/"' in text(answer)

    def test_whoever_entered_it_reads_at_the_top_why_it_came_back(self, client, chen, liu, draft):
        Meeting.objects.filter(pk=draft.pk).update(record_status=RecordStatus.SUBMITTED)
        client.force_login(chen)
        client.post("/registers/meeting/M-1/return/", {"version": "1", "reason": "缺纪要文号"})
        client.force_login(liu)

        returned = text(client.get("/registers/meeting/M-1/"))
        client.post("/registers/meeting/M-1/submit/", {"version": "2"})
        again = text(client.get("/registers/meeting/M-1/"))

        assert "陈办 sent it back: 缺纪要文号" in returned
        assert "sent it back" not in again

    def test_a_step_is_never_taken_by_opening_an_address(self, client, liu, draft):
        client.force_login(liu)

        answer = client.get("/registers/meeting/M-1/submit/")

        assert answer.status_code == 405
        assert Meeting.objects.get().record_status == RecordStatus.DRAFT

    def test_the_change_log_tells_old_and_new_in_words(self, client, liu, draft):
        client.force_login(liu)
        client.post(
            "/registers/meeting/M-1/edit/",
            {**MEETING, "version": "1", "kind": "tripartite", "principal_leader": "true"},
        )

        history = client.get("/registers/meeting/M-1/").context["history"]

        assert [(c.label, c.old, c.new) for c in history[0].changes] == [
            ("Kind of meeting", "Government-federation joint meeting", "Tripartite meeting"),
            ("Principal Party leader attended", "", "Yes"),
        ]
        assert (history[0].by, str(history[0].action)) == (liu, "changed")

    def test_the_change_log_names_what_is_referred_to(self, client, liu, tree):
        client.force_login(liu)
        union = OrganisationFactory(
            record_no="U-1",
            name="老厂工会",
            parent=tree.haigang,
            owner_org=tree.haigang,
            record_status=RecordStatus.DRAFT,
            employer=[tree.factory],
        )
        other = EmployerFactory(record_no="E-2", name="新厂", owner_org=tree.haigang)
        form = client.get("/registers/org/U-1/edit/").context["form"]
        data = {name: form[name].value() or "" for name in form.fields}

        client.post("/registers/org/U-1/edit/", {**data, "employer": [other.record_no]})

        (change,) = client.get("/registers/org/U-1/").context["history"][0].changes
        assert (change.old, change.new) == ("海港重型机械有限公司", "新厂")
        assert list(union.employer.all()) == [other]

    def test_links_lead_only_to_what_the_account_may_open(self, client, wang, tree):
        client.force_login(wang)

        page = text(client.get("/registers/org/ORG-PLANT/"))

        assert "海港区总工会" in page
        assert "/registers/org/ORG-HAIGANG/" not in page
        assert "/registers/employer/EMP-PLANT/" in page

    def test_upper_layers_add_panels(self, client, liu, draft):
        client.force_login(liu)
        counts = RecordPanel(
            "Counts for", 10, lambda request, spec, record: mark_safe(f"<p>5.2 {record.pk}</p>")
        )
        nothing = RecordPanel("Nothing", 5, lambda request, spec, record: "")

        def add(registry):
            registry.register("counts", counts)
            registry.register("nothing", nothing)

        with RECORD_PANELS.temporarily(add):
            page = client.get("/registers/meeting/M-1/")

        assert ("Counts for", f"<p>5.2 {draft.pk}</p>") in page.context["more_panels"]
        assert f"<p>5.2 {draft.pk}</p>" in text(page)
        assert "Nothing" not in [title for title, _html in page.context["more_panels"]]

    def test_a_record_number_may_hold_a_slash(self, client, liu, tree):
        client.force_login(liu)
        MeetingFactory(record_no="海/2026/7", owner_org=tree.haigang)

        assert client.get("/registers/meeting/海/2026/7/").status_code == 200
        assert client.get("/registers/meeting/").status_code == 200


class TestEvidence:
    def test_a_file_lies_beside_its_record(self, client, liu, draft):
        client.force_login(liu)
        upload = SimpleUploadedFile("纪要.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")

        answer = client.post("/registers/meeting/M-1/evidence/", {"file": upload}, follow=True)

        kept = Evidence.objects.get()
        assert (kept.register, kept.record) == ("leadership.meeting", draft.pk)
        assert f"/evidence/{kept.pk}/" in text(answer)
        assert "added a file" in text(answer)

    def test_a_file_that_is_not_what_it_says_is_refused_with_words(self, client, liu, draft):
        client.force_login(liu)
        upload = SimpleUploadedFile("纪要.pdf", b"MZ\x90\x00", "application/pdf")

        answer = client.post("/registers/meeting/M-1/evidence/", {"file": upload})

        assert answer.status_code == 422
        assert "The file was not kept." in text(answer)
        assert not Evidence.objects.exists()

    def test_no_file_is_no_fault_of_the_server(self, client, liu, draft):
        client.force_login(liu)

        answer = client.post("/registers/meeting/M-1/evidence/", {})

        assert answer.status_code == 422
        assert "Choose a file first." in text(answer)


class TestReferences:
    def find(self, by, typed: str):
        field = ReferenceField(type(by.home), "org", by, ())
        return field.clean(typed)

    def test_a_union_is_named_by_number_code_name_or_suggestion(self, liu, tree):
        tree.plant.uscc = "81130302MC0000012M"
        tree.plant.save()

        found = {
            self.find(liu, typed)
            for typed in (
                "ORG-PLANT",
                "81130302MC0000012M",
                "海港重型机械有限公司工会委员会",
                " 海港重型机械有限公司工会委员会（ORG-PLANT） ",
                "anything (ORG-PLANT)",
            )
        }

        assert found == {tree.plant}

    def test_unions_above_the_own_one_may_be_named_and_others_not(self, wang, tree):
        assert self.find(wang, "ORG-CITY") == tree.city
        with pytest.raises(ValidationError, match="No record goes by"):
            self.find(wang, "ORG-CHANGLI")

    def test_two_of_one_name_ask_for_the_number(self, liu, tree):
        for number in ("A-1", "A-2"):
            OrganisationFactory(record_no=number, name="同名工会", parent=tree.haigang)

        with pytest.raises(ValidationError, match="Several records are named"):
            self.find(liu, "同名工会")
        assert self.find(liu, "同名工会（A-2）").record_no == "A-2"

    def test_suggestions_come_from_what_may_be_named(self, client, wang, tree):
        rebuild_index(REGISTERS["org"])
        client.force_login(wang)

        answer = client.get("/registers/org/options/", {"for": "parent", "parent": "总工会"})

        assert "海港区总工会（ORG-HAIGANG）" in text(answer)
        assert "ORG-CHANGLI" not in text(answer)
        assert "<html" not in text(answer)

    def test_nothing_typed_suggests_nothing(self, client, wang):
        client.force_login(wang)

        assert "<option" not in text(client.get("/registers/org/options/?for=parent&parent="))

    def test_a_void_record_is_not_suggested(self, client, liu, tree):
        client.force_login(liu)
        for name, status in (("作废公司", RecordStatus.VOID), ("作废回收公司", "verified")):
            EmployerFactory(name=name, owner_org=tree.haigang, record_status=status)
        rebuild_index(REGISTERS["employer"])

        answer = client.get("/registers/employer/options/", {"for": "q", "q": "作废"})

        assert "作废回收公司" in text(answer)
        assert "作废公司" not in text(answer)
