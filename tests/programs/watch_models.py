"""Watches Keras' layers and models: who makes and uses them, gives weights, and reads them."""

from __future__ import annotations

import contextlib
import functools
from typing import Any

import numpy as np
import tensorflow
from tensorflow.python.framework import ops
from tf_keras.src import backend
from tf_keras.src.engine import base_layer, base_layer_v1, training, training_utils_v1, training_v1
from tf_keras.src.engine.input_layer import InputLayer
from tf_keras.src.metrics.base_metric import Metric

from tests.programs.recorder import (
    INITIAL,
    KERAS,
    V1,
    error_text,
    recorder,
    weights_of,
    wrap,
)


def _layer_init(original: Any) -> Any:
    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        if id(self) not in recorder.numbers and not isinstance(self, Metric):
            number = recorder.number(self)
            recorder.graphs[number] = ops.get_default_graph()
            recorder.made_in[number] = recorder.thread
            if isinstance(self, training.Model):
                recorder.models[number] = self
            name = "weightless" if isinstance(self, WEIGHTLESS) else "layer"
            recorder.event("build", model=number, name=name)
        original(self, *args, **kwargs)

    return __init__


def guarded_call(original: Any) -> Any:
    """A function of Keras that may fail; the program goes on without it."""

    @functools.wraps(original)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        recorder.watched += 1
        try:
            return original(*args, **kwargs)
        except Exception as error:
            if recorder.watched > 1:
                raise
            recorder.fail(error_text(error))
            return None
        finally:
            recorder.watched -= 1

    return guarded


def _model_method(original: Any) -> Any:
    name = original.__name__
    gives = name in ("set_weights", "load_weights")
    trains = name in ("fit", "train_on_batch")

    def work(self: Any, *args: Any, **kwargs: Any) -> Any:
        if (trains or name == "evaluate") and not kwargs.get("callbacks"):
            # What is called back before the first batch may give it weights.
            check_in_use(self)
        result = original(self, *args, **kwargs)
        if name.startswith("predict"):
            check(self, result)
        if trains and not kwargs.get("callbacks"):
            trained(self)
        return result

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        if recorder.using is not None or not isinstance(self, training.Model):
            return original(self, *args, **kwargs)
        if not weights_of(self):
            recorder.leave_out("a model without layers")
        _check_graph(self)
        recorder.using = self
        try:
            if not gives:
                recorder.about("use", self, name=name)
            return guarded_call(work)(self, *args, **kwargs)
        finally:
            recorder.using = None

    method.__name__ = name
    return method


def _compile(original: Any) -> Any:
    """It needs no weights, but fails for what was cleared, or is another thread's."""

    def compile(self: Any, *args: Any, **kwargs: Any) -> Any:
        if recorder.using is not None or recorder.watched:
            return original(self, *args, **kwargs)
        recorder.using = self
        try:
            return guarded_call(original)(self, *args, **kwargs)
        finally:
            recorder.using = None

    return compile


def _check_graph(model: Any) -> None:
    """Leave out what is used in another graph; unless that was cleared, or is another thread's."""
    made_in = recorder.made_in[recorder.number(model)]
    if made_in and not recorder.thread:
        recorder.leave_out("a thread's model in the main thread")
    for weight in weights_of(model):
        of_another = weight.graph not in (*recorder.cleared, ops.get_default_graph())
        if of_another and made_in == recorder.thread:
            recorder.leave_out("a model of another graph")


def trained(model: Any) -> None:
    """Training put new values in."""
    recorder.about("give", model)
    session = backend._get_session()
    for weight in weights_of(model):
        recorder.expected[recorder.number(weight)] = _value(session, weight)


def _value(session: Any, weight: Any) -> float:
    with recorder.quietly():
        return float(np.ravel(session.run(weight))[-1])


