"""What goes over into the new ledger: names of items and departments, leads, commitments, answers.

Everything is copied and nothing moved: the old ledger stays as it was.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from taizhang.ledger.drafting.models import Draft
from taizhang.ledger.models import (
    Clause,
    Commitment,
    Duty,
    Item,
    Ledger,
    StaleCommitment,
    ThresholdAnswer,
)
from taizhang.ledger.own_ledgers import heading_of
from taizhang.ledger.superseding.carrying import Carried, Choices, lead_of
from taizhang.ledger.superseding.models import CarriedCommitment, Supersession
from taizhang.ledger.superseding.offering import LaidItem, quotes_in, standing
from taizhang.notices.comparing import Sameness
from taizhang.notices.normalise import normalise, text_hash

SAID = (Draft.State.UNCOUNTED, Draft.State.NO_DUTY)


def carry_items(new: Ledger, old: Ledger, laid: Iterable[LaidItem], choices: Choices) -> list[Item]:
    """The items of the new ledger in their order, by the names and leads they had before."""
    items = list(new.items.prefetch_related("duties").order_by("number"))
    names = dict(
        Duty.objects.filter(item__ledger=old).values_list("department_zh", "department_en")
    )
    continued = [each for each in laid if each.pair.new is not None]
    for item, each in zip(items, continued, strict=True):
        if each.pair.old is not None and each.pair.old.row is not None:
            _take_title(item, each.pair.old.row)
        duties = list(item.duties.all())
        lead = each.lead if each.lead and lead_of(each.lead, choices) else None
        for duty in duties:
            duty.department_en = names.get(duty.department_zh, duty.department_en)
            if lead is not None:
                is_lead = duty.department_zh == lead.department
                duty.part = Duty.Part.LEAD if is_lead else Duty.Part.CO
                duty.confirmed = True
        Duty.objects.bulk_update(duties, ["department_en", "part", "confirmed"])
    return items


def carry_commitments(
    supersession: Supersession, items: Sequence[Item], going: Iterable[Carried]
) -> None:
    """The commitments at their new places with clauses and standing answers, to be computed."""
    unseen = _unseen(supersession.old)
    positions: dict[int, int] = {}
    for carried in going:
        item = items[carried.place.at]
        positions[item.pk] = positions.get(item.pk, 0) + 1
        old = carried.offer.commitment
        new = _copied(old, item=item, code=carried.code, position=positions[item.pk])
        new.save()
        _carry_clauses(new, item, carried)
        _carry_answers(old.answers.all(), supersession.new, new)
        StaleCommitment.objects.create(commitment=new)
        wants_a_look = carried.wants_a_look or old.pk in unseen
        CarriedCommitment.objects.create(
            supersession=supersession,
            old=old,
            new=new,
            quote=carried.offer.quoted or unseen.get(old.pk, ""),
            wants_a_look=wants_a_look,
        )
        if wants_a_look and not item.text_differs:
            item.text_differs = True
            item.save(update_fields=["text_differs"])


def carry_answers_on_clauses(
    supersession: Supersession, items: Sequence[Item], laid: Iterable[LaidItem]
) -> None:
    """What a person said of clauses of items that stay the same: nobody is asked again.

    That is: no duty, or one that cannot honestly be counted. Unfinished drafts stay behind.
    """
    went = {each.old_id: each.new for each in supersession.carried.select_related("new")}
    said: dict[int, list[Draft]] = defaultdict(list)
    for draft in Draft.objects.filter(item__ledger=supersession.old, state__in=SAID):
        if draft.commitment_id is None or draft.commitment_id in went:
            said[draft.item_id].append(draft)
    same = [each for each in laid if each.pair.new is not None]
    for item, each in zip(items, same, strict=True):
        if each.pair.sameness is Sameness.SAME and each.pair.old.row is not None:
            for draft in said[each.pair.old.row.pk]:
                _carry_draft(draft, each.pair.old.text, item, went.get(draft.commitment_id))


def carry_parameters(old: Ledger, new: Ledger) -> None:
    """The numbers that the office gave to all formulas."""
    _carry_answers(old.answers.filter(commitment=None), new, None)


def _unseen(old: Ledger) -> dict[int, str]:
    """The quotes of commitments that came to the old ledger itself to be looked at, and wait."""
    rows = CarriedCommitment.objects.filter(wants_a_look=True, looked_at=None)
    return dict(rows.filter(new__item__ledger=old).values_list("new", "quote"))


def _take_title(item: Item, old: Item) -> None:
    """The title that somebody gave it; the beginning of the old text is none."""
    if old.title_zh == heading_of(old.text):
        return
    item.title_zh, item.title_en = old.title_zh, old.title_en
    item.save(update_fields=["title_zh", "title_en"])


def _carry_draft(draft: Draft, text: str, item: Item, commitment: Commitment | None) -> None:
    quotes = quotes_in(text, text_hash(text), [draft])
    for span in standing(quotes, normalise(item.text)):
        digest = text_hash(item.text)
        place = {"start": span.start, "end": span.end, "text_hash": digest}
        new = _copied(draft, item=item, commitment=commitment, **place)
        new.save()
        Draft.objects.filter(pk=new.pk).update(at=draft.at)  # which saving has set to now


def _copied(row, **changes):
    """A row like this one that is not saved yet, without what was loaded with this one."""
    columns = (field.attname for field in row._meta.concrete_fields if not field.primary_key)
    new = type(row)(**{name: getattr(row, name) for name in columns})
    for name, value in changes.items():
        setattr(new, name, value)
    return new


def _carry_clauses(new: Commitment, item: Item, carried: Carried) -> None:
    digest = text_hash(item.text)
    spans = () if carried.wants_a_look else carried.place.spans
    Clause.objects.bulk_create(
        Clause(commitment=new, start=span.start, end=span.end, text_hash=digest) for span in spans
    )


def bind_to_words(carried: CarriedCommitment) -> None:
    """The words of the new item that the commitment states, where it has those of the old one."""
    text = carried.old.item.text
    quotes = quotes_in(text, text_hash(text), carried.old.clauses.all())
    item = carried.new.item
    if carried.new.clauses.filter(text_hash=text_hash(item.text)).exists():
        return
    for span in standing(quotes, normalise(item.text)):
        digest = text_hash(item.text)
        carried.new.clauses.create(start=span.start, end=span.end, text_hash=digest)


def _carry_answers(
    answers: Iterable[ThresholdAnswer], ledger: Ledger, commitment: Commitment | None
) -> None:
    """Who answered when, on what source, stays; what was withdrawn stays with the old ledger."""
    standing = [each for each in answers if not each.is_withdrawn]
    copies = [_copied(each, ledger=ledger, commitment=commitment) for each in standing]
    ThresholdAnswer.objects.bulk_create(copies)
    for new, old in zip(copies, standing, strict=True):
        new.at = old.at  # which creating has set to now
    ThresholdAnswer.objects.bulk_update(copies, ["at"])
