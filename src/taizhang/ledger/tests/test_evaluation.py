"""The ledger computes itself from verified records, as a whole or from what changed."""

import fcntl
from datetime import date

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from taizhang.core.organisations.organisations import OrgType
from taizhang.core.organisations.testing import CITY, HAIGANG, OrganisationFactory, PostFactory
from taizhang.core.parameters.clock import fix_status_date, status_date
from taizhang.core.records.models import RecordStatus
from taizhang.domains.leadership.models import Meeting, MeetingKind
from taizhang.ledger import evaluation
from taizhang.ledger.evaluation import evaluate_ledger, evaluate_stale
from taizhang.ledger.models import Commitment, FigureRow, ItemVerdict, StaleRegister
from taizhang.measures.snapshot import write_snapshot
from taizhang.registers.actions import perform
from taizhang.registers.snapshots import take_snapshot
from taizhang.registers.spec import REGISTERS
from taizhang.registers.staleness import mark_stale


def hold_joint_meeting(tree, *, on=date(2026, 3, 12), region=HAIGANG, status=RecordStatus.VERIFIED):
    return Meeting.objects.create(
        record_no=f"R09-{region}-{on}-{status}",
        owner_org=tree.haigang,
        record_status=status,
        entered_at="2026-03-13T01:00:00Z",
        kind=MeetingKind.GOV_UNION_JOINT,
        convener_level="county",
        region_id=region,
        convener="海港区人民政府",
        held_on=on,
    )


def figure(code: str, area: str) -> FigureRow:
    return FigureRow.objects.get(commitment__code=code, area=area)


def everything_kept() -> list[tuple]:
    figures = FigureRow.objects.order_by("commitment__code", "area").values_list(
        "commitment__code", "area", "window", "numerator", "denominator", "value", "verdict"
    )
    verdicts = ItemVerdict.objects.order_by("item", "area").values_list("item", "area", "verdict")
    return [*figures, *verdicts]


def test_a_verified_joint_meeting_meets_the_duty_of_its_area(ledger, tree):
    hold_joint_meeting(tree)

    evaluate_ledger()

    assert figure("5.2", HAIGANG).verdict == "met"
    assert figure("5.2", CITY).met == 1


@pytest.mark.parametrize("status", [RecordStatus.DRAFT, RecordStatus.RETURNED, RecordStatus.VOID])
def test_a_record_that_is_not_verified_counts_for_nothing(ledger, tree, status):
    hold_joint_meeting(tree, status=status)

    evaluate_ledger()

    assert figure("5.2", HAIGANG).verdict == "no_data"


def test_a_row_counts_as_soon_as_the_record_it_names_is_verified(ledger, tree, liu, chen):
    union = OrganisationFactory(
        org_type=OrgType.ENTERPRISE_UNION,
        parent=tree.haigang,
        owner_org=tree.haigang,
        employer=[tree.factory],
        record_status=RecordStatus.SUBMITTED,
        entered_by=liu,
    )
    PostFactory(org=union, full_time=True)
    tree.plant.employer.set([])
    evaluate_ledger()

    perform(REGISTERS["org"], union, "verify", by=chen, version=union.version)
    evaluate_stale()

    kept = everything_kept()
    assert figure("3.6", HAIGANG).numerator == 1
    evaluate_ledger()
    assert everything_kept() == kept


def test_a_snapshot_with_the_columns_of_an_earlier_version_is_not_built_upon(ledger):
    folder = django_settings.SNAPSHOT_DIR
    now = take_snapshot(folder)
    earlier = now.table("meeting").drop_columns(["minutes_no"])
    write_snapshot(folder, {"meeting": earlier}, now)

    taken = take_snapshot(folder, changed=["policy"])

    assert "minutes_no" in taken.tables["meeting"].columns


def test_a_run_waits_for_the_one_before_it(ledger, monkeypatch):
    waited_at = []

    def try_to_run(*_arguments):
        lock = (django_settings.SNAPSHOT_DIR / "RUN").open("w")
        with lock, pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        waited_at.append("keep")

    monkeypatch.setattr(evaluation, "_keep", try_to_run)

    evaluate_ledger()

    assert waited_at == ["keep"]


def test_without_a_current_ledger_there_is_nothing_to_compute(ledger):
    ledger.is_current = False
    ledger.save(update_fields=["is_current"])

    with pytest.raises(CommandError, match="taizhang init"):
        call_command("evaluate")


def test_every_commitment_has_a_figure_for_the_city_and_each_area(ledger):
    evaluate_ledger()

    assert FigureRow.objects.count() == 197 * 10
    assert ItemVerdict.objects.count() == 37 * 10


def test_a_commitment_on_a_register_that_does_not_exist_names_it(ledger):
    evaluate_ledger()

    waiting = Commitment.objects.exclude(register__in=list(REGISTERS)).exclude(numerator="")
    row = figure(waiting[0].code, CITY)
    assert row.verdict == "no_data"
    assert row.reason == f"register_not_offered:{waiting[0].register}"


def test_what_changed_facts_touch_comes_out_as_if_everything_were_computed(ledger, tree):
    evaluate_ledger()
    hold_joint_meeting(tree)
    mark_stale("meeting")

    run = evaluate_stale()

    incremental = everything_kept()
    evaluate_ledger()
    assert run is not None
    assert figure("5.2", HAIGANG).verdict == "met"
    assert incremental == everything_kept()


def test_nothing_is_computed_while_nothing_changes(ledger):
    evaluate_ledger()

    assert evaluate_stale() is None


def test_a_new_day_computes_everything_again(ledger):
    evaluate_ledger()
    fix_status_date(date(2026, 10, 1), source="test")

    run = evaluate_stale()

    assert run is not None
    assert run.as_of == date(2026, 10, 1)


def test_marks_are_gone_once_they_are_computed(ledger):
    evaluate_ledger()
    mark_stale("meeting")

    evaluate_stale()

    assert not StaleRegister.objects.exists()


def test_a_mark_set_while_a_run_begins_waits_for_the_next(ledger, monkeypatch):
    evaluate_ledger()
    mark_stale("policy")

    def day_of_another_change() -> date:
        mark_stale("meeting")
        return status_date()

    monkeypatch.setattr(evaluation, "status_date", day_of_another_change)
    evaluate_stale()

    assert set(StaleRegister.objects.values_list("register", flat=True)) == {"meeting"}
