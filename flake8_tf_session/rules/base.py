"""What a rule can hear of."""

from __future__ import annotations

from ..effects import NewSession, Site, Touch
from ..flow import Flow, Frame
from ..state import KnownOrNot, State
from ..values import Options, Session, Value


class Rule:
    """A rule that hears nothing: each method says whether the state is that before or after it."""

    def called(self, site: Site) -> None:
        """Something imported is called, ``site.dotted``: before what it does."""

    def keras_created(self, site: Site, id_: int, subject: str, state: State) -> None:
        """A Keras layer or model was created, ``id_`` in ``creations``: after that."""

    def build_called(self, site: Site, name: str, state: State) -> None:
        """A building method was called and has returned: after whatever it did."""

    def weights_touched(self, site: Site, touch: Touch, state: State) -> None:
        """Weights are given, loaded, read or trained in the session in use: before that."""

    def unknown_given(self, site: Site, state: State) -> None:
        """Something unknown may be given weights, in the session in use: before that."""

    def registered(self, site: Site, session: KnownOrNot, state: State) -> None:
        """``set_session(session)`` is called: before Keras keeps the session."""

    def unregistered(self, site: Site, state: State) -> None:
        """``set_session(None)`` is called: before Keras has a new implicit session."""

    def cleared(self, site: Site, name: str, state: State) -> None:
        """``clear_session()`` or ``reset_default_graph()`` is called: before all is forgotten."""

    def initialized(self, site: Site, graph: Value, session: Session, state: State) -> None:
        """What initialises all variables of a graph is run in a session: before that."""

    def session_created(self, site: Site, created: NewSession, state: State) -> None:
        """A session was created: after that."""

    def growth_set(self, site: Site, options: Options, growth: Value, state: State) -> None:
        """``allow_growth`` was assigned: after that."""

    def ended(self, flow: Flow, frame: Frame, state: State) -> None:
        """A path of the flow reached its normal end."""

    def stopped(self, flow: Flow, state: State) -> None:
        """A path of the flow ended for good: ``sys.exit()``, or a loop that nothing leaves."""

    def finished(self, flow: Flow) -> None:
        """All paths of the flow were walked."""
