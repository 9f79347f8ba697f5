"""Which fix mends which code."""

from __future__ import annotations

from .fix import Fix
from .growth import GrowthFix
from .order import InitializerFix, OrderFix, ReplacedFix
from .threads import ThreadFix

_GROWTH, _ORDER, _INITIALIZER = GrowthFix(), OrderFix(), InitializerFix()

FIXES: dict[str, Fix] = {
    "TFS101": _ORDER,
    "TFS102": _ORDER,
    "TFS103": _ORDER,
    "TFS104": ReplacedFix(),
    "TFS105": _INITIALIZER,
    "TFS201": _GROWTH,
    "TFS202": _GROWTH,
    "TFS401": ThreadFix(),
}
