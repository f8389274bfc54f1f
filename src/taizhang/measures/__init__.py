"""What a commitment comes to: formulas over registers, evaluated to figures and verdicts.

Pure Python: no Django. `registers` builds the catalogue and writes the snapshots; `ledger` keeps
the results. The way through: text → `formula` (tree) → `check` against a `catalogue` →
`compile` (DuckDB SQL) over a `snapshot` → `evaluate` (figures, verdicts) → `explain`.
"""
