"""From a folder of TOML files to a `LedgerPack`, checked as a whole.

pack.toml  items.toml  commitments/NN.toml  populations.toml  who.toml  departments.toml
units.toml  parameters.toml  areas.toml  registers.toml
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from taizhang.ledger.packs.model import (
    Basis,
    Clause,
    Label,
    LedgerPack,
    PackArea,
    PackCommitment,
    PackItem,
    PackParameter,
    PackRegister,
    Population,
)
from taizhang.ledger.packs.registers import read_registers
from taizhang.ledger.packs.toml import Table, read_file
from taizhang.lib.windows import Period
from taizhang.measures.catalogue import Area
from taizhang.measures.commitments import Commitment, Comparator, Kind, Modality, Scope
from taizhang.measures.periods import Body

SCHEMA = 1
LEAD_RULES = ("first_named",)
THRESHOLD_SOURCES = ("text", "law", "province_target", "practice", "default")
CONFIDENCES = ("high", "medium", "low")
_VERSION = re.compile(r"\d{1,6}(\.\d{1,6}){0,3}", re.ASCII)
_SHA256 = re.compile("[0-9a-f]{64}")

V = TypeVar("V")


def load_pack(folder: Path) -> LedgerPack:
    """The pack in `folder`.

    Raises PackError, naming file and key, when a file is missing or no TOML, a key is missing,
    unknown or of another type, or a name refers to nothing. Formulas are not parsed here.
    """
    head = read_file(folder, "pack.toml")
    schema = head.integer("schema")
    if schema != SCHEMA:
        raise head.error("schema", f"schema {schema} is not {SCHEMA}, which this version reads")
    departments = _labels(read_file(folder, "departments.toml"), "department", "zh")
    known = _Known(
        who=_labels(read_file(folder, "who.toml"), "who", "code"),
        populations=_populations(read_file(folder, "populations.toml")),
        units=_labels(read_file(folder, "units.toml"), "unit", "en"),
        registers=read_registers(read_file(folder, "registers.toml")),
        planned_default=_planned_default(head),
    )
    lead_is_confirmed = _lead_is_confirmed(head)
    pack = LedgerPack(
        key=head.text("key"),
        version=_version(head),
        schema=schema,
        title=_label(head, "title_"),
        basis=_basis(head.table("basis")),
        lead_is_confirmed=lead_is_confirmed,
        items=_items(folder, departments, known),
        departments=departments,
        who=known.who,
        populations=known.populations,
        parameters=_parameters(read_file(folder, "parameters.toml")),
        units=known.units,
        areas=_areas(read_file(folder, "areas.toml")),
        registers=known.registers,
    )
    head.close()
    return pack


@dataclass(frozen=True, slots=True)
class _Known:
    """What commitments refer to."""

    who: Mapping[str, Label]
    populations: Mapping[str, Population]
    units: Mapping[str, Label]
    registers: Mapping[str, PackRegister]
    planned_default: date


def _version(head: Table) -> str:
    version = head.text("version")
    if not _VERSION.fullmatch(version):
        raise head.error("version", f"{version!r} is not numbers parted by dots, such as 1.2")
    return version


def _planned_default(head: Table) -> date:
    table = head.table("milestones")
    day = table.day("planned_default")
    table.close()
    return day


def _lead_is_confirmed(head: Table) -> bool:
    table = head.table("lead")
    table.one_of("rule", LEAD_RULES, "lead rule")
    confirmed = table.flag("confirmed")
    table.close()
    return confirmed


def _basis(table: Table) -> Basis:
    basis = Basis(table.text("issuer"), table.text("document_number"), table.day("date"))
    table.close()
    return basis


def _label(table: Table, prefix: str = "") -> Label:
    return Label(table.text(f"{prefix}zh"), table.text(f"{prefix}en"))


def _labels(file: Table, name: str, key: str) -> dict[str, Label]:
    """The labels of a plain list, by the key that names each."""
    labels: dict[str, Label] = {}
    for table in file.tables(name, key):
        _add(labels, table, key, table.text(key), _label(table))
        table.close()
    file.close()
    return labels


def _populations(file: Table) -> dict[str, Population]:
    populations: dict[str, Population] = {}
    for table in file.tables("population", "id"):
        population = Population(table.text("id"), _label(table), table.text("definition"))
        _add(populations, table, "id", population.id, population)
        table.close()
    file.close()
    return populations


def _parameters(file: Table) -> dict[str, PackParameter]:
    parameters: dict[str, PackParameter] = {}
    for table in file.tables("parameter", "name"):
        value = table.number("value") if table.has("value") else None
        parameter = PackParameter(table.text("name"), _label(table), value)
        _add(parameters, table, "name", parameter.name, parameter)
        table.close()
    file.close()
    return parameters


def _areas(file: Table) -> tuple[PackArea, ...]:
    areas: dict[str, PackArea] = {}
    tables = file.tables("area", "code")
    codes = [table.text("code") for table in tables]
    for table in tables:
        label = _label(table)
        parent = table.one_of("parent", codes, "area") if table.has("parent") else None
        congress, government = table.flag("has_congress"), table.flag("has_government")
        area = Area(table.text("code"), label.zh, parent, congress, government)
        _add(areas, table, "code", area.code, PackArea(area, label))
        table.close()
    file.close()
    if sum(entry.area.parent is None for entry in areas.values()) != 1:
        raise file.error("area", "exactly one area, the city itself, has no parent")
    return tuple(areas.values())


def _items(folder: Path, departments: Collection[str], known: _Known) -> tuple[PackItem, ...]:
    file = read_file(folder, "items.toml")
    items: dict[str, PackItem] = {}
    for table in file.tables("item", "number"):
        number = table.integer("number")
        named = table.some_of("departments", departments, "department")
        text_hash = table.text("text_hash")
        if not _SHA256.fullmatch(text_hash):
            raise table.error("text_hash", "is not a SHA-256 in hexadecimal")
        item = PackItem(
            number=number,
            title=_label(table, "title_"),
            departments=named,
            lead=table.one_of("lead", named, "department of this item"),
            cooperating=table.some_of("cooperating", named, "department of this item"),
            text_hash=text_hash,
            commitments=_commitments(folder, number, known),
        )
        _add(items, table, "number", str(number), item)
        table.close()
    file.close()
    return tuple(items.values())


def _commitments(folder: Path, number: int, known: _Known) -> tuple[PackCommitment, ...]:
    file = read_file(folder, f"commitments/{number:02d}.toml")
    commitments: dict[str, PackCommitment] = {}
    for table in file.tables("commitment", "code"):
        entry = _commitment(table, known)
        if not entry.code.startswith(f"{number}."):
            raise table.error("code", f"{entry.code!r} is not of item {number}")
        _add(commitments, table, "code", entry.code, entry)
        table.close()
    file.close()
    return tuple(commitments.values())


def _commitment(table: Table, known: _Known) -> PackCommitment:
    note = _label(table, "note_") if table.has("note_en") else None
    clause = table.table("clause")
    start, end = clause.integer("start"), clause.integer("end")
    if not 0 <= start < end:
        raise clause.error("end", f"no text from {start} to {end}")
    clause.close()
    return PackCommitment(
        commitment=_measured(table, known),
        duty=_label(table, "duty_"),
        who_owes=table.some_of("who_owes", known.who, "body"),
        register=table.one_of("register", known.registers, "register"),
        registers=table.some_of("registers", known.registers, "register"),
        confidence=table.one_of("confidence", CONFIDENCES, "confidence"),
        evidence=_label(table, "evidence_"),
        note=note,
        clause=Clause(start, end),
        replaces=table.optional_text("replaces"),
    )


def _measured(table: Table, known: _Known) -> Commitment:
    kind = table.choice("measure_kind", Kind)
    return Commitment(
        code=table.text("code"),
        kind=kind,
        scope=table.choice("scope", Scope),
        population=table.one_of("population", known.populations, "population"),
        numerator=table.optional_text("numerator"),
        denominator=table.optional_text("denominator"),
        comparator=table.choice("comparator", Comparator),
        target=_target(table, kind),
        unit=table.one_of("unit", known.units, "unit"),
        period=table.choice("period", Period),
        by=table.texts("by"),
        modality=table.choice("modality", Modality),
        threshold_source=table.one_of("threshold_source", THRESHOLD_SOURCES, "source"),
        planned=_planned(table, kind, known.planned_default),
        term_body=_term_body(table),
    )


def _target(table: Table, kind: Kind) -> Decimal | tuple[Decimal, Decimal] | None:
    """A trend has no target of its own: it is the window before."""
    if kind is Kind.TREND:
        return None
    return table.pair_of_numbers("value") if kind is Kind.RANGE else table.number("value")


def _term_body(table: Table) -> Body:
    """Whose terms of office are meant, the union congress's where the pack leaves it out."""
    return table.choice("term_body", Body) if table.has("term_body") else Body.UNION_CONGRESS


def _planned(table: Table, kind: Kind, default: date) -> date | None:
    if table.has("planned"):
        return table.day("planned")
    return default if kind is Kind.MILESTONE else None


def _add(known: dict[str, V], table: Table, key: str, name: str, value: V) -> None:
    if name in known:
        raise table.error(key, f"{name!r} stands twice")
    known[name] = value
