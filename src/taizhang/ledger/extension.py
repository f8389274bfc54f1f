"""What the lines of work may import of the ledger."""

from taizhang.ledger.models import Commitment


def commitment_codes() -> frozenset[str]:
    """The codes of the ledger in force, such as `13.1`; none when there is no ledger yet."""
    rows = Commitment.objects.filter(item__ledger__is_current=True)
    return frozenset(rows.values_list("code", flat=True))
