"""The forms of signing in, where ours differ from allauth's."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _


class LabelledFields:
    """Fields whose label stands above them, not once more inside."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class LoginForm(LabelledFields, account.LoginForm):
    pass


class ReauthenticatePasswordForm(LabelledFields, account.ReauthenticateForm):
    pass


class ChangePasswordForm(LabelledFields, account.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _(
            "At least 10 characters, not digits alone, no common password, and unlike your name."
        )

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


class AuthenticateForm(mfa.AuthenticateForm):
    code = _code_field(_("Code from the app, or a recovery code"))


class ReauthenticateForm(mfa.ReauthenticateForm):
    code = _code_field(_("Code from the app, or a recovery code"))


class ActivateTOTPForm(totp.ActivateTOTPForm):
    code = _code_field(_("Code from the app"))
