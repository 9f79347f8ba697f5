"""What the interpreter gives up at, but for work (`domain.budget`)."""

from __future__ import annotations

from ..text.gate import ImportDepth

# After so many steps in other files what they do is unknown. A config is made in a few.
FAR_STEP_LIMITS = {ImportDepth.ALL: 4_000, ImportDepth.WEIGHTS: 500, ImportDepth.CONFIGS: 200}
CALL_DEPTH_LIMIT = 40
# So deep inside calls and other modules a module that is imported is not executed any more.
IMPORT_DEPTH_LIMIT = 20
BASES_LIMIT = 100
DISPLAY_LIMIT = 32
