"""Dumping and loading are lossless: what was written out and read in again is written out the same.

Records of every register are made up, with texts as nasty as a keyboard allows.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taizhang.core.audit.models import AuditRow
from taizhang.core.organisations.models import Lineage, Organisation, Post, Term
from taizhang.core.organisations.testing import (
    EmployerFactory,
    OrganisationFactory,
    PostFactory,
    TermFactory,
)
from taizhang.core.parameters.clock import fix_status_date
from taizhang.core.records.fields import EncryptedTextField, IntListField
from taizhang.core.records.models import Confidentiality, Record, RecordStatus, Source
from taizhang.domains.congress.tests.factories import (
    CongressFactory,
    CongressMatterFactory,
    CongressSystemFactory,
)
from taizhang.domains.finance.models import Fund
from taizhang.domains.finance.tests.factories import EducationFundFactory, FundFactory
from taizhang.domains.followup.tests.factories import ExemptionFactory
from taizhang.domains.honours.tests.factories import HonourFactory
from taizhang.domains.leadership.models import Meeting
from taizhang.domains.leadership.tests.factories import (
    MeetingFactory,
    ParticipationFactory,
    PolicyFactory,
    SubmissionFactory,
)
from taizhang.domains.skills.tests.factories import BaseFactory, TrainingFactory
from taizhang.registers.actions import create_record
from taizhang.registers.packages.dump import (
    FolderInUse,
    NameNotUnique,
    NotForPersonal,
    dump_package,
    personal_fields,
)
from taizhang.registers.packages.load import load_package
from taizhang.registers.packages.read import tables_in
from taizhang.registers.packages.tests.test_cells import values_of
from taizhang.registers.packages.write import Form
from taizhang.registers.spec import REGISTERS, RegisterSpec
from taizhang.registers.testing_cast import create_account
from taizhang.registers.values import put, standing_lists, validate

pytestmark = pytest.mark.django_db

FACTORIES = {
    factory._meta.model.REGISTER.rpartition(".")[2]: factory
    for factory in (
        OrganisationFactory,
        EmployerFactory,
        PostFactory,
        TermFactory,
        MeetingFactory,
        SubmissionFactory,
        ParticipationFactory,
        PolicyFactory,
        ExemptionFactory,
        CongressFactory,
        CongressMatterFactory,
        CongressSystemFactory,
        BaseFactory,
        TrainingFactory,
        EducationFundFactory,
        FundFactory,
        HonourFactory,
    )
}
NASTY = st.sampled_from(
    [
        'a "quoted", part',
        "一\n二\r\n三",
        "  blanks around　",
        "x; y；z",
        "'0123",
        "=1+1",
        "\tTab",
        "NULL",
        "true",
        "2026-09-30",
        "1e5",
        "#N/A",
        "𠮷野家",
    ]
)
MOMENTS = st.datetimes(timezones=st.just(UTC)).filter(lambda moment: 1970 < moment.year < 2100)


@pytest.fixture
def reader(tree):
    """Somebody who may read every register everywhere, the names of persons among it."""
    roles = ("DC", "DH", "FN", "PM")
    return create_account("reader", "阅", *((role, tree.city) for role in roles))


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_what_is_dumped_and_loaded_is_dumped_the_same(data, tree, tmp_path_factory):
    base = tmp_path_factory.mktemp("dump")
    form = data.draw(st.sampled_from(Form))
    with transaction.atomic():
        fix_status_date(date(2026, 9, 30), source="test")
        for slug in data.draw(st.lists(st.sampled_from(sorted(FACTORIES)), min_size=1, max_size=4)):
            _vary(data, REGISTERS[slug], _made(slug, tree))

        first = _everything(base / "first", form)
        _empty_the_database()
        report = load_package(base / "first", by=None)
        again = _everything(base / "again", form)

        assert [str(fault) for fault in report.faults] == []
        assert again == first
        transaction.set_rollback(True)


def test_rings_and_lists_of_references_come_back(tree, tmp_path):
    tree.factory.township, tree.factory.owner_org = tree.plant, tree.plant
    tree.factory.save()
    tree.city.owner_org = tree.city
    tree.city.save()
    other = EmployerFactory(record_no="EMP-2")
    OrganisationFactory(
        record_no="ORG-JOINT",
        org_type="joint_union",
        parent=tree.haigang,
        employer=[other, tree.factory],
    )

    first = _everything(tmp_path / "first", Form.CSV)
    _empty_the_database()
    load_package(tmp_path / "first", by=None)

    assert _everything(tmp_path / "again", Form.CSV) == first
    joint = Organisation.objects.get(record_no="ORG-JOINT")
    assert {each.record_no for each in joint.employer.all()} == {"EMP-2", "EMP-PLANT"}
    assert Organisation.objects.get(record_no="ORG-CITY").owner_org.record_no == "ORG-CITY"


@pytest.mark.parametrize("status", RecordStatus)
def test_rows_of_every_state_come_back_in_it(tree, tmp_path, status):
    MeetingFactory(record_no="M-1", record_status=status)

    _everything(tmp_path / "first", Form.CSV)
    _empty_the_database()
    load_package(tmp_path / "first", by=None)

    meeting = Meeting.objects.get()
    assert (meeting.record_status, meeting.verified_by) == (status, None)


def test_common_fields_come_back_and_a_field_of_the_register_goes_before_them(tree, tmp_path):
    MeetingFactory(
        record_no="M-1",
        source=Source.EXTERNAL_LETTER,
        external_ref="冀工函〔2026〕1号",
        confidentiality=Confidentiality.C,
        entered_at=datetime(2026, 4, 1, 8, 30, 15, 123456, UTC),
    )
    FundFactory(record_no="F-1", source="donation")

    _everything(tmp_path / "first", Form.CSV)
    _empty_the_database()
    load_package(tmp_path / "first", by=None)

    meeting = Meeting.objects.get()
    assert (meeting.source, meeting.external_ref) == ("external_letter", "冀工函〔2026〕1号")
    assert (meeting.confidentiality, meeting.entered_at.microsecond) == ("C", 123456)
    assert Fund.objects.get().source == "donation"


def test_personal_fields_are_left_out_and_named_unless_asked_for(tree, reader, tmp_path):
    PostFactory(record_no="P-1", org=tree.plant, person_name="张某", party_member="yes")

    without = dump_package(tmp_path / "without", by=None)
    with_them = dump_package(tmp_path / "with", by=reader, personal=True)

    assert "张某" not in (tmp_path / "without" / "post.csv").read_text("utf-8")
    assert without.left_out == {"post": ("person_name", "gender", "birth_year", "party_member")}
    assert without.not_loadable == ("post",)
    assert "张某" in (tmp_path / "with" / "post.csv").read_text("utf-8")
    assert (with_them.left_out, with_them.not_loadable) == ({}, ())


@pytest.mark.parametrize("who", ["nobody", "liu", "without_party_membership"])
def test_personal_fields_are_not_for_those_who_may_not_read_them_all(
    tree, liu, reader, tmp_path, who
):
    if who == "without_party_membership":
        reader.grants.get(role="PM").delete()
    by = {"nobody": None, "liu": liu, "without_party_membership": reader}[who]

    with pytest.raises(NotForPersonal):
        dump_package(tmp_path / "dump", by=by, personal=True)

    assert not (tmp_path / "dump").exists()


def test_a_dump_is_in_the_change_log_and_its_files_are_for_their_owner_alone(
    tree, reader, tmp_path
):
    dump_package(tmp_path / "dump", by=reader, personal=True)

    row = AuditRow.objects.get(action="dump_package")
    assert (row.actor, row.changes["personal"], row.changes["org"]) == (
        reader,
        [None, True],
        [None, 4],
    )
    assert {path.stat().st_mode & 0o777 for path in tables_in(tmp_path / "dump")} == {0o600}


def test_only_the_registers_named_are_written(tree, tmp_path):
    report = dump_package(tmp_path, by=None, registers=["employer"])

    assert report.written == {"employer": 1}
    assert [path.name for path in tables_in(tmp_path)] == ["employer.csv"]


def test_a_folder_with_tables_is_not_written_into(tree, tmp_path):
    (tmp_path / "old.csv").write_text("a\n")

    with pytest.raises(FolderInUse):
        dump_package(tmp_path, by=None)


def test_a_number_that_would_be_taken_for_a_code_is_named(tree, tmp_path):
    OrganisationFactory(record_no=tree.factory.uscc, parent=tree.haigang)
    tree.plant.uscc = tree.factory.uscc
    tree.plant.save()

    with pytest.raises(NameNotUnique):
        dump_package(tmp_path, by=None)


def test_the_command_tells_what_it_wrote_and_what_it_left_out(tree, tmp_path, capsys):
    PostFactory(org=tree.plant)

    call_command("dump", str(tmp_path / "dump"))

    out = capsys.readouterr().out
    assert "4  org" in out
    assert "personal fields left out: person_name" in out
    with pytest.raises(CommandError, match="name an empty folder"):
        call_command("dump", str(tmp_path / "dump"))
    with pytest.raises(CommandError, match="may read all of “post”"):
        call_command("dump", str(tmp_path / "other"), "--personal")


@pytest.mark.parametrize("text", ["a\x00b", "a\x07b", "\ufffe"])
def test_a_text_that_a_package_cannot_carry_is_refused_at_entry(tree, liu, text):
    values = _meeting_values(tree) | {"agenda": text}

    with pytest.raises(ValidationError) as refusal:
        create_record(REGISTERS["meeting"], values, by=liu)

    assert set(refusal.value.error_dict) == {"agenda"}


def test_a_text_is_kept_as_a_package_carries_it(tree, liu):
    values = _meeting_values(tree) | {"agenda": "　一、工会工作\r\n二、其他 \r\n"}

    meeting = create_record(REGISTERS["meeting"], values, by=liu)

    assert meeting.agenda == "一、工会工作\n二、其他"


def _meeting_values(tree) -> dict[str, object]:
    return {
        "kind": "gov_union_joint",
        "convener_level": "county",
        "region": tree.areas["130302"],
        "convener": "海港区人民政府",
        "held_on": date(2026, 3, 18),
    }


def _made(slug: str, tree) -> Record:
    """A record that keeps all rules; organisations stand below Haigang's federation."""
    places = {
        "org": lambda: {"parent": tree.haigang, "employer": [EmployerFactory()]},
        "post": lambda: {"org": tree.plant},
    }
    return FACTORIES[slug](owner_org=tree.haigang, **places.get(slug, dict)())


