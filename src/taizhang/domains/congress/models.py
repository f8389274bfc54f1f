"""Congress sessions (R28), democratic-management systems (R29) and votes (R43), handbook 2.5."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taizhang.core.organisations.models import Employer
from taizhang.core.parameters.clock import status_date
from taizhang.core.records.indexes import list_indexes
from taizhang.core.records.models import Reach, Record, RecordStatus

FIRST_YEAR, LAST_YEAR = 2000, 2100
_NUMERAL = r"[\d一二三四五六七八九十百]+"


def _at_most(smaller: str, larger: str, name: str, message: str) -> models.CheckConstraint:
    """A part is not more than its whole; what is not stated is not judged."""
    return models.CheckConstraint(
        condition=Q(**{f"{smaller}__isnull": True}) | Q(**{f"{smaller}__lte": F(larger)}),
        name=name,
        violation_error_message=message,
    )


def _of_employer(reach: Reach) -> Q:
    """Whoever may see the unit sees what is recorded of it, also when another union entered it."""
    return Q(employer__in=Employer.objects.filter(Employer.within(reach)).values("pk"))


class CongressKind(models.TextChoices):
    CONGRESS = "congress", _("Workers' congress")
    GENERAL_MEETING = "general_meeting", _("General meeting of workers")
    REGIONAL = "regional", _("Regional workers' congress")
    INDUSTRY = "industry", _("Industry workers' congress")


class Congress(Record):
    """One session; whether it was valid is computed from the numbers, never typed."""

    REGISTER = "congress.congress"
    NAMED_BY = ("employer", "org")

    employer = models.ForeignKey(
        "organisations.Employer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("employing unit"),
        help_text=_("Left empty for a regional congress, which belongs to no single unit."),
    )
    org = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("union"),
        help_text=_("The union of the unit, or the federation of the region."),
    )
    kind = models.CharField(_("kind of congress"), max_length=16, choices=CongressKind)
    session_no = models.CharField(
        _("term and session"),
        max_length=40,
        blank=True,
        validators=[
            RegexValidator(
                f"^第?{_NUMERAL}届第?{_NUMERAL}次",
                _("Write the number of term and session, such as 三届二次."),
            )
        ],
        help_text=_("Number of term and session, such as 三届二次."),
    )
    held_on = models.DateField(_("held on"))
    headcount = models.PositiveIntegerField(
        _("employees"), help_text=_("On the day of the session.")
    )
    delegates = models.PositiveIntegerField(
        _("delegates"),
        help_text=_("All delegates elected; for a general meeting all workers entitled to attend."),
    )
    managers = models.PositiveIntegerField(
        _("delegates who are managers"),
        null=True,
        blank=True,
        help_text=_("Middle level and above. Not asked for a general meeting."),
    )
    present = models.PositiveIntegerField(_("delegates present"))
    notice_on = models.DateField(
        _("materials sent on"),
        null=True,
        blank=True,
        help_text=_("Usually seven days before the session or earlier."),
    )
    published_on = models.DateField(_("resolutions published on"), null=True, blank=True)

    class Meta:
        verbose_name = _("congress session")
        verbose_name_plural = _("congress sessions")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind=CongressKind.REGIONAL)
                | Q(kind=CongressKind.INDUSTRY)
                | Q(employer__isnull=False),
                name="congress_has_employer",
                violation_error_message=_("Name the employing unit whose workers met."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=CongressKind.REGIONAL) | Q(employer__isnull=True),
                name="congress_regional_without_employer",
                violation_error_message=_(
                    "A regional congress belongs to no single unit: leave the unit empty and name "
                    "the federation as its union."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind=CongressKind.GENERAL_MEETING) | Q(managers__isnull=False),
                name="congress_states_managers",
                violation_error_message=_(
                    "State how many of the delegates are managers, 0 if none: at most a fifth may "
                    "be."
                ),
            ),
            _at_most(
                "managers",
                "delegates",
                "congress_managers_at_most_delegates",
                _("No more delegates can be managers than there are delegates."),
            ),
            _at_most(
                "present",
                "delegates",
                "congress_present_at_most_delegates",
                _("No more delegates can be present than there are."),
            ),
            _at_most(
                "notice_on",
                "held_on",
                "congress_notice_before_session",
                _("The materials are sent before the session."),
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | Q(published_on__gte=F("held_on")),
                name="congress_published_after_session",
                violation_error_message=_(
                    "Resolutions are published on the day of the session or later."
                ),
            ),
        ]
        indexes = [
            *list_indexes("kind", "record_status", order="held_on"),
            models.Index(fields=["employer", "held_on"]),
        ]

    def __str__(self) -> str:
        held_by = self.employer or self.org or self.get_kind_display()
        return f"{held_by} · {self.session_no or self.get_kind_display()} · {self.held_on}"

    @classmethod
    def within(cls, reach: Reach) -> Q:
        return super().within(reach) | Q(org__in=reach.organisations) | _of_employer(reach)

    def clean(self) -> None:
        if (
            self.held_on
            and self.record_status == RecordStatus.VERIFIED
            and self.held_on > status_date()
        ):
            raise ValidationError(
                {"held_on": _("A session that lies in the future cannot be verified yet.")}
            )


class CongressMatter(Record):
    """One matter voted on; totals only, the ballot is secret and nobody's vote is kept."""

    REGISTER = "congress.congress_matter"

    congress = models.ForeignKey(
        Congress, models.PROTECT, related_name="matters", verbose_name=_("congress session")
    )
    title = models.CharField(_("matter voted on"), max_length=200)
    vital = models.BooleanField(
        _("touches vital interests"),
        help_text=_("Pay, hours, leave, safety, insurance, welfare, training, discipline, quotas."),
    )
    secret = models.BooleanField(_("secret ballot"))
    yes = models.PositiveIntegerField(
        _("yes votes"), help_text=_("The total only. More than half of all delegates pass it.")
    )

    class Meta:
        verbose_name = _("congress matter")
        verbose_name_plural = _("congress matters")
        constraints = [*Record.Meta.constraints]
        indexes = [*list_indexes("vital", "secret", "record_status")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def within(cls, reach: Reach) -> Q:
        sessions = Congress.objects.filter(Congress.within(reach)).values("pk")
        return super().within(reach) | Q(congress__in=sessions)

    def clean(self) -> None:
        session = self.congress if self.congress_id else None
        if session is None or session.present is None or self.yes is None:
            return
        if self.yes > session.present:
            raise ValidationError(
                {
                    "yes": ValidationError(
                        _("No more can vote yes than were present: %(present)d."),
                        params={"present": session.present},
                    )
                }
            )


class Grade(models.TextChoices):
    """Placeholders for the grades of the provincial reference standard (handbook 1.25 (f))."""

    NONE = "none", _("Standard not reached")
    C = "C", _("Grade C")
    B = "B", _("Grade B")
    A = "A", _("Grade A")


class CongressSystem(Record):
    """What a unit has of democratic management, one row per unit."""

    REGISTER = "congress.congress_system"

    employer = models.ForeignKey(
        "organisations.Employer",
        models.PROTECT,
        related_name="+",
        verbose_name=_("employing unit"),
    )
    openness = models.BooleanField(_("factory affairs made public"), null=True, blank=True)
    worker_director_due = models.BooleanField(
        _("must have a worker director"),
        null=True,
        blank=True,
        help_text=_("Limited companies with 300 employees or more (Company Law 2023 art. 68)."),
    )
    worker_director_ok = models.BooleanField(_("has a worker director"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year of the vital matters"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    vital_done = models.PositiveIntegerField(
        _("vital matters decided"),
        null=True,
        blank=True,
        help_text=_("All that were decided in that year, whichever way, not only by the congress."),
    )
    grade = models.CharField(
        _("grade reached"),
        max_length=4,
        choices=Grade,
        blank=True,
        help_text=_("By the provincial reference standard for workers' congresses."),
    )
    graded_on = models.DateField(_("graded on"), null=True, blank=True)
    hrss_inspected_on = models.DateField(
        _("inspected by labour inspection on"), null=True, blank=True
    )
    integrity_recorded = models.BooleanField(
        _("recorded in the integrity archive"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("democratic-management system")
        verbose_name_plural = _("democratic-management systems")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["employer"],
                condition=~Q(record_status=RecordStatus.VOID),
                name="congress_system_one_per_employer",
                violation_error_message=_(
                    "This unit has its row already: change that one, or void it first."
                ),
            ),
            models.CheckConstraint(
                condition=Q(vital_done__isnull=True) | Q(year__isnull=False),
                name="congress_system_vital_done_has_year",
                violation_error_message=_("State the year in which these matters were decided."),
            ),
        ]
        indexes = [*list_indexes("region", "grade", "record_status", sorts=("graded_on", "year"))]

    def __str__(self) -> str:
        return str(self.employer)

    @classmethod
    def within(cls, reach: Reach) -> Q:
        return super().within(reach) | _of_employer(reach)
