"""Reads and writes official documents. Pure Python: usable from a notebook, without Django."""
