"""The description of the interface: kept as a file, complete, and shown as pages."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override

from taizhang.registers.api.description import openapi_document, openapi_text
from taizhang.registers.spec import REGISTERS

KEPT = Path(__file__).parents[5] / "docs" / "openapi.json"


def test_the_kept_description_is_the_present_one():
    kept = KEPT.read_text(encoding="utf-8")

    assert kept == openapi_text(), (
        "the interface has changed: read the difference, then run "
        "`taizhang api schema -o docs/openapi.json`"
    )


def test_the_description_is_the_same_in_every_language():
    openapi_document.cache_clear()
    with override("zh-hans"):
        chinese = openapi_text()
    openapi_document.cache_clear()
    with override("en"):
        english = openapi_text()

    assert chinese == english


def test_every_operation_has_its_own_name_and_declares_its_refusals():
    operations = [
        details for methods in openapi_document()["paths"].values() for details in methods.values()
    ]

    names = [details["operationId"] for details in operations]
    assert len(names) == len(set(names))
    for details in operations:
        assert {"401", "403", "404", "422", "429"} <= details["responses"].keys()
        assert details["security"] == [{"BearerToken": []}]
        assert details["summary"]
        if "requestBody" in details:
            assert {"400", "409", "413", "415"} <= details["responses"].keys()


def test_every_register_has_its_operations():
    paths = openapi_document()["paths"]

    for slug in REGISTERS:
        assert {"get", "post"} == paths[f"/api/v1/registers/{slug}/records"].keys()
        assert {"get", "patch"} == paths[f"/api/v1/registers/{slug}/records/{{record_no}}"].keys()


def test_the_command_writes_the_file(tmp_path):
    call_command("api", "schema", output=tmp_path / "openapi.json")

    assert (tmp_path / "openapi.json").read_text(encoding="utf-8") == openapi_text()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_reference_shows_every_operation_that_concerns_the_account(tree, liu, language):
    client = Client(headers={"accept-language": language})
    client.force_login(liu)

    shared = client.get("/api/").text
    meeting = client.get("/api/registers/meeting/").text

    for path, methods in openapi_document()["paths"].items():
        if path.startswith("/api/v1/registers/meeting/"):
            assert meeting.count(path) >= len(methods)
        elif "/records" not in path or "{slug}" in path:
            assert path in shared
    assert "fields.held_on" in meeting


def test_the_reference_of_a_register_that_the_account_does_not_read_is_not_found(zhao):
    client = Client()
    client.force_login(zhao)

    assert client.get("/api/registers/meeting/").status_code == 404
