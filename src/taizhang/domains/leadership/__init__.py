"""Leadership (党政领导与源头参与): meetings, reports, participation, documents.

Legal basis: Trade Union Law 2021 arts. 34–35 and the notice itself; registers R09 to R12.
"""
