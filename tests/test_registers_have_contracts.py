"""Tests about the tests: no register goes without the contract that all of them keep."""

from importlib import import_module

from taizhang.registers.spec import REGISTERS
from taizhang.registers.testing import RegisterContract


def test_every_offered_register_has_its_contract_class():
    for domain in {spec.key.partition(".")[0] for spec in REGISTERS.values()}:
        import_module(f"taizhang.domains.{domain}.tests.test_registers")

    kept = {contract.slug for contract in RegisterContract.__subclasses__()}

    assert kept == set(REGISTERS)
