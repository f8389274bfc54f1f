"""Every offered register is the one that the ledger pack declares: no field more, none else."""

from dataclasses import replace
from functools import cache

import pytest

from taizhang.ledger.packs import SHIPPED
from taizhang.ledger.packs.loader import load_pack
from taizhang.measures.catalogue import Field, FieldType, Register
from taizhang.registers.catalogue import offered_registers
from taizhang.registers.spec import REGISTERS

# Closed sets that the handbook names without spelling them out: a list that the office keeps or a
# national standard. The pack declares them as enums without values.
NOT_SPELT_OUT = {
    ("base", "key_industry"),
    ("employer", "industry"),
    ("employer", "key_industry"),
    ("post", "gender"),
}


@cache
def declared() -> dict[str, Register]:
    registers = load_pack(SHIPPED / "qinhuangdao-2021").registers
    return {slug: declaration.register for slug, declaration in registers.items()}


def plain(slug: str, field: Field) -> Field:
    """The field without its label, which the pack does not carry."""
    if (slug, field.name) in NOT_SPELT_OUT:
        field = replace(field, type=FieldType.ENUM, values=())
    return replace(field, label="")


@pytest.mark.parametrize("slug", REGISTERS)
def test_fields_types_values_and_rules_are_those_of_the_pack(slug):
    pack, offered = declared()[slug], offered_registers()[slug]

    assert {name: plain(slug, field) for name, field in offered.fields.items()} == {
        name: plain(slug, field) for name, field in pack.fields.items()
    }


@pytest.mark.parametrize("slug", REGISTERS)
def test_rows_lie_in_time_as_the_pack_says(slug):
    pack, offered = declared()[slug], offered_registers()[slug]

    assert (offered.code, offered.period, offered.state_from, offered.state_to) == (
        pack.code,
        pack.period,
        pack.state_from,
        pack.state_to,
    )
    if offered.state_to:
        assert offered.state_to_is == pack.state_to_is


def test_sets_not_spelt_out_have_no_values_in_the_pack():
    fields = [declared()[slug].fields[name] for slug, name in NOT_SPELT_OUT]

    assert all(field.type is FieldType.ENUM and not field.values for field in fields)
