"""Evidence files (handbook 2.1): what was uploaded, to which record, by whom."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def stored_name(_evidence: "Evidence", _name: str) -> str:
    """Where a file is kept: a random name that tells nothing and cannot be guessed."""
    return f"evidence/{timezone.localdate():%Y/%m}/{secrets.token_hex(16)}"


class Evidence(models.Model):
    """One file beside one record: `register` is `domain.slug`, `record` the record's id."""

    register = models.CharField(max_length=60)
    record = models.PositiveBigIntegerField()
    file = models.FileField(_("file"), upload_to=stored_name)
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["register", "record"])]
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.name
