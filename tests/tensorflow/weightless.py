"""Prints which layers of the Keras that TensorFlow has hold weights once they are called.

As a script it needs nothing but TensorFlow: layer → whether it has weights, as JSON; a layer that
none of the arguments and shapes below fits is left out.
"""

from __future__ import annotations

import inspect
import json
import os
import sys
import warnings
from typing import Any

ARGUMENTS: dict[str, dict[str, Any]] = {
    "Activation": {"activation": "relu"},
    "CenterCrop": {"height": 2, "width": 2},
    "Dot": {"axes": 1},
    "Embedding": {"input_dim": 9, "output_dim": 2},
    "GaussianDropout": {"rate": 0.1},
    "GaussianNoise": {"stddev": 0.1},
    "Lambda": {"function": abs},
    "Permute": {"dims": (1,)},
    "RepeatVector": {"n": 2},
    "Rescaling": {"scale": 2.0},
    "Reshape": {"target_shape": (-1,)},
    "Resizing": {"height": 2, "width": 2},
}
DEFAULTS: dict[str, Any] = {
    "filters": 2,
    "kernel_size": 1,
    "output_size": 2,
    "rate": 0.1,
    "units": 2,
    "alpha": 0.1,
}
RANKS = ((4,), (6, 4), (6, 6, 4), (6, 6, 6, 4))


def arguments(layer: type) -> dict[str, Any]:
    """What a layer is created with: what it requires."""
    if layer.__name__ in ARGUMENTS:
        return ARGUMENTS[layer.__name__]
    needed = {
        parameter.name
        for parameter in list(inspect.signature(layer.__init__).parameters.values())[1:]
        if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD
    }
    return {name: DEFAULTS[name] for name in needed if name in DEFAULTS}


def has_weights(keras: Any, layer: type) -> bool | None:
    """Whether a layer has weights once it was called; None if it can't be called here."""
    for shape in RANKS:
        for count in (1, 2):
            inputs = [keras.Input(shape) for _ in range(count)]
            try:
                built = layer(**arguments(layer))
                built(inputs if count == 2 else inputs[0])
            except Exception:
                # Another rank or number of inputs may fit.
                continue
            return bool(built.weights)
    return None


def main() -> None:
    """Print what holds here."""
    warnings.simplefilter("ignore")
    import tensorflow as tf

    keras = tf.keras
    tf.compat.v1.disable_eager_execution()
    found: dict[str, bool] = {}
    for name, layer in sorted(vars(keras.layers).items()):
        if inspect.isclass(layer) and issubclass(layer, keras.layers.Layer):
            answer = has_weights(keras, layer)
            if answer is not None:
                found[name] = answer
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    main()
