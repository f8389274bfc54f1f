"""From the words of a notice to a published commitment, written by the office in the browser.

A draft is what a clause says, beside the formulas that come nearest. A person picks one, edits it,
sees it computed on the present snapshot and publishes it. Nothing is bound silently.
"""
