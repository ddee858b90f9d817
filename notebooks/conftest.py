"""Exercises are unfinished on purpose: `tests/notebooks/test_exercises.py` runs their solutions."""

collect_ignore = ["exercises"]
