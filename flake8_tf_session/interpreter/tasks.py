"""Tasks of Celery: functions that its workers call, in processes that they forked before."""

from __future__ import annotations

from ..domain import lookup
from ..domain.frame import Frame
from ..domain.state import State
from ..domain.values import Class, Routine
from ..ir.nodes import Attribute, Call, Expression, FunctionDef, Name
from ..tensorflow.vocabulary import TASK_DECORATORS


def is_task(node: FunctionDef) -> bool:
    """Whether a decorator makes a function a task: ``@app.task``, ``@shared_task(…)``.

    The application may come from anywhere: the file has to name Celery.
    """
    names = (_last_name(decorator) for decorator in node.decorators)
    words = node.function.anchor.source.index.words
    return any(name in TASK_DECORATORS for name in names) and "celery" in words


def _last_name(decorator: Expression) -> str:
    function = decorator.func if isinstance(decorator, Call) else decorator
    if isinstance(function, Attribute):
        return function.attr
    return function.id if isinstance(function, Name) else ""


def bound(routine: Routine, node: FunctionDef, state: State, frame: Frame) -> Routine:
    """A task as the method of its ``base``, if it is given its own object (``bind=True``)."""
    for decorator in node.decorators:
        keywords = {}
        if isinstance(decorator, Call):
            keywords = {each.keyword: each.value for each in decorator.arguments}
        base = keywords.get("base")
        if "bind" in keywords and isinstance(base, Name):
            cls = lookup.name(base.id, state, frame)
            if isinstance(cls, Class):
                return routine.but(owner=cls)
    return routine
