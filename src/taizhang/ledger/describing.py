"""A record in a line: its first columns, without what only some may read."""

from django.db.models import BooleanField, QuerySet

from taizhang.core.access.models import User
from taizhang.core.records.models import Record
from taizhang.registers.display import shown
from taizhang.registers.spec import RegisterSpec

COLUMNS = 4


def describe(spec: RegisterSpec, record: Record) -> str:
    """What the record is about, such as “2026-09-18 · Joint meeting · Haigang District”."""
    return " · ".join(filter(None, (_in_a_line(record, name) for name in _telling(spec))))


def described(spec: RegisterSpec, user: User) -> QuerySet:
    """What the account may see, together with the rows that descriptions name."""
    related = [name for name in _telling(spec) if spec.model._meta.get_field(name).is_relation]
    return spec.model.objects.visible_to(user).select_related(*related)


def _in_a_line(record: Record, name: str) -> str:
    """A number that only a heading explains is said in the record's words, `<name>_in_words`."""
    return getattr(record, f"{name}_in_words", "") or shown(record, name)


def _telling(spec: RegisterSpec) -> tuple[str, ...]:
    open_columns = [
        name
        for name in spec.columns
        if name not in spec.personal and name not in spec.restricted and _says_much(spec, name)
    ]
    return tuple(open_columns[:COLUMNS])


def _says_much(spec: RegisterSpec, name: str) -> bool:
    """Lists are long, and a bare yes or no tells nothing without its heading."""
    field = spec.model._meta.get_field(name)
    return not field.many_to_many and not isinstance(field, BooleanField)
