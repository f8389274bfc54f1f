"""A notice takes the place of an earlier one: its ledger, with what a person carries over."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from taizhang.core.audit.trail import write_audit
from taizhang.core.parameters.clock import status_date
from taizhang.ledger.measured import settle_thresholds
from taizhang.ledger.models import Ledger, Notice, StaleCommitment
from taizhang.ledger.own_ledgers import own_ledger
from taizhang.ledger.permissions import PUBLISH_NOTICES
from taizhang.ledger.receiving import lock_ledgers, mark_published, waiting_reading
from taizhang.ledger.superseding.carrying import Choices, carried, lead_of, missing, not_offered
from taizhang.ledger.superseding.copying import (
    bind_to_words,
    carry_answers_on_clauses,
    carry_commitments,
    carry_items,
    carry_parameters,
)
from taizhang.ledger.superseding.laying import lay_beside, ledger_of
from taizhang.ledger.superseding.models import CarriedCommitment, Supersession
from taizhang.ledger.superseding.offering import LaidItem, with_offers
from taizhang.lib.refusal import Refused


class SupersedingRefused(Refused):
    """The notice did not take the place of the other; nothing was changed."""


class ChoiceMissing(SupersedingRefused):
    """A person has not said of all commitments and leads what becomes of them: `codes`."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(
            _NOT_SUPERSEDED,
            format_lazy(_("Nothing is chosen for {codes}."), codes=", ".join(codes)),
            _("Choose what carries over and what ends."),
        )
        self.codes = tuple(codes)


@dataclass(frozen=True)
class Beside:
    """Two notices side by side; `ledger` is that of the earlier one, None where it has none."""

    notice: Notice
    old: Notice
    ledger: Ledger | None
    items: tuple[LaidItem, ...]

    @property
    def fingerprint(self) -> str:
        """Another one as soon as a word, a department or a commitment is."""
        said = [
            (item.text, item.departments, item.deadline)
            for each in self.items
            for item in (each.pair.old, each.pair.new)
            if item is not None
        ]
        rows = [offer.commitment.pk for each in self.items for offer in each.offers]
        return sha256(repr((said, rows)).encode()).hexdigest()


def beside(notice: Notice, old: Notice) -> Beside:
    """The two notices with what of the earlier one's ledger may be carried over."""
    ledger = ledger_of(old)
    return Beside(notice, old, ledger, with_offers(lay_beside(notice, old), ledger))


def refusal_of(notice: Notice, old: Notice, *, by) -> Refused | None:
    """Why the notice cannot take the place of the other, whatever is chosen; None if it can."""
    try:
        _check(notice, old, by)
    except Refused as refusal:
        return refusal
    return None


@transaction.atomic
def supersede(
    notice: Notice, old: Notice, choices: Choices, *, by, seen: str | None = None
) -> Supersession:
    """Publish the notice in the place of `old`, with what was chosen to carry over.

    Its ledger takes over the place, letter, pack and numbers of the old one, which keeps its last
    figures and is computed no more. A commitment that goes on keeps its threshold, the answers of
    office and counties with their sources, and its clause where the new text has the words. The
    figures follow with the next evaluation. `seen` is the fingerprint of what the person looked at.
    One audit row.

    Raises SupersedingRefused or NoticeRefused, with nothing kept.
    """
    lock_ledgers()
    _check(notice, old, by)
    read = waiting_reading(notice)
    laid = beside(notice, old)
    if seen is not None and seen != laid.fingerprint:
        raise _refused(
            _("A word or a commitment has changed since the page was opened."),
            _("Look again at both sides, then choose."),
        )
    if codes := missing(laid.items, choices):
        raise ChoiceMissing(codes)
    if codes := not_offered(laid.items, choices):
        raise _refused(
            format_lazy(_("What was chosen for {codes} is not offered."), codes=", ".join(codes)),
            _("Choose among what is offered for each."),
        )
    ledger = laid.ledger
    was_current = ledger.is_current
    ledger.is_current = ledger.is_in_force = False
    ledger.save(update_fields=["is_current", "is_in_force"])
    new = own_ledger(notice, read, in_place_of=ledger)
    if was_current:
        new.is_current = True
        new.save(update_fields=["is_current"])
    mark_published(notice, new)
    supersession = Supersession.objects.create(old=ledger, new=new, by=by)
    items = carry_items(new, ledger, laid.items, choices)
    carry_commitments(supersession, items, carried(laid.items, choices, ledger.prefix))
    carry_answers_on_clauses(supersession, items, laid.items)
    carry_parameters(ledger, new)
    StaleCommitment.objects.filter(commitment__item__ledger=ledger).delete()
    settle_thresholds(status_date())
    _audit(supersession, laid.items, choices)
    return supersession


