"""A made-up city for demonstrations: a facts package, the same bytes on every machine.

The city and its nine areas bear the names of the ledger's own; every township, park, employer,
union, person and event in them is invented. `python -m taizhang.config.demo_city FOLDER` writes it.
"""
