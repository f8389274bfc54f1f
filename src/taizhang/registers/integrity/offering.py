"""What a domain says of a check of its records; called from its `integrity.py`, found at start."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from taizhang.lib.registry import Registry
from taizhang.registers.spec import Label


class Severity(TextChoices):
    """How bad a finding is: an error makes figures wrong, a warning may have its reasons."""

    ERROR = "error", _("Error")
    WARNING = "warning", _("Warning")


@dataclass(frozen=True, slots=True)
class IntegrityCheck:
    """One check of the verified rows of one register.

    `key` is `register.what`. `rule` is a rule in the language of the formulas (handbook 0.5, 2.7),
    written as that of a derived field, which holds for the faulty rows. `label` says what is wrong
    with them, `advice` what to do.
    """

    key: str
    register: str
    label: Label
    rule: str
    advice: Label
    severity: Severity = Severity.WARNING


INTEGRITY_CHECKS: Registry[IntegrityCheck] = Registry("integrity check")


def offer_check(check: IntegrityCheck) -> IntegrityCheck:
    return INTEGRITY_CHECKS.register(check.key, check)
