"""Writers of one small ledger in every layout that offices use, for tests that read it back."""
