"""The registers that a pack declares: its formulas are checked before a domain offers them."""

from collections.abc import Collection

from taizhang.ledger.packs.model import Label, PackRegister
from taizhang.ledger.packs.toml import Table
from taizhang.measures.catalogue import Bound, Field, FieldType, Register

# Registers of the system itself, which no ledger declares: a field may refer to their rows,
# a formula cannot follow it.
OUTSIDE = frozenset({"user", "consent"})


def read_registers(file: Table) -> dict[str, PackRegister]:
    """The registers of `registers.toml` by their slugs. Raises PackError."""
    tables = file.tables("register", "slug")
    slugs = {table.text("slug") for table in tables}
    registers: dict[str, PackRegister] = {}
    for table in tables:
        slug = table.text("slug")
        if slug in registers:
            raise table.error("slug", f"{slug!r} stands twice")
        registers[slug] = _register(table, slugs)
        table.close()
    file.close()
    return registers


def _register(table: Table, slugs: Collection[str]) -> PackRegister:
    label = Label(table.text("zh"), table.text("en"))
    fields: dict[str, Field] = {}
    units: dict[str, str] = {}
    for entry in table.tables("fields", "name"):
        field = _field(entry, slugs)
        if field.name in fields:
            raise entry.error("name", f"{field.name!r} stands twice")
        fields[field.name] = field
        if entry.has("unit"):
            units[field.name] = entry.text("unit")
        entry.close()
    return PackRegister(
        register=Register(
            slug=table.text("slug"),
            fields=fields,
            period=_period(table, fields),
            state_from=table.some_of("state_from", fields, "field"),
            state_to=table.one_of("state_to", fields, "field") if table.has("state_to") else "",
            state_to_is=table.choice("state_to_is", Bound)
            if table.has("state_to_is")
            else Bound.LAST_DAY_IN,
            label=label.zh,
            code=table.text("code"),
            offered=False,
        ),
        label=label,
        confidentiality=table.text("class"),
        purpose=table.text("purpose"),
        units=units,
    )


def _period(table: Table, fields: Collection[str]) -> tuple[str, ...]:
    """What places a row in time: "state", fields, or a field of the row that it belongs to."""
    period = table.texts("period")
    for name in period:
        if name != "state" and name.split(".", 1)[0] not in fields:
            raise table.error("period", f"no field {name!r}")
    if not period:
        raise table.error("period", "names nothing")
    return period


def _field(table: Table, slugs: Collection[str]) -> Field:
    kind = table.choice("type", FieldType)
    target = ""
    if kind is FieldType.REF:
        target = table.one_of("target", [*slugs, *OUTSIDE], "register")
    return Field(
        name=table.text("name"),
        type=kind,
        many=table.flag("many"),
        values=table.texts("values"),
        target=target,
        derived=table.optional_text("derived"),
        read_as=table.optional_text("read_as"),
        personal=table.flag("personal"),
    )
