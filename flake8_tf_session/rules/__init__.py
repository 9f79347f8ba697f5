"""The rules: what is wrong about the order of what a path does.

A rule hears of everything that matters while a path is walked, remembers what it needs in the
path's ``memory``, and reports. ``RULES`` lists them all.
"""

from __future__ import annotations

from .base import Rule
from .growth import GrowthRule
from .order import OrderRule
from .other_session import OtherSessionRule
from .replaced import ReplacedRule

RULES: tuple[Rule, ...] = (OrderRule(), ReplacedRule(), OtherSessionRule(), GrowthRule())

__all__ = ["RULES", "Rule"]
