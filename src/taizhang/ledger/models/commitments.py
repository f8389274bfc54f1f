"""What items come to, the clauses that state it, and the answers on its numbers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taizhang.ledger.models.ledgers import Item, Ledger
from taizhang.ledger.models.wording import choices_of, in_language
from taizhang.lib.windows import Period
from taizhang.measures.commitments import Comparator, Kind, Modality, Scope
from taizhang.measures.periods import Body

UNION_BODIES = frozenset(
    {"city_federation", "county_federation", "industrial_union", "township_union", "primary_union"}
)
LEDGERS_IN_ORDER = ("-item__ledger__is_current", "item__ledger")
"""Of commitments: the current ledger first, then those beside it as they came."""
WITHDRAWN = "withdrawn"
"""`retired_in` of a commitment that the office wrote and has withdrawn."""


class CommitmentQuerySet(models.QuerySet):
    def stated(self) -> "CommitmentQuerySet":
        """Those that the pack states: what the office wrote itself is no pack's to change."""
        return self.filter(written_at=None)

    def in_force(self) -> "CommitmentQuerySet":
        """Those of the ledgers in force, the current one's first."""
        rows = self.filter(item__ledger__is_in_force=True)
        return rows.order_by(*LEDGERS_IN_ORDER, "item__number", "position")

    def coded(self, code: str) -> "CommitmentQuerySet":
        """The one of the ledgers in force that has the code (`5.2`, `A5.2`), with its ledger."""
        if "\0" in code:  # which PostgreSQL takes for no text
            return self.none()
        return self.in_force().select_related("item__ledger").filter(code=code)


class Unretired(models.Manager.from_queryset(CommitmentQuerySet)):
    """The commitments that their ledger still has."""

    def get_queryset(self) -> CommitmentQuerySet:
        return super().get_queryset().filter(retired_in="")


class AnswerQuerySet(models.QuerySet):
    def in_force(self) -> "AnswerQuerySet":
        """Those on the ledgers in force, in the order in which they were given."""
        return self.filter(ledger__is_in_force=True)


class Commitment(models.Model):
    """What a clause comes to (量化要求): who owes, what counts, over which window, how much.

    `target`, `target_to` and `planned` are what holds on the status date: what the office has
    answered, else what the pack states, which is kept beside them in the `stated_…` fields.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="commitments")
    code = models.CharField(_("code"), max_length=10)
    position = models.PositiveSmallIntegerField()
    duty_zh = models.CharField(max_length=200)
    duty_en = models.CharField(max_length=200)
    who_owes = models.JSONField(default=list, help_text=_("Code and both labels of each body."))
    register = models.CharField(max_length=40)
    modality = models.CharField(max_length=10, choices=choices_of(Modality))
    kind = models.CharField(max_length=10, choices=choices_of(Kind))
    scope = models.CharField(max_length=4, choices=choices_of(Scope))
    population = models.CharField(max_length=40)
    population_zh = models.CharField(max_length=200)
    population_en = models.CharField(max_length=200)
    population_definition = models.CharField(max_length=300)
    numerator = models.TextField(blank=True)
    denominator = models.TextField(blank=True)
    comparator = models.CharField(max_length=12, choices=choices_of(Comparator))
    target = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    target_to = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    unit_zh = models.CharField(max_length=30)
    unit_en = models.CharField(max_length=30)
    period = models.CharField(max_length=14, choices=choices_of(Period))
    term_body = models.CharField(
        max_length=20,
        choices=choices_of(Body),
        default=Body.UNION_CONGRESS,
        help_text=_("Whose terms of office it follows, where its window is one."),
    )
    by = models.JSONField(default=list)
    planned = models.DateField(null=True)
    stated_target = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    stated_target_to = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    stated_planned = models.DateField(null=True)
    threshold_source = models.CharField(max_length=16)
    confidence = models.CharField(max_length=8)
    evidence_zh = models.CharField(max_length=300, blank=True)
    evidence_en = models.CharField(max_length=300, blank=True)
    note_zh = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    written_at = models.DateTimeField(
        null=True, help_text=_("When the office wrote it; empty: the pack states it.")
    )
    retired_in = models.CharField(
        max_length=20,
        blank=True,
        help_text=_("The version of the pack that has it no more, or that the office withdrew it."),
    )

    objects = Unretired()
    with_retired = models.Manager.from_queryset(CommitmentQuerySet)()

    class Meta:
        ordering = ["item__number", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "code"],
                condition=Q(retired_in=""),
                name="commitment_code_once_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.duty}"

    @property
    def duty(self) -> str:
        return in_language(self.duty_zh, self.duty_en)

    @property
    def subject(self) -> str:
        return in_language(self.population_zh, self.population_en)

    @property
    def unit(self) -> str:
        return in_language(self.unit_zh, self.unit_en)

    @property
    def evidence(self) -> str:
        return in_language(self.evidence_zh, self.evidence_en)

    @property
    def note(self) -> str:
        return in_language(self.note_zh, self.note_en)

    @property
    def owing_bodies(self) -> list[str]:
        return [in_language(body["zh"], body["en"]) for body in self.who_owes]

    @property
    def is_written_here(self) -> bool:
        """The office wrote it; a newer version of the pack leaves it alone."""
        return self.written_at is not None

    @property
    def is_open_to_revision(self) -> bool:
        """No pack states it: the office wrote it, or its ledger was made from no pack."""
        return self.is_written_here or not self.item.ledger.has_pack

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def is_provisional(self) -> bool:
        """The threshold is only our default: marked, and never worse than behind."""
        return self.threshold_source == "default" and not self.is_confirmed

    @property
    def is_owed_outside(self) -> bool:
        """No union body owes it: 外部责任 stands beside the colour (handbook 5.5)."""
        return not any(body["code"] in UNION_BODIES for body in self.who_owes)


class ThresholdAnswer(models.Model):
    """What the office answered on one number: confirmed as it stands or changed, with its source.

    It is about a commitment or about a parameter. With an `area` it is the target which that
    county has set for itself. An answer is never rewritten: a later one takes its place, or it is
    withdrawn. `stated_…` is what the pack stated when it was given.
    """

    ledger = models.ForeignKey(Ledger, models.CASCADE, related_name="answers")
    commitment = models.ForeignKey(
        Commitment, models.CASCADE, null=True, blank=True, related_name="answers"
    )
    parameter = models.CharField(_("parameter"), max_length=60, blank=True)
    area = models.ForeignKey("organisations.Area", models.PROTECT, null=True, related_name="+")
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=4, null=True)
    value_to = models.DecimalField(_("up to"), max_digits=14, decimal_places=4, null=True)
    planned = models.DateField(_("planned for"), null=True)
    stated_value = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    stated_value_to = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    stated_planned = models.DateField(null=True)
    source = models.CharField(_("source"), max_length=300)
    note = models.CharField(_("note"), max_length=300, blank=True)
    holds_from = models.DateField(_("holds from"), null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(commitment__isnull=False, parameter="")
                | (Q(commitment__isnull=True) & ~Q(parameter="")),
                name="answer_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        about = self.commitment.code if self.commitment else self.parameter
        return f"{about} {self.value or self.planned or ''} {self.source}"

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class Clause(models.Model):
    """A span of the item's verbatim text that states a commitment (条款)."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="clauses")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["start"]

    def __str__(self) -> str:
        return f"{self.commitment.code} {self.start}–{self.end}"
