"""The abstract record, its states, and the loads and serial numbers of all registers."""

from typing import ClassVar, Protocol, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class RecordStatus(models.TextChoices):
    """The life of a record (handbook 4.3); measures read verified ones only."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    VERIFIED = "verified", _("Verified")
    VOID = "void", _("Void")


class Source(models.TextChoices):
    OWN = "own", _("Entered here")
    IMPORT = "import", _("Import")
    EXTERNAL_LETTER = "external_letter", _("Letter from another body")
    API = "api", _("Interface")


class Confidentiality(models.TextChoices):
    """The classes of handbook 7.5."""

    S0 = "S0", _("Public")
    S1 = "S1", _("Internal")
    S2 = "S2", _("Personal")
    S3 = "S3", _("Sensitive")
    C = "C", _("Commercial secret")
    A = "A", _("Aggregate")


class Reach(Protocol):
    """Where a permission reaches: everywhere, or the organisations and areas below some nodes.

    `organisations`: a subquery-ready queryset of organisation ids; `regions`: area codes.
    """

    everywhere: bool
    organisations: object
    regions: tuple[str, ...]


class Actor(Protocol):
    """Whoever acts or looks: an account."""

    pk: int

    def reach(self, permission: str) -> Reach | None:
        """Where the permission reaches; None when it is not held at all."""


class RecordQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """The rows that the actor may read; none for somebody without the permission."""
        reach = actor.reach(f"{self.model.REGISTER}:read")
        if reach is None:
            return self.none()
        if reach.everywhere:
            return self
        return self.filter(self.model.within(reach))

    def verified(self) -> Self:
        return self.filter(record_status=RecordStatus.VERIFIED)


class Batch(models.Model):
    """One load of a facts package: where its records came from."""

    name = models.CharField(_("package"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    loaded_at = models.DateTimeField(auto_now_add=True)
    rows = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name


class Serial(models.Model):
    """The last serial number given out for a prefix such as `R09-130302-2026`."""

    prefix = models.CharField(max_length=60, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}-{self.last:04d}"


class Record(models.Model):
    """What every register has. A subclass names its register as `domain.slug` in REGISTER.

    `region` here decides visibility only; a register with a region of its own overrides it.
    `version` grows with every change, so that two people who edit one record notice each other.
    NAMED_BY names the references that the text of a record reads, so that lists fetch them along.
    """

    REGISTER: ClassVar[str]
    NAMED_BY: ClassVar[tuple[str, ...]] = ()

    record_no = models.CharField(_("record number"), max_length=60, unique=True)
    owner_org = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entered by union"),
    )
    region = models.ForeignKey(
        "organisations.Area",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area"),
    )
    record_status = models.CharField(
        _("status"), max_length=10, choices=RecordStatus, default=RecordStatus.DRAFT
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    entered_at = models.DateTimeField(_("entered at"), editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, editable=False)
    source = models.CharField(_("source"), max_length=16, choices=Source, default=Source.OWN)
    external_ref = models.CharField(_("letter number"), max_length=120, blank=True)
    confidentiality = models.CharField(
        _("class"), max_length=2, choices=Confidentiality, default=Confidentiality.S1
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="+", editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True)
                | Q(entered_by__isnull=True)
                | ~Q(verified_by=F("entered_by")),
                name="%(app_label)s_%(class)s_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return self.record_no

    def fill_defaults(self) -> None:
        """Fill the empty fields that have a rule `default:` (handbook 2.6 rule 4); here none."""

    @classmethod
    def within(cls, reach: Reach) -> Q:
        """The rows that a reach covers: entered by a union below a node, or lying in its area."""
        return Q(owner_org__in=reach.organisations) | Q(region__in=reach.regions)
