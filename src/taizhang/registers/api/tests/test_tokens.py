"""Tokens: made after confirming who one is, shown once, limited, ended; and who they let in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from taizhang.core.access.actions import deactivate_account, reset_password
from taizhang.core.access.models import ApiToken
from taizhang.core.access.refusals import ActionRefused
from taizhang.core.access.tokens import create_token, revoke_token, token_of
from taizhang.core.audit.models import AuditRow
from taizhang.registers.api.testing import ApiClient

MEETINGS = "/registers/meeting/records"
NEW = "/accounts/tokens/new/"


def make(user, **values):
    given = {
        "name": "nightly",
        "scope": ApiToken.Scope.READ,
        "registers": (),
        "expires_on": timezone.localdate() + timedelta(days=30),
    }
    return create_token(by=user, **given | values)


def confirmed(user) -> Client:
    client = Client()
    client.force_login(user)
    client.post("/accounts/reauthenticate/", {"password": user.username})
    return client


def test_the_form_opens_only_to_somebody_who_confirmed_who_they_are(liu):
    client = Client()
    client.force_login(liu)

    answer = client.post(NEW, {"name": "nightly", "scope": "read", "days": 30})

    assert answer.status_code == 302
    assert "/accounts/reauthenticate/" in answer.url
    assert not ApiToken.objects.exists()


def test_the_secret_is_shown_once_and_only_its_hash_is_kept(liu):
    client = confirmed(liu)

    made = client.post(NEW, {"name": "nightly", "scope": "read", "days": 30})

    token, secret = ApiToken.objects.get(), made.context["secret"]
    assert secret in made.text
    assert "no-store" in made["Cache-Control"]
    assert secret not in client.get("/accounts/tokens/").text
    assert secret not in str(ApiToken.objects.values().get())
    assert token_of(secret) == token
    row = AuditRow.objects.filter(subject="access.token").get()
    assert (row.actor, row.subject_no, row.action) == (liu, token.prefix, "create")
    assert secret not in str(row.changes)


def test_a_form_that_is_wrong_makes_nothing(liu):
    answer = confirmed(liu).post(NEW, {"name": "", "scope": "all", "days": 9999})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "scope", "days"}
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("days", [-1, 366])
def test_a_token_lasts_from_a_day_to_a_year(liu, days):
    with pytest.raises(ActionRefused):
        make(liu, expires_on=timezone.localdate() + timedelta(days=days))


def test_a_token_ends_when_its_owner_revokes_it_and_nobody_else_can(liu, sun):
    token, secret = make(liu)
    client = confirmed(liu)

    by_another = confirmed(sun).post(f"/accounts/tokens/{token.pk}/revoke/")
    before = token_of(secret)
    by_owner = client.post(f"/accounts/tokens/{token.pk}/revoke/")
    client.post(f"/accounts/tokens/{token.pk}/revoke/")

    assert (by_another.status_code, before, by_owner.status_code) == (404, token, 302)
    assert token_of(secret) is None
    assert AuditRow.objects.filter(subject="access.token", action="revoke").count() == 1
    with pytest.raises(ActionRefused):
        revoke_token(by=sun, token=token)


def test_a_token_ends_with_its_day(liu):
    token, secret = make(liu, expires_on=timezone.localdate())
    assert token_of(secret) == token

    ApiToken.objects.update(expires_on=timezone.localdate() - timedelta(days=1))

    assert token_of(secret) is None


def test_a_token_ends_with_its_account_and_with_a_reset_password(liu, sun):
    _token, secret = make(liu)
    _other, of_sun = make(sun)

    deactivate_account(by=None, user=liu)
    reset_password(by=None, user=sun)
    sun.must_change_password = False
    sun.save()

    assert (token_of(secret), token_of(of_sun)) == (None, None)


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Bearer tz_00000000_0", "Basic eDp5", "Bearer 令牌_a_b"]
)
def test_without_a_token_in_force_everything_is_401_in_json(liu, header):
    client = ApiClient(None)
    client.headers["authorization"] = header

    answer = client.get(MEETINGS)

    assert (answer.status, answer.body["code"]) == (401, "no_token")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_session_alone_opens_nothing(liu):
    client = Client()
    client.force_login(liu)

    assert client.get(f"/api/v1{MEETINGS}").status_code == 401


def test_a_secret_that_differs_in_its_last_character_is_none(liu):
    _token, secret = make(liu)
    wrong = secret[:-1] + ("0" if secret[-1] != "0" else "1")

    assert token_of(wrong) is None


def test_a_reading_token_does_not_write(liu):
    client = ApiClient(liu, scope=ApiToken.Scope.READ)

    read, written = client.get(MEETINGS), client.post(MEETINGS, {"fields": {}})

    assert read.status == 200
    assert (written.status, written.body["code"]) == (403, "token_limited")


def test_a_limited_token_opens_its_registers_alone(liu):
    client = ApiClient(liu, registers=("leadership.meeting",))

    meetings, posts = client.get(MEETINGS), client.get("/registers/post/records")
    board, listed = client.get("/ledger"), client.get("/registers")

    assert (meetings.status, posts.status, board.status) == (200, 403, 403)
    assert [each["slug"] for each in listed.body] == ["meeting"]


def test_the_day_of_the_last_use_is_kept_and_no_more(liu):
    client = ApiClient(liu)

    client.get(MEETINGS)

    assert ApiToken.objects.get().last_used_on == timezone.localdate()


def test_a_token_that_asks_too_often_is_told_to_wait_and_others_are_not(liu, sun, settings):
    settings.API_REQUESTS_PER_MINUTE = 40
    client, other = ApiClient(liu), ApiClient(sun)

    # Two minutes may meet in the middle.
    answers = [client.get("/registers/none") for _number in range(81)]

    assert {answer.status for answer in answers} == {404, 429}
    refused = next(answer for answer in answers if answer.status == 429)
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert other.get(MEETINGS).status == 200
