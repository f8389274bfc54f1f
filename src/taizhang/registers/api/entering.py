"""What a client sends, checked by the very form of the page, so that both accept the same."""

from collections.abc import Mapping
from datetime import date

from taizhang.core.access.models import User
from taizhang.core.records.models import Record
from taizhang.registers.api.faults import Refusal, invalid
from taizhang.registers.forms import record_form
from taizhang.registers.guards import expect_own_fields
from taizhang.registers.refusals import EntryRefused
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.values import Values

Given = Mapping[str, object]


def entered_values(spec: RegisterSpec, given: Given, by: User) -> Values:
    """The values of a new record; what is not given is as in the form when it is opened.

    Raises Refusal with the faults by field, or for a field that is not the account's to enter.
    """
    return _understood(spec, given, by, None)


def changed_values(spec: RegisterSpec, record: Record, given: Given, by: User) -> Values:
    """The given values, checked with the others as they stand. Raises Refusal as above."""
    values = _understood(spec, given, by, record)
    return {name: values[name] for name in given}


def _understood(spec: RegisterSpec, given: Given, by: User, record: Record | None) -> Values:
    try:
        expect_own_fields(spec, given, by, record)
    except EntryRefused as refused:
        raise Refusal(403, "not_yours", refused) from refused
    opened = record_form(spec, by, record=record)
    standing = {name: opened[name].value() for name in opened.fields}
    typed = {name: _typed(value) for name, value in given.items()}
    form = record_form(spec, by, record=record, data=standing | typed)
    if not form.is_valid():
        raise invalid({name: list(texts) for name, texts in form.errors.items()})
    return form.values()


def _typed(value: object) -> object:
    """The value as somebody would type it into the form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list) and value and isinstance(value[0], int):
        return ";".join(map(str, value))
    return value
