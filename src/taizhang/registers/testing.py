"""What the tests of every register inherit: scope, two persons, form, log, queries, labels.

A register's `tests/test_registers.py` subclasses `RegisterContract`, names its slug and factory,
and says how a record is placed and which of its fields to change.
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import ClassVar

import pytest
from babel.messages.pofile import read_po
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from taizhang.core.access.models import User
from taizhang.core.audit.models import AuditRow
from taizhang.core.audit.trail import chain_faults
from taizhang.core.organisations.models import Organisation
from taizhang.core.organisations.testing import RecordFactory
from taizhang.core.parameters.clock import fix_status_date
from taizhang.core.records.fields import EnumListField
from taizhang.core.records.models import Record, RecordStatus
from taizhang.registers.api.testing import ApiClient
from taizhang.registers.authority import closed_fields
from taizhang.registers.corrections.models import Correction
from taizhang.registers.forms import record_form
from taizhang.registers.lists.page import PAGE_ROWS
from taizhang.registers.sheets.contract import SheetContract
from taizhang.registers.spec import REGISTERS, RegisterSpec
from taizhang.registers.values import is_private, lists_of, standing_lists, stated
from taizhang.registers.views.addressing import record_url

STATUS_DATE = date(2026, 9, 30)
LIST_QUERIES = 9
_PACKAGE = Path(__file__).parents[1]


@pytest.mark.django_db
class RegisterContract(SheetContract):
    """slug, factory: the register and how its rows are made.

    every_field: values for the fields that the factory leaves empty, so that a form that loses
    one is noticed. changed: a text field and two values that two people type into it.
    excluded: fields that must stay empty beside the filled ones.
    primary_unions_enter: False where the matrix (handbook 4.4) keeps the register from them.
    """

    slug: ClassVar[str]
    factory: ClassVar[type[RecordFactory]]
    every_field: ClassVar[dict[str, object]] = {}
    changed: ClassVar[tuple[str, str, str]]
    excluded: ClassVar[frozenset[str]] = frozenset()
    primary_unions_enter: ClassVar[bool] = True

    @property
    def spec(self) -> RegisterSpec:
        return REGISTERS[self.slug]

    def place(self, at: Organisation) -> dict[str, object]:
        """The values by which a record belongs to the union `at`."""
        return {"region_id": at.region_id}

    def make(self, at: Organisation, **values) -> Record:
        return self.factory(**{"owner_org": at, **self.place(at), **values})

    @pytest.fixture(autouse=True)
    def _status_date(self, db) -> None:
        fix_status_date(STATUS_DATE, source="test")

    @pytest.fixture
    def told(self, monkeypatch) -> list[str]:
        """The registers that were said to have changed."""
        heard: list[str] = []
        monkeypatch.setattr("taizhang.registers.staleness.STALE_HOOKS", [heard.append])
        return heard

    def test_own_union_and_those_above_see_a_record_and_nobody_else(
        self, tree, wang, liu, chen, qian, zhao
    ):
        record = self.make(tree.plant)

        answers = {
            person.username: _as(person).get(record_url(self.spec, record)).status_code
            for person in (wang, liu, chen, qian, zhao)
        }

        own = 200 if self.primary_unions_enter else 404
        assert answers == {"wang": own, "liu": 200, "chen": 200, "qian": 404, "zhao": 404}

    def test_the_list_holds_what_the_account_may_see(self, tree, liu, qian, zhao):
        record = self.make(tree.plant)
        address = f"/registers/{self.slug}/"

        seen = _as(liu).get(address)
        unseen = _as(qian).get(address)
        refused = _as(zhao).get(address)

        assert record.record_no in seen.content.decode()
        assert record.record_no not in unseen.content.decode()
        assert refused.status_code == 404

    def test_strangers_are_sent_to_sign_in(self, client, tree):
        record = self.make(tree.plant)

        answer = client.get(record_url(self.spec, record))

        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/login/")

    def test_a_neighbour_can_neither_open_nor_send_the_form(self, tree, qian):
        record = self.make(tree.plant, record_status=RecordStatus.DRAFT)
        address = record_url(self.spec, record, "record_edit")

        opened = _as(qian).get(address)
        sent = _as(qian).post(address, {"version": 1})

        assert (opened.status_code, sent.status_code) == (404, 404)

    def test_a_fact_stands_only_when_a_second_person_verified_it(self, tree, liu, chen, told):
        record = self.make(tree.haigang, record_status=RecordStatus.DRAFT, entered_by=liu)

        submitted = self._step(liu, record, "submit")
        by_oneself = self._step(liu, record, "verify")
        told_before = list(told)
        by_another = self._step(chen, record, "verify")

        assert (submitted, by_oneself, by_another) == (302, 409, 302)
        record.refresh_from_db()
        assert record.record_status == RecordStatus.VERIFIED
        assert (record.entered_by, record.verified_by) == (liu, chen)
        assert (told_before, told) == ([], [self.slug])

    def test_a_record_goes_back_with_a_reason_and_comes_again(self, tree, liu, chen):
        record = self.make(tree.haigang, record_status=RecordStatus.SUBMITTED, entered_by=liu)

        without_reason = self._step(chen, record, "return")
        returned = self._step(chen, record, "return", reason="纪要文号有误")
        again = self._step(liu, record, "submit")

        assert (without_reason, returned, again) == (409, 302, 302)
        record.refresh_from_db()
        assert record.record_status == RecordStatus.SUBMITTED
        rows = AuditRow.objects.filter(subject=self.spec.key, subject_no=record.record_no)
        assert [row.reason for row in rows] == ["纪要文号有误", ""]

    def test_a_verified_record_is_not_changed_in_place(self, tree, liu):
        record = self.make(tree.haigang)
        before = self._stated(record)
        data = self._form_data(record, liu) | {self.changed[0]: self.changed[1]}

        opened = _as(liu).get(record_url(self.spec, record, "record_edit"), follow=True)
        sent = _as(liu).post(record_url(self.spec, record, "record_edit"), data)

        assert opened.redirect_chain[0][0] == record_url(self.spec, record)
        assert sent.status_code == 422
        assert self._stated(type(record).objects.get(pk=record.pk)) == before

    def test_a_verified_record_is_corrected_by_two_persons_and_stands_until_then(
        self, tree, liu, chen, told
    ):
        record = self.make(tree.haigang, entered_by=liu)
        field, _theirs, mine = self.changed
        before = self._stated(record)
        data = self._form_data(record, liu) | {field: mine, "correction_reason": "原件核对有误"}

        proposed = _as(liu).post(record_url(self.spec, record, "correction_new"), data)
        meanwhile = type(record).objects.get(pk=record.pk)
        by_oneself = self._decide(liu, record, "accept")
        told_before = list(told)
        by_another = self._decide(chen, record, "accept")

        assert proposed.status_code == 302, _faults(proposed)
        assert (by_oneself, by_another) == (409, 302)
        assert (meanwhile.record_status, self._stated(meanwhile)) == ("verified", before)
        corrected = type(record).objects.get(pk=record.pk)
        after = self._stated(corrected)
        assert {name for name in after if after[name] != before[name]} == {field}
        assert str(getattr(corrected, field)) == mine
        assert (corrected.record_status, corrected.version) == ("verified", record.version + 1)
        assert (told_before, told) == ([], [self.slug])
        rows = AuditRow.objects.filter(subject=self.spec.key, subject_no=record.record_no)
        assert [(row.action, row.actor) for row in rows] == [
            ("propose_correction", liu),
            ("correct", chen),
        ]
        assert rows[0].changes == rows[1].changes
        assert list(rows[1].changes) == [field]

    def test_a_verified_record_is_made_void_by_two_persons(self, tree, liu, chen, told):
        record = self.make(tree.haigang, entered_by=liu)
        address = record_url(self.spec, record, "correction_void")

        without_reason = _as(liu).post(address, {"version": record.version}).status_code
        proposed = _as(liu).post(address, {"version": record.version, "reason": "重复录入"})
        by_oneself = self._decide(liu, record, "accept")
        told_before = list(told)
        by_another = self._decide(chen, record, "accept")

        assert (without_reason, proposed.status_code) == (409, 302)
        assert (by_oneself, by_another) == (409, 302)
        assert type(record).objects.get(pk=record.pk).record_status == RecordStatus.VOID
        assert (told_before, told) == ([], [self.slug])

    def test_what_the_form_shows_is_what_it_saves(self, tree, liu):
        model = self.make(tree.haigang, record_status=RecordStatus.DRAFT, **self.every_field)
        data, wanted = self._form_data(model, liu), self._stated(model)
        empty = {name for name, value in data.items() if value in ("", [])}
        model.delete()

        answer = _as(liu).post(f"/registers/{self.slug}/new/", data)

        assert empty == self.excluded, "fill these in `every_field`"
        assert answer.status_code == 302, _faults(answer)
        saved = self.spec.model.objects.get(entered_by=liu)
        assert {n: v for n, v in self._stated(saved).items() if n in data} == {
            n: v for n, v in wanted.items() if n in data
        }
        assert saved.record_status == RecordStatus.DRAFT
        assert saved.record_no.startswith(f"{self.spec.code}-130302-2026-")

    def test_an_empty_form_names_what_is_missing_and_saves_nothing(self, tree, liu):
        count = self.spec.model.objects.count()

        answer = _as(liu).post(f"/registers/{self.slug}/new/", {})

        form = answer.context["form"]
        required = {name for name, field in form.fields.items() if field.required}
        assert answer.status_code == 422
        assert required <= form.errors.keys()
        assert self.spec.model.objects.count() == count

    def test_two_people_who_edit_one_record_notice_each_other(self, tree, liu, wang, sun):
        record = self.make(tree.plant, record_status=RecordStatus.DRAFT, entered_by=liu)
        other = wang if self.primary_unions_enter else sun
        address = record_url(self.spec, record, "record_edit")
        field, theirs, mine = self.changed
        opened = self._form_data(record, liu)

        first = _as(other).post(address, opened | {field: theirs})
        second = _as(liu).post(address, opened | {field: mine})
        kept = str(getattr(type(record).objects.get(pk=record.pk), field))
        form = second.context["form"]
        again = _as(liu).post(address, opened | {field: mine, "version": form["version"].value()})

        assert (first.status_code, second.status_code, again.status_code) == (302, 409, 302)
        assert kept == theirs
        conflict = second.context["conflicts"][0]
        assert (conflict.theirs, conflict.mine) == (theirs, mine)
        assert form[field].value() == mine
        assert str(getattr(type(record).objects.get(pk=record.pk), field)) == mine

    def test_every_change_is_in_the_log_and_nothing_personal(self, tree, liu):
        record = self.make(tree.haigang, record_status=RecordStatus.DRAFT, entered_by=liu)
        field, old, new = self.changed
        address = record_url(self.spec, record, "record_edit")
        _as(liu).post(address, self._form_data(record, liu) | {field: old})
        data = self._form_data(type(record).objects.get(pk=record.pk), liu)

        _as(liu).post(address, data | {field: new})
        _as(liu).post(address, data | {field: new, "version": record.version + 2})

        rows = AuditRow.objects.filter(subject=self.spec.key, subject_no=record.record_no)
        assert [row.action for row in rows] == ["change", "change"], "no change writes no row"
        told = ["••••", "••••"] if is_private(self.spec, field) else [old, new]
        assert {name: list(map(str, pair)) for name, pair in rows[1].changes.items()} == {
            field: told
        }
        assert rows[1].actor == liu
        assert list(chain_faults()) == []

    def test_programs_enter_read_and_list_it_within_the_reach_of_their_account(
        self, tree, liu, qian, chen
    ):
        model = self.make(tree.haigang, record_status=RecordStatus.DRAFT, **self.every_field)
        place, client = f"/registers/{self.slug}/records", ApiClient(liu)
        sent = client.get(f"{place}/{model.record_no}").body["fields"]
        left_out = self.excluded | closed_fields(self.spec, liu, None)
        wanted = {name: sent[name] for name in sent if name not in left_out}
        model.delete()

        created = client.post(place, {"fields": wanted})

        assert created.status == 201, created.body
        assert created.body["fields"] == sent
        saved = self.spec.model.objects.get(record_no=created.body["record_no"])
        assert (saved.entered_by, saved.record_status) == (liu, RecordStatus.DRAFT)
        here = f"{place}/{saved.record_no}"
        answers = [ApiClient(person).get(here).status for person in (liu, chen, qian)]
        assert answers == [200, 200, 404]
        listed = {who: ApiClient(who).get(place).body["records"] for who in (liu, qian)}
        numbers = {who: [row["record_no"] for row in rows] for who, rows in listed.items()}
        assert saved.record_no in numbers[liu]
        assert saved.record_no not in numbers[qian]

    def test_more_rows_take_no_more_queries(self, tree, chen):
        client = _as(chen)
        self.make(tree.plant)
        client.get(f"/registers/{self.slug}/")
        few = self._queries(client, f"/registers/{self.slug}/")
        for _n in range(PAGE_ROWS + 5):
            self.make(tree.plant)

        many = self._queries(client, f"/registers/{self.slug}/")

        assert 0 < many <= few <= LIST_QUERIES, (few, many)

    def test_every_label_has_chinese_words(self):
        labels = [self.spec.label, self.spec.purpose, *(p.title for p in self.spec.panels)]
        labels += [entry.label for entry in self.spec.derived.values()]
        for name in self.spec.fields:
            field = self.spec.model._meta.get_field(name)
            labels += [field.verbose_name, field.help_text]
            choices = field.enum if isinstance(field, EnumListField) else field.choices or ()
            labels += [label for _value, label in choices]
        with override("en"):
            texts = {str(label) for label in labels} - {""}

        assert sorted(text for text in texts if not chinese().get(text)) == []

    def test_columns_filters_and_search_are_fields_of_the_register(self):
        names = {field.name for field in self.spec.model._meta.get_fields()}
        used = (*self.spec.columns, *self.spec.filters, *self.spec.fields)
        searched = (name.split("__")[0] for name in self.spec.search)

        assert {*used, *searched, self.spec.ordering.lstrip("-")} <= names
        assert len(set(self.spec.fields)) == len(self.spec.fields)

    def _step(self, by: User, record: Record, name: str, reason: str = "") -> int:
        version = type(record).objects.get(pk=record.pk).version
        address = record_url(self.spec, record, "record_transition", step=name)
        return _as(by).post(address, {"version": version, "reason": reason}).status_code

    def _decide(self, by: User, record: Record, decision: str, reason: str = "") -> int:
        correction = Correction.objects.get(register=self.slug, record=record.pk)
        address = record_url(
            self.spec, record, "correction_decision", pk=correction.pk, decision=decision
        )
        return _as(by).post(address, {"reason": reason}).status_code

    def _form_data(self, record: Record, by: User) -> dict[str, object]:
        form = record_form(self.spec, by, record=type(record).objects.get(pk=record.pk))
        return {name: _as_typed(form[name].value()) for name in form.fields}

    def _stated(self, record: Record) -> dict[str, object]:
        names = (*self.spec.fields, *lists_of(self.spec))
        return stated(record, names, standing_lists(self.spec, record, {}))

    def _queries(self, client: Client, address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)


@cache
def chinese() -> dict[str, str]:
    """The Chinese words of every English text, from the catalogues of all apps."""
    words: dict[str, str] = {}
    for path in sorted(_PACKAGE.rglob("locale/zh_Hans/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id and message.string and not message.fuzzy:
                    words[message.id if isinstance(message.id, str) else message.id[0]] = (
                        message.string if isinstance(message.string, str) else message.string[0]
                    )
    return words


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _as_typed(value: object) -> object:
    return "" if value is None else value


def _faults(answer) -> object:
    return answer.context["form"].errors if answer.context else answer
