"""What everything refers to: records, organisations, access, audit, files, parameters.

Inside, top to bottom: access, files · audit · organisations · records · parameters.
"""
