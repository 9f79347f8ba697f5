"""The budget of a file: what its flows have cost, and which of them were given up."""

from __future__ import annotations

from ..domain.budget import FLOW_LIMIT, Work, body_limit, file_limit
from ..ir.nodes import MODULE_NAME, Function, GivenUp, Program
from .flow import Flow
from .modules import ModuleLoader
from .results import Failure

_TOO_MUCH = "the flows of the file take too much work"


class Spending:
    """Keeps what the flows of a file cost within its budget.

    Attributes:
        failures: The flows that were not walked to their end.
    """

    def __init__(self, program: Program, modules: ModuleLoader) -> None:
        self.failures: list[Failure] = []
        self._program = program
        self._modules = modules
        self._limit = file_limit(program.source.text)

    def begin(self, scope: Function) -> None:
        """Let a flow cost what is left of the file's budget, at most what one flow may."""
        limit = FLOW_LIMIT
        if scope.name == MODULE_NAME:
            limit = body_limit(self._program.source.text)
        self._modules.spent += self._modules.work.done
        self._modules.work = Work(min(limit, self._limit - self._modules.spent))

    def give_up(self, failures: list[Failure]) -> None:
        """Take the failures of a flow; the last is the file's, if nothing is left of its budget."""
        if failures and self._modules.spent + self._modules.work.done >= self._limit:
            failures[-1] = failures[-1]._replace(reason=_TOO_MUCH, is_last=True)
        self.failures += failures

    def gave_up(self, function: Function) -> bool:
        """Whether the flow of a function was given up: it is not worth another walk."""
        return any(failure.function is function for failure in self.failures)

    def can_afford(self, function: Function) -> bool:
        """Whether there is something left of the file's budget; if not, the first flow that is not
        walked says so.
        """
        affords = self._modules.spent + self._modules.work.done < self._limit
        if not affords and not any(failure.is_last for failure in self.failures):
            self.failures.append(Failure(function, _TOO_MUCH, is_last=True))
        return affords


def failure_of(function: Function, flow: Flow, error: GivenUp | RecursionError) -> Failure:
    """That a function's flow was given up."""
    reason = str(error) if isinstance(error, GivenUp) else "it is nested too deeply"
    return Failure(function, reason, frozenset(flow.active))
