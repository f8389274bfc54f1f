"""Leadership (党政领导与源头参与): meetings that prove an obligation, and documents in force.

Legal basis: Trade Union Law 2021 arts. 34–35 and the notice itself; registers R09, R12.
"""
