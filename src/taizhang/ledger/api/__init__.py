"""The ledger's part of the interface for programs: what its pages show, as JSON, to be read."""
