"""Views of lists that people keep under a name."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.permissions import declare_permission

SHARE_VIEW = declare_permission("registers.view:share", _("Lists: keep common views"))


class SavedView(models.Model):
    """What somebody asks of the list of a register, kept under a name.

    `query` is the address of the list after the question mark. A shared one is seen by whoever
    reads the register; it shows to each what that account may see. `is_default`: the list opens
    with it for its owner.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="saved_views",
        verbose_name=_("owner"),
    )
    register = models.CharField(_("register"), max_length=60)
    name = models.CharField(_("name of the view"), max_length=40)
    query = models.CharField(_("filters and order"), max_length=1000)
    is_shared = models.BooleanField(_("common view"), default=False)
    is_default = models.BooleanField(_("opens first"), default=False)

    class Meta:
        ordering = ["-is_shared", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "register", "name"],
                name="saved_view_named_once",
                violation_error_message=_("You have a view of this name here already."),
            ),
            models.UniqueConstraint(
                fields=["owner", "register"],
                condition=Q(is_default=True),
                name="saved_view_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.name
