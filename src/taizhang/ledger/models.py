"""Notices, the ledgers they issue, what each item comes to, and the figures computed for it."""

import re

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from taizhang.lib.windows import Period
from taizhang.measures.commitments import Comparator, Kind, Modality, Scope, Verdict
from taizhang.measures.periods import Body


def in_language(zh: str, en: str) -> str:
    """The wording in the language of the page."""
    return en if (get_language() or "").startswith("en") else zh


UNION_BODIES = frozenset(
    {"city_federation", "county_federation", "industrial_union", "township_union", "primary_union"}
)


OWN_KEY = "notice-"
LEDGERS_IN_ORDER = ("-item__ledger__is_current", "item__ledger")
"""Of commitments: the current ledger first, then those beside it as they came."""


_ITEM_CODE = re.compile(r"(?P<prefix>[A-Z]{0,3})(?P<number>[1-9][0-9]{0,3})")


def _choices(enum) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]


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
    modality = models.CharField(max_length=10, choices=_choices(Modality))
    kind = models.CharField(max_length=10, choices=_choices(Kind))
    scope = models.CharField(max_length=4, choices=_choices(Scope))
    population = models.CharField(max_length=40)
    population_zh = models.CharField(max_length=200)
    population_en = models.CharField(max_length=200)
    population_definition = models.CharField(max_length=300)
    numerator = models.TextField(blank=True)
    denominator = models.TextField(blank=True)
    comparator = models.CharField(max_length=12, choices=_choices(Comparator))
    target = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    target_to = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    unit_zh = models.CharField(max_length=30)
    unit_en = models.CharField(max_length=30)
    period = models.CharField(max_length=14, choices=_choices(Period))
    term_body = models.CharField(
        max_length=20,
        choices=_choices(Body),
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


class EvaluationRun(models.Model):
    """One computation of the ledger: of which snapshot, on which status date."""

    ledger = models.ForeignKey(Ledger, models.CASCADE, related_name="runs")
    as_of = models.DateField()
    snapshot = models.CharField(max_length=64)
    ledger_version = models.CharField(max_length=20, blank=True)
    finished_at = models.DateTimeField(auto_now_add=True)
    milliseconds = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.as_of} {self.snapshot[:12]}"


_VERDICTS = _choices(Verdict)


class FigureRow(models.Model):
    """The present figure of a commitment in an area, as it is shown (handbook 0.4, "Shown")."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="figures")
    area = models.ForeignKey("organisations.Area", models.CASCADE, related_name="+")
    window = models.CharField(max_length=20)
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    target = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    target_to = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    owed = models.PositiveIntegerField()
    met = models.PositiveIntegerField()
    no_data = models.PositiveIntegerField()
    verdict = models.CharField(max_length=16, choices=_VERDICTS)
    flags = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commitment", "area"], name="figure_once_per_area")
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.area_id} {self.verdict}"


class FigureChange(models.Model):
    """What a run found different in a figure (变化记录): its verdict, its value, or both.

    `window` is that of the new figure; where `old_window` is another one, a new window began.
    """

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="changes")
    area = models.ForeignKey("organisations.Area", models.CASCADE, related_name="+")
    run = models.ForeignKey(EvaluationRun, models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    old_window = models.CharField(max_length=20)
    window = models.CharField(max_length=20)
    old_verdict = models.CharField(max_length=16, choices=_VERDICTS)
    verdict = models.CharField(max_length=16, choices=_VERDICTS)
    old_value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "area", "run"], name="figure_change_once_per_run"
            )
        ]
        indexes = [models.Index(fields=["commitment", "area", "at"])]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.area_id} {self.old_verdict} → {self.verdict}"

    @property
    def starts_window(self) -> bool:
        """A window of days has passed to the next; that a single day has is not worth a word."""
        return self.window != self.old_window and self.commitment.period != Period.POINT_IN_TIME


class ItemVerdict(models.Model):
    """The present verdict of an item in an area (handbook 0.7): one tile of the board."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="verdicts")
    area = models.ForeignKey("organisations.Area", models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=16, choices=_VERDICTS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "area"], name="item_verdict_once_per_area")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.area_id} {self.verdict}"


class AssessmentRow(models.Model):
    """Commitment × unit (研判), for commitments that judge each unit alone."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="assessments")
    subject = models.CharField(max_length=20)
    key = models.CharField(max_length=20)
    area = models.ForeignKey("organisations.Area", models.CASCADE, null=True, related_name="+")
    window = models.CharField(max_length=20)
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    target = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    verdict = models.CharField(max_length=16, choices=_VERDICTS)
    flags = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(fields=["commitment", "verdict"]),
            models.Index(fields=["subject", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.subject}:{self.key} {self.verdict}"


class StaleRegister(models.Model):
    """A register changed since the last evaluation: written in the fact's own transaction.

    The worker recomputes what reads it and removes the rows it has seen.
    """

    register = models.CharField(max_length=40)
    marked_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.register


class StaleCommitment(models.Model):
    """The threshold of a commitment changed since the last evaluation, in the same transaction."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="+")
    marked_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.commitment.code
