"""The kinds of mistakes that random programs can be about, besides those that all have."""

from tests.programs.kinds.callbacks import CALLBACKS
from tests.programs.kinds.clear import CLEAR
from tests.programs.kinds.close import CLOSE
from tests.programs.kinds.methods import METHODS, write_methods
from tests.programs.kinds.other import OTHER
from tests.programs.kinds.rounds import ROUNDS
from tests.programs.kinds.threads import THREADS

__all__ = ["KINDS", "METHODS", "write_methods"]

KINDS = {kind.name: kind for kind in (THREADS, CLEAR, CLOSE, OTHER, ROUNDS, METHODS, CALLBACKS)}
