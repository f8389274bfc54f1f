"""What is asked before the values of a record are changed, now or by a correction."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.audit.models import AuditRow
from taizhang.core.records.models import Record
from taizhang.registers.authority import closed_fields
from taizhang.registers.refusals import EntryRefused, RecordChanged
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.values import Values

NOT_SAVED = _("Nothing was saved.")
OUTSIDE_REACH = (
    _("Your account has no role that allows this step for this organisation and area."),
    _("Ask the officer of the organisation concerned, or of the union above it."),
)


def expect_own_fields(spec: RegisterSpec, values: Values, by: User, record: Record | None) -> None:
    """Only fields that people enter, and of these only the ones that this account may enter.

    Raises ValueError for a name that is no entered field, EntryRefused for one kept by others.
    """
    unknown = values.keys() - set(spec.fields)
    if unknown:
        raise ValueError(f"{spec.slug}: not entered by people: {', '.join(sorted(unknown))}")
    closed = sorted(closed_fields(spec, by, record) & values.keys())
    if closed:
        label = spec.model._meta.get_field(closed[0]).verbose_name
        raise EntryRefused(
            NOT_SAVED,
            format_lazy(_("“{field}” is not yours to enter."), field=label),
            _("Leave it to those who keep it."),
        )


def expect_version(spec: RegisterSpec, current: Record, version: int) -> None:
    """The record is the one that was shown. Raises RecordChanged, naming who was faster."""
    if current.version == version:
        return
    last = (
        AuditRow.objects.filter(subject=spec.key, subject_no=current.record_no)
        .select_related("actor")
        .last()
    )
    who = last.actor if last and last.actor else _("Somebody else")
    raise RecordChanged(
        NOT_SAVED,
        format_lazy(_("{who} changed this record while you had it open."), who=who),
        _("Compare what stands now with what you want, then save again."),
        current=current,
    )
