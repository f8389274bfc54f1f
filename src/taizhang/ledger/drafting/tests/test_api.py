"""Commitments through the interface: written, revised and withdrawn as on the pages."""

import pytest

from taizhang.ledger.models import Commitment
from taizhang.registers.api.testing import ApiClient

ADDRESS = "/ledger/items/A1/commitments"
OWN = "/ledger/commitments/A1.1"


@pytest.fixture
def api(chen) -> ApiClient:
    return ApiClient(chen)


@pytest.fixture
def sent(written) -> dict[str, object]:
    return {"fields": written, "quote": "每年至少召开1次"}


def test_a_commitment_is_published_at_its_words_and_the_same_only_once(first, api, sent):
    answer = api.post(ADDRESS, sent)
    again = api.post(ADDRESS, sent)

    assert (answer.status, answer.body["code"], answer.body["item_code"]) == (201, "A1.1", "A1")
    clause = Commitment.objects.get(code="A1.1").clauses.get()
    assert first.text[clause.start : clause.end] == sent["quote"]
    assert (again.status, again.body["code"]) == (409, "not_now")
    assert "A1.1" in again.body["why"]


def test_only_the_fields_that_change_are_revised_and_a_reason_is_asked(first, api, sent):
    api.post(ADDRESS, sent)

    answer = api.post(f"{OWN}/revise", {"fields": {"target": "2"}, "reason": "会议决定"})

    row = Commitment.objects.get(code="A1.1")
    assert (answer.status, row.target, row.duty_zh) == (200, 2, sent["fields"]["duty_zh"])
    assert api.post(f"{OWN}/revise", {"fields": {"target": "3"}, "reason": " "}).status == 409
    assert api.post(f"{OWN}/revise", {"fields": {"target": "3"}}).status == 422


def test_a_withdrawn_commitment_is_not_found_any_more(first, api, sent):
    api.post(ADDRESS, sent)

    answer = api.post(f"{OWN}/withdraw", {"reason": "重复"})

    assert (answer.status, answer.body["is_withdrawn"]) == (200, True)
    assert api.post(f"{OWN}/withdraw", {"reason": "重复"}).status == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"numerator": "count(meetin[])"}, "numerator"),
        ({"who_owes": []}, "who_owes"),
        ({"modality": "perhaps"}, "modality"),
        ({"target": None}, "target"),
        ({"planned": "2026-12-31"}, "planned"),
        ({"by": ["kind"]}, "by"),
        ({"numerater": "x"}, "numerater"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(first, api, sent, change, field):
    answer = api.post(ADDRESS, {"fields": sent["fields"] | change})

    assert answer.status == 422
    assert set(answer.body["fields"]) == {field}
    assert not first.commitments.exists()


def test_words_that_the_item_has_not_are_refused(first, api, sent):
    answer = api.post(ADDRESS, sent | {"quote": "没有的话"})

    assert (answer.status, answer.body["code"]) == (409, "not_now")
    assert not first.commitments.exists()


def test_what_a_pack_states_and_what_is_not_there_is_left_alone(first, api, sent, liu):
    assert api.post("/ledger/commitments/5.2/revise", {"fields": {}, "reason": "试"}).status == 409
    assert api.post("/ledger/items/Z9/commitments", sent).status == 404
    assert ApiClient(liu).post(ADDRESS, sent).status == 403
