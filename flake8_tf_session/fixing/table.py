"""Which fix mends which code."""

from __future__ import annotations

from .fix import Fix
from .growth import GrowthFix

FIXES: dict[str, Fix] = {"TFS201": GrowthFix(), "TFS202": GrowthFix()}
