"""Decisions that a commitment does not apply (R42), handbook 2.5 and 0.4."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from taizhang.core.records.indexes import list_indexes
from taizhang.core.records.models import Reach, Record

YEAR_OR_QUARTER = re.compile(r"\d{4}(-Q[1-4])?", re.ASCII)
FIVE_YEARS = re.compile(r"(\d{4})-(\d{4})", re.ASCII)


def check_window(label: str) -> None:
    """Refuse what is no window label of handbook 0.4: no row would ever match it.

    Raises ValidationError.
    """
    if label == "term" or YEAR_OR_QUARTER.fullmatch(label) or _is_day(label):
        return
    years = FIVE_YEARS.fullmatch(label)
    if years and int(years[2]) - int(years[1]) == 4:  # the first and the last of five years
        return
    raise ValidationError(
        _(
            "“%(label)s” is no window: write 2026, 2026-Q3, 2026-2030, 2026-09-30 or term, "
            "or leave it empty for every window."
        ),
        params={"label": label},
    )


class Exemption(Record):
    """A decision that takes one unit, or everybody, out of a commitment, in one window or in all.

    `region` is the unit here, not where the record lies: empty means that another field names the
    unit, or that there is none and the whole commitment is meant.
    """

    REGISTER = "followup.exemption"

    commitment = models.CharField(
        _("commitment"),
        max_length=10,
        help_text=_("The code of the commitment: item and number, such as 13.1."),
    )
    region = models.ForeignKey(
        "organisations.Area",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area"),
        help_text=_("When the unit is a body of the area, or its federation."),
    )
    org = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("taken out of a commitment", "union"),
        help_text=_("When the unit is another union."),
    )
    employer = models.ForeignKey(
        "organisations.Employer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("employing unit"),
        help_text=_("Without area, union and employing unit the whole commitment is meant."),
    )
    window = models.CharField(
        _("window"),
        max_length=10,
        blank=True,
        validators=[check_window],
        help_text=_("As the commitment shows it, such as 2026; empty for every window."),
    )
    reason = models.TextField(_("reason"))
    doc_no = models.CharField(_("document it rests on"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("not-applicable decision")
        verbose_name_plural = _("not-applicable decisions")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(org__isnull=True, employer__isnull=True)
                | Q(region__isnull=True, employer__isnull=True)
                | Q(region__isnull=True, org__isnull=True),
                name="exemption_names_one_unit",
                violation_error_message=_(
                    "Name one unit: the area, the union or the employing unit. "
                    "Another one needs a decision of its own."
                ),
            ),
        ]
        indexes = [*list_indexes("region", "record_status", sorts=("commitment",))]

    def __str__(self) -> str:
        return f"{self.commitment} · {self.unit or _('whole commitment')} · {self.window or '—'}"

    @property
    def unit(self) -> models.Model | None:
        """Who is taken out; None for the whole commitment."""
        return self.region or self.org or self.employer

    @classmethod
    def within(cls, reach: Reach) -> Q:
        """Also whom it takes out may be told of it."""
        return (
            super().within(reach)
            | Q(org__in=reach.organisations)
            | Q(employer__region__in=reach.regions)
        )


def _is_day(label: str) -> bool:
    try:
        return date.fromisoformat(label).isoformat() == label
    except ValueError:
        return False
