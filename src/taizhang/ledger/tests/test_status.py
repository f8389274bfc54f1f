"""The command `taizhang status`: what it says of words it cannot use."""

import pytest
from django.core.management import CommandError, call_command


def test_a_status_date_that_is_none_is_named_with_the_form_to_write():
    with pytest.raises(CommandError, match="“2026-13-30” is not a day of the calendar"):
        call_command("status", "--as-of", "2026-13-30")
