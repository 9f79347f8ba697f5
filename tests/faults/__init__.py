"""Faults: what fails in and around the linter and the fixer costs what it must, and no more."""
