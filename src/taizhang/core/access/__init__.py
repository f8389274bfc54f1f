"""Accounts, roles at a node of the tree, and permission names as data (handbook 4)."""
