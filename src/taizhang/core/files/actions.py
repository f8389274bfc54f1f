"""Keeping a file as evidence beside a record: checked, hashed, and stored under a random name."""

import hashlib
import unicodedata
from pathlib import PurePath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.audit.trail import write_audit
from taizhang.core.files.kinds import FileKind, accepted_extensions, kind_of
from taizhang.core.files.models import Evidence
from taizhang.core.files.owners import record_model
from taizhang.lib.refusal import Refused

NAME_LENGTH = 200


class UploadRefused(Refused):
    """A file that was not kept; nothing was stored."""


def attach(register: str, record_id: int, upload: UploadedFile, *, by: User) -> Evidence:
    """Keep the uploaded file beside the record and write its audit row.

    `register` is the key `domain.slug`. Whether the record is in a state that takes evidence is
    for the caller to know.

    Raises UploadRefused for somebody who may not enter there, and for a file that is empty, too
    large, of a kind that is not accepted, or not what its name says; then nothing is stored.
    """
    record_no = _record_no(by, register, record_id)
    name = plain_name(upload.name or "")
    kind = _checked(upload, name)
    evidence = Evidence(
        register=register,
        record=record_id,
        name=name,
        content_type=kind.content_type,
        size=upload.size,
        sha256=_sha256(upload),
        uploaded_by=by,
    )
    evidence.file.save(name, upload, save=False)
    try:
        with transaction.atomic():
            evidence.save()
            write_audit(
                by=by,
                action="attach",
                subject=register,
                subject_no=record_no,
                changes={"evidence": (None, name), "sha256": (None, evidence.sha256)},
            )
    except BaseException:
        # The row did not come to be, so the file must not stay.
        evidence.file.delete(save=False)
        raise
    return evidence


def plain_name(name: str) -> str:
    """The last part of the name, without characters that hide or reorder it; the extension stays.

    >>> plain_name("C:\\\\纪要\\\\会议\\u202efdp.exe\\n")
    '会议fdp.exe'
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in last if not unicodedata.category(c).startswith("C")).strip()
    path = PurePath(shown)
    return path.stem[: NAME_LENGTH - len(path.suffix)] + path.suffix


def _record_no(by: User, register: str, record_id: int) -> str:
    """The number of a record in which `by` may enter facts."""
    model = record_model(register)
    reach = by.reach(f"{register}:enter")
    records = model.objects.visible_to(by) if reach else model.objects.none()
    if reach and not reach.everywhere:
        records = records.filter(model.within(reach))
    number = records.filter(pk=record_id).values_list("record_no", flat=True).first()
    if number is None:
        raise UploadRefused(
            _NOT_KEPT,
            _("You may not enter facts in this record."),
            _("Ask the person who entered it to add the file."),
        )
    return number


def _checked(upload: UploadedFile, name: str) -> FileKind:
    """The kind of a file that may be kept."""
    if not upload.size:
        raise UploadRefused(
            _NOT_KEPT,
            format_lazy(_("“{name}” is empty."), name=name),
            _("Open it on your computer to see whether it was saved, then choose it again."),
        )
    if upload.size > settings.UPLOAD_LIMIT_BYTES:
        raise UploadRefused(
            _NOT_KEPT,
            format_lazy(
                _("“{name}” has {size}; at most {limit} are accepted."),
                name=name,
                size=_size(upload.size),
                limit=_size(settings.UPLOAD_LIMIT_BYTES),
            ),
            _("Scan it with a lower resolution, or divide it into several files."),
        )
    kind = kind_of(name)
    if kind is None:
        raise UploadRefused(
            _NOT_KEPT,
            format_lazy(_("“{name}” is of a kind that is not accepted."), name=name),
            format_lazy(
                _("Save it as one of these and choose it again: {kinds}."),
                kinds=", ".join(accepted_extensions()),
            ),
        )
    _require_genuine(upload, name, kind)
    return kind


def _require_genuine(upload: UploadedFile, name: str, kind: FileKind) -> None:
    upload.seek(0)
    genuine = kind.is_genuine(upload.file)
    upload.seek(0)
    if not genuine:
        raise UploadRefused(
            _NOT_KEPT,
            format_lazy(
                _("“{name}” is not a sound {kind} file: its content is something else."),
                name=name,
                kind=kind.extensions[0],
            ),
            _(
                "Open it in the program that made it and save it anew in that format; do not "
                "change the extension by hand, and leave macros out."
            ),
        )


def _sha256(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


_NOT_KEPT = _("The file was not kept.")
_size = lazy(filesizeformat, str)
