"""Tests of the measures: rules as tables, cases in words, and the two evaluators side by side."""
