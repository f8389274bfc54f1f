"""Imports of sheets: what was uploaded, what became of it, and what it changed."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.organisations.models import Organisation
from taizhang.core.records.fields import EncryptedTextField
from taizhang.core.records.models import Batch
from taizhang.registers.corrections.models import Correction


def stored_name(_run: "ImportRun", _name: str) -> str:
    """Where an uploaded sheet is kept: a random name that tells nothing and cannot be guessed."""
    return f"sheets/{timezone.localdate():%Y/%m}/{secrets.token_hex(16)}"


class RunState(models.TextChoices):
    """The life of an import. The worker takes up what waits, and what a dead worker left."""

    MAPPING = "mapping", _("Columns to be confirmed")
    WAITING_CHECK = "waiting_check", _("Waits to be checked")
    CHECKING = "checking", _("Is being checked")
    CHECKED = "checked", _("Checked, nothing written yet")
    WAITING_WRITE = "waiting_write", _("Waits to be imported")
    WRITING = "writing", _("Is being imported")
    DONE = "done", _("Imported")
    WAITING_UNDO = "waiting_undo", _("Waits to be undone")
    UNDOING = "undoing", _("Is being undone")
    UNDONE = "undone", _("Undone")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Failed, nothing was written")


class ImportRunQuerySet(models.QuerySet):
    def of(self, user: User) -> "ImportRunQuerySet":
        """The imports that the account may look at: its own."""
        return self.filter(by=user)


class ImportRun(models.Model):
    """One uploaded sheet on its way into a register.

    mapping: place of a column (as text) → field. counts: rows by what becomes of them. faults:
    the first of them as `SheetFault.kept`; `fault_count` counts all. message: why it failed or
    could not be undone, by language. attempts: how often the worker took up its present step.
    """

    register = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        _("state"), max_length=16, choices=RunState, default=RunState.MAPPING, db_index=True
    )
    file = models.FileField(_("file"), upload_to=stored_name, blank=True)
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField("SHA-256", max_length=64)
    sheet = models.CharField(_("sheet"), max_length=120, blank=True)
    header_row = models.PositiveIntegerField(default=0)
    mapping = models.JSONField(default=dict)
    clears = models.BooleanField(_("empty cells clear"), default=False)
    reason = models.TextField(_("reason"), blank=True)
    counts = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    fault_count = models.PositiveIntegerField(default=0)
    message = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    batch = models.OneToOneField(Batch, models.PROTECT, null=True, related_name="+")

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["register", "by", "-id"])]

    def __str__(self) -> str:
        return self.name

    @property
    def columns(self) -> dict[int, str]:
        """Place → field of the columns that are imported."""
        return {int(place): name for place, name in self.mapping.items()}


class ImportedRow(models.Model):
    """One record that an import entered, changed, or proposed to correct, as it left it.

    `version`: of the record after the import. `before`: the values that it replaced, as JSON,
    encrypted like any personal text; "" for a record that the import did not change.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    record = models.PositiveBigIntegerField()
    record_no = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    before = EncryptedTextField(blank=True)
    correction = models.ForeignKey(Correction, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.record_no


class ColumnMapping(models.Model):
    """What the columns of sheets with these headers are, as a person of the office settled it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    register = models.CharField(max_length=60)
    headers = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "register", "headers"],
                name="column_mapping_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.headers[:12]}"
