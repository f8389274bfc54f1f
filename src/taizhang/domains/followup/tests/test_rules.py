"""The rules of R42, each field by each, with messages in both languages (handbook 0.4, 2.5)."""

from datetime import date

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ValidationError
from django.utils.translation import override

from taizhang.core.organisations.testing import CITY, HAIGANG
from taizhang.core.parameters.clock import fix_status_date
from taizhang.core.records.models import RecordStatus
from taizhang.domains.followup.models import Exemption
from taizhang.domains.followup.tests.factories import ExemptionFactory
from taizhang.ledger.current import DEFAULT_PACK, shipped_pack
from taizhang.ledger.establish import establish_ledger
from taizhang.registers.actions import create_record
from taizhang.registers.refusals import EntryRefused
from taizhang.registers.spec import REGISTERS
from taizhang.registers.testing import chinese
from taizhang.registers.values import validate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _status_date(tree):
    fix_status_date(date(2026, 9, 30), source="test")


@pytest.fixture
def ledger(tmp_path, monkeypatch):
    monkeypatch.setattr(django_settings, "SNAPSHOT_DIR", tmp_path / "snapshots")
    return establish_ledger(shipped_pack(DEFAULT_PACK), by=None)


def faults(decision: Exemption) -> dict[str, list[ValidationError]]:
    """What is wrong with the decision as form, import and command would find it, by field."""
    with override("en"):
        try:
            validate(REGISTERS["exemption"], decision, {}, exclude=["entered_by"])
        except ValidationError as fault:
            return fault.error_dict
    return {}


def words(errors: list[ValidationError]) -> str:
    """The one message in English; its Chinese words exist."""
    (error,) = errors
    with override("en"):
        assert chinese()[str(error.message)]
        return error.messages[0]


@pytest.mark.parametrize("field", ["commitment", "reason"])
def test_what_every_decision_needs(field):
    decision = ExemptionFactory.build(**{field: ""})

    assert field in faults(decision)


@pytest.mark.parametrize("field", ["region", "org", "employer", "window", "doc_no"])
def test_what_a_decision_may_leave_open(field):
    decision = ExemptionFactory.build()
    is_text = field in ("window", "doc_no")

    setattr(decision, decision._meta.get_field(field).attname, "" if is_text else None)

    assert faults(decision) == {}


@pytest.mark.parametrize(
    "label",
    ["2026", "2026-Q1", "2026-Q4", "term", "2022-2026", "2026-2030", "2026-09-30", "2024-02-29"],
)
def test_every_window_label_of_the_handbook_is_taken(label):
    decision = ExemptionFactory.build(window=label)

    assert faults(decision) == {}


@pytest.mark.parametrize(
    "label",
    [
        "2026年",
        "26",
        "2026-Q5",
        "2026Q1",
        "2026-09",
        "Term",
        "2022-2025",
        "2022-2027",
        "2022—2026",
        "2026-02-29",
        "20260930",
        "２０２６",
        " 2026",
        "2026-W40-3",
    ],
)
def test_a_label_that_no_window_has_is_refused(label):
    decision = ExemptionFactory.build(window=label)

    told = words(faults(decision)["window"])

    assert told.startswith(f"“{label}” is no window: write 2026, 2026-Q3")


@pytest.mark.parametrize(
    "code", ["13", "13.", ".1", "13.1.1", "一.1", "13-1", "0.1", "１３.1", "5.2\n"]
)
def test_without_a_ledger_a_code_has_at_least_its_form(code):
    decision = ExemptionFactory.build(commitment=code)

    told = words(faults(decision)["commitment"])

    assert told == (f"“{code}” is no code of a commitment: write item and number, such as 13.1.")


def test_without_a_ledger_any_code_in_its_form_is_taken():
    decision = ExemptionFactory.build(commitment="99.9")

    assert faults(decision) == {}


@pytest.mark.parametrize("code", ["13.1", "5.2", "36.1"])
def test_codes_of_the_ledger_are_taken(ledger, code):
    decision = ExemptionFactory.build(commitment=code)

    assert faults(decision) == {}


@pytest.mark.parametrize(
    ("code", "meant"),
    [("13.11", "13.1"), ("5.22", "5.2"), ("36.01", "36.1"), ("13-1", "13.1"), ("５．２", "5.2")],
)
def test_a_code_that_the_ledger_lacks_is_refused_with_the_nearest(ledger, code, meant):
    decision = ExemptionFactory.build(commitment=code)

    told = words(faults(decision)["commitment"])

    assert told == f"The ledger has no commitment “{code}”; did you mean {meant}?"


def test_a_code_that_is_near_to_none_is_refused_all_the_same(ledger):
    decision = ExemptionFactory.build(commitment="joint")

    told = words(faults(decision)["commitment"])

    assert told == "The ledger has no commitment “joint”; look its code up on the board."


@pytest.mark.parametrize(
    ("named", "is_refused"),
    [
        ((), False),
        (("region_id",), False),
        (("org",), False),
        (("employer",), False),
        (("region_id", "org"), True),
        (("region_id", "employer"), True),
        (("org", "employer"), True),
        (("region_id", "org", "employer"), True),
    ],
)
def test_one_decision_names_at_most_one_unit(tree, named, is_refused):
    units = {"region_id": HAIGANG, "org": tree.plant, "employer": tree.factory}
    chosen = {name: units[name] if name in named else None for name in units}
    decision = ExemptionFactory.build(**chosen)

    found = faults(decision)

    assert bool(found) is is_refused
    if is_refused:
        assert words(found["__all__"]).startswith("Name one unit")


def test_only_the_city_takes_a_whole_commitment_out(tree, liu):
    by_the_county = ExemptionFactory.build(region_id=None, owner_org=tree.haigang)
    by_the_city = ExemptionFactory.build(region_id=None, owner_org=tree.city)

    assert words(faults(by_the_county)["region"]) == (
        "Name the unit: only the city decides for a whole commitment."
    )
    assert faults(by_the_city) == {}


def test_a_county_decides_for_itself_alone(tree, liu):
    entered = {"commitment": "13.1", "reason": "无经批准的评比达标表彰项目。"}
    own = entered | {"region": tree.areas[HAIGANG]}
    of_the_city = entered | {"region": tree.areas[CITY]}

    decision = create_record(REGISTERS["exemption"], own, by=liu)
    with pytest.raises(ValidationError) as refusal:
        create_record(REGISTERS["exemption"], of_the_city, by=liu)

    assert decision.record_status == RecordStatus.DRAFT
    assert list(refusal.value.error_dict) == ["region"]


def test_a_primary_union_enters_none(tree, wang):
    entered = {"commitment": "13.1", "reason": "不适用", "org": tree.plant}

    with pytest.raises(EntryRefused):
        create_record(REGISTERS["exemption"], entered, by=wang)


def test_the_county_of_a_union_or_employer_taken_out_by_the_city_is_told(tree, liu, qian):
    by_the_city = {"owner_org": tree.city, "region_id": None}
    of_union = ExemptionFactory(org=tree.plant, **by_the_city)
    of_employer = ExemptionFactory(employer=tree.factory, **by_the_city)
    of_all = ExemptionFactory(**by_the_city)

    seen_by_liu = set(Exemption.objects.visible_to(liu))
    seen_by_qian = set(Exemption.objects.visible_to(qian))

    assert seen_by_liu == {of_union, of_employer}
    assert of_all not in seen_by_liu
    assert seen_by_qian == set()
