"""Notices, the ledgers they issue, what each item comes to, and the figures computed for it."""

from taizhang.ledger.models.commitments import (
    LEDGERS_IN_ORDER,
    UNION_BODIES,
    WITHDRAWN,
    AnswerQuerySet,
    Clause,
    Commitment,
    CommitmentQuerySet,
    ThresholdAnswer,
    Unretired,
)
from taizhang.ledger.models.figures import (
    AssessmentRow,
    EvaluationRun,
    FigureChange,
    FigureRow,
    ItemVerdict,
    StaleCommitment,
    StaleRegister,
)
from taizhang.ledger.models.ledgers import (
    OWN_KEY,
    Duty,
    Item,
    ItemQuerySet,
    Ledger,
    LedgerQuerySet,
)
from taizhang.ledger.models.notices import (
    Notice,
)
from taizhang.ledger.models.wording import (
    in_language,
)

__all__ = [
    "LEDGERS_IN_ORDER",
    "OWN_KEY",
    "UNION_BODIES",
    "WITHDRAWN",
    "AnswerQuerySet",
    "AssessmentRow",
    "Clause",
    "Commitment",
    "CommitmentQuerySet",
    "Duty",
    "EvaluationRun",
    "FigureChange",
    "FigureRow",
    "Item",
    "ItemQuerySet",
    "ItemVerdict",
    "Ledger",
    "LedgerQuerySet",
    "Notice",
    "StaleCommitment",
    "StaleRegister",
    "ThresholdAnswer",
    "Unretired",
    "in_language",
]
