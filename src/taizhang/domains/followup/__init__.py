"""Follow-up (督办): decisions on how the ledger applies to those who owe it.

Basis: handbook 0.4 "Not applicable" and 4.4; register R42. It stands apart from the other lines of
work because its roles are its own: primary unions and townships neither enter nor read it.
"""
