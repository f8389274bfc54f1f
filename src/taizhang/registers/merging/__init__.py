"""Duplicates: one body entered twice is found, and both rows are merged with their history.

Merging is a proposal like a correction: one person makes it, a second one decides.
"""
