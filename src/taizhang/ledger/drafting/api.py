"""Commitments through the interface for programs: published, revised, withdrawn as on the pages."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop
from ninja import Body, Router, Status
from pydantic import BaseModel, Field

from taizhang.ledger.api.addressing import Code, ItemCode
from taizhang.ledger.api.permission import expect_permission
from taizhang.ledger.current import current_ledger
from taizhang.ledger.drafting.checks import REASON_LENGTH, CommitmentRefused
from taizhang.ledger.drafting.faults import LONGEST_FORMULA
from taizhang.ledger.drafting.forms import COMPARATORS, StatementForm, initial_of
from taizhang.ledger.drafting.publishing import (
    publish_commitment,
    quoted,
    revise_commitment,
    withdraw_commitment,
)
from taizhang.ledger.drafting.statement import Statement, statement_of
from taizhang.ledger.models import Commitment, Item
from taizhang.ledger.permissions import APPROVE
from taizhang.ledger.wording import THRESHOLD_SOURCES
from taizhang.lib.windows import Period
from taizhang.measures.commitments import Modality, Scope
from taizhang.measures.periods import Body as TermBody
from taizhang.registers.api.faults import OF_WRITING, Fault, Refusal, invalid
from taizhang.registers.api.schemas import Closed, Text

router = Router(tags=["Ledger 工作台账"])

QUOTE_LENGTH = 2000
NAME_LENGTH = 60


class StatementFields(Closed):
    """The fields of the page on which a commitment is written; what is left out is empty there."""

    duty_zh: Text = Field("", description="What is owed, in Chinese.")
    duty_en: Text = Field("", description="Empty: the Chinese wording stands in its place.")
    modality: Literal[tuple(Modality)] | None = Field(None, description="Its force.")
    who_owes: list[Text] = Field([], max_length=NAME_LENGTH, description="Codes of bodies.")
    population: Text = Field("", description="Id of a population of the pack.")
    scope: Literal[tuple(Scope)] | None = Field(
        None, description="Each unit alone, or one figure for all."
    )
    definition: Text = Field("", description="A population of its own instead.")
    population_zh: Text = Field("", description="That population in words, in Chinese.")
    population_en: Text = Field("", description="That population in words, in English.")
    numerator: Text = Field(
        "", max_length=LONGEST_FORMULA, description="The formula of what is counted."
    )
    denominator: Text = Field("", max_length=LONGEST_FORMULA, description="Only for a share.")
    by: list[Text] = Field(
        [], max_length=NAME_LENGTH, description="Names of dates; else as the register dates."
    )
    comparator: Literal[tuple(COMPARATORS)] | None = Field(None, description="How it is compared.")
    target: Text = Field("", description="How much is enough: a decimal number as text.")
    target_to: Text = Field("", description="The upper end of a range.")
    unit_zh: Text = Field("", description="The unit of the figure, in Chinese.")
    unit_en: Text = Field("", description="The unit of the figure, in English.")
    period: Literal[tuple(Period)] | None = Field(None, description="The window.")
    term_body: Literal[tuple(TermBody)] | None = Field(
        None, description="Whose term of office, where the window is one."
    )
    planned: date | None = Field(None, description="By when it has to be there.")
    threshold_source: Literal[tuple(THRESHOLD_SOURCES)] | None = Field(
        None, description="Where the threshold comes from."
    )
    evidence_zh: Text = Field("", description="The evidence, in Chinese.")
    evidence_en: Text = Field("", description="The evidence, in English.")
    note_zh: Text = Field("", description="A note, in Chinese.")
    note_en: Text = Field("", description="A note, in English.")


class NewCommitment(Closed):
    fields: StatementFields
    quote: Text = Field(
        "", max_length=QUOTE_LENGTH, description="The words of the item that state it."
    )


class Revision(Closed):
    fields: StatementFields = Field(description="Only the fields that change.")
    reason: Text = Field(max_length=REASON_LENGTH, description="Why it is revised.")


class Withdrawal(Closed):
    reason: Text = Field(max_length=REASON_LENGTH, description="Why it is withdrawn.")


class WrittenCommitment(BaseModel):
    """A commitment after it was written; its figures follow with the next evaluation."""

    code: str
    item_code: str
    duty: str
    is_withdrawn: bool


@router.post(
    "/ledger/items/{code}/commitments",
    response={201: WrittenCommitment, OF_WRITING: Fault},
    operation_id="commitment_publish",
    summary=gettext_noop("Publish a commitment on an item"),
)
def publish(
    request: HttpRequest,
    content: NewCommitment = Body(...),  # noqa: B008
    code: str = ItemCode,
):
    """It is computed before, and not published when that fails; the very same is refused."""
    expect_permission(request, APPROVE)
    item = get_object_or_404(Item.objects.coded(code))
    statement = _statement(_typed(content.fields))
    with _refusals():
        clause = quoted(item, content.quote) if content.quote else None
        made = publish_commitment(item, statement, by=request.user, clause=clause)
    return Status(201, _content(made))


@router.post(
    "/ledger/commitments/{code}/revise",
    response={200: WrittenCommitment, OF_WRITING: Fault},
    operation_id="commitment_revise",
    summary=gettext_noop("Revise a commitment that no pack states"),
)
def revise(
    request: HttpRequest,
    content: Revision = Body(...),  # noqa: B008
    code: str = Code,
):
    """Its history stays; answers on its threshold fall where it asks for another kind of number."""
    expect_permission(request, APPROVE)
    row = get_object_or_404(Commitment.objects.coded(code))
    statement = _statement(initial_of(statement_of(row)) | _typed(content.fields))
    with _refusals():
        revised = revise_commitment(row, statement, by=request.user, reason=content.reason)
    return _content(revised)


@router.post(
    "/ledger/commitments/{code}/withdraw",
    response={200: WrittenCommitment, OF_WRITING: Fault},
    operation_id="commitment_withdraw",
    summary=gettext_noop("Withdraw a commitment that no pack states"),
)
def withdraw(
    request: HttpRequest,
    content: Withdrawal = Body(...),  # noqa: B008
    code: str = Code,
):
    """It is computed no more; its code is not given again."""
    expect_permission(request, APPROVE)
    row = get_object_or_404(Commitment.objects.coded(code))
    with _refusals():
        withdraw_commitment(row, by=request.user, reason=content.reason)
    return _content(row) | {"is_withdrawn": True}


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except CommitmentRefused as refused:
        raise Refusal(409, "not_now", refused) from refused


def _statement(typed: Mapping[str, object]) -> Statement:
    """Checked by the very form of the page. Raises Refusal with the faults by field."""
    form = StatementForm(current_ledger(), typed)
    if not form.is_valid():
        raise invalid({name: list(texts) for name, texts in form.errors.items()})
    return form.statement


def _typed(fields: StatementFields) -> dict[str, object]:
    """The fields that were sent, as somebody would type them into the form."""
    given = fields.model_dump(exclude_unset=True)
    if "by" in given:
        given["by"] = ", ".join(given["by"])
    if "planned" in given:
        given["planned"] = given["planned"].isoformat() if given["planned"] else ""
    return given


def _content(row: Commitment) -> dict[str, object]:
    return {
        "code": row.code,
        "item_code": row.item.code,
        "duty": row.duty,
        "is_withdrawn": bool(row.retired_in),
    }
