"""The forms of signing in, where ours differ from allauth's."""

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _


class ChangePasswordForm(AllauthChangePasswordForm):
    def clean_password1(self) -> str:
        password = self.cleaned_data["password1"]
        if self.user.check_password(password):
            raise forms.ValidationError(
                _("This is the password that you have now. Choose another one.")
            )
        return password


def _code_field(label: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
    return forms.CharField(label=label, widget=widget)


class AuthenticateForm(AllauthAuthenticateForm):
    code = _code_field(_("Code from the app, or a recovery code"))


class ReauthenticateForm(AllauthReauthenticateForm):
    code = _code_field(_("Code from the app, or a recovery code"))


class ActivateTOTPForm(AllauthActivateTOTPForm):
    code = _code_field(_("Code from the app"))
