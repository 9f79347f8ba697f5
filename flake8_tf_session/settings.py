"""The plugin's options."""

from __future__ import annotations

import re
from typing import NamedTuple

_IDENTIFIER = re.compile(r"[^\W\d]\w*\Z")


class Settings(NamedTuple):
    """What can be set.

    Attributes:
        build_methods: Names of the methods whose call builds a Keras model.
        all_unregistered: Whether TFS301 also reports sessions that do not ask for growth.
    """

    build_methods: tuple[str, ...] = ("_build_graph",)
    all_unregistered: bool = False

    def validate(self) -> None:
        """Check the values.

        Raises:
            ValueError: one is wrong; the text is one line and names the option.
        """
        for name in self.build_methods:
            if not _IDENTIFIER.match(name):
                raise ValueError(f"tf-session-build-methods: {name!r} is not a name of a method")
