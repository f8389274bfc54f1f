"""Dated values with a source, and the day that the installation takes for today."""
