"""Random cities over the real registers, on which the engine and the naive evaluator must agree.

`python -m tests.oracle --minutes 20` searches further than a test run has time for.
"""
