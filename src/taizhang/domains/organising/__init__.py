"""Organising (组织工作): union bodies, employing units, posts and terms of office.

Legal basis: Trade Union Law 2021 arts. 10–20; registers R01, R02, R03, R41. Their models lie in
`core.organisations`, because every register refers to them; here are their pages and rules.
"""
