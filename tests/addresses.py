"""Every address of the product, and what each of the cast is answered there.

A new address needs a row here: the sweeps fail without one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from taizhang.core.files.testing import upload
from taizhang.core.organisations.models import Organisation
from taizhang.core.organisations.testing import HAIGANG
from taizhang.ledger.reviewing.commitments import commitments_of
from tests.scene import Scene

# The order of the statuses: owner, superior, one above, neighbour, stranger, anonymous.
WHO = ("wang", "liu", "chen", "qian", "zhao", "anonymous")
Statuses = tuple[int, int, int, int, int, int]

SIGN_IN = 302  # for the anonymous: to the sign-in page
SIGNED_IN: Statuses = (200, 200, 200, 200, 200, SIGN_IN)
READERS: Statuses = (200, 200, 200, 200, 403, SIGN_IN)
REGISTER_READERS: Statuses = (200, 200, 200, 200, 404, SIGN_IN)
ABOVE_THE_RECORD: Statuses = (200, 200, 200, 404, 404, SIGN_IN)
ENTERING: Statuses = (200, 200, 404, 200, 404, SIGN_IN)
LIU: Statuses = (404, 200, 404, 404, 404, SIGN_IN)
LIU_SENT_ON: Statuses = (404, 302, 404, 404, 404, SIGN_IN)
OFFICE: Statuses = (403, 403, 200, 403, 403, SIGN_IN)
OFFICE_SENT_ON: Statuses = (403, 403, 302, 403, 403, SIGN_IN)
OFFICE_CORRECTING: Statuses = (403, 403, 422, 403, 403, SIGN_IN)
OFFICE_MISSING: Statuses = (403, 403, 404, 403, 403, SIGN_IN)
SENT_ON: Statuses = (302, 302, 302, 302, 302, 302)
MISSING: Statuses = (404, 404, 404, 404, 404, SIGN_IN)
NO_SUCH_METHOD: Statuses = (405, 405, 405, 405, 405, SIGN_IN)


def _nothing(_scene: Scene) -> dict[str, object]:
    return {}


@dataclass(frozen=True)
class Address:
    """`arguments` of the route and `data` of a post in the scene; `get` and `post` per person."""

    get: Statuses
    post: Statuses
    arguments: Callable[[Scene], dict[str, object]] = _nothing
    data: Callable[[Scene], dict[str, object]] = _nothing


def _meeting(_scene: Scene) -> dict[str, object]:
    return {"slug": "meeting"}


def _check(_scene: Scene) -> dict[str, object]:
    return {"key": "meeting.refers_to_void"}


def _view(scene: Scene) -> dict[str, object]:
    return {"slug": "meeting", "pk": scene.view.pk}


def _draft(scene: Scene) -> dict[str, object]:
    return {"slug": "meeting", "record_no": scene.draft.record_no}


def _verified(scene: Scene) -> dict[str, object]:
    return {"slug": "meeting", "record_no": scene.verified.record_no}


def _import(scene: Scene) -> dict[str, object]:
    return {"slug": "meeting", "pk": scene.sheet.pk}


def _unions(scene: Scene) -> dict[str, object]:
    one, other = sorted(Organisation.objects.filter(region_id=HAIGANG).values_list("pk", flat=True))
    return {"slug": "org", "one": one, "other": other}


def _notice(scene: Scene) -> dict[str, object]:
    return {"pk": scene.notice.pk}


def _beside(scene: Scene) -> dict[str, object]:
    return {"pk": scene.notice.pk, "old_pk": scene.earlier.pk}


def _notice_item(scene: Scene) -> dict[str, object]:
    return {"pk": scene.notice.pk, "position": 0}


def _notice_commitment(scene: Scene) -> dict[str, object]:
    found = commitments_of(scene.notice)[0].commitments[0]
    return _notice_item(scene) | {"start": found.start, "end": found.end}


ADDRESSES = {
    "account_login": Address((302, 302, 302, 302, 302, 200), (302, 302, 302, 302, 302, 200)),
    "account_logout": Address((200, 200, 200, 200, 200, 302), SENT_ON),
    "account_inactive": Address((200,) * 6, (405,) * 6),
    "account_reauthenticate": Address(SIGNED_IN, SIGNED_IN),
    "account_change_password": Address(SIGNED_IN, SIGNED_IN),
    "mfa_index": Address(SIGNED_IN, NO_SUCH_METHOD),
    # Only in the middle of signing in, and only with a second factor.
    "mfa_authenticate": Address(SENT_ON, SENT_ON),
    "mfa_reauthenticate": Address(SENT_ON, SENT_ON),
    # First sent to confirm that it is them.
    "mfa_activate_totp": Address(SENT_ON, SENT_ON),
    "mfa_generate_recovery_codes": Address(SENT_ON, SENT_ON),
    "mfa_deactivate_totp": Address(MISSING, MISSING),
    "mfa_view_recovery_codes": Address(MISSING, NO_SUCH_METHOD),
    "usersessions_list": Address(SIGNED_IN, SENT_ON),
    "set_language": Address(SENT_ON, SENT_ON),
    "ui_components": Address(SIGNED_IN, SIGNED_IN),
    "evidence": Address(ABOVE_THE_RECORD, NO_SUCH_METHOD, lambda scene: {"pk": scene.evidence.pk}),
    "registers": Address(SIGNED_IN, SIGNED_IN),
    "integrity": Address(SIGNED_IN, SIGNED_IN),
    "integrity_check": Address(REGISTER_READERS, REGISTER_READERS, _check),
    "register_list": Address(REGISTER_READERS, REGISTER_READERS, _meeting),
    "view_new": Address(
        REGISTER_READERS, (422, 422, 422, 422, 404, SIGN_IN), _meeting, lambda _scene: {"name": ""}
    ),
    # Chen's own, not shared; what is missing and what is another's look the same.
    "view_edit": Address(
        (404, 404, 200, 404, 404, SIGN_IN), (404, 404, 422, 404, 404, SIGN_IN), _view
    ),
    "view_delete": Address(NO_SUCH_METHOD, (404, 404, 302, 404, 404, SIGN_IN), _view),
    "register_options": Address(REGISTER_READERS, REGISTER_READERS, lambda _s: {"slug": "org"}),
    # Chen verifies and follows up; neither enters facts.
    "record_new": Address(
        (200, 200, 404, 200, 404, SIGN_IN), (422, 422, 404, 422, 404, SIGN_IN), _meeting
    ),
    "record": Address(ABOVE_THE_RECORD, ABOVE_THE_RECORD, _draft),
    "record_edit": Address(
        (200, 200, 404, 404, 404, SIGN_IN), (422, 422, 404, 404, 404, SIGN_IN), _draft
    ),
    "record_transition": Address(
        NO_SUCH_METHOD,
        (302, 302, 409, 404, 404, SIGN_IN),
        lambda scene: {**_draft(scene), "step": "submit"},
        lambda scene: {"version": scene.draft.version},
    ),
    # Who verifies may propose too; a reader may not.
    "correction_new": Address(ABOVE_THE_RECORD, (422, 422, 422, 404, 404, SIGN_IN), _verified),
    "correction_void": Address(
        NO_SUCH_METHOD,
        (302, 302, 302, 404, 404, SIGN_IN),
        _verified,
        lambda scene: {"version": scene.verified.version, "reason": "重复录入"},
    ),
    # Qian proposed it himself; Chen is the second person.
    "correction_decision": Address(
        NO_SUCH_METHOD,
        (404, 404, 302, 409, 404, SIGN_IN),
        lambda scene: {
            "slug": "meeting",
            "record_no": scene.other.record_no,
            "pk": scene.correction.pk,
            "decision": "accept",
        },
    ),
    # Whoever verifies judges what is a duplicate, within the own reach.
    "duplicates": Address(
        (404, 200, 200, 200, 404, SIGN_IN), NO_SUCH_METHOD, lambda _scene: {"slug": "org"}
    ),
    # Sent without a reason.
    "merge_new": Address(
        (404, 200, 200, 404, 404, SIGN_IN), (404, 409, 409, 404, 404, SIGN_IN), _unions
    ),
    "duplicates_distinct": Address(NO_SUCH_METHOD, (404, 302, 302, 404, 404, SIGN_IN), _unions),
    "evidence_add": Address(
        NO_SUCH_METHOD,
        (302, 302, 422, 404, 404, SIGN_IN),
        _draft,
        lambda _scene: {"file": upload()},
    ),
    "sheet_csv": Address(REGISTER_READERS, NO_SUCH_METHOD, _meeting),
    "sheet_xlsx": Address(REGISTER_READERS, NO_SUCH_METHOD, _meeting),
    "sheet_template": Address(ENTERING, NO_SUCH_METHOD, _meeting),
    "import_new": Address(ENTERING, (422, 422, 404, 422, 404, SIGN_IN), _meeting),
    # Liu's own import; to everybody else there is none.
    "import_run": Address(LIU, NO_SUCH_METHOD, _import),
    "import_columns": Address(LIU_SENT_ON, LIU_SENT_ON, _import),
    "import_progress": Address(LIU, NO_SUCH_METHOD, _import),
    "import_records": Address(LIU, NO_SUCH_METHOD, _import),
    "import_faults": Address(MISSING, NO_SUCH_METHOD, _import),
    "import_write": Address(NO_SUCH_METHOD, LIU_SENT_ON, _import),
    "import_cancel": Address(NO_SUCH_METHOD, LIU_SENT_ON, _import),
    "import_undo": Address(NO_SUCH_METHOD, LIU_SENT_ON, _import),
    "board": Address(READERS, NO_SUCH_METHOD),
    "board_rows": Address(READERS, NO_SUCH_METHOD),
    "board_export": Address(READERS, NO_SUCH_METHOD),
    "item": Address(READERS, NO_SUCH_METHOD, lambda _scene: {"code": "5"}),
    "commitment": Address(READERS, NO_SUCH_METHOD, lambda _scene: {"code": "5.2"}),
    "commitment_trend": Address(READERS, NO_SUCH_METHOD, lambda _scene: {"code": "5.2"}),
    "drafts": Address(READERS, NO_SUCH_METHOD),
    # Sent without a single field.
    "draft": Address(OFFICE, OFFICE_CORRECTING, lambda scene: {"pk": scene.writing.pk}),
    "draft_new": Address(OFFICE, OFFICE_CORRECTING, lambda _scene: {"code": "5"}),
    "draft_drop": Address(NO_SUCH_METHOD, OFFICE_SENT_ON, lambda scene: {"pk": scene.writing.pk}),
    # The item has no words yet of which anything could be said.
    "clause_answer": Address(NO_SUCH_METHOD, OFFICE_MISSING, lambda _scene: {"code": "5"}),
    "commitment_revise": Address(
        OFFICE, OFFICE_CORRECTING, lambda scene: {"code": scene.written.code}
    ),
    "commitment_withdraw": Address(
        NO_SUCH_METHOD,
        OFFICE_SENT_ON,
        lambda scene: {"code": scene.written.code},
        lambda _scene: {"reason": "重复"},
    ),
    # Asked without a place in a formula.
    "formula_completions": Address(OFFICE_MISSING, NO_SUCH_METHOD),
    "organisation": Address(
        (200, 200, 200, 404, 403, SIGN_IN),
        NO_SUCH_METHOD,
        lambda _scene: {"record_no": "ORG-PLANT"},
    ),
    "organisation_below": Address(
        (404, 200, 200, 404, 403, SIGN_IN),
        NO_SUCH_METHOD,
        lambda _scene: {"record_no": "ORG-HAIGANG"},
    ),
    "record_commitments": Address(
        (200, 200, 200, 404, 403, SIGN_IN),
        NO_SUCH_METHOD,
        lambda _scene: {"slug": "org", "record_no": "ORG-PLANT"},
    ),
    "api_openapi": Address((200,) * 6, (405,) * 6),
    "api_reference": Address(SIGNED_IN, NO_SUCH_METHOD),
    "api_register": Address(REGISTER_READERS, NO_SUCH_METHOD, _meeting),
    "api_tokens": Address(SIGNED_IN, NO_SUCH_METHOD),
    # First sent to confirm that it is them.
    "api_token_new": Address(SENT_ON, SENT_ON),
    "api_token_revoke": Address(NO_SUCH_METHOD, MISSING, lambda _scene: {"pk": 1}),
    "thresholds": Address(READERS, NO_SUCH_METHOD),
    # Without a code there is nothing to answer.
    "threshold_answer": Address(OFFICE_SENT_ON, OFFICE_SENT_ON),
    "threshold_parameter": Address(
        OFFICE, (403, 403, 422, 403, 403, SIGN_IN), lambda _scene: {"name": "key_industries"}
    ),
    "threshold_withdraw": Address(
        NO_SUCH_METHOD, (403, 403, 404, 403, 403, SIGN_IN), lambda _scene: {"pk": 1}
    ),
    "leads": Address(OFFICE, OFFICE_SENT_ON),
    "pack_version": Address(OFFICE, OFFICE_SENT_ON),
    "desk": Address(READERS, NO_SUCH_METHOD),
    "notices": Address(READERS, NO_SUCH_METHOD),
    "notice": Address(READERS, NO_SUCH_METHOD, _notice),
    "notice_upload": Address(OFFICE, OFFICE),
    "notice_head": Address(OFFICE, OFFICE, _notice),
    "notice_item": Address(OFFICE, OFFICE, _notice_item),
    "notice_item_new": Address(OFFICE, OFFICE, _notice),
    "notice_item_drop": Address(NO_SUCH_METHOD, OFFICE_SENT_ON, _notice_item),
    "notice_item_restore": Address(NO_SUCH_METHOD, OFFICE_SENT_ON, _notice_item),
    "notice_confirm": Address(NO_SUCH_METHOD, OFFICE_SENT_ON, _notice),
    "notice_commitment_new": Address(OFFICE, OFFICE, _notice_item),
    "notice_commitment": Address(OFFICE, OFFICE, _notice_commitment),
    "notice_commitment_drop": Address(NO_SUCH_METHOD, OFFICE_SENT_ON, _notice_commitment),
    "notice_candidates": Address(READERS, NO_SUCH_METHOD, _notice),
    # The earlier one was not published.
    "notice_beside": Address(READERS, (403, 403, 409, 403, 403, SIGN_IN), _beside),
    "carried_looked_at": Address(
        NO_SUCH_METHOD, (403, 403, 404, 403, 403, SIGN_IN), lambda _scene: {"pk": 1}
    ),
    "superseded_ledger": Address(
        READERS, NO_SUCH_METHOD, lambda scene: {"key": scene.superseded.key}
    ),
    "notice_publish": Address(NO_SUCH_METHOD, OFFICE_SENT_ON, _notice),
    "notice_discard": Address(NO_SUCH_METHOD, OFFICE_SENT_ON, _notice),
}


def url_of(name: str, scene: Scene) -> str:
    """The address in the scene."""
    return reverse(name, kwargs=ADDRESSES[name].arguments(scene))


def routed_names() -> list[str]:
    """The name of every address in the root urlconf; an unnamed one counts by its route.

    The interface for programs knows no sessions: `test_api_sweep.py` visits it with tokens.
    """
    return list(_names(get_resolver().url_patterns))


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace == "api":
                continue
            yield from _names(pattern.url_patterns)
        else:
            yield pattern.name or str(pattern.pattern)
