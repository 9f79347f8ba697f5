"""What a fix is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..findings import Finding
from .draft import Draft, Edit
from .observe import Facts
from .places import Places


class Situation(NamedTuple):
    """A text and all that is known of it."""

    draft: Draft
    places: Places
    facts: Facts


class Change(NamedTuple):
    """What a fix makes of the text, and whether it is safe.

    Attributes:
        edits: What it replaces, before lines that are too long are broken; None if it moves lines.
    """

    draft: Draft
    safe: bool
    edits: frozenset[Edit] | None = None


class Fix:
    """A way to mend the findings of some codes.

    Attributes:
        safe: Whether its changes are safe, unless one says otherwise.
    """

    safe = False

    def changes(self, situation: Situation, finding: Finding) -> Iterator[Change]:
        """What mends a finding; what is proven first is done.

        Raises:
            Refused: nothing does; the text says why.
        """
        raise NotImplementedError  # pragma: no cover - every fix has its own

    def holds(self, before: Facts, after: Facts, finding: Finding) -> bool:
        """Whether the analysis confirms the change, beyond the findings that are gone."""
        return True
