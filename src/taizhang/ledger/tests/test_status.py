"""The command `taizhang status`: the board of a single unit, and words that it cannot use."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from taizhang.ledger.status import board


def test_what_a_union_does_not_owe_by_itself_is_shown_as_of_one_unit(ledger, tree):
    shown = board(date(2026, 9, 30), tree.plant.record_no)

    rows = {row["code"]: row for item in shown["items"] for row in item["commitments"]}
    pool, of_governments, milestone = rows["3.6"], rows["5.2"], rows["5.1"]
    for row in (pool, of_governments, milestone):
        assert (row["owed"], row["met"], row["no_data"]) == (1, 0, 0)
        assert (row["verdict"], row["numerator"], row["value"]) == ("not_applicable", None, None)
    assert (pool["target"], of_governments["target"], milestone["target"]) == (100, 1, 1)


def test_a_status_date_that_is_none_is_named_with_the_form_to_write():
    with pytest.raises(CommandError, match="“2026-13-30” is not a day of the calendar"):
        call_command("status", "--as-of", "2026-13-30")
