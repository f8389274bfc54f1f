"""How an address of the interface names a commitment or an item of the ledgers in force."""

from ninja import Path

Code = Path(..., max_length=20, description="Code of a commitment, such as `5.2`.")
ItemCode = Path(..., max_length=8, description="Number of an item; `A5` in a ledger beside.")
