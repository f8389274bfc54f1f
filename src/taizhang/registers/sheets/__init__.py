"""Spreadsheets in and out of every register: export, template, import with dry run, and undo.

Out: `columns` says what a sheet of a register has, `export` and `template` write it. In: `workbook`
reads a file into a grid, `mapping` finds its header and says which column is which field, `cells`
and `references` read the cells as people write them, `plan` says what the file would change and
what is wrong with it, `write` does it in one transaction, `undo` takes it back. `runs` is what
people ask for, `chore` does it in the worker, `progress` is how a page knows how far it is.
"""
