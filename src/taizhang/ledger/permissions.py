"""The ledger's permissions; found at start by `core.access`."""

from django.utils.translation import gettext_lazy as _

from taizhang.core.access.permissions import declare_permission

READ_BOARD = declare_permission("ledger.board:read", _("See the ledger"))
READ_NOTICES = declare_permission("ledger.notice:read", _("See the notices received"))
PUBLISH_NOTICES = declare_permission("ledger.notice:publish", _("Receive and publish notices"))
APPROVE = declare_permission(
    "ledger.commitment:approve", _("Confirm thresholds, leads and new versions of the ledger")
)
