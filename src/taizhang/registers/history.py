"""The change log of one record, read from the audit rows: who changed what, when and why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext_lazy as _

from taizhang.core.access.models import User
from taizhang.core.audit.models import AuditRow
from taizhang.core.audit.trail import MASK
from taizhang.core.organisations.models import Area
from taizhang.registers.display import label_of, said, separator
from taizhang.registers.spec import Label, RegisterSpec
from taizhang.registers.workflow import CHANGED, CREATED

SHOWN = 50

# What a proposal to change a verified record writes, and its decision (see `corrections`).
PROPOSED_CORRECTION = "propose_correction"
PROPOSED_VOID = "propose_void"
REFUSED_PROPOSAL = "refuse_proposal"
WITHDREW_PROPOSAL = "withdraw_proposal"
CORRECTED = "correct"
VOIDED = "void"
PROPOSED_MERGE = "propose_merge"
MERGED = "merge"
FOUND_DISTINCT = "find_distinct"

ACTIONS: Mapping[str, Label] = {
    CREATED: _("entered"),
    CHANGED: _("changed"),
    "submit": _("submitted"),
    "verify": _("verified"),
    "return": _("returned"),
    "withdraw": _("withdrawn"),
    VOIDED: _("made void"),
    "load": _("loaded from a package"),
    "attach": _("added a file"),
    "follow_term": _("set the state by the term of office"),
    PROPOSED_CORRECTION: _("proposed a correction"),
    PROPOSED_VOID: _("proposed to make it void"),
    REFUSED_PROPOSAL: _("refused the proposal"),
    WITHDREW_PROPOSAL: _("withdrew the proposal"),
    CORRECTED: _("accepted the correction"),
    PROPOSED_MERGE: _("proposed to merge it"),
    MERGED: _("merged"),
    FOUND_DISTINCT: _("found it to be another one"),
}
# What audit rows tell besides fields of the record.
_OTHER_LABELS: Mapping[str, Label] = {
    "evidence": _("File"),
    "sha256": "SHA-256",
    "merged_into": _("Merged into"),
    "merged": _("Taken in"),
    "distinct_from": _("Not the same as"),
}


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One action on the record, by its key and in words; `by` None: the system itself."""

    at: datetime
    by: User | None
    key: str
    action: Label
    reason: str
    changes: tuple[Change, ...]


def history(spec: RegisterSpec, record_no: str) -> list[Entry]:
    """The last actions on a record, newest first."""
    rows = list(
        AuditRow.objects.filter(subject=spec.key, subject_no=record_no)
        .select_related("actor")
        .order_by("-seq")[:SHOWN]
    )
    names = _names(spec, rows)
    return [
        Entry(
            row.at,
            row.actor,
            row.action,
            ACTIONS.get(row.action, row.action),
            row.reason,
            tuple(_changes(spec, row, names)),
        )
        for row in rows
    ]


def _changes(
    spec: RegisterSpec, row: AuditRow, names: Mapping[type[models.Model], Mapping[str, str]]
) -> Iterable[Change]:
    for name, (old, new) in row.changes.items():
        field = _field(spec, name)
        if name == "record_status":
            continue  # the action says it
        if field is None:
            yield Change(str(_OTHER_LABELS.get(name, name)), _text(old), _text(new))
        else:
            yield Change(
                label_of(spec.model, name), _said(field, old, names), _said(field, new, names)
            )


def _said(field: models.Field, value: object, names) -> str:
    if value is None or value == MASK:
        return value or ""
    if field.is_relation:
        known = names[field.related_model]
        return separator().join(known.get(key, key) for key in _keys(value))
    return said(field, value)


def _names(
    spec: RegisterSpec, rows: Iterable[AuditRow]
) -> dict[type[models.Model], dict[str, str]]:
    """What the referred rows are called, one query per kind of row."""
    keys: dict[type[models.Model], set[str]] = defaultdict(set)
    for row in rows:
        for name, values in row.changes.items():
            field = _field(spec, name)
            if field is not None and field.is_relation:
                keys[field.related_model].update(k for value in values for k in _keys(value))
    return {
        model: {
            str(getattr(row, _key(model))): str(row)
            for row in model.objects.filter(**{f"{_key(model)}__in": wanted})
        }
        for model, wanted in keys.items()
    }


def _key(model: type[models.Model]) -> str:
    return "code" if model is Area else "record_no"


def _keys(value: object) -> list[str]:
    if value is None:
        return []
    return value if isinstance(value, list) else [str(value)]


def _field(spec: RegisterSpec, name: str) -> models.Field | None:
    try:
        return spec.model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _text(value: object) -> str:
    return "" if value is None else str(value)
