"""The interface for programs: the registers as JSON, with the actions, refusals and reach of pages.

Operations are made from the specs: whoever offers a register offers its part of the interface.
"""
