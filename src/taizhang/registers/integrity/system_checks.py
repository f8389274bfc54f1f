"""The system check of the integrity checks: every rule fits the registers that are offered."""

from django.core.checks import CheckMessage, Error, register

from taizhang.measures.catalogue import Catalogue
from taizhang.measures.findings import Check, refuse_wrong
from taizhang.measures.formula import FormulaError
from taizhang.registers.catalogue import offered_registers
from taizhang.registers.integrity.offering import INTEGRITY_CHECKS


@register()
def check_rules(**_kwargs: object) -> list[CheckMessage]:
    """`integrity.E001` for each rule that cannot be read or names what nothing offers."""
    catalogue = Catalogue(offered_registers())
    found: list[CheckMessage] = []
    for check in INTEGRITY_CHECKS.values():
        try:
            refuse_wrong(Check(check.key, check.register, check.rule), catalogue)
        except (FormulaError, LookupError) as refusal:
            found.append(Error(f"integrity check {check.key!r}: {refusal}", id="integrity.E001"))
    return found
