"""The change log: one row per action, old and new value, in a hash chain (handbook 7.1)."""
