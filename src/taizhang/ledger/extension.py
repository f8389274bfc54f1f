"""What the lines of work may import of the ledger."""

from taizhang.ledger.models import Commitment


def commitment_codes() -> frozenset[str]:
    """The codes of the ledgers in force, such as `13.1`; none when there is no ledger yet."""
    return frozenset(Commitment.objects.in_force().values_list("code", flat=True))
