"""The rules of R28, R29 and R43, with messages in both languages (handbook 2.5)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from taizhang.core.organisations.testing import FederationFactory
from taizhang.core.parameters.clock import fix_status_date
from taizhang.core.records.models import RecordStatus
from taizhang.domains.congress.models import (
    Congress,
    CongressKind,
    CongressMatter,
    CongressSystem,
    Grade,
)
from taizhang.domains.congress.tests.factories import (
    CongressFactory,
    CongressMatterFactory,
    CongressSystemFactory,
)
from taizhang.registers.packages.load import load_package
from taizhang.registers.spec import REGISTERS
from taizhang.registers.testing import chinese
from taizhang.registers.values import validate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _status_date(tree):
    fix_status_date(date(2026, 9, 30), source="test")


def faults(record) -> dict[str, list[str]]:
    """What is wrong with the record by the rules of its row and its register: field → messages,
    in English and before their values are filled in."""
    spec = REGISTERS[record.REGISTER.rpartition(".")[2]]
    with override("en"):
        try:
            validate(spec, record, {}, exclude=["entered_by"])
        except ValidationError as fault:
            return {
                field: [str(each.message) for each in each_field]
                for field, each_field in fault.error_dict.items()
            }
    return {}


def assert_refused(record, field: str) -> None:
    """The field is refused, in English and in Chinese."""
    assert chinese()[faults(record)[field][0]]


def row(made):
    """A stored record as it is read back."""
    return type(made).objects.get(pk=made.pk)


class TestCongress:
    @pytest.mark.parametrize(
        "field", ["employer", "kind", "held_on", "headcount", "delegates", "managers", "present"]
    )
    def test_what_every_session_needs(self, field):
        session = row(CongressFactory())

        setattr(session, session._meta.get_field(field).attname, None)

        assert faults(session)

    @pytest.mark.parametrize("field", ["org", "session_no", "notice_on", "published_on"])
    def test_what_a_session_may_leave_open(self, field):
        session = row(CongressFactory())
        empty = None if Congress._meta.get_field(field).null else ""

        setattr(session, field, empty)

        assert faults(session) == {}

    def test_the_closed_sets_are_those_of_the_handbook(self):
        assert (CongressKind.values, Grade.values) == (
            ["congress", "general_meeting", "regional", "industry"],
            ["none", "C", "B", "A"],
        )

    @pytest.mark.parametrize(
        ("kind", "is_refused"),
        [("congress", True), ("general_meeting", True), ("regional", False), ("industry", False)],
    )
    def test_only_a_regional_or_industry_congress_has_no_unit(self, kind, is_refused):
        session = row(CongressFactory())

        session.kind, session.employer = kind, None

        assert bool(faults(session)) is is_refused
        if is_refused:
            assert_refused(session, "__all__")

    def test_a_regional_congress_belongs_to_no_single_unit(self, tree):
        session = row(CongressFactory(org=FederationFactory()))

        session.kind = CongressKind.REGIONAL

        assert_refused(session, "__all__")

    def test_only_a_general_meeting_states_no_managers(self):
        session = row(CongressFactory())

        session.managers = None
        refused = faults(session)
        session.kind = CongressKind.GENERAL_MEETING

        assert refused
        assert faults(session) == {}

    @pytest.mark.parametrize(
        ("field", "refused", "allowed"),
        [
            ("managers", 82, 81),
            ("present", 82, 81),
            ("notice_on", date(2026, 3, 21), date(2026, 3, 20)),
            ("published_on", date(2026, 3, 19), date(2026, 3, 20)),
        ],
    )
    def test_limits_of_numbers_and_days(self, field, refused, allowed):
        session = row(CongressFactory(delegates=81, held_on=date(2026, 3, 20)))

        setattr(session, field, refused)
        assert_refused(session, "__all__")
        setattr(session, field, allowed)

        assert faults(session) == {}

    def test_an_invalid_session_is_recorded_as_it_was(self):
        session = row(CongressFactory())

        session.present, session.managers = 1, 81

        assert faults(session) == {}

    @pytest.mark.parametrize(
        ("session_no", "is_refused"),
        [("三届二次", False), ("第三届第2次职代会", False), ("2026年职代会", True), ("三届", True)],
    )
    def test_a_session_is_named_by_term_and_number(self, session_no, is_refused):
        session = row(CongressFactory())

        session.session_no = session_no

        assert bool(faults(session)) is is_refused
        if is_refused:
            assert_refused(session, "session_no")

    @pytest.mark.parametrize(
        ("status", "held_on", "is_refused"),
        [
            (RecordStatus.DRAFT, date(2026, 10, 1), False),
            (RecordStatus.VERIFIED, date(2026, 10, 1), True),
            (RecordStatus.VERIFIED, date(2026, 9, 30), False),
        ],
    )
    def test_only_a_verified_session_must_have_been_held(self, status, held_on, is_refused):
        session = row(CongressFactory())

        session.record_status, session.held_on = status, held_on

        assert bool(faults(session)) is is_refused
        if is_refused:
            assert_refused(session, "held_on")

    def test_as_many_are_present_as_voted_yes_on_any_matter(self):
        session = CongressFactory(present=60)
        CongressMatterFactory(congress=session, yes=55)
        CongressMatterFactory(congress=session, yes=58, record_status=RecordStatus.VOID)

        session.present = 54
        assert_refused(session, "present")
        session.present = 55

        assert faults(session) == {}

    def test_the_union_of_the_unit_sees_what_the_county_entered(self, tree, wang, qian):
        session = CongressFactory(employer=tree.factory, owner_org=tree.haigang)
        matter = CongressMatterFactory(congress=session, owner_org=tree.haigang, region_id=None)
        system = CongressSystemFactory(employer=tree.factory, owner_org=tree.haigang)

        seen = [type(each).objects.visible_to(wang).count() for each in (session, matter, system)]
        unseen = [type(each).objects.visible_to(qian).count() for each in (session, matter, system)]

        assert (seen, unseen) == ([1, 1, 1], [0, 0, 0])


class TestCongressMatter:
    @pytest.mark.parametrize("field", ["congress", "title", "vital", "secret", "yes"])
    def test_what_every_matter_needs(self, field):
        matter = row(CongressMatterFactory())

        setattr(matter, matter._meta.get_field(field).attname, None)

        assert field in faults(matter)

    @pytest.mark.parametrize(("yes", "is_refused"), [(54, False), (55, True)])
    def test_no_more_vote_yes_than_are_present(self, yes, is_refused):
        matter = row(CongressMatterFactory(congress__present=54))

        matter.yes = yes

        assert bool(faults(matter)) is is_refused
        if is_refused:
            assert_refused(matter, "yes")

    def test_nobody_is_asked_who_voted_how(self):
        fields = set(REGISTERS["congress_matter"].fields)

        assert fields == {"congress", "title", "vital", "secret", "yes"}


class TestCongressSystem:
    @pytest.mark.parametrize(
        "field", [name for name in REGISTERS["congress_system"].fields if name != "employer"]
    )
    def test_a_system_needs_its_unit_only(self, field):
        system = row(CongressSystemFactory())
        empty = None if CongressSystem._meta.get_field(field).null else ""

        setattr(system, CongressSystem._meta.get_field(field).attname, empty)

        assert faults(system) == {}

    def test_a_unit_has_one_row_until_that_is_void(self):
        first = CongressSystemFactory()
        second = CongressSystemFactory.build(employer=first.employer, record_no="S-2")

        assert_refused(second, "__all__")
        CongressSystem.objects.update(record_status=RecordStatus.VOID)

        assert faults(second) == {}

    def test_vital_matters_are_those_of_a_year(self):
        system = row(CongressSystemFactory(vital_done=2))

        system.year = None

        assert_refused(system, "__all__")

    def test_not_fewer_vital_matters_than_the_congress_voted_on_in_that_year(self):
        system = CongressSystemFactory(year=2026, vital_done=None)
        session = CongressFactory(employer=system.employer, held_on=date(2026, 1, 1))
        CongressMatterFactory.create_batch(2, congress=session)
        CongressMatterFactory(congress=session, vital=False)
        CongressMatterFactory(congress=session, record_status=RecordStatus.DRAFT)
        earlier = CongressFactory(employer=system.employer, held_on=date(2025, 12, 31))
        CongressMatterFactory(congress=earlier)
        CongressMatterFactory()

        system.vital_done = 1
        assert_refused(system, "vital_done")
        system.vital_done = 2

        assert faults(system) == {}


class TestPackage:
    SESSION = "record_no,employer,kind,held_on,headcount,delegates,managers,present\n"
    MATTER = "congress,title,vital,secret,yes\n"

    def load(self, folder, **files):
        for slug, text in files.items():
            (folder / f"{slug}.csv").write_text(text, encoding="utf-8")
        return load_package(folder, by=None)

    def test_votes_are_compared_with_a_session_of_the_same_package(self, tree, tmp_path):
        session = f"C-1,{tree.factory.uscc},congress,2026-03-20,900,81,16,54\n"

        report = self.load(
            tmp_path,
            congress=self.SESSION + session,
            congress_matter=self.MATTER + "C-1,方案甲,true,true,54\nC-1,方案乙,true,true,55\n",
        )

        assert [(f.file, f.row, f.column, f.value) for f in report.faults] == [
            ("congress_matter.csv", 3, "yes", "55")
        ]

    def test_a_package_gives_a_unit_one_row(self, tree, tmp_path):
        code = tree.factory.uscc

        report = self.load(
            tmp_path,
            congress_system=f"record_no,employer,record_status\nS-1,{code},verified\n"
            f"S-2,{code},void\nS-3,{code},draft\n",
        )

        assert [(f.row, f.column, f.value) for f in report.faults] == [(4, "employer", code)]

    def test_a_package_does_not_repeat_a_unit_that_has_its_row(self, tree, tmp_path):
        system = CongressSystemFactory(employer=tree.factory)
        code = tree.factory.uscc

        report = self.load(tmp_path, congress_system=f"record_no,employer\nS-2,{code}\n")

        assert [(f.row, f.column) for f in report.faults] == [(2, "employer")]
        assert list(CongressSystem.objects.all()) == [system]

    def test_what_is_right_is_loaded(self, tree, tmp_path):
        session = f"C-1,{tree.factory.uscc},congress,2026-03-20,900,81,16,54\n"

        report = self.load(
            tmp_path,
            congress=self.SESSION + session,
            congress_matter=self.MATTER + "C-1,方案甲,true,true,41\n",
        )

        assert report.faults == ()
        assert CongressMatter.objects.get().congress == Congress.objects.get()
