"""Signing in: throttled, idle-limited, with a second factor, without sign-up or mail."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from taizhang.config import settings as service
from taizhang.core.access.actions import reset_password
from taizhang.core.access.models import User
from taizhang.core.audit.models import AuditRow

LOGIN = reverse("account_login")
SESSIONS = reverse("usersessions_list")


@pytest.fixture(autouse=True)
def _fresh_throttle():
    cache.clear()


def sign_in(client, username="liu", password="liu", **headers):
    return client.post(LOGIN, {"login": username, "password": password}, **headers)


def confirm_identity(client, password="liu"):
    return client.post(reverse("account_reauthenticate"), {"password": password})


def actions() -> list[str]:
    return list(AuditRow.objects.values_list("action", flat=True))


def test_signing_in_and_out_leaves_a_row_each(client, liu):
    sign_in(client)
    client.post(reverse("account_logout"))

    assert actions() == ["sign_in", "sign_out"]
    assert set(AuditRow.objects.values_list("actor", "subject_no")) == {(liu.pk, "liu")}


def test_the_session_key_changes_at_sign_in_and_the_cookie_is_closed_to_scripts(client, liu):
    client.get(LOGIN)
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

    response = sign_in(client)

    cookie = response.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie.value != session.session_key
    assert not Session.objects.filter(session_key=session.session_key).exists()
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""


def test_cookies_are_secure_behind_https(client, liu, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True

    form = client.get(LOGIN)
    response = sign_in(client)

    assert form.cookies[settings.CSRF_COOKIE_NAME]["secure"]
    assert response.cookies[settings.SESSION_COOKIE_NAME]["secure"]


def test_after_five_failures_even_the_right_password_is_refused_for_a_while(client, liu):
    for _attempt in range(5):
        assert "不一致" in sign_in(client, password="wrong").text

    locked = sign_in(client)

    assert "10 分钟" in locked.text
    assert "_auth_user_id" not in client.session
    assert actions() == ["sign_in_refused"] * 5


@pytest.mark.parametrize(("who", "page"), [("liu", "board"), ("zhao", "registers")])
def test_signing_in_leads_to_the_first_page_that_the_account_may_open(client, request, who, page):
    request.getfixturevalue(who)

    assert sign_in(client, who, who).headers["Location"] == reverse(page)


def test_the_lock_of_one_name_does_not_lock_another(client, liu, wang):
    for _attempt in range(6):
        sign_in(client, password="wrong")

    response = sign_in(client, "wang", "wang")

    assert response.status_code == 302


def test_a_name_that_is_no_account_is_not_kept_in_the_log(client, liu):
    sign_in(client, "mein-Passwort-2026")

    assert AuditRow.objects.get().subject_no == ""


def test_an_inactive_account_does_not_sign_in(client, liu):
    User.objects.filter(pk=liu.pk).update(is_active=False)

    sign_in(client)

    assert "_auth_user_id" not in client.session


def test_deactivating_ends_the_sessions_of_the_account(client, liu):
    client.force_login(liu)
    User.objects.filter(pk=liu.pk).update(is_active=False)

    assert client.get(SESSIONS).status_code == 302


def test_an_idle_session_ends_and_a_used_one_is_renewed(client, liu):
    sign_in(client)
    client.get(SESSIONS)
    stored = Session.objects.get(session_key=client.session.session_key)
    thirty_minutes = timedelta(minutes=30)
    assert stored.expire_date - timezone.now() <= thirty_minutes
    soon = timezone.now() + timedelta(minutes=1)
    session = client.session
    session["renewed_at"] -= 61
    session.save()
    Session.objects.filter(pk=stored.pk).update(expire_date=soon)

    assert client.get(SESSIONS).status_code == 200
    stored.refresh_from_db()
    assert stored.expire_date > soon
    Session.objects.filter(pk=stored.pk).update(expire_date=timezone.now())
    assert client.get(SESSIONS).status_code == 302


def test_pages_within_a_minute_do_not_write_the_session_again(
    client, liu, django_assert_max_num_queries
):
    client.force_login(liu)
    client.get(SESSIONS)

    with django_assert_max_num_queries(12) as queries:
        client.get(SESSIONS)

    assert not [q for q in queries if q["sql"].startswith("UPDATE")]


def test_a_part_of_a_page_whose_session_ended_sends_the_page_to_sign_in(client, tree):
    response = client.get(
        SESSIONS,
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/registers/meeting/"},
    )

    assert response.status_code == 200
    assert response["HX-Redirect"] == f"{LOGIN}?next=%2Fregisters%2Fmeeting%2F"


def test_a_one_time_password_opens_nothing_but_its_own_change(client, liu):
    password = reset_password(by=None, user=liu)
    sign_in(client, password=password)

    change = reverse("account_change_password")
    assert client.get(SESSIONS).headers["Location"] == change
    same = {"oldpassword": password, "password1": password, "password2": password}
    assert client.post(change, same).status_code == 200
    assert client.get(SESSIONS).status_code == 302
    own = {**same, "password1": "海港-eigen-2026", "password2": "海港-eigen-2026"}
    assert client.post(change, own).status_code == 302
    assert client.get(SESSIONS).status_code == 200
    assert "change_password" in actions()


def test_a_reset_password_ends_the_sessions_of_the_account(client, liu):
    client.force_login(liu)
    reset_password(by=None, user=liu)

    assert client.get(SESSIONS).status_code == 302


def current_code(secret: str) -> str:
    counter = next(yield_hotp_counters_from_time())
    return f"{hotp_value(secret, counter):06d}"


def test_a_second_factor_is_set_up_and_then_asked_for(client, liu):
    sign_in(client)
    activate = reverse("mfa_activate_totp")
    assert client.get(activate).headers["Location"].startswith(reverse("account_reauthenticate"))
    confirm_identity(client)
    page = client.get(activate)
    secret = page.context["form"].secret
    assert "data:image/svg+xml;base64," in page.text

    done = client.post(activate, {"code": current_code(secret)})

    assert done.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert len(client.get(done.headers["Location"]).context["unused_codes"]) == 10
    totp = Authenticator.objects.get(user=liu, type=Authenticator.Type.TOTP)
    assert secret not in str(totp.data)
    client.post(reverse("account_logout"))
    cache.clear()
    second = sign_in(client)
    assert second.headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert "每 30 秒" in client.post(second.headers["Location"], {"code": "000000"}).text
    client.post(second.headers["Location"], {"code": current_code(secret)})
    assert client.session["_auth_user_id"] == str(liu.pk)


def test_changes_of_the_second_factor_are_kept_in_the_log(
    client, liu, django_capture_on_commit_callbacks
):
    sign_in(client)
    confirm_identity(client)
    activate = reverse("mfa_activate_totp")
    secret = client.get(activate).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post(activate, {"code": current_code(secret)})
        client.post(reverse("mfa_generate_recovery_codes"))

    assert "totp_activated" in actions()
    assert "recovery_codes_generated" in actions()


def test_other_sessions_are_listed_and_ended(client, liu, django_user_model):
    from django.test import Client

    elsewhere = Client()
    sign_in(elsewhere, HTTP_USER_AGENT="Elsewhere/1.0")
    sign_in(client, HTTP_USER_AGENT="Here/1.0")

    assert "Elsewhere/1.0" in client.get(SESSIONS).text
    client.post(SESSIONS)
    assert elsewhere.get(SESSIONS).status_code == 302
    assert client.get(SESSIONS).status_code == 200


def test_the_language_is_switched_before_signing_in(client, tree):
    assert "登录" in client.get(LOGIN).text

    client.post(reverse("set_language"), {"language": "en", "next": LOGIN})

    assert "Sign in" in client.get(LOGIN).text


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_reset_password", "account_set_password"]
)
def test_sign_up_and_mail_have_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_passwords_are_hashed_with_argon2_in_service():
    assert service.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
