"""The ledger through the interface: the same words, figures and lists as its pages."""

import pytest

from taizhang.core.organisations.testing import HAIGANG
from taizhang.domains.leadership.tests.factories import MeetingFactory
from taizhang.ledger.evaluation import evaluate_ledger
from taizhang.registers.api.testing import ApiClient


@pytest.fixture
def meeting(tree, ledger):
    """The county's joint meeting of the year, which commitment 5.2 counts; all is computed."""
    made = MeetingFactory(
        region_id=HAIGANG,
        owner_org=tree.haigang,
        kind="gov_union_joint",
        convener_level="county",
        held_on="2026-03-02",
    )
    evaluate_ledger()
    return made


def test_the_board_has_every_item_with_its_verdict_by_area(meeting, chen):
    board = ApiClient(chen).get("/ledger").body

    item = board["items"][4]
    assert len(board["items"]) == 37
    assert board["computed"]["as_of"] == "2026-09-30"
    assert item["number"] == 5
    assert sum(item["commitments"].values()) > 0
    assert {tile["area"] for tile in item["areas"]} >= {HAIGANG}


def test_the_board_of_a_department_has_its_items(meeting, chen):
    board = ApiClient(chen).get("/ledger").body
    lead = ApiClient(chen, language="zh-hans").get("/ledger").body["items"][0]["lead"]

    of_lead = ApiClient(chen).get("/ledger", department=lead).body

    assert 0 < len(of_lead["items"]) < len(board["items"])


def test_an_item_has_its_commitments_with_the_figures_of_the_area(meeting, chen):
    city = ApiClient(chen).get("/ledger/items/5").body
    area = ApiClient(chen).get("/ledger/items/5", area=HAIGANG).body

    assert [each["code"] for each in city["commitments"]] == [
        each["code"] for each in area["commitments"]
    ]
    figures = {each["code"]: each["figure"] for each in area["commitments"]}
    assert (figures["5.2"]["verdict"], figures["5.2"]["met"]) == ("met", 1)


def test_a_commitment_leads_to_the_records_behind_its_figure(meeting, chen):
    client = ApiClient(chen)

    detail = client.get("/ledger/commitments/5.2", area=HAIGANG).body
    behind = client.get("/ledger/commitments/5.2/behind", area=HAIGANG).body
    lacking = client.get("/ledger/commitments/5.2/behind", list="subjects").body

    assert (detail["item"], detail["figure"]["verdict"]) == (5, "met")
    assert [(row["slug"], row["record_no"]) for row in behind["records"]] == [
        ("meeting", meeting.record_no)
    ]
    assert (behind["total"], behind["hidden"], behind["next"]) == (1, 0, None)
    assert lacking["records"] == []
    assert lacking["lacking"]


def test_records_behind_a_figure_that_the_account_may_not_see_are_only_counted(meeting, qian):
    behind = ApiClient(qian).get("/ledger/commitments/5.2/behind", area=HAIGANG).body

    assert (behind["records"], behind["hidden"]) == ([], 1)


def test_what_an_organisation_owes_is_for_those_who_see_it(meeting, wang, qian):
    owed = ApiClient(wang).get("/organisations/ORG-PLANT/owed")
    hidden = ApiClient(qian).get("/organisations/ORG-PLANT/owed")

    assert (owed.status, hidden.status) == (200, 404)
    assert all(each["commitment"] and each["verdict"] for each in owed.body)


def test_the_status_date_says_whether_it_is_fixed(meeting, chen):
    assert ApiClient(chen).get("/status-date").body == {"as_of": "2026-09-30", "is_fixed": True}


@pytest.mark.parametrize(
    "path",
    [
        "/ledger/items/99",
        "/ledger/items/5?area=999999",
        "/ledger/commitments/99.9",
        "/ledger/commitments/5.2/behind?after=nowhere",
        "/organisations/ORG-NOBODY/owed",
    ],
)
def test_what_is_not_there_is_not_found(meeting, chen, path):
    assert ApiClient(chen).get(path).status == 404


@pytest.mark.parametrize("path", ["/ledger", "/ledger/items/5", "/status-date"])
def test_who_does_not_read_the_ledger_is_told_so(meeting, zhao, path):
    answer = ApiClient(zhao).get(path)

    assert (answer.status, answer.body["code"]) == (403, "no_permission")
