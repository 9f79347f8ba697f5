"""Arbitrary inputs, through the linter and the fixer: whatever comes in, an answer comes out."""
