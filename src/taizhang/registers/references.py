"""Naming one record in another's form: by number, credit code or name."""

import re

from django.db.models import Q, QuerySet

from taizhang.core.access.models import User
from taizhang.core.organisations.models import Lineage, Organisation
from taizhang.core.records.models import Record, RecordStatus
from taizhang.registers.merging.aliases import standing_for

_NUMBER_IN_BRACKETS = re.compile(r"[（(]([^（）()]+)[）)]\s*$")


class NoSuchRecord(LookupError):
    """Nothing that the account may refer to goes by this text."""


class SeveralRecords(LookupError):
    """Several records go by this name; their numbers tell them apart."""


def candidates(model: type[Record], by: User) -> QuerySet[Record]:
    """What the account may refer to: what it sees, and the unions above its own."""
    rows = model.objects.visible_to(by)
    if model is Organisation:
        rows = model.objects.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=unions_above(by)))
    return rows.exclude(record_status=RecordStatus.VOID)


def unions_above(by: User) -> QuerySet:
    """The ids of the unions of the account and of those above them."""
    nodes = [grant.organisation_id for grant in by.active_grants]
    return Lineage.objects.filter(descendant__in=nodes).values("ancestor")


def naming(record: Record) -> str:
    """How a form names a record: readable, and understood by `resolve`."""
    return f"{record}（{record.record_no}）"


def resolve(rows: QuerySet[Record], text: str) -> Record:
    """The row that the text names: by number, by credit code, by exact name, or as `naming` does.

    The number or code of a merged record names the one that stands for it.
    Raises NoSuchRecord or SeveralRecords.
    """
    text = text.strip()
    numbers = readings(text)
    exact = Q(record_no__in=numbers)
    if _has(rows.model, "uscc"):
        exact |= Q(uscc__in=numbers)
    if _has(rows.model, "name"):
        exact |= Q(name=text)
    found = list(rows.filter(exact)[:2]) or _merged(rows, numbers)
    if not found:
        raise NoSuchRecord(text)
    if len(found) > 1:
        raise SeveralRecords(text)
    return found[0]


def readings(text: str) -> list[str]:
    """What a text may name: itself, and the number in brackets at its end as `naming` writes it."""
    in_brackets = _NUMBER_IN_BRACKETS.search(text)
    return [text, in_brackets[1].strip()] if in_brackets else [text]


def without_number(text: str) -> str:
    """What a text as `naming` gives it says before the number in brackets."""
    return _NUMBER_IN_BRACKETS.sub("", text).strip()


def _merged(rows: QuerySet[Record], numbers: list[str]) -> list[Record]:
    keys = [key for key in ("record_no", "uscc") if _has(rows.model, key)]
    return list(rows.filter(pk__in=standing_for(rows.model, numbers, keys))[:2])


def _has(model: type[Record], name: str) -> bool:
    return any(field.name == name for field in model._meta.fields)
