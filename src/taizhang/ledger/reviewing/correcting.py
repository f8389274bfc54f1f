"""The office corrects what was read, before it publishes; every change stands in the change log."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from taizhang.core.audit.trail import write_audit
from taizhang.ledger.models import Notice
from taizhang.ledger.reviewing.commitments import Ends, ItemCommitments, commitments_of
from taizhang.ledger.reviewing.keys import Place
from taizhang.ledger.reviewing.models import ReadingCorrection
from taizhang.ledger.reviewing.reading import (
    HEAD,
    OF_ITEM,
    Field,
    Reading,
    ReadItem,
    Values,
    corrected,
)
from taizhang.lib.refusal import Refused
from taizhang.notices.commitments import Commitment
from taizhang.notices.kept import as_kept_commitment


class CorrectionRefused(Refused):
    """The reading of a notice cannot be corrected so."""


def last_correction(notice: Notice) -> int:
    """What a person sees of the corrections: the key of the last one, 0 before the first."""
    return notice.corrections.aggregate(last=Max("pk"))["last"] or 0


@transaction.atomic
def correct_reading(
    notice: Notice,
    values: Mapping[str, Any],
    *,
    by,
    position: int | None = None,
    seen: int | None = None,
) -> list[ReadingCorrection]:
    """Put values in the place of those read: of the head, or of the item at a position.

    `values` go by the names of `ReadingCorrection.Field`, in the form of `reading`; one that is as
    it stands already is no correction. The notice's own columns follow the head. `seen` is the
    `last_correction` that the person knew of.

    Raises CorrectionRefused when the notice is not waiting to be published, has no such item, or
    when somebody has spoken since of a value that this would change.
    """
    reading = _open_reading(notice)
    standing = reading.head if position is None else _item(reading, position).values
    fields = HEAD if position is None else OF_ITEM
    made = [
        ReadingCorrection(
            notice=notice,
            position=position,
            field=name,
            old=standing[name],
            new=values[name],
            by=by,
        )
        for name in fields
        if name in values and not _is_same(standing[name], values[name])
    ]
    if seen is not None:
        later = notice.corrections.filter(pk__gt=seen, position=position)
        if later.filter(field__in=[each.field for each in made]).exists():
            raise _spoken_of_since()
    _keep(notice, made, by=by)
    if position is None and made:
        _follow_head(notice)
    return made


@transaction.atomic
def add_item(notice: Notice, values: Mapping[str, Any], *, by) -> ReadingCorrection:
    """Add an item that was not read, behind the others; `values` are all of OF_ITEM.

    Raises CorrectionRefused when the notice is not waiting to be published.
    """
    _open_reading(notice)
    taken = notice.corrections.filter(field=Field.ITEM).aggregate(last=Max("position"))["last"]
    position = max(len(notice.reading["items"]) - 1, -1 if taken is None else taken) + 1
    correction = ReadingCorrection(
        notice=notice, position=position, field=Field.ITEM, new=dict(values), by=by
    )
    _keep(notice, [correction], by=by)
    return correction


@transaction.atomic
def drop_item(notice: Notice, position: int, *, by) -> ReadingCorrection:
    """Leave out what was read as an item and is none.

    Raises CorrectionRefused when the notice is not waiting to be published, or has no such item.
    """
    item = _item(_open_reading(notice), position)
    correction = ReadingCorrection(
        notice=notice, position=position, field=Field.ITEM, old=dict(item.values), by=by
    )
    _keep(notice, [correction], by=by)
    return correction


@transaction.atomic
def restore_item(notice: Notice, position: int, *, by) -> ReadingCorrection:
    """Take back in what was left out as no item, as it stood then.

    Raises CorrectionRefused when the notice is not waiting to be published, or when the item was
    not left out.
    """
    reading = _open_reading(notice)
    of_item = notice.corrections.filter(position=position, field=Field.ITEM).order_by("pk")
    dropped = of_item.filter(new__isnull=True).last()
    if dropped is None or reading.item(position) is not None:
        raise CorrectionRefused(
            _("The reading was not corrected."),
            _("The item was not left out."),
            _("Look at the notice again."),
        )
    correction = ReadingCorrection(
        notice=notice, position=position, field=Field.ITEM, new=dropped.old, by=by
    )
    _keep(notice, [correction], by=by)
    return correction


@transaction.atomic
def correct_commitment(
    notice: Notice,
    position: int,
    old: Commitment | None,
    new: Commitment | None,
    *,
    by,
    seen: int | None = None,
) -> ReadingCorrection | None:
    """Put a commitment in the place of one that stands in an item; None if nothing changes.

    Without `old` it is added, without `new` the old one is left out. `seen` as in
    `correct_reading`.

    Raises CorrectionRefused when the notice is not waiting to be published, when `old` does not
    stand there any more or somebody has spoken of it since, and when `new` quotes other words than
    the item's, or those of another.
    """
    _item(_open_reading(notice), position)
    if old == new:
        return None
    shown = next(each for each in commitments_of(notice) if each.item.position == position)
    others = [each for each in shown.commitments if each != old]
    if old is not None and len(others) == len(shown.commitments):
        raise CorrectionRefused(
            _("The reading was not corrected."),
            _("The commitment is not in it any more."),
            _("Look at the notice again."),
        )
    said = shown.by_hand.get((old.start, old.end)) if old else None
    if said is not None and seen is not None and said.pk > seen:
        raise _spoken_of_since()
    if new is not None:
        _refuse_wrong_quote(new, shown.item.text, others)
    correction = ReadingCorrection(
        notice=notice,
        position=position,
        field=Field.COMMITMENT,
        old=as_kept_commitment(old) if old else None,
        new=as_kept_commitment(new) if new else None,
        by=by,
    )
    _keep(notice, [correction], by=by)
    return correction


@transaction.atomic
def confirm_values(notice: Notice, places: Iterable[Place], *, by) -> list[ReadingCorrection]:
    """Say that these values are right as they were read: kept as corrections that change nothing.

    A value that a person has spoken of already, or that is not there any more, is left as it is.

    Raises CorrectionRefused when the notice is not waiting to be published.
    """
    reading = _open_reading(notice)
    corrections = list(notice.corrections.all())
    spoken_of = {(each.position, each.field) for each in corrections}
    items = {each.item.position: each for each in commitments_of(notice, corrections)}
    made = []
    for place in dict.fromkeys(places):
        if place.quoted is not None:
            value = _unspoken(items.get(place.position), place.quoted)
            is_open = value is not None
        else:
            values = reading.head if place.position is None else _values(items, place.position)
            value = values.get(place.field)
            is_open = place.field in values and (place.position, place.field) not in spoken_of
        if is_open:
            made.append(
                ReadingCorrection(
                    notice=notice,
                    position=place.position,
                    field=place.field,
                    old=value,
                    new=value,
                    by=by,
                )
            )
    _keep(notice, made, by=by)
    return made


def _values(items: Mapping[int | None, ItemCommitments], position: int) -> Values:
    return items[position].item.values if position in items else {}


def _unspoken(shown: ItemCommitments | None, ends: Ends) -> dict[str, Any] | None:
    """The commitment with that quote in its kept form, unless a person has spoken of it."""
    for each in shown.commitments if shown else ():
        if (each.start, each.end) == ends and ends not in shown.by_hand:
            return as_kept_commitment(each)
    return None


def _spoken_of_since() -> CorrectionRefused:
    return CorrectionRefused(
        _("The reading was not corrected."),
        _("Somebody else has corrected it since you opened the form."),
        _("Look at the notice as it stands now, and open the form again."),
    )


def _refuse_wrong_quote(new: Commitment, text: str, others: list[Commitment]) -> None:
    if text[new.start : new.end] != new.quote:
        raise CorrectionRefused(
            _("The reading was not corrected."),
            _("The item does not say “%(quote)s” there.") % {"quote": new.quote},
            _("Copy the words from the text of the item."),
        )
    if any((each.start, each.end) == (new.start, new.end) for each in others):
        raise CorrectionRefused(
            _("The reading was not corrected."),
            _("“%(quote)s” is a commitment already.") % {"quote": new.quote},
            _("Correct that one, or choose other words."),
        )


def _open_reading(notice: Notice) -> Reading:
    # Whoever corrects at the same time waits here, and then sees what was corrected.
    notice.refresh_from_db(from_queryset=Notice.objects.select_for_update())
    if notice.state != Notice.State.READ:
        raise CorrectionRefused(
            _("The reading was not corrected."),
            _("The notice is not waiting to be published."),
            _("Receive the file again if its ledger has to change."),
        )
    return corrected(notice)


def _item(reading: Reading, position: int) -> ReadItem:
    item = reading.item(position)
    if item is None:
        raise CorrectionRefused(
            _("The reading was not corrected."),
            _("The item is not in it any more."),
            _("Look at the notice again."),
        )
    return item


def _is_same(old: Any, new: Any) -> bool:
    if isinstance(old, str) or isinstance(new, str):
        return (old or "").strip() == (new or "").strip()
    return old == new


def _keep(notice: Notice, made: list[ReadingCorrection], *, by) -> None:
    ReadingCorrection.objects.bulk_create(made)
    if made:
        write_audit(
            by=by,
            action="correct_reading",
            subject="ledger.notice",
            subject_no=str(notice.pk),
            changes={_name(each): (each.old, each.new) for each in made},
        )


def _name(correction: ReadingCorrection) -> str:
    where = "" if correction.position is None else f"{correction.position}."
    said = (correction.new or correction.old or {}) if correction.field == Field.COMMITMENT else {}
    return f"{where}{correction.field}{said.get('start', '')}"


def _follow_head(notice: Notice) -> None:
    reading = corrected(notice)
    columns = {
        "document_number": reading.head[Field.DOCUMENT_NUMBER] or "",
        "title": reading.head[Field.TITLE] or "",
        "annex_title": reading.head[Field.ANNEX_TITLE] or "",
        "issuer": "、".join(reading.head[Field.ISSUERS]),
        "signatory": "、".join(reading.head[Field.SIGNATORIES]),
    }
    for name, text in columns.items():
        setattr(notice, name, text[: Notice._meta.get_field(name).max_length])
    notice.issued_on = reading.issued_on
    notice.recipients = reading.head[Field.RECIPIENTS]
    notice.save(update_fields=[*columns, "issued_on", "recipients"])
