"""Watches the hooks that a program has Keras call while it fits a model."""

from __future__ import annotations

from typing import Any

from tf_keras.src.engine import training_v1
from tf_keras.src.utils import generic_utils

from tests.programs.recorder import A_NAME_NEVER_SET, KERAS, recorder, wrap
from tests.programs.watch_models import check_in_use, trained

HOOKS = tuple(name for name in dir(KERAS.callbacks.Callback) if name.startswith("on_"))


class _Trained(KERAS.callbacks.Callback):  # type: ignore[misc]
    """The first of all callbacks: a batch was trained just now."""

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        trained(self.model)


class _Training(KERAS.callbacks.Callback):  # type: ignore[misc]
    """The last of all callbacks: a batch is trained next."""

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        recorder.about("use", self.model, name="fit")
        check_in_use(self.model)


def _called_back(hook: Any) -> Any:
    """A hook of the program; it runs as a part of the program."""

    def called(*args: Any, **kwargs: Any) -> Any:
        with recorder.called_back():
            try:
                return hook(*args, **kwargs)
            except (NameError, AttributeError):
                recorder.leave_out(A_NAME_NEVER_SET)

    return called


def _fit(original: Any) -> Any:
    def fit(self: Any, *args: Any, callbacks: Any = None, **kwargs: Any) -> Any:
        if not callbacks:
            return original(self, *args, **kwargs)
        for callback in callbacks:
            for name in HOOKS:
                hook = getattr(callback, name)
                if not generic_utils.is_default(hook):
                    setattr(callback, name, _called_back(hook))
        watched = [_Trained(), *callbacks, _Training()]
        return original(self, *args, callbacks=watched, **kwargs)

    fit.__name__ = "fit"
    return fit


def watch() -> None:
    """Watch the hooks that `fit` is given."""
    wrap(training_v1.Model, "fit", _fit)
