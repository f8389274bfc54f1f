"""How an address of the interface names a commitment or an item of the ledgers in force."""

from django.shortcuts import get_object_or_404
from ninja import Path

from taizhang.ledger.models import Commitment

Code = Path(..., max_length=20, description="Code of a commitment, such as `5.2`.")
ItemCode = Path(..., max_length=8, description="Number of an item; `A5` in a ledger beside.")


def commitment_of(code: str) -> Commitment:
    """The commitment in force of that code, with its item and ledger. Raises Http404."""
    rows = Commitment.objects.in_force().select_related("item__ledger")
    return get_object_or_404(rows, code=code.replace("\x00", ""))
