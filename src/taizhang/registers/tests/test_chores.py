"""The worker runs every chore, whatever becomes of the others."""

import logging

import pytest

from taizhang.registers.chores import CHORES, Chore, offer_chore, run_chores


def _fail() -> bool:
    raise LookupError("no such file")


@pytest.fixture
def only_these():
    """No chores but those of the test."""
    with CHORES.temporarily(lambda chores: chores._values.clear()):
        yield


def test_a_failing_chore_is_logged_and_keeps_no_other_from_its_work(only_these, caplog):
    done = []
    offer_chore(Chore("broken", _fail))
    offer_chore(Chore("whole", lambda: done.append("whole") or True))

    with caplog.at_level(logging.ERROR):
        busy = run_chores()

    assert (busy, done) == (True, ["whole"])
    assert "chore broken failed" in caplog.text


def test_every_chore_has_its_turn_also_when_the_first_was_busy(only_these):
    done = []
    offer_chore(Chore("first", lambda: done.append("first") or True))
    offer_chore(Chore("second", lambda: done.append("second") or False))

    run_chores()

    assert done == ["first", "second"]


def test_nothing_to_do_is_said_so_that_the_worker_rests(only_these):
    offer_chore(Chore("idle", lambda: False))

    assert run_chores() is False


def test_the_ledger_offers_its_evaluation():
    assert "ledger.evaluation" in CHORES
