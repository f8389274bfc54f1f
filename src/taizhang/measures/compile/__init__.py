"""Checked trees to DuckDB statements, always as sqlglot trees and never as text.

`rows`: one row source with the joins of its paths · `values`: values and conditions over it ·
`readings`: registers as they are read on a day · `ties`: which unit or area a row belongs to ·
`passes`: many formulas fused into one scan of a register.
"""
