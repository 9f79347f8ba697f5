"""Facts: what is known of an object beside its attributes, and how two paths' facts are joined."""

from __future__ import annotations

from enum import Enum
from typing import Any, Generic, TypeVar

from .values import Const, Keras, Options, Partial, Sequence, Session, Value

V = TypeVar("V", bound=Value)


class Joined(Enum):
    """How a fact is joined where paths meet."""

    APART = "paths on which it differs are told apart"
    EITHER = "it holds if it holds on one of them"
    AS_VARIABLE = "as the value of a variable"


class Fact(Generic[V]):
    """A fact about an object, which the state keeps among the object's attributes.

    Attributes:
        name: Its name there, which no attribute can have.
        joined: How it is joined.
    """

    def __init__(self, name: str, joined: Joined) -> None:
        self.name = f"<{name}>"
        self.joined = joined
        FACTS[self.name] = self


class Flag(Fact[Const]):
    """A fact that holds, or is not there."""


FACTS: dict[str, Fact[Any]] = {}
"""All facts, by their names."""


def fact_of(name: str) -> Fact[Any] | None:
    """The fact with a name; None for the name of an attribute or variable."""
    return FACTS[name] if name[0] == "<" else None


# --- sessions ---

# The chain of what closed it.
CLOSED: Fact[Const] = Fact("closed", Joined.APART)
GRAPH: Fact[Value] = Fact("graph", Joined.APART)
OWN_GRAPH = Flag("own graph", Joined.APART)
# One that does not become the default session when it is entered.
MONITORED = Flag("monitored", Joined.APART)
# One that asked for growth when it was created.
GROWS = Flag("grows", Joined.APART)
# One that there was before the flow, or in which code that is not followed may have given variables
# values.
FILLED = Flag("filled", Joined.EITHER)
# One that Keras made for itself, and that was registered.
REGISTERED = Flag("registered", Joined.APART)

# --- configs and options ---

OPTIONS: Fact[Options] = Fact("options", Joined.APART)
GPUS: Fact[Value] = Fact("gpus", Joined.APART)
GROWTH: Fact[Value] = Fact("allow_growth", Joined.APART)
FRACTION: Fact[Value] = Fact("per_process_gpu_memory_fraction", Joined.APART)
# What was copied from options, and what they were copied from.
COPIES: Fact[Sequence] = Fact("copies", Joined.APART)
SOURCE: Fact[Options] = Fact("source", Joined.AS_VARIABLE)
# The session that has them, and takes all memory.
STARVED: Fact[Session] = Fact("starved", Joined.APART)
# The growth that was set on what they were copied from: its chain, and where it stands.
LATE: Fact[Sequence] = Fact("late", Joined.APART)

# --- Keras objects ---

# What was added to a model.
PARTS: Fact[Keras] = Fact("parts", Joined.AS_VARIABLE)
# The default graph in which it has variables, by number: a layer that nothing has called has none.
BUILT: Fact[Const] = Fact("built", Joined.AS_VARIABLE)
# A model that begins with it is built at once: it knows the shape of its inputs.
SHAPED = Flag("shaped", Joined.AS_VARIABLE)
# Of an estimator of scikit-learn: what its `fit` calls to build a model, with arguments.
BUILDS: Fact[Partial] = Fact("builds", Joined.APART)
STANDALONE = Flag("standalone", Joined.EITHER)
# The functions of a model that were made where that does not fail, by kind.
MADE = {kind: Flag(f"{kind} function", Joined.EITHER) for kind in ("predict", "test", "train")}

# --- whatever a flow makes ---

# Code outside the flow may use it.
ESCAPED = Flag("escaped", Joined.EITHER)
# It is an object of a class that the flow has made: what it holds dies with it.
INSTANCE = Flag("instance", Joined.EITHER)
# An instance may have attributes that were not seen being set.
OPEN = Flag("open", Joined.EITHER)
# The variables of a function that returned, kept for the functions inside it.
ENDED = Flag("ended", Joined.EITHER)
# A loop has another round after this one.
GOES_ON = Flag("goes on", Joined.APART)
