"""Mending what the linter finds."""
