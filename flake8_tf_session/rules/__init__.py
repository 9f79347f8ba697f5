"""The rules: what is wrong about the order of what a path does.

A rule hears of everything that matters while a path is walked, remembers what it needs in the
path's ``memory``, and reports. ``RULES`` lists them all.
"""

from __future__ import annotations

from .base import Rule
from .cleared import ClearedRule
from .closed import ClosedRule
from .eager import EagerRule
from .fork import ForkRule
from .growth import GrowthRule
from .initializer import InitializerRule
from .losses import SwitchRule
from .order import OrderRule
from .other_session import OtherSessionRule
from .registration import RegistrationRule
from .replaced import ReplacedRule
from .target import TargetRule
from .thread import ThreadRule
from .unregistered import UnregisteredRule

RULES: tuple[Rule, ...] = (
    OrderRule(),
    ReplacedRule(),
    InitializerRule(),
    OtherSessionRule(),
    SwitchRule(),  # It forgets what is given again once those have asked for it.
    ClearedRule(),
    ClosedRule(),
    GrowthRule(),
    RegistrationRule(),
    UnregisteredRule(),
    EagerRule(),
    TargetRule(),
    ThreadRule(),
    ForkRule(),
)

__all__ = ["RULES", "Rule"]
