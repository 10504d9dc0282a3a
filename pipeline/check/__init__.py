"""Checks: pure functions from values to findings."""
