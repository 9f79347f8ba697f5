"""Why something is not fixed."""

from __future__ import annotations


class Refused(Exception):
    """A finding is not fixed; the text says why, in a few words."""
