"""The access tokens of one's own account: made after confirming that it is oneself, and revoked."""

from datetime import timedelta

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from taizhang.core.access.models import ApiToken, User
from taizhang.core.access.tokens import create_token, revoke_token
from taizhang.registers.spec import REGISTERS

DAYS = (30, 90, 180, 365)


class TokenForm(forms.Form):
    """What a new token is for and how far it goes; never further than the account."""

    name = forms.CharField(
        label=_("Purpose"),
        max_length=60,
        help_text=_("Which program uses it, and where: so that you know later what to revoke."),
    )
    scope = forms.ChoiceField(
        label=_("Scope"), choices=ApiToken.Scope.choices, widget=forms.RadioSelect
    )
    days = forms.TypedChoiceField(label=_("Valid for"), coerce=int, initial=DAYS[1])
    registers = forms.MultipleChoiceField(
        label=_("Limited to registers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none to leave all registers and the ledger open to it."),
    )

    def __init__(self, by: User, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].initial = ApiToken.Scope.READ
        self.fields["days"].choices = [
            (days, ngettext("%(days)s day", "%(days)s days", days) % {"days": days})
            for days in DAYS
        ]
        self.fields["registers"].choices = [
            (spec.key, spec.label)
            for spec in REGISTERS.values()
            if by.holds(spec.permission("read"))
        ]


@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of the account, with the day on which each was last used."""
    labels = {spec.key: spec.label for spec in REGISTERS.values()}
    rows = [
        (token, [labels.get(key, key) for key in token.registers])
        for token in request.user.api_tokens.all()
    ]
    return render(request, "api/tokens.html", {"tokens": rows})


@never_cache
@reauthentication_required
def token_new(request: HttpRequest) -> HttpResponse:
    """The form; once sent, the secret of the new token, which is shown this one time."""
    form = TokenForm(request.user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "api/token_new.html", {"form": form}, status=status)
    token, secret = create_token(
        by=request.user,
        name=form.cleaned_data["name"],
        scope=ApiToken.Scope(form.cleaned_data["scope"]),
        registers=form.cleaned_data["registers"],
        expires_on=timezone.localdate() + timedelta(days=form.cleaned_data["days"]),
    )
    return render(request, "api/token_made.html", {"token": token, "secret": secret})


@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token of one's own; another's is not found."""
    token = get_object_or_404(ApiToken, pk=pk, user=request.user)
    revoke_token(by=request.user, token=token)
    messages.success(request, gettext("“%(name)s” was revoked.") % {"name": token.name})
    return redirect("api_tokens")
