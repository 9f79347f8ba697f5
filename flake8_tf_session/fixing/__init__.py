"""Mending what the linter finds."""

from __future__ import annotations

from .fixer import FixResult, Refusal, fix_findings, fix_source

__all__ = ["FixResult", "Refusal", "fix_findings", "fix_source"]
