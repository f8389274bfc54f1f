"""Writing every record out as a facts package; what `load` makes of it is the same again.

In the files stands what 2.6 of the handbook has of a record: the fields of the register and the
common ones. Evidence, corrections, and who entered and verified a record are not in packages.
"""

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import models, transaction

from taizhang.core.access.models import User
from taizhang.core.audit.trail import write_audit
from taizhang.core.organisations.models import Area
from taizhang.core.records.fields import EncryptedTextField
from taizhang.core.records.models import Confidentiality, Record
from taizhang.registers.packages.cells import SEPARATOR
from taizhang.registers.packages.columns import entered_fields, is_required
from taizhang.registers.packages.read import tables_in
from taizhang.registers.packages.references import key_fields
from taizhang.registers.packages.write import Form, Row, Value, write_package
from taizhang.registers.spec import REGISTERS, RegisterSpec
from taizhang.registers.texts import normal_value

PERSONAL_CLASSES = (Confidentiality.S2, Confidentiality.S3)
OTHERS_NOTHING = 0o077


class FolderInUse(ValueError):
    """The folder holds tables already: two packages in one folder would be loaded as one."""


class NotForPersonal(PermissionError):
    """Personal fields are written out only for somebody who reads them everywhere, all of them."""


class NameNotUnique(ValueError):
    """A record can be named by no key that means it alone; the message names the record."""


@dataclass(frozen=True, slots=True)
class DumpReport:
    """`written`: rows by register. `left_out`: the personal fields that are not in the files.

    `not_loadable`: registers whose files lack a personal field that every row needs.
    """

    written: Mapping[str, int]
    left_out: Mapping[str, tuple[str, ...]]
    not_loadable: tuple[str, ...]


def dump_package(
    folder: Path,
    *,
    by: User | None,
    registers: Collection[str] = (),
    personal: bool = False,
    form: Form = Form.CSV,
) -> DumpReport:
    """Write all records of the registers (of all, when none is named) into the folder.

    Rows are in the order of their numbers and of all states. `personal` includes the encrypted and
    personal fields; without it they are left out, and the report says which.
    Raises FolderInUse, NotForPersonal, NameNotUnique, TooLarge; UnknownKey for a register.
    """
    if folder.is_dir() and tables_in(folder):
        raise FolderInUse(str(folder))
    specs = [REGISTERS[slug] for slug in (registers or REGISTERS)]
    specs.sort(key=list(REGISTERS.values()).index)
    if personal:
        _expect_reader(by, specs)
    hidden = {spec.slug: () if personal else personal_fields(spec) for spec in specs}
    with transaction.atomic():  # all registers as of one moment
        keys = _Keys()
        tables = {spec.slug: list(_rows(spec, hidden[spec.slug], keys)) for spec in specs}
        tables = {slug: rows for slug, rows in tables.items() if rows}
        _write(folder, tables, form)
        report = DumpReport(
            written={slug: len(rows) for slug, rows in tables.items()},
            left_out={slug: hidden[slug] for slug in tables if hidden[slug]},
            not_loadable=tuple(slug for slug in tables if _needs(REGISTERS[slug], hidden[slug])),
        )
        _log(folder, report, by, personal=personal)
    return report


def personal_fields(spec: RegisterSpec) -> tuple[str, ...]:
    """The fields about a person: encrypted, marked personal, or restricted in a personal register.

    Restricted fields elsewhere are amounts, which the figures are computed of.
    """
    is_about_persons = spec.confidentiality in PERSONAL_CLASSES
    return tuple(
        name
        for name, field in entered_fields(spec.model).items()
        if isinstance(field, EncryptedTextField)
        or name in spec.personal
        or (is_about_persons and name in spec.restricted)
    )


class _Keys(dict[type[Record], Mapping[int, str]]):
    """How the records of a register are named in cells, by id; each register is asked once.

    A cell is looked up among the codes first (handbook 2.6 rule 3): a record without a code whose
    number is the code of another could not be told from it.
    """

    def __missing__(self, model: type[Record]) -> Mapping[int, str]:
        keys = key_fields(model)
        rows = list(model.objects.values("pk", *keys))
        codes = {row["uscc"] for row in rows} if "uscc" in keys else set()
        named: dict[int, str] = {}
        for row in rows:
            named[row["pk"]] = row.get("uscc") or row["record_no"]
            if not row.get("uscc") and row["record_no"] in codes:
                raise NameNotUnique(row["record_no"])
        self[model] = named
        return named


def _rows(spec: RegisterSpec, hidden: Collection[str], keys: _Keys) -> Iterator[Row]:
    entered = entered_fields(spec.model).values()
    fields = [field for field in entered if field.name not in hidden]
    lists = {field.name: _listed(field, keys) for field in fields if field.many_to_many}
    for record in sorted(spec.model.objects.all(), key=lambda record: record.record_no):
        yield {
            field.name: lists[field.name].get(record.pk)
            if field.many_to_many
            else _value(record, field, keys)
            for field in fields
        }


def _value(record: Record, field: models.Field, keys: _Keys) -> Value | list[Value]:
    value = getattr(record, field.attname)
    if field.is_relation and value is not None and field.related_model is not Area:
        return keys[field.related_model][value]
    return normal_value(field, value)


def _listed(field: models.ManyToManyField, keys: _Keys) -> Mapping[int, list[str]]:
    """The names of the records that each record's list holds, in the order of the names."""
    through = field.remote_field.through
    source, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    lists: dict[int, list[str]] = {}
    for pk, other in through.objects.values_list(source, target):
        name = keys[field.related_model][other]
        if SEPARATOR in name:
            raise NameNotUnique(name)
        lists.setdefault(pk, []).append(name)
    return {pk: sorted(names) for pk, names in lists.items()}


def _write(folder: Path, tables: Mapping[str, list[Row]], form: Form) -> None:
    """Whoever runs the command owns the files, and nobody else reads them at any moment."""
    usual = os.umask(OTHERS_NOTHING)
    try:
        write_package(folder, tables, form)
    finally:
        os.umask(usual)


def _expect_reader(by: User | None, specs: Collection[RegisterSpec]) -> None:
    for spec in specs:
        if not personal_fields(spec):
            continue
        kept_apart = (spec.restricted.get(name) for name in personal_fields(spec))
        for permission in filter(None, (spec.permission("read"), *kept_apart)):
            reach = by.reach(permission) if by else None
            if reach is None or not reach.everywhere:
                raise NotForPersonal(spec.slug)


def _needs(spec: RegisterSpec, hidden: Collection[str]) -> bool:
    fields = entered_fields(spec.model)
    return any(is_required(spec, fields[name]) for name in hidden)


def _log(folder: Path, report: DumpReport, by: User | None, *, personal: bool) -> None:
    write_audit(
        by=by,
        action="dump_package",
        subject="registers.package",
        subject_no=folder.resolve().name,
        changes={
            "personal": (None, personal),
            **{slug: (None, count) for slug, count in report.written.items()},
        },
    )
