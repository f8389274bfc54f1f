"""Corrections (handbook 2.1 `corrections`, 4.3): how a verified record is put right or made void.

One person proposes, with a reason; a second one decides. Until then the record stands and counts as
it is. Merging of duplicates adds a kind of its own.
"""
