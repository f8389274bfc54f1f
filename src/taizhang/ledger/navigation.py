"""The ledger's entries in the main navigation."""

from django.utils.translation import pgettext_lazy

from taizhang.ledger.permissions import READ_BOARD, READ_NOTICES
from taizhang.ui.navigation import NAVIGATION, NavigationEntry

NAVIGATION.register(
    "ledger.board",
    NavigationEntry(
        pgettext_lazy("navigation", "Board"),
        "board",
        position=10,
        permission=READ_BOARD,
        covers=(
            *(
                "item",
                "commitment",
                "commitment_trend",
                "thresholds",
                "threshold_answer",
                "threshold_parameter",
            ),
            *("leads", "pack_version", "superseded_ledger"),
            *("drafts", "draft", "draft_new", "commitment_revise"),
        ),
    ),
)
NAVIGATION.register(
    "ledger.desk",
    NavigationEntry(
        pgettext_lazy("navigation", "Desk"), "desk", position=20, permission=READ_BOARD
    ),
)
NAVIGATION.register(
    "ledger.notices",
    NavigationEntry(
        pgettext_lazy("navigation", "Notices"),
        "notices",
        position=60,
        permission=READ_NOTICES,
        covers=("notice", "notice_upload", "notice_candidates", "notice_beside"),
    ),
)
