"""Ledgers, their items, and who has a part in each."""

import re

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taizhang.ledger.models.notices import Notice
from taizhang.ledger.models.wording import in_language

OWN_KEY = "notice-"
_ITEM_CODE = re.compile(r"(?P<prefix>[A-Z]{0,3})(?P<number>[1-9][0-9]{0,3})")


class LedgerQuerySet(models.QuerySet):
    def restating(self, document_number: str) -> "Ledger | None":
        """The ledger of the notice with this number: one in force, one made from a pack, first."""
        if not document_number:
            return None
        found = list(self.filter(basis=document_number).order_by("pk"))
        return min(
            found, key=lambda ledger: (not ledger.is_in_force, not ledger.has_pack), default=None
        )

    def in_force(self) -> "LedgerQuerySet":
        """The ledgers that are computed: the current one, then those beside it by their letters."""
        return self.filter(is_in_force=True).order_by("-is_current", "pk")


class Ledger(models.Model):
    """One work ledger (工作台账), made from a pack or from a notice.

    Of the ledgers in force one is the current one; the others stand beside it, and all of them are
    computed. One that is not in force any more keeps its last figures. `prefix` stands before the
    item numbers and codes of a ledger beside: `A5`, `A5.2`.
    """

    key = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    basis = models.CharField(_("basis"), max_length=120)
    basis_on = models.DateField(_("date of the basis"), null=True)
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="ledgers")
    is_current = models.BooleanField(default=True)
    is_in_force = models.BooleanField(default=True)
    prefix = models.CharField(max_length=3, blank=True)
    pack_key = models.SlugField(
        max_length=60,
        help_text=_("The pack whose populations, units, departments and registers it draws on."),
    )
    parameters = models.JSONField(
        default=dict,
        help_text=_("Numbers that formulas take, as the pack gives them; null: unset."),
    )

    objects = LedgerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="ledger_one_current"
            ),
            models.UniqueConstraint(
                fields=["prefix"],
                condition=Q(is_in_force=True),
                name="ledger_prefix_once_in_force",
            ),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(is_in_force=True), name="ledger_current_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)

    @property
    def has_pack(self) -> bool:
        """Whether it was made from a pack, which brings its commitments and newer versions."""
        return not self.key.startswith(OWN_KEY)


class ItemQuerySet(models.QuerySet):
    def in_force(self) -> "ItemQuerySet":
        """Those of the ledgers in force with their ledgers, the current one's first."""
        rows = self.select_related("ledger").filter(ledger__is_in_force=True)
        return rows.order_by("-ledger__is_current", "ledger", "number")

    def coded(self, code: str) -> "ItemQuerySet":
        """The one item of the ledgers in force that has the code (`5`, `A5`), with its ledger."""
        found = _ITEM_CODE.fullmatch(code)
        if found is None:
            return self.none()
        return self.select_related("ledger").filter(
            ledger__is_in_force=True, ledger__prefix=found["prefix"], number=int(found["number"])
        )


class Item(models.Model):
    """One numbered task (事项). `text` is the notice's own sentence, empty until it is imported."""

    ledger = models.ForeignKey(Ledger, models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField(_("number"))
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    text_differs = models.BooleanField(
        default=False, help_text=_("The imported text is not the one the pack was written for.")
    )
    deadline = models.CharField(
        _("deadline"), max_length=200, blank=True, help_text=_("In the words of the notice.")
    )
    due_on = models.DateField(
        _("last day"), null=True, help_text=_("Of the deadline, where it can be read.")
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "number"], name="item_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)

    @property
    def code(self) -> str:
        """Its number among the ledgers in force, such as `5` or `A5`: what its page is named by."""
        return f"{self.ledger.prefix}{self.number}"


class Duty(models.Model):
    """A department's part in an item (职责): lead 牵头 or co-operating 配合."""

    class Part(models.TextChoices):
        LEAD = "lead", _("Lead")
        CO = "co", _("Co-operating")

    item = models.ForeignKey(Item, models.CASCADE, related_name="duties")
    department_zh = models.CharField(max_length=60)
    department_en = models.CharField(max_length=80)
    part = models.CharField(_("part"), max_length=4, choices=Part)
    confirmed = models.BooleanField(_("confirmed"), default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.department

    @property
    def department(self) -> str:
        return in_language(self.department_zh, self.department_en)
