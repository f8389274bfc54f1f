"""Integrity checks: what is honestly entered and yet cannot be right, told to whoever can mend it.

A rule that no record may break is a constraint and refuses the entry. A check is weaker: it finds
records that stand and asks somebody to look. A domain offers its own in its `integrity.py`, found
at start; some follow from what every register says of itself.
"""
