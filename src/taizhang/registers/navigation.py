"""The registers in the main navigation."""

from django.utils.translation import gettext_lazy as _

from taizhang.ui.navigation import NAVIGATION, NavigationEntry

NAVIGATION.register(
    "registers",
    NavigationEntry(
        _("Registers"),
        "registers",
        position=40,
        covers=(
            "register_list",
            "record",
            "record_new",
            "record_edit",
            "record_transition",
            "evidence_add",
            "import_new",
            "import_run",
            "import_columns",
            "import_records",
        ),
    ),
)
