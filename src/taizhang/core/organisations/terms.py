"""Terms of office (R41): the window of every per-term commitment."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taizhang.core.records.indexes import list_indexes
from taizhang.core.records.models import Record, RecordStatus


class TermBody(models.TextChoices):
    PARTY_COMMITTEE = "party_committee", _("Party committee")
    PEOPLE_CONGRESS = "people_congress", _("People's congress")
    GOVERNMENT = "government", _("Government")
    CPPCC = "cppcc", _("CPPCC committee")
    UNION_CONGRESS = "union_congress", _("Union congress")


class Term(Record):
    """One term of one body in one area; zones have no rows, they use those of the city."""

    REGISTER = "organising.term"

    body = models.CharField(_("body"), max_length=20, choices=TermBody)
    region = models.ForeignKey(
        "organisations.Area", models.PROTECT, related_name="+", verbose_name=_("area")
    )
    no = models.PositiveSmallIntegerField(_("term number"), validators=[MinValueValidator(1)])
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))

    class Meta:
        verbose_name = _("term of office")
        verbose_name_plural = _("terms of office")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(end__gt=F("start")),
                name="term_ends_after_start",
                violation_error_message=_("The term must end after it starts."),
            ),
            models.UniqueConstraint(
                fields=["body", "region", "no"],
                condition=~Q(record_status=RecordStatus.VOID),
                name="term_once",
                violation_error_message=_(
                    "This term of the body is entered already: change that one, or void it first."
                ),
            ),
        ]
        indexes = [*list_indexes("body", "region", "record_status", order="start")]

    def __str__(self) -> str:
        return f"{self.get_body_display()} {self.no_in_words}"

    @property
    def no_in_words(self) -> str:
        """第几届: the number where no heading says what it numbers."""
        return gettext("term %(no)s") % {"no": self.no}

    def clean(self) -> None:
        if self.region_id and not self.region.has_government:
            raise ValidationError(
                {"region": _("A zone has no terms of its own; it uses those of the city.")}
            )
