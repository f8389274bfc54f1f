"""What a person corrected in the reading of a notice, and the document that it quotes."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ReadingCorrection(models.Model):
    """One value of a reading, as it was and as a person says that the document has it.

    The reading itself stays as it was. `position` counts the items read, from 0, and those added
    behind them; None is the head of the document. `old` and `new` of a whole item or commitment are
    None where it was added or dropped; where `old` is `new`, a person said that it is read right.
    A later correction of the same value takes the place of this one.
    """

    class Field(models.TextChoices):
        ISSUERS = "issuers", _("Issuers")
        DOCUMENT_NUMBER = "document_number", _("Document number")
        TITLE = "title", _("Title")
        ISSUED_ON = "issued_on", _("Date of issue")
        RECIPIENTS = "recipients", _("Recipients")
        SIGNATORIES = "signatories", _("Signed by")
        ANNEX_TITLE = "annex_title", _("Title of the annex")
        ITEM = "item", _("Whole item")
        NUMBER = "number", _("Item number")
        TEXT = "text", _("Text")
        DEPARTMENTS = "departments", _("Departments")
        DEADLINE = "deadline", _("Deadline")
        COMMITMENT = "commitment", _("Commitment")

    notice = models.ForeignKey("ledger.Notice", models.CASCADE, related_name="corrections")
    position = models.PositiveSmallIntegerField(null=True)
    field = models.CharField(max_length=16, choices=Field)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.position} {self.field}"

    @property
    def is_confirmation(self) -> bool:
        """Whether a person said that the value was read right."""
        return self.old == self.new


class KeptDocument(models.Model):
    """The document of a notice as it was read, in the form of `notices.kept_document`."""

    notice = models.OneToOneField(
        "ledger.Notice", models.CASCADE, primary_key=True, related_name="kept_document"
    )
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.notice_id)
