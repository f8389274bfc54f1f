"""The data checks in the main navigation."""

from django.utils.translation import gettext_lazy as _

from taizhang.ui.navigation import NAVIGATION, NavigationEntry

NAVIGATION.register(
    "integrity",
    NavigationEntry(_("Data checks"), "integrity", position=45, covers=("integrity_check",)),
)
