"""Honours (评选表彰): campaigns that select and commend, from the plan to the conferment.

Legal basis: Trade Union Law 2021 art. 33; register R20.
"""