def check(model: Any, prediction: Any, session: int | None = None) -> None:
    """Compare what a model predicts with what its weights give."""
    values = [recorder.expected.get(recorder.number(w), INITIAL) for w in weights_of(model)]
    expected = 3 * values[0]
    predicted = float(np.sum(prediction))
    if abs(predicted - expected) > 0.01:
        recorder.fail(f"predicts {predicted:g}, not {expected:g}", model, session)


def check_in_use(model: Any) -> None:
    """Compare what a model will work with, if anything, with what its weights are."""
    session = V1.get_default_session() or backend._SESSION.session
    for weight in weights_of(model):
        if session is not None and session.graph is weight.graph:
            with contextlib.suppress(tensorflow.errors.OpError, RuntimeError):
                check_read(weight, _value(session, weight))


def _batch_set_values(original: Any) -> Any:
    def batch_set_value(tuples: Any) -> None:
        if not tuples:
            return
        tuples = [(variable, recorder.another(value)) for variable, value in tuples]
        original(tuples)
        numbers = frozenset(recorder.number(variable) for variable, _ in tuples)
        for variable, value in tuples:
            recorder.expected[recorder.number(variable)] = float(np.ravel(value)[-1])
        recorder.event("give", variables=numbers)

    return guarded_call(batch_set_value)


def of_a_weight(original: Any) -> Any:
    """A function of the backend that reads or sets one weight of a model."""

    def guarded(x: Any, *value: Any) -> Any:
        models = [m for m in recorder.models.values() if any(w is x for w in weights_of(m))]
        recorder.using = models[0] if models else None
        try:
            if models:
                _check_graph(models[0])
            if not value and models:
                recorder.about("use", models[0], name="get_value")
            return guarded_call(original)(x, *value)
        finally:
            recorder.using = None

    return guarded


def set_value(x: Any, value: Any) -> None:
    value = recorder.another(value)
    backend.set_value(x, value)
    recorder.expected[recorder.number(x)] = float(np.ravel(value)[-1])
    recorder.event("give", variables=frozenset({recorder.number(x)}))


def read_value(original: Any) -> Any:
    def read(x: Any) -> Any:
        value = original(x)
        check_read(x, value)
        return value

    return read


def _batch_get_values(original: Any) -> Any:
    def batch_get_value(tensors: Any) -> Any:
        values = original(tensors)
        for variable, value in zip(tensors, values):
            check_read(variable, value)
        return values

    return batch_get_value


def check_read(variable: Any, value: Any, session: int | None = None) -> None:
    """Compare what is read with what was given last."""
    expected = recorder.expected.get(recorder.number(variable), INITIAL)
    read = float(np.ravel(value)[-1])
    if abs(read - expected) > 0.01:
        models = [m for m in recorder.models.values() if any(w is variable for w in weights_of(m))]
        model = models[0] if models and session is not None else None
        recorder.fail(f"reads {read:g}, not {expected:g}", model, session)


WEIGHTLESS = (
    InputLayer,
    KERAS.layers.Activation,
    KERAS.layers.Dropout,
    KERAS.layers.Flatten,
    KERAS.layers.Lambda,
)
METHODS = (
    "predict",
    "predict_on_batch",
    "fit",
    "train_on_batch",
    "evaluate",
    "get_weights",
    "set_weights",
    "load_weights",
    "save_weights",
    "save",
)


def watch() -> None:
    """Watch Keras' layers and models, and the functions that put values in or read them."""
    training_utils_v1.get_copy_pool = lambda: None  # threads that only large arrays need
    wrap(backend, "batch_set_value", _batch_set_values)
    wrap(backend, "batch_get_value", _batch_get_values)
    for layer in (base_layer.Layer, base_layer_v1.Layer):
        wrap(layer, "__init__", _layer_init)
    wrap(training_v1.Model, "compile", _compile)
    for owner in (training.Model, training_v1.Model, base_layer.Layer, base_layer_v1.Layer):
        for name in METHODS:
            if name in vars(owner):
                wrap(owner, name, _model_method)
