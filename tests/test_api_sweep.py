"""Every operation of the interface as the cast: who gets which answer, and nothing hidden."""

import json

import pytest
from django.db import transaction

from taizhang.registers.api.description import openapi_document
from taizhang.registers.api.testing import ApiClient
from tests.addresses import WHO
from tests.scene import Scene

DRAFT = "/registers/meeting/records/R09-DRAFT"
READERS = (200, 200, 200, 200, 403, 401)
REGISTER_READERS = (200, 200, 200, 200, 404, 401)
ABOVE_THE_RECORD = (200, 200, 200, 404, 404, 401)
# Nothing of this kind is beside the record.
NONE = (404, 404, 404, 404, 404, 401)

OFFICE_INVALID = (403, 403, 422, 403, 403, 401)
OFFICE_REFUSED = (403, 403, 409, 403, 403, 401)
REVISION = {"fields": {}, "reason": "x"}

# Operation → its address in the scene, what is sent, and the answers in the order of WHO.
VISITS = {
    "registers": ("/registers", None, (200, 200, 200, 200, 200, 401)),
    "register": ("/registers/meeting", None, REGISTER_READERS),
    "meeting_list": ("/registers/meeting/records", None, REGISTER_READERS),
    # Chen verifies and follows up; neither enters facts.
    "meeting_create": ("/registers/meeting/records", {"fields": {}}, (422,) * 5 + (401,)),
    "meeting_read": (DRAFT, None, ABOVE_THE_RECORD),
    "meeting_change": (
        DRAFT,
        {"version": 1, "fields": {"convener": "x"}},
        (200, 200, 403, 404, 404, 401),
    ),
    "steps": (f"{DRAFT}/steps", None, ABOVE_THE_RECORD),
    "step": (f"{DRAFT}/steps/submit", {"version": 1}, (200, 200, 403, 404, 404, 401)),
    "history": (f"{DRAFT}/history", None, ABOVE_THE_RECORD),
    "correction_list": (f"{DRAFT}/corrections", None, ABOVE_THE_RECORD),
    "correction_propose": (
        f"{DRAFT}/corrections",
        {"kind": "void", "version": 1, "reason": "x"},
        (409, 409, 403, 404, 404, 401),
    ),
    "correction_decide": (f"{DRAFT}/corrections/999/accept", {}, NONE),
    "evidence_list": (f"{DRAFT}/evidence", None, ABOVE_THE_RECORD),
    "evidence_add": (f"{DRAFT}/evidence", {}, (422,) * 5 + (401,)),
    "evidence_read": ("/evidence/{evidence}", None, ABOVE_THE_RECORD),
    "status_date": ("/status-date", None, READERS),
    "ledgers": ("/ledgers", None, READERS),
    "board": ("/ledger", None, READERS),
    "item": ("/ledger/items/5", None, READERS),
    "commitment": ("/ledger/commitments/5.2", None, READERS),
    "commitment_publish": ("/ledger/items/5/commitments", {"fields": {}}, OFFICE_INVALID),
    # The pack states it.
    "commitment_revise": ("/ledger/commitments/5.2/revise", REVISION, OFFICE_REFUSED),
    "commitment_withdraw": ("/ledger/commitments/5.2/withdraw", {"reason": "x"}, OFFICE_REFUSED),
    "behind": ("/ledger/commitments/5.2/behind", None, READERS),
    "owed": ("/organisations/ORG-PLANT/owed", None, (200, 200, 200, 404, 403, 401)),
}
# Lists and searches that could name what another answer hides.
SEARCHES = (
    ("/registers/meeting/records", {"q": "甲会"}),
    ("/registers/meeting/records", {"q": "乙会"}),
    ("/registers/org/records", {"q": "海港重型"}),
    ("/registers/post/records", {}),
    ("/registers/employer/records", {}),
    ("/ledger/commitments/5.2/behind", {"area": "130302", "list": "uncounted"}),
    ("/ledger/commitments/3.3/behind", {"list": "subjects"}),
    ("/ledger/commitments/3.3/behind", {"list": "unknown"}),
)


def test_every_operation_has_a_row_those_of_one_register_stand_for_all():
    named = {
        details["operationId"]
        for path, methods in openapi_document()["paths"].items()
        for details in methods.values()
        if not path.startswith("/api/v1/registers/") or path.split("/")[4] in ("{slug}", "meeting")
    }

    assert named | {"registers"} == set(VISITS)


def _method(operation: str) -> str:
    return next(
        method
        for methods in openapi_document()["paths"].values()
        for method, details in methods.items()
        if details["operationId"] == operation
    )


@pytest.mark.parametrize("who", WHO)
def test_each_of_the_cast_is_answered_as_the_table_says_and_told_nothing_hidden(scene: Scene, who):
    client = ApiClient(scene.people[who])
    wrong, leaks = [], []

    for operation, (path, content, statuses) in VISITS.items():
        place = path.format(evidence=scene.evidence.pk)
        send = getattr(client, _method(operation))
        with transaction.atomic():
            answer = send(place) if content is None else send(place, content)
            transaction.set_rollback(True)
        expected = statuses[WHO.index(who)]
        if answer.status != expected:
            wrong.append(f"{operation} as {who}: {answer.status}, not {expected}")
        leaks += _told(scene, who, operation, answer.body)
    for path, query in SEARCHES:
        leaks += _told(scene, who, path, client.get(path, **query).body)

    assert wrong == []
    assert leaks == []


def _told(scene: Scene, who: str, where: str, body: object) -> list[str]:
    text = json.dumps(body, ensure_ascii=False)
    return [f"{where} tells {who}: {secret}" for secret in scene.secrets[who] if secret in text]
