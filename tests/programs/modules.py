"""The modules that a program imports: as old and new TensorFlow have them, in one TensorFlow."""

from __future__ import annotations

import contextlib
import os
import types
from typing import Any

import numpy as np
from tf_keras.src import backend

from tests.programs import threads
from tests.programs.recorder import GIVEN, KERAS, V1, Stop, recorder
from tests.programs.watch_models import of_a_weight, read_value, set_value
from tests.programs.watch_runs import Saver
from tests.programs.watch_sessions import (
    clear_session,
    global_variables_initializer,
    reset_default_graph,
    set_session,
    variables_initializer,
)


def _module(name: str, source: Any, **names: Any) -> types.ModuleType:
    module = types.ModuleType(name)
    for public in dir(source):
        if not public.startswith("_"):
            with contextlib.suppress(AttributeError, ImportError):
                setattr(module, public, getattr(source, public))
    vars(module).update(names)
    return module


def modules(scratch: str) -> dict[str, types.ModuleType]:
    """The modules by their names, as old and new TensorFlow have them, in one TensorFlow."""
    client = _module(
        "session",
        None,
        Session=V1.Session,
        InteractiveSession=V1.InteractiveSession,
    )
    keras_backend = _module(
        "backend",
        KERAS.backend,
        set_session=set_session,
        get_session=backend.get_session,
        clear_session=clear_session,
        batch_set_value=backend.batch_set_value,
        set_value=of_a_weight(set_value),
        get_value=of_a_weight(read_value(backend.get_value)),
        eval=of_a_weight(read_value(backend.eval)),
    )
    keras_backend.tensorflow_backend = keras_backend  # type: ignore[attr-defined]
    layers = _module("layers", KERAS.layers)
    models = _module("models", KERAS.models)
    keras = _module(
        "keras",
        KERAS,
        backend=keras_backend,
        layers=layers,
        models=models,
        engine=_module("engine", None, training=models, topology=layers),
    )
    for part in ("core", "embeddings"):
        setattr(layers, part, layers)
    root = _module(
        "tensorflow",
        V1,
        keras=keras,
        global_variables_initializer=global_variables_initializer,
        initialize_all_variables=global_variables_initializer,
        variables_initializer=variables_initializer,
        reset_default_graph=reset_default_graph,
        train=_module("train", V1.train, Saver=Saver),
        python=_module("python", None, keras=keras, client=_module("client", None, session=client)),
        contrib=_module("contrib", None, keras=keras),
    )
    root.compat = _module("compat", None, v1=root)  # type: ignore[attr-defined]
    keras_backend.tf = root  # type: ignore[attr-defined]
    flags = _module(
        "switches",
        None,
        on=lambda: bool(recorder.decide()),
        some=lambda: ("a",)[: recorder.decide()],
        rounds=lambda: ("a", "b")[: 1 + recorder.decide()],
        stop=_stop,
        Stop=Stop,
        DENSE_W=np.full((3, 1), GIVEN),
        DENSE_V=np.full((3, 1), GIVEN),
        EMBEDDING_W=np.full((2, 1), GIVEN),
        EMBEDDING_V=np.full((2, 1), GIVEN),
        X=np.ones((1, 3)),
        Y=np.zeros((1, 1)),
        DENSE_WEIGHTS=os.path.join(scratch, "dense_weights.h5"),
        DENSE_MODEL=os.path.join(scratch, "dense.h5"),
        EMBEDDING_WEIGHTS=os.path.join(scratch, "embedding_weights.h5"),
        EMBEDDING_MODEL=os.path.join(scratch, "embedding.h5"),
        OUT=os.path.join(scratch, "out.h5"),
    )
    own = {"tensorflow": root, "keras": keras, "tf_keras": keras, "switches": flags}
    return {**own, **threads.modules()}


def _stop() -> None:
    if recorder.decide():
        raise Stop
