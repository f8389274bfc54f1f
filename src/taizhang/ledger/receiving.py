"""A notice comes in: received and read, looked at by a person, then published as a ledger."""

import hashlib
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from taizhang.core.audit.trail import write_audit
from taizhang.ledger.binding import BindingState, ItemBinding, bind
from taizhang.ledger.current import shipped_pack
from taizhang.ledger.models import Clause, Commitment, Ledger, Notice
from taizhang.ledger.own_ledgers import deadline_columns, own_ledger
from taizhang.ledger.reviewing.documents import keep_document
from taizhang.ledger.reviewing.reading import Reading, corrected
from taizhang.lib.refusal import Refused
from taizhang.notices.kept import as_kept
from taizhang.notices.model import Notice as ReadNotice
from taizhang.notices.normalise import text_hash
from taizhang.notices.read import read_notice


class NoticeRefused(Refused):
    """A notice cannot be published or discarded."""


class AlreadyPublished(NoticeRefused):
    """Another file with the document number is published: `earlier`."""

    def __init__(self, earlier: Notice) -> None:
        super().__init__(
            _("The notice was not published."),
            _("Another file with the same document number is published already."),
            _("Lay the two side by side, and say what carries over; or discard this one."),
        )
        self.earlier = earlier


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What publishing did: the ledger, and how each item agrees with the ledger's pack."""

    ledger: Ledger
    bindings: tuple[ItemBinding, ...]

    @property
    def bound(self) -> int:
        return sum(each.state is BindingState.BOUND for each in self.bindings)

    @property
    def differing(self) -> tuple[ItemBinding, ...]:
        return tuple(each for each in self.bindings if each.state is not BindingState.BOUND)


def received_before(content: bytes) -> Notice | None:
    """The notice of this very file, under whatever name; None where it is not kept."""
    kept = Notice.objects.exclude(state=Notice.State.DISCARDED)
    return kept.filter(sha256=_digest(content)).first()


def receive_notice(content: bytes, filename: str, *, by) -> Notice:
    """Read the file and keep it with what was read; the same file comes back as it was received.

    Raises a `notices` ReadingError when it gives no notice; nothing is kept then.
    """
    # Reading takes up to minutes: in the transaction, whoever else writes would wait for it.
    return received_before(content) or _receive(
        content, filename, read_notice(content, filename=filename), by=by
    )


@transaction.atomic
def publish_notice(notice: Notice, *, by) -> PublishReport:
    """Put the notice's words on its ledger, as read and as corrected since.

    The ledger that restates this document number gets the verbatim text of each item, and its
    commitments are bound to their clauses where the text is the one they were written for. A
    notice that no ledger restates becomes a ledger of its own beside the current one, which draws
    on the same pack and whose items await commitments.

    Raises NoticeRefused when it has no items and when it is not waiting to be published;
    AlreadyPublished when another file of the same number is.
    """
    lock_ledgers()
    read = waiting_reading(notice)
    ledger = Ledger.objects.restating(notice.document_number)
    if ledger is None or _is_put_aside(ledger):
        report = PublishReport(own_ledger(notice, read), ())
    elif ledger.notice is not None:
        raise AlreadyPublished(ledger.notice)
    else:
        report = PublishReport(ledger, _bind(ledger, read))
    mark_published(notice, report.ledger)
    write_audit(
        by=by,
        action="publish_notice",
        subject="ledger.notice",
        subject_no=str(notice.pk),
        changes={
            "ledger": (None, report.ledger.key),
            "items_bound": (None, report.bound),
            "items_differing": (None, [each.number for each in report.differing]),
        },
    )
    return report


def lock_ledgers() -> None:
    """Wait for whoever is publishing: two would give the same letter, or one ledger two notices."""
    list(Ledger.objects.select_for_update().filter(is_in_force=True).order_by("pk"))


