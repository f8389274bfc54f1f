"""Whether a record keeps a check constraint, answered without asking the database row by row.

Django's own `CheckConstraint.validate` sends one query per record and constraint; a package of ten
thousand rows would wait for half a minute. The database still has the last word on writing.
"""

import operator
from collections.abc import Callable, Iterator, Mapping

from django.db import models
from django.db.models import F, Q
from django.db.models.constants import LOOKUP_SEP

Truth = bool | None  # None: unknown, as in SQL

_COMPARED: Mapping[str, Callable[[object, object], bool]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}


class UnreadableConstraint(TypeError):
    """A constraint uses a lookup that is not known here; add it above with a test."""


def holds(constraint: models.CheckConstraint, record: models.Model) -> bool:
    """Would the database accept the record? As in SQL, what is unknown is accepted.

    Raises UnreadableConstraint.
    """
    return _truth(constraint.condition, record) is not False


def applies(constraint: models.UniqueConstraint, record: models.Model) -> bool:
    """Does the constraint speak of the record? Without a condition it speaks of all."""
    return constraint.condition is None or _truth(constraint.condition, record) is True


def fields_read(constraint: models.CheckConstraint) -> tuple[str, ...]:
    """The fields that the constraint speaks of, each once, in its order."""
    return tuple(dict.fromkeys(_names(constraint.condition)))


def _truth(node: Q | tuple[str, object], record: models.Model) -> Truth:
    if isinstance(node, tuple):
        return _lookup(*node, record)
    truths = [_truth(child, record) for child in node.children]
    if node.connector == Q.AND:
        truth = False if False in truths else None if None in truths else True
    elif node.connector == Q.OR:
        truth = True if True in truths else None if None in truths else False
    else:
        raise UnreadableConstraint(f"connector {node.connector}")
    return truth if truth is None else truth is not node.negated


def _lookup(path: str, right: object, record: models.Model) -> Truth:
    name, _, lookup = path.partition(LOOKUP_SEP)
    left = _value(name, record)
    if lookup == "isnull":
        return (left is None) is right
    if isinstance(right, F):
        right = _value(right.name, record)
    if left is None or right is None:
        return None
    if lookup == "in":
        return left in right
    try:
        return _COMPARED[lookup or "exact"](left, right)
    except KeyError:
        raise UnreadableConstraint(f"lookup {path}") from None


def _value(name: str, record: models.Model) -> object:
    return getattr(record, record._meta.get_field(name).attname)


def _names(node: Q | tuple[str, object]) -> Iterator[str]:
    if isinstance(node, Q):
        for child in node.children:
            yield from _names(child)
        return
    path, right = node
    yield path.partition(LOOKUP_SEP)[0]
    if isinstance(right, F):
        yield right.name
