"""The forms of the ledger's answers."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from taizhang.measures.commitments import Flag, Verdict

VerdictWord = Literal[tuple(Verdict)]
_DECIMAL = "A decimal number, written as text; null where there is none."


class StatusDate(BaseModel):
    as_of: date = Field(description="Everything is read at the end of this day.")
    is_fixed: bool = Field(description="Whether it is fixed, as in a demonstration.")


class Computed(BaseModel):
    """The computation that the figures are of; null before the first."""

    as_of: date
    snapshot: str = Field(description="Names the facts by their content.")
    finished_at: datetime


class AreaVerdict(BaseModel):
    area: str = Field(description="Code of the area.")
    name: str
    verdict: VerdictWord | None = Field(description="Null: the item is a duty of the whole city.")


class Due(BaseModel):
    on: date | None = Field(description="Null: owed on every day.")
    is_missed: bool


class LedgerAnswer(BaseModel):
    key: str = Field(description="What the board is asked for by.")
    prefix: str = Field(description="Stands before its numbers and codes; empty: the current one.")
    title: str
    basis: str = Field(description="Number of the notice that it restates.")
    is_current: bool


class BoardItem(BaseModel):
    number: int
    code: str = Field(description="The number with the letter of a ledger beside, such as `A5`.")
    title: str
    lead: str = Field(description="The department in the lead.")
    others: list[str]
    verdict: VerdictWord = Field(description="Of the whole city.")
    commitments: dict[str, int] = Field(description="Its commitments by verdict.")
    due: Due | None
    areas: list[AreaVerdict]


class BoardAnswer(BaseModel):
    ledger: str
    key: str
    computed: Computed | None
    items: list[BoardItem]


class FigureAnswer(BaseModel):
    """A commitment's figure in one area. `value` is a quotient in percent where there are parts."""

    area: str
    verdict: VerdictWord
    window: str
    numerator: str | None = Field(description=_DECIMAL)
    denominator: str | None = Field(description=_DECIMAL)
    value: str | None = Field(description=_DECIMAL)
    owed: int | None = Field(description="How many units owe it.")
    met: int | None
    no_data: int | None
    flags: list[Literal[tuple(Flag)]]
    reason: str = Field(description="Why there is no figure, in words.")


class CommitmentAnswer(BaseModel):
    code: str
    duty: str = Field(description="What is owed, in a sentence.")
    owing: list[str] = Field(description="The bodies that owe it.")
    subject: str = Field(description="Of whom it is counted.")
    modality: str
    target: str = Field(description="How much is enough, in words.")
    window: str
    unit: str
    threshold_source: str
    is_provisional: bool = Field(
        description="The threshold is only a default that the office has not confirmed."
    )
    numerator: str = Field(description="The formula of what is counted; empty: not quantified.")
    denominator: str
    figure: FigureAnswer


class CommitmentDetail(CommitmentAnswer):
    item: int
    item_code: str
    areas: list[FigureAnswer]


class ItemAnswer(BaseModel):
    number: int
    code: str
    title: str
    text: str = Field(description="The words of the notice; empty until it is imported.")
    deadline: str = Field(description="In the words of the notice; empty where it sets none.")
    due_on: date | None = Field(description="The last day of the deadline, where it can be read.")
    area: str = Field(description="The area that verdict and figures are of.")
    verdict: VerdictWord
    departments: list[str]
    commitments: list[CommitmentAnswer]


class Behind(BaseModel):
    """A record behind a figure. `why_not`: the conditions that it fails, in words."""

    slug: str = Field(description="Its register.")
    record_no: str
    text: str
    why_not: list[str]


class Lacking(BaseModel):
    name: str
    verdict: VerdictWord | None
    nearest: list[Behind] = Field(description="Its records that come nearest to counting.")


class BehindPage(BaseModel):
    total: int
    hidden: int = Field(description="How many of this page the account may not see.")
    records: list[Behind]
    lacking: list[Lacking]
    next: str | None = Field(description="What to send as `after` for the next page.")


class OwedAnswer(BaseModel):
    commitment: str
    item: int
    item_code: str
    duty: str
    unit: str = Field(description="Empty: the organisation itself; else what it answers for.")
    verdict: VerdictWord
    value: str = Field(
        description="In words; empty where there is none, masked where it may not be read."
    )
    target: str
    window: str
    due: Due | None