def _vary(data: st.DataObject, spec: RegisterSpec, record: Record) -> None:
    """Other values in some fields, as far as the rules of the register allow them."""
    strategies = {
        name: _values(spec.model._meta.get_field(name))
        for name in (*spec.fields, "external_ref")
        if not spec.model._meta.get_field(name).is_relation
    }
    strategies["record_status"] = st.sampled_from(RecordStatus)
    strategies["entered_at"] = MOMENTS
    for name in data.draw(st.lists(st.sampled_from(sorted(strategies)), unique=True, max_size=8)):
        before = getattr(record, name)
        put(spec, record, {name: data.draw(strategies[name])})
        try:
            validate(spec, record, standing_lists(spec, record, {}))
        except ValidationError:
            setattr(record, name, before)
    validate(spec, record, standing_lists(spec, record, {}))
    record.save()


def _values(field: models.Field) -> st.SearchStrategy:
    if field.choices:
        return values_of(field)
    if isinstance(field, IntListField):
        return st.lists(st.integers(1990, 2100), max_size=4)
    if isinstance(field, models.BooleanField):
        return st.sampled_from([True, False, *([None] if field.null else [])])
    if isinstance(field, models.IntegerField):
        return st.integers(2000, 2100) if "year" in field.name else st.integers(0, 32_000)
    if isinstance(field, models.DecimalField):
        largest = 10 ** min(field.max_digits - field.decimal_places, 12) - 1
        return st.decimals(0, largest, places=field.decimal_places)
    is_text = isinstance(field, models.CharField | models.TextField | EncryptedTextField)
    return NASTY if is_text else values_of(field)