def waiting_reading(notice: Notice) -> Reading:
    """What is to be published of a notice that waits for it, which is locked until then.

    Raises NoticeRefused when it is published or discarded already, and when it has no items.
    """
    # Whoever presses the button at the same time waits here, and then sees what was done.
    notice.refresh_from_db(from_queryset=Notice.objects.select_for_update())
    if notice.state == Notice.State.PUBLISHED:
        raise NoticeRefused(
            _("The notice was not published."),
            _("It is published already."),
            _("Look at its ledger."),
        )
    if notice.state == Notice.State.DISCARDED:
        raise NoticeRefused(
            _("The notice was not published."),
            _("It was discarded before."),
            _("Upload the file again to use it."),
        )
    read = corrected(notice)
    if not read.items:
        raise NoticeRefused(
            _("The notice was not published."),
            _("No numbered items were found in it."),
            _("Check that the annex with the ledger is in the file, and upload it again."),
        )
    return read


def mark_published(notice: Notice, ledger: Ledger) -> None:
    """The ledger has the words of the notice from now on."""
    ledger.notice = notice
    ledger.save(update_fields=["notice"])
    notice.state = Notice.State.PUBLISHED
    notice.save(update_fields=["state"])


@transaction.atomic
def discard_notice(notice: Notice, *, by, reason: str = "") -> None:
    """Take a notice that was only read out of the list; a published one stays."""
    notice.refresh_from_db(from_queryset=Notice.objects.select_for_update())
    if notice.state == Notice.State.PUBLISHED:
        raise NoticeRefused(
            _("The notice was not discarded."),
            _("It is published, and a ledger quotes it."),
            _("Publish a newer notice to take its place."),
        )
    notice.state = Notice.State.DISCARDED
    notice.save(update_fields=["state"])
    write_audit(
        by=by,
        action="discard_notice",
        subject="ledger.notice",
        subject_no=str(notice.pk),
        reason=reason,
    )


@transaction.atomic
def _receive(content: bytes, filename: str, read: ReadNotice, *, by) -> Notice:
    # Somebody else, or a second click, may have been quicker meanwhile.
    known = received_before(content)
    if known is not None:
        return known
    digest, found = _digest(content), read.metadata
    notice = Notice(
        document_number=_fitting("document_number", found.document_number or ""),
        title=_fitting("title", found.title or ""),
        annex_title=_fitting("annex_title", found.annex_title or ""),
        issuer=_fitting("issuer", "、".join(found.issuers)),
        signatory=_fitting("signatory", "、".join(found.signatories)),
        issued_on=found.issued_on,
        recipients=list(found.recipients),
        reading=as_kept(read),
        file_name=_fitting("file_name", filename),
        sha256=digest,
        read_by=by,
    )
    notice.file.save(f"{digest}.bin", ContentFile(content), save=False)
    notice.save()
    keep_document(notice, read.document)
    write_audit(
        by=by,
        action="receive_notice",
        subject="ledger.notice",
        subject_no=str(notice.pk),
        changes={"file": (None, filename), "sha256": (None, digest)},
    )
    return notice


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _fitting(name: str, text: str) -> str:
    """As much of the text as the column holds; all of it stands in `reading`."""
    return text[: Notice._meta.get_field(name).max_length]


def _is_put_aside(ledger: Ledger) -> bool:
    """It has its words and is out of force, and no other took its place: nothing to lay beside."""
    is_superseded = hasattr(ledger, "supersession")
    return ledger.notice is not None and not ledger.is_in_force and not is_superseded


def _bind(ledger: Ledger, read: Reading) -> tuple[ItemBinding, ...]:
    bindings = tuple(bind(shipped_pack(ledger.key), read))
    items = {item.number: item for item in ledger.items.all()}
    commitments = {row.code: row for row in Commitment.objects.stated().filter(item__ledger=ledger)}
    Clause.objects.filter(commitment__in=commitments.values()).delete()
    found = {item.number: item for item in read.items}
    for binding in bindings:
        item = items.get(binding.number)
        if item is None:
            continue
        restated = found.get(binding.number)
        item.text = restated.text if restated else ""
        item.text_differs = binding.state is not BindingState.BOUND
        for name, value in deadline_columns(restated, read).items():
            setattr(item, name, value)
        item.save(update_fields=["text", "text_differs", "deadline", "due_on"])
        Clause.objects.bulk_create(
            Clause(
                commitment=commitments[clause.code],
                start=clause.start,
                end=clause.end,
                text_hash=text_hash(item.text),
            )
            for clause in binding.clauses
            if clause.code in commitments  # the pack may be newer than the version in force
        )
    return bindings
