"""Tests of the plain Python that every layer shares."""
