"""What was computed: runs, the figures they kept, and what waits to be computed anew."""

from django.db import models

from taizhang.ledger.models.commitments import Commitment
from taizhang.ledger.models.ledgers import Item, Ledger
from taizhang.ledger.models.wording import choices_of
from taizhang.lib.windows import Period
from taizhang.measures.commitments import Verdict


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


_VERDICTS = choices_of(Verdict)


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