@transaction.atomic
def look_at(carried_over: CarriedCommitment, *, by) -> None:
    """A person has looked: the commitment says what the new notice asks."""
    carried_over.refresh_from_db(from_queryset=CarriedCommitment.objects.select_for_update())
    what = _("The commitment was not marked.")
    if by is None or not by.holds(PUBLISH_NOTICES):
        raise SupersedingRefused(what, _NOT_ALLOWED, _ASK_OFFICE)
    waiting = CarriedCommitment.objects.to_be_looked_at()
    if not waiting.filter(pk=carried_over.pk).exists():
        raise SupersedingRefused(
            what, _("Nobody has to look at it any more."), _("Nothing is to be done.")
        )
    carried_over.looked_at_by, carried_over.looked_at = by, timezone.now()
    carried_over.save(update_fields=["looked_at_by", "looked_at"])
    bind_to_words(carried_over)
    item = carried_over.new.item
    item.text_differs = waiting.filter(new__item=item).exists()
    item.save(update_fields=["text_differs"])
    write_audit(
        by=by,
        action="look_at_carried",
        subject="ledger.commitment",
        subject_no=carried_over.new.code,
        changes={"wants_a_look": (True, False)},
    )


_NOT_SUPERSEDED = _("The notice did not take the place of the other.")
_NOT_ALLOWED = _("This account may not publish notices.")
_ASK_OFFICE = _("The General Office publishes notices.")


def _refused(why: object, then: object) -> SupersedingRefused:
    return SupersedingRefused(_NOT_SUPERSEDED, why, then)


def _check(notice: Notice, old: Notice, by) -> None:
    """What must hold whatever was chosen."""
    if by is None or not by.holds(PUBLISH_NOTICES):
        raise _refused(_NOT_ALLOWED, _ASK_OFFICE)
    if notice.pk == old.pk:
        raise _refused(_("A notice cannot supersede itself."), _("Choose another one."))
    ledger = ledger_of(old)
    if ledger is None:
        raise _refused(
            _("The earlier notice was not published."), _("Publish it first, or discard it.")
        )
    if Supersession.objects.filter(old=ledger).exists():
        raise _refused(
            _("The earlier notice is superseded already."),
            _("Look at the one that took its place."),
        )
    if not ledger.is_in_force:
        raise _refused(
            _("The ledger of the earlier notice is no longer in force."),
            _("Publish the notice on its own."),
        )
    _check_waiting(notice)


def _check_waiting(notice: Notice) -> None:
    if notice.state == Notice.State.READ:
        return
    raise _refused(
        _("The later notice is published or discarded already."),
        _("Only a notice that waits to be published can take the place of another."),
    )


def _audit(supersession: Supersession, items: Sequence[LaidItem], choices: Choices) -> None:
    old, new = supersession.old, supersession.new
    went = {each.old_id: each.new.code for each in supersession.carried.select_related("new")}
    rows = [offer.commitment for each in items for offer in each.offers]
    leads = [each.lead for each in items if each.lead and lead_of(each.lead, choices)]
    write_audit(
        by=supersession.by,
        action="supersede_notice",
        subject="ledger.notice",
        subject_no=str(new.notice_id),
        changes={
            "ledger": (old.key, new.key),
            "carried": (None, {row.code: went[row.pk] for row in rows if row.pk in went}),
            "ended": (None, [row.code for row in rows if row.pk not in went]),
            "leads": (None, {lead.item.code: lead.department for lead in leads}),
        },
    )
