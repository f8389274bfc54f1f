"""Facts packages (handbook 2.6): a folder of one file per register, loaded whole or not at all.

`read` turns files into rows of text, `columns` and `cells` into values, `references` finds the
rows that cells name, `checks` asks what the form would ask, `insert` writes, and `load` does all of
it in one transaction. `write` makes a package. Nothing stops at the first fault: each is named by
file, row, column and value.
"""
