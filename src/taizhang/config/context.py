"""What every page's frame shows: the status date, where it is fixed, and who is signed in."""

from django.http import HttpRequest
from django.utils import timezone

from taizhang.core.parameters.clock import fixed_status_date


def frame(request: HttpRequest) -> dict[str, object]:
    """Context of `ui/frame.html`: `as_of`, the status date; `as_of_fixed`, whether it is fixed."""
    fixed = fixed_status_date()
    return {"as_of": fixed or timezone.localdate(), "as_of_fixed": fixed is not None}
