"""Texts of our own to show and test with (see README.md)."""
