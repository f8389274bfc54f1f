"""Taizhang (台账): a work ledger that computes its own state from the records of the work."""
