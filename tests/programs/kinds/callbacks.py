"""Hooks that Keras calls while it fits a model."""

from __future__ import annotations

from tests.programs.helpers import Helpers
from tests.programs.kinds.uses import register, some_session, use
from tests.programs.scope import Scope, indented
from tests.programs.writer import Kind, Statement

IMPORTS = [
    ("from tensorflow.keras.callbacks import Callback, LambdaCallback", "{}"),
    ("from tensorflow.keras import callbacks", "callbacks.{}"),
    ("import tensorflow.keras.callbacks as hooks", "hooks.{}"),
    ("from keras.callbacks import Callback, LambdaCallback", "{}"),
]
HOOKS = {
    "on_train_begin": "logs=None",
    "on_train_end": "logs=None",
    "on_epoch_begin": "epoch, logs=None",
    "on_epoch_end": "epoch, logs=None",
    "on_train_batch_end": "batch, logs=None",
}


def spelled(writer: Helpers, name: str) -> str:
    """A name of Keras' callbacks; always spelled in one way in a program."""
    for lines, spelling in IMPORTS:
        if lines in writer.imports:
            return spelling.format(name)
    lines, spelling = writer.dice.pick(IMPORTS)
    writer.imported(lines)
    return spelling.format(name)


def fitted(writer: Helpers, model: str, callback: str) -> list[str]:
    """A model is fitted with a callback."""
    epochs = "epochs=2, " if writer.dice.chance(40) else ""
    return [
        f"{model}.compile('sgd', 'mse')",
        f"{model}.fit(X, Y, {epochs}verbose=0, callbacks=[{callback}])",
    ]


def write_class(writer: Helpers, scope: Scope) -> list[str]:
    """A class of hooks; its objects are given a session."""
    lines: list[str] = []
    session, model = some_session(writer, scope, lines), writer.dice.pick(scope.models)
    writer.registered |= {session, "self.sess"}
    name = writer.fresh("Watch")
    text = [
        f"class {name}({spelled(writer, 'Callback')}):",
        "    def __init__(self, sess):",
        "        super().__init__()",
        "        self.sess = sess",
    ]
    one, both = [writer.dice.pick(list(HOOKS))], ["on_train_begin", "on_train_end"]
    for hook in writer.dice.pick([one, both]):
        text += ["", f"    def {hook}(self, {HOOKS[hook]}):", *indented(indented(body(writer)))]
    writer.functions.append(text)
    lines += fitted(writer, model, f"{name}({session})")
    if writer.dice.chance(60):
        lines += use(writer, model)
    return lines


def body(writer: Helpers) -> list[str]:
    """What a hook does: register, use the model, or anything."""
    within = Scope("function", sessions=["self.sess"], models=["self.model"], blocks=2, sealed=True)
    form = writer.dice.weighted({"register": 3, "use": 4, "both": 2, "any": 2})
    lines = [register(writer, "self.sess")] if form in ("register", "both") else []
    if form in ("use", "both"):
        lines += within_fit(writer)
    return lines or writer.helper_body(within)


def within_fit(writer: Helpers) -> list[str]:
    """A use of the model that is fitted."""
    return writer.dice.pick(
        [
            ["self.model.predict(X)"],
            ["self.model.get_weights()"],
            ["self.model.save_weights(OUT)"],
            [f"self.model.set_weights([{writer.value('V')}])"],
            [f"{writer.names('K', 'get_session')}()"],
        ]
    )


def write_lambda(writer: Helpers, scope: Scope) -> list[str]:
    """A hook that is a lambda."""
    lines: list[str] = []
    session, model = some_session(writer, scope, lines), writer.dice.pick(scope.models)
    writer.registered.add(session)
    hook = writer.dice.pick(["on_train_begin", "on_train_end", "on_epoch_end"])
    parameters = HOOKS[hook].replace("logs=None", "logs")
    act = register(writer, session) if writer.dice.chance(60) else f"{model}.predict(X)"
    callback = f"{spelled(writer, 'LambdaCallback')}({hook}=lambda {parameters}: {act})"
    lines += fitted(writer, model, callback)
    if writer.dice.chance(60):
        lines += use(writer, model)
    return lines


def choices(writer: Helpers, scope: Scope) -> dict[Statement, int]:
    """Wherever there is a model."""
    return {write_class: 3, write_lambda: 1} if scope.models else {}


CALLBACKS = Kind("callbacks", choices, trains=True)
