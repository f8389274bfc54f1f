"""Notices as received."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """An official document as received (公文): its text, and what was read from it."""

    class State(models.TextChoices):
        READ = "read", _("Read, to be confirmed")
        PUBLISHED = "published", _("Published")
        DISCARDED = "discarded", _("Discarded")

    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    annex_title = models.CharField(_("title of the annex"), max_length=200, blank=True)
    issuer = models.CharField(_("issuer"), max_length=200, blank=True)
    signatory = models.CharField(_("signed by"), max_length=200, blank=True)
    issued_on = models.DateField(_("date"), null=True, blank=True)
    recipients = models.JSONField(_("recipients"), default=list)
    reading = models.JSONField(default=dict)
    file_name = models.CharField(_("file"), max_length=200)
    file = models.FileField(_("file"), upload_to="notices/%Y/%m")
    sha256 = models.CharField("SHA-256", max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READ)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    read_at = models.DateTimeField(_("read at"), auto_now_add=True)

    def __str__(self) -> str:
        return self.title or self.file_name
