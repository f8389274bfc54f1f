"""Accounts and the roles they hold at nodes of the organisation tree."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taizhang.core.access.roles import ROLES, Role, grants
from taizhang.core.organisations.models import Lineage, Organisation


@dataclass(frozen=True)
class Reach:
    """Where one permission reaches (see core.records.Reach)."""

    everywhere: bool
    organisations: models.QuerySet
    regions: tuple[str, ...]


class UserManager(BaseUserManager):
    def create_user(self, username: str, password: str | None = None, **fields) -> "User":
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One person's account. What it may do stands in its grants; there is no superuser."""

    username = models.CharField(
        _("user name"),
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("This user name is taken.")},
    )
    display_name = models.CharField(_("name"), max_length=60)
    department = models.CharField(_("department"), max_length=60, blank=True)
    is_active = models.BooleanField(pgettext_lazy("account", "active"), default=True)
    must_change_password = models.BooleanField(
        _("must change the password at the next sign-in"), default=False
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name"]

    objects = UserManager()

    def __str__(self) -> str:
        return self.display_name or self.username

    @cached_property
    def active_grants(self) -> tuple["Grant", ...]:
        return tuple(self.grants.filter(confirmed=True).select_related("organisation"))

    def administrative_roles(self) -> tuple[Role, ...]:
        """The separated powers that the account holds; they read no facts (handbook 4.2)."""
        roles = (ROLES[grant.role] for grant in self.active_grants)
        return tuple(role for role in roles if role.administrative)

    def holds(self, permission: str) -> bool:
        """Does any role of this account carry the permission, anywhere?"""
        return any(grants(grant.role, permission) for grant in self.active_grants)

    def reach(self, permission: str) -> Reach | None:
        nodes = [g.organisation for g in self.active_grants if grants(g.role, permission)]
        return reach_of(nodes) if nodes else None

    @cached_property
    def home(self) -> Organisation | None:
        """The organisation the account works for: that of its first grant."""
        return self.active_grants[0].organisation if self.active_grants else None


def reach_of(nodes: Iterable[Organisation]) -> Reach:
    """Everything below the nodes, and the areas that the local federations among them stand for."""
    nodes = list(nodes)
    return Reach(
        everywhere=any(node.parent_id is None for node in nodes),
        organisations=Lineage.objects.filter(ancestor__in=[node.pk for node in nodes]).values(
            "descendant"
        ),
        regions=tuple(node.region_id for node in nodes if node.is_local_federation),
    )


class Grant(models.Model):
    """A role at a node; it reaches downward. Proposed by one person, confirmed by another (4.2)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(_("role"), max_length=8)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        related_name="+",
        verbose_name=_("organisation"),
    )
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed = models.BooleanField(_("confirmed"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "organisation"], name="grant_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(confirmed_by=models.F("proposed_by")),
                name="grant_two_persons",
                violation_error_message=_(
                    "A role is proposed by one person and confirmed by another."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{ROLES[self.role].label} · {self.organisation}"


class ApiToken(models.Model):
    """A key by which a program acts for an account (see `tokens`); only a hash of it is kept.

    `prefix` is the part by which people recognise it. `registers`: the keys `domain.slug` to
    which it is limited; empty is no limit.
    """

    class Scope(models.TextChoices):
        READ = "read", _("Read")
        WRITE = "write", _("Read and write")

    user = models.ForeignKey(User, models.PROTECT, related_name="api_tokens")
    name = models.CharField(_("purpose"), max_length=60)
    prefix = models.CharField(_("begins with"), max_length=12, unique=True)
    secret_hash = models.CharField(max_length=64)
    scope = models.CharField(_("scope"), max_length=5, choices=Scope, default=Scope.READ)
    registers = models.JSONField(_("registers"), default=list)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    expires_on = models.DateField(_("valid until"))
    last_used_on = models.DateField(_("last used on"), null=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and self.expires_on >= timezone.localdate()

    def opens(self, register: str) -> bool:
        """Is the register, `domain.slug`, among those to which the token is limited?"""
        return not self.registers or register in self.registers
