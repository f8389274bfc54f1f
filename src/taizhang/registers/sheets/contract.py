"""What the tests of every register inherit about sheets: out and in again, and the same rules."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict

from taizhang.core.access.models import User
from taizhang.core.organisations.models import Area
from taizhang.core.records.models import Record, RecordStatus
from taizhang.registers.actions import create_record
from taizhang.registers.lists.page import list_rows
from taizhang.registers.packages.cells import empty_value
from taizhang.registers.sheets.chore import work_on_imports
from taizhang.registers.sheets.columns import NUMBER, entered_columns
from taizhang.registers.sheets.export import csv_chunks
from taizhang.registers.sheets.models import RunState
from taizhang.registers.sheets.plan import plan_import
from taizhang.registers.sheets.runs import request_undo, request_write
from taizhang.registers.sheets.testing import csv_bytes, uploaded
from taizhang.registers.values import lists_of, standing_lists, stated


class SheetContract:
    """Mixed into `RegisterContract`, which says what `spec`, `make` and `every_field` are."""

    @pytest.fixture(autouse=True)
    def _sheet_folders(self, settings, tmp_path) -> None:
        settings.MEDIA_ROOT = tmp_path / "uploads"
        settings.PROGRESS_DIR = tmp_path / "progress"

    def test_a_sheet_of_its_rows_comes_back_with_nothing_to_change(self, tree, liu):
        self.make(tree.haigang, record_status=RecordStatus.DRAFT, **self.every_field)
        rows = list_rows(self.spec, liu, QueryDict(""))
        content = b"".join(csv_chunks(self.spec, rows, liu))

        run = uploaded(self.spec, liu, content)

        assert run.state == RunState.CHECKED
        assert run.faults == []
        assert {key: count for key, count in run.counts.items() if count} == {
            "unchanged": rows.count()
        }

    def test_a_row_is_entered_as_the_form_enters_it_and_taken_back(self, tree, liu):
        model = self.make(tree.haigang, record_status=RecordStatus.DRAFT, **self.every_field)
        values = self._values_of(model, liu)
        wanted = self._facts(model, values)
        model.delete()
        before = self.spec.model.objects.count()

        run = uploaded(self.spec, liu, csv_bytes(values, map(_cell, values.values())))
        assert run.faults == []
        request_write(run)
        work_on_imports()
        saved = self.spec.model.objects.get(batch__isnull=False)
        facts = self._facts(saved, values)
        run.refresh_from_db()
        request_undo(run)
        work_on_imports()
        run.refresh_from_db()

        assert facts == wanted
        assert (saved.record_status, saved.entered_by) == (RecordStatus.DRAFT, liu)
        assert saved.record_no.startswith(f"{self.spec.code}-130302-2026-")
        assert run.state == RunState.UNDONE
        assert self.spec.model.objects.count() == before

    def test_a_sheet_accepts_and_refuses_what_the_form_does(self, tree, liu):
        model = self.make(tree.haigang, record_status=RecordStatus.DRAFT, **self.every_field)
        values = self._values_of(model, liu)
        model.delete()

        differing = [
            (name, value)
            for name, value in _variations(self.spec, values)
            if self._form_accepts({**values, name: value}, liu)
            != self._sheet_accepts({**values, name: value}, liu)
        ]

        assert differing == []

    def _values_of(self, record: Record, by: User) -> dict[str, object]:
        lists = standing_lists(self.spec, record, {})
        names = [name for name in entered_columns(self.spec, by) if name != NUMBER]
        return {name: lists[name] if name in lists else getattr(record, name) for name in names}

    def _facts(self, record: Record, values: Mapping[str, object]) -> dict[str, object]:
        return stated(record, values, standing_lists(self.spec, record, {}))

    def _form_accepts(self, values: Mapping[str, object], by: User) -> bool:
        try:
            with transaction.atomic():
                create_record(self.spec, values, by=by)
                transaction.set_rollback(True)
        except ValidationError:
            return False
        return True

    def _sheet_accepts(self, values: Mapping[str, object], by: User) -> bool:
        cells = [list(values), list(map(_cell, values.values()))]
        plan = plan_import(self.spec, cells, 0, dict(enumerate(values)), by=by)
        return not plan.faults


def _variations(spec, values: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Each field emptied, and given another value of its kind."""
    for name, value in values.items():
        field = spec.model._meta.get_field(name)
        if not field.has_default() or name in lists_of(spec):
            yield name, [] if isinstance(value, list) else empty_value(field)
        if isinstance(value, bool):
            yield name, not value
        elif isinstance(value, date):
            yield from ((name, value + timedelta(days=days)) for days in (-4000, 4000))
        elif isinstance(value, int | Decimal):
            yield from ((name, number) for number in (0, type(value)(-1), value * 1000 + 1))
        elif field.choices:
            yield from ((name, choice) for choice, _label in field.flatchoices[:2])
        elif isinstance(value, str):
            yield name, value * 40


def _cell(value: object) -> object:
    """How somebody would write the value in a sheet."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(str(_cell(each)) for each in value)
    if isinstance(value, Area):
        return value.code
    if isinstance(value, Record):
        return value.record_no
    return "" if value is None else value