def _everything(folder: Path, form: Form) -> dict[str, bytes]:
    """A dump with the personal fields, as its files; the test stands in for who may read them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("taizhang.registers.packages.dump._expect_reader", lambda by, specs: None)
        dump_package(folder, by=None, personal=True, form=form)
    return {path.name: path.read_bytes() for path in tables_in(folder)}


def _empty_the_database() -> None:
    """Without the order that references ask for: they are checked when all is in again."""
    for model in _models():
        model.objects.all()._raw_delete("default")


def _models() -> Iterator[type[models.Model]]:
    yield Lineage
    for spec in REGISTERS.values():
        for field in spec.model._meta.many_to_many:
            yield field.remote_field.through
        yield spec.model


def test_every_register_is_varied():
    assert FACTORIES.keys() == REGISTERS.keys()
    assert all(personal_fields(REGISTERS[slug]) for slug in ("post", "honour"))
    assert {Post, Term} <= {factory._meta.model for factory in FACTORIES.values()}


# The rules of a package are those of the page


@pytest.mark.parametrize("text", ["联系人13800138000", "身份证号 11010519491231002x 已核"])
def test_a_free_text_with_the_number_of_a_person_is_refused_at_entry(tree, liu, text):
    values = _meeting_values(tree) | {"agenda": text}

    with pytest.raises(ValidationError) as refusal:
        create_record(REGISTERS["meeting"], values, by=liu)

    assert set(refusal.value.error_dict) == {"agenda"}
    assert "13800138000" not in str(refusal.value)


@pytest.mark.parametrize(
    ("slug", "make"),
    [
        (
            "education_fund",
            lambda tree: {"employer": tree.factory, "region": tree.areas["130302"], "year": 2025},
        ),
        (
            "term",
            lambda tree: {
                "body": "party_committee",
                "region": tree.areas["130302"],
                "no": 13,
                "start": date(2021, 9, 1),
                "end": date(2026, 9, 1),
            },
        ),
    ],
)
def test_what_stands_once_is_refused_at_entry_the_second_time(tree, liu, slug, make):
    create_record(REGISTERS[slug], make(tree), by=liu)

    with pytest.raises(ValidationError):
        create_record(REGISTERS[slug], make(tree), by=liu)
