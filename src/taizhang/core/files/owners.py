"""The record beside which a file lies, found by the register's key: files know no register."""

from functools import cache

from django.apps import apps

from taizhang.core.access.models import User
from taizhang.core.files.models import Evidence
from taizhang.core.records.models import Record


class UnknownRegister(LookupError):
    """No model says that it is the register."""


@cache
def record_model(register: str) -> type[Record]:
    """The model whose REGISTER is `register` (`domain.slug`). Raises UnknownRegister."""
    for model in apps.get_models():
        if issubclass(model, Record) and register == model.REGISTER:
            return model
    raise UnknownRegister(register)


def owner_seen_by(actor: User, evidence: Evidence) -> Record | None:
    """The record of a file, None for somebody who may not see it."""
    records = record_model(evidence.register).objects.visible_to(actor)
    return records.filter(pk=evidence.record).first()
