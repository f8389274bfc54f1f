"""The change log: rows in a chain, personal values masked, and every tampering found."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from taizhang.core.audit.guard import guard_stands, install_guard
from taizhang.core.audit.models import AuditRow, ChainHead
from taizhang.core.audit.trail import MASK, chain_faults, row_hash, write_audit


@pytest.fixture
def rows(liu) -> list[AuditRow]:
    """Three rows of Liu on one meeting."""
    return [
        write_audit(
            by=liu,
            action=action,
            subject="leadership.meeting",
            subject_no="R09-130302-2026-0001",
            changes={"kind": (None, action)},
        )
        for action in ("create", "change", "submit")
    ]


def test_an_untouched_chain_has_no_faults(rows):
    assert list(chain_faults()) == []


def test_a_changed_row_is_found(rows):
    AuditRow.objects.filter(seq=2).update(changes={"kind": [None, "other"]})

    assert list(chain_faults()) == ["row 2 was changed after it was written"]


def test_a_changed_row_with_its_hash_made_anew_is_found(rows):
    forged = rows[1]
    forged.reason = "forged"
    AuditRow.objects.filter(seq=2).update(reason="forged", hash=row_hash(forged))

    assert list(chain_faults()) == ["row 3 does not follow the row before it"]


def test_a_removed_row_is_found(rows):
    AuditRow.objects.filter(seq=2).delete()

    assert list(chain_faults()) == [
        "rows 2 to 2 are missing",
        "row 3 does not follow the row before it",
    ]


def test_removed_last_rows_are_found(rows):
    AuditRow.objects.filter(seq=3).delete()

    assert list(chain_faults()) == ["the chain ends at row 2, its head says row 3"]


def test_an_inserted_row_is_found(rows, liu):
    AuditRow.objects.filter(seq=3).delete()
    forged = AuditRow(
        seq=3,
        at=rows[2].at,
        actor=liu,
        action="void",
        subject="leadership.meeting",
        previous_hash=rows[1].hash,
    )
    forged.hash = row_hash(forged)
    forged.save(force_insert=True)

    assert list(chain_faults()) == ["row 3 is not the one that was written there"]


def test_a_row_inserted_between_two_is_found(rows, liu):
    forged = AuditRow(seq=4, at=rows[0].at, actor=liu, action="void", subject="leadership.meeting")
    forged.previous_hash = rows[0].hash
    forged.hash = row_hash(forged)
    forged.save(force_insert=True)

    assert next(chain_faults()) == "row 4 does not follow the row before it"


def test_a_row_falls_with_the_action_it_tells_of(liu):
    @transaction.atomic
    def failing_action() -> None:
        write_audit(by=liu, action="create", subject="leadership.meeting")
        raise LookupError

    with pytest.raises(LookupError):
        failing_action()

    assert not AuditRow.objects.exists()
    assert list(chain_faults()) == []


def test_personal_values_are_masked_and_empty_ones_stay_empty(liu):
    row = write_audit(
        by=liu,
        action="change",
        subject="organising.post",
        changes={"person_name": (None, "张某"), "full_time": (False, True)},
        personal={"person_name"},
    )

    assert row.changes == {"person_name": [None, MASK], "full_time": [False, True]}


@pytest.mark.parametrize("number", ["13800138000", "11010519491231002X", "11010519491231002x"])
def test_identity_and_mobile_numbers_are_masked_in_any_text(liu, number):
    row = write_audit(
        by=liu,
        action="void",
        subject="leadership.meeting",
        changes={"agenda": ("", f"联系人{number}。"), "query": (None, {"q": [number]})},
        reason=f"重复，电话 {number}",
    )

    assert row.changes == {"agenda": ["", f"联系人{MASK}。"], "query": [None, {"q": [MASK]}]}
    assert row.reason == f"重复，电话 {MASK}"


@pytest.mark.parametrize(
    "number", ["81130302MC0000012M", "海工字〔2026〕12号", "2026-0001", "1380013800"]
)
def test_other_numbers_are_kept(liu, number):
    row = write_audit(by=liu, action="void", subject="leadership.meeting", reason=number)

    assert row.reason == number


@pytest.mark.parametrize(
    "deed",
    [lambda row: row.update(reason="forged"), lambda row: row.delete()],
    ids=["change", "remove"],
)
def test_the_database_itself_refuses_to_change_or_remove_a_row(rows, deed):
    install_guard(connection)

    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        deed(AuditRow.objects.filter(seq=2))

    assert guard_stands(connection)
    assert AuditRow.objects.count() == 3
    assert list(chain_faults()) == []


def test_the_guard_lets_rows_be_added(rows, liu):
    install_guard(connection)

    write_audit(by=liu, action="verify", subject="leadership.meeting")

    assert ChainHead.objects.get().seq == 4


def test_verify_says_that_all_is_well(rows, capsys):
    install_guard(connection)

    call_command("audit", "verify")

    assert "whole: 3 rows" in capsys.readouterr().out


def test_verify_fails_with_each_fault_and_a_missing_guard(rows):
    AuditRow.objects.filter(seq=2).update(reason="forged")

    with pytest.raises(CommandError) as failure:
        call_command("audit", "verify")

    assert failure.value.returncode == 1
    assert str(failure.value).splitlines() == [
        "row 2 was changed after it was written",
        "the database would let rows be changed: its guard is missing (taizhang audit guard)",
    ]


def test_guard_puts_the_guard_up_again(rows, capsys):
    call_command("audit", "guard")

    assert guard_stands(connection)


def test_show_prints_the_rows_of_one_subject_newest_last(rows, capsys):
    write_audit(by=None, action="fix", subject="parameters.status_date")

    call_command("audit", "show", "--subject", "leadership.meeting", "--limit", "2")

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["2", "3"]
    assert "liu submit leadership.meeting R09-130302-2026-0001" in lines[1]
