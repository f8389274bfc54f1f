"""The second evaluator: handbook 0.4, 0.5 and 2.7 as plain loops over rows, for checking the first.

It is slow, reads every row again for every question, and shares with the engine only the trees of
formulas, the windows and the verdicts. Where it and the engine differ, one of them misreads the
handbook.
"""

from taizhang.measures.naive.evaluator import evaluate_naively

__all__ = ["evaluate_naively"]
