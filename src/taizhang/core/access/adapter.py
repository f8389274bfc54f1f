"""How people sign in: what allauth leaves to the installation, with an audit row for each event."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.actions import ACCOUNT, change_own_password
from taizhang.core.access.models import User
from taizhang.core.audit.trail import write_audit
from taizhang.core.records.fields import decrypt, encrypt
from taizhang.ui.navigation import NAVIGATION


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by an administrator, never by signing up; there is no mail."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "User name and password do not fit together. Check both, also capital letters; "
            "whoever forgot the password asks the security administrator for a new one."
        ),
        "too_many_login_attempts": _(
            "Too many failed attempts: signing in is locked for 10 minutes. Try again after that, "
            "or ask the security administrator for a new password."
        ),
        "incorrect_password": _("The password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page of the navigation that the account may open: for most, the board."""
        entries = sorted(NAVIGATION.values(), key=lambda entry: entry.position)
        open_to = (
            entry.url_name
            for entry in entries
            if not entry.permission or request.user.holds(entry.permission)
        )
        return reverse(next(open_to, "mfa_index"))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    @transaction.atomic
    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        self._write(request, user, "sign_in")

    @transaction.atomic
    def logout(self, request: HttpRequest) -> None:
        self._write(request, request.user, "sign_out")
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: str) -> None:
        # A name that is no account is not kept: it may be a password typed into the wrong field.
        user = User.objects.filter(username=credentials.get("username", "")).first()
        write_audit(
            by=None,
            action="sign_in_refused",
            subject=ACCOUNT,
            subject_no=user.username if user else "",
            changes={"ip": (None, self.get_client_ip(request))},
        )

    def set_password(self, user: User, password: str) -> None:
        change_own_password(user=user, password=password)

    def send_notification_mail(self, template_prefix: str, user: User, *_args, **_kwargs) -> None:
        """Called after each change of the account's second factor: `mfa/email/totp_activated`."""
        event = template_prefix.rpartition("/")[2]
        if template_prefix.startswith("mfa/"):
            write_audit(by=user, action=event, subject=ACCOUNT, subject_no=user.username)

    def _write(self, request: HttpRequest, user: User, action: str) -> None:
        write_audit(
            by=user,
            action=action,
            subject=ACCOUNT,
            subject_no=user.username,
            changes={"ip": (None, self.get_client_ip(request))},
        )


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of the second factor are encrypted at rest like personal fields (handbook 7.1)."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "The code is not right. It changes every 30 seconds: enter the one shown now."
        ),
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)
