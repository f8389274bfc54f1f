"""Requests that are broken before they reach an operation: each is answered in the one form."""

import pytest

from taizhang.registers.api.faults import Fault
from taizhang.registers.api.testing import ApiClient

MEETINGS = "/api/v1/registers/meeting/records"


@pytest.fixture
def send(liu):
    client = ApiClient(liu)

    def answer(method: str, path: str, **given: object) -> tuple[int, str]:
        response = getattr(client.client, method)(path, headers=client.headers, **given)
        fault = Fault.model_validate(response.json())
        assert response.headers["Content-Type"].startswith("application/json")
        assert fault.what
        assert fault.why
        assert fault.next
        return response.status_code, fault.code

    return answer


def test_a_body_that_is_no_json_is_unreadable(send):
    for text in ("{", "NaN", '{"fields": 1e999999, ', b"\xff"):
        given = {"data": text, "content_type": "application/json"}
        assert send("post", MEETINGS, **given) == (400, "unreadable")


def test_another_content_type_is_refused_by_name(send):
    assert send("post", MEETINGS, data="a=1", content_type="text/plain") == (415, "wrong_type")


def test_a_body_beyond_the_limit_is_too_large(send, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    given = {"data": '{"fields": {}}', "content_type": "application/json"}

    assert send("post", MEETINGS, **given) == (413, "too_large")


def test_a_method_that_is_not_offered_and_an_address_that_is_none(send):
    assert send("delete", MEETINGS) == (405, "not_allowed")
    assert send("get", "/api/v1/no/such/address") == (404, "not_found")
    assert send("get", "/api/v1/") == (404, "not_found")
    assert send("get", f"{MEETINGS}/R09%0A1/steps") == (404, "not_found")


def test_a_broken_form_with_a_file_is_unreadable(send):
    path = f"{MEETINGS}/R09-0/evidence"
    given = {"data": b"--x\r\nbroken", "content_type": "multipart/form-data; boundary="}

    assert send("post", path, **given)[0] in (400, 422)


def test_numbers_in_addresses_that_no_database_holds_are_not_found(send):
    assert send("get", f"{MEETINGS}/%00") == (404, "not_found")
    assert send("get", "/api/v1/evidence/9223372036854775808") == (422, "invalid")
