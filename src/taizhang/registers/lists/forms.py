"""The form of a saved view."""

from django import forms
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.registers.lists.models import SHARE_VIEW, SavedView


class ViewForm(forms.ModelForm):
    """`is_shared` is asked only of whoever may keep common views."""

    class Meta:
        model = SavedView
        fields = ("name", "is_default", "is_shared")
        labels = {
            "name": _("Name of the view"),
            "is_default": _("Open the list with it"),
            "is_shared": _("Common view: show it to everybody who reads this register"),
        }

    def __init__(self, *args, by: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not by.holds(SHARE_VIEW):
            del self.fields["is_shared"]

    def validate_constraints(self) -> None:
        """The action checks them, once owner and register are set."""
