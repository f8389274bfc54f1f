"""Checking a record with its new values, and saving it: the same for an entry and a correction."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from taizhang.core.records.models import Reach, Record
from taizhang.registers.authority import misplaced
from taizhang.registers.lists.search_index import index_records
from taizhang.registers.spec import RegisterSpec
from taizhang.registers.values import (
    Changes,
    Values,
    difference,
    standing_lists,
    stated,
    validate,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A record that carries its new values and keeps every rule; not saved yet.

    `lists`: the lists of references among the values; `changes`: for the change log.
    """

    spec: RegisterSpec
    record: Record
    lists: Mapping[str, Collection[Record]]
    changes: Changes

    def save(self) -> Record:
        """Save it with its lists, and what else its register keeps in step."""
        self.record.save()
        for name, rows in self.lists.items():
            getattr(self.record, name).set(rows)
        for effect in self.spec.effects:
            effect(self.record, self.changes.keys())
        index_records(self.spec, [self.record])
        return self.record


def checked(
    spec: RegisterSpec, record: Record, values: Values, before: Values, reach: Reach
) -> Checked:
    """The record, on which `values` are put. `before`: what stood in these fields (see `stated`).

    Raises ValidationError with all faults by field, also for a place outside the reach.
    """
    lists = standing_lists(spec, record, values)
    validate(spec, record, lists)
    changes = difference(spec, before, stated(record, values, lists))
    faults = misplaced(spec, record, changes.keys(), reach)
    if faults:
        raise ValidationError(faults)
    return Checked(spec, record, {name: lists[name] for name in lists if name in values}, changes)
