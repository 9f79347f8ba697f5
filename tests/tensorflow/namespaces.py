"""Prints what the live namespaces of TensorFlow and Keras hold, for the linter's vocabulary.

As a script it needs nothing but TensorFlow and Python 3.7::

    python tests/tensorflow/namespaces.py [--keras keras]

prints JSON: dotted name → its kind, and the position of the argument that the linter reads (null
where the signature doesn't tell). Names are those of ``tensorflow.compat.v1``, written
``tensorflow.…``, and of every Keras of the environment, written ``keras.…``.
"""

from __future__ import annotations

import argparse
import builtins
import importlib
import inspect
import json
import os
import sys
import types
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    # Dotted name → kind and position.
    Names = dict[str, tuple[str, int | None]]

LAYER_MODULES = ("layers", "engine", "experimental", "legacy.layers")
ESTIMATORS = ("KerasClassifier", "KerasClassifier.score", "KerasRegressor")
BACKEND = (
    "batch_get_value batch_set_value clear_session eval get_session get_value set_session set_value"
).split()
# What makes no tensor that needs the values of what it is given.
BACKEND_OTHERS = (
    "dtype function int_shape is_keras_tensor ndim update update_add update_sub".split()
)
# Methods of a model that tell callbacks.
TELLING = "evaluate evaluate_generator fit fit_generator predict predict_generator".split()
SESSIONS = {
    "Session": "config",
    "InteractiveSession": "config",
    "train.MonitoredTrainingSession": "config",
    "train.SingularMonitoredSession": "config",
    "train.ChiefSessionCreator": "config",
    "train.WorkerSessionCreator": "config",
    "train.MonitoredSession": "session_creator",
    "train.Supervisor.PrepareSession": "config",
    "train.Supervisor.managed_session": "config",
    "train.Supervisor.prepare_or_wait_for_session": "config",
    "distribute.Server": "config",
    "distribute.Server.create_local_server": "config",
    "train.Server": "config",
    "train.Server.create_local_server": "config",
}
TARGETS = ("target", "master")
OTHERS = (
    "ConfigProto GPUOptions Graph all_variables get_default_graph get_default_session "
    "global_variables global_variables_initializer group initialize_all_variables "
    "initialize_variables reset_default_graph variables_initializer "
    "config.experimental.set_memory_growth graph_util.convert_variables_to_constants "
    "lite.TFLiteConverter.from_session saved_model.simple_save train.Saver train.Supervisor"
).split()

# Names, methods and fields that not every version has.
MEMBERS = (
    "GPUOptions.allow_growth Graph.as_default Graph.finalize Session.__enter__ Session.__exit__ "
    "Session.as_default Session.close config.experimental.set_virtual_device_configuration "
    "config.set_logical_device_configuration config.set_soft_device_placement "
    "config.set_visible_devices disable_eager_execution disable_v2_behavior "
    "enable_eager_execution enable_v2_behavior executing_eagerly init_scope initialize_all_tables "
    "initialize_local_variables local_variables_initializer tables_initializer Operation.run "
    "Tensor.eval Variable assign assign_add assign_sub batch_scatter_update cast constant "
    "control_dependencies convert_to_tensor expand_dims function get_variable gradients identity "
    "import_graph_def is_variable_initialized layers.batch_normalization layers.conv2d "
    "layers.dense logging.set_verbosity matmul name_scope ones ones_like placeholder "
    "placeholder_with_default rank reduce_max reduce_mean reduce_sum reshape "
    "saved_model.Builder.add_meta_graph_and_variables "
    "saved_model.builder.SavedModelBuilder.add_meta_graph_and_variables scatter_add scatter_div "
    "scatter_max scatter_min scatter_mul scatter_nd_add scatter_nd_sub scatter_nd_update "
    "scatter_sub scatter_update set_random_seed shape size square train.import_meta_graph "
    "train.start_queue_runners zeros zeros_like"
).split()
# Methods of optimizers.
OPTIMIZERS = (
    "Adadelta AdagradDA Adagrad Adam Ftrl GradientDescent Momentum ProximalAdagrad "
    "ProximalGradientDescent RMSProp"
).split()
TRAINING = ("apply_gradients", "minimize")
# Attributes of a model, and methods that are not public.
ATTRIBUTES = (
    "_make_predict_function _make_test_function _make_train_function input input_names input_shape "
    "inputs name non_trainable_variables non_trainable_weights output output_names output_shape "
    "outputs trainable_variables trainable_weights variables weights"
).split()
LAYER_ATTRIBUTES = ("bias", "kernel")
# Modules, public or not, of which some are attributes of another.
MODULES = """
    keras keras.api keras.api._v1.keras keras.api._v2.keras keras.applications keras.backend
    keras.backend.tensorflow_backend keras.backend.tf keras.engine keras.layers keras.models
    keras.src tensorflow tensorflow._api.v1 tensorflow._api.v2 tensorflow.compat
    tensorflow.compat.v1 tensorflow.compat.v1.keras tensorflow.compat.v2 tensorflow.config
    tensorflow.contrib tensorflow.contrib.keras tensorflow.contrib.keras.api.keras
    tensorflow.core.protobuf.config_pb2 tensorflow.keras tensorflow.python
    tensorflow.python.client.session tensorflow.python.keras
    tensorflow.python.training.monitored_session tensorflow.python.training.supervisor
    tensorflow.train tf_keras
""".split()

# Looked up in `tensorflow` itself, as all others are in `tensorflow.compat.v1`.
VERSION_1 = """
    AUTO_REUSE ConfigProto FIFOQueue FixedLenFeature GPUOptions GraphDef GraphKeys
    InteractiveSession OptimizerOptions Print RandomShuffleQueue RunMetadata RunOptions Session
    TFRecordReader VarLenFeature VariableScope WholeFileReader add_to_collection all_variables app
    arg_max arg_min assign assign_add assign_sub ceil contrib count_nonzero decode_csv decode_raw
    diag disable_eager_execution disable_v2_behavior div enable_eager_execution flags
    get_collection get_default_graph get_default_session get_variable get_variable_scope gfile
    global_variables global_variables_initializer graph_util.convert_variables_to_constants
    graph_util.extract_sub_graph graph_util.remove_training_nodes image.resize_bilinear
    image.resize_images initialize_all_variables initialize_local_variables initialize_variables
    is_nan is_variable_initialized keras.backend.get_session keras.backend.set_session layers
    local_variables local_variables_initializer log logging losses.get_total_loss
    losses.sigmoid_cross_entropy losses.softmax_cross_entropy losses.sparse_softmax_cross_entropy
    matrix_inverse multinomial nn.bidirectional_dynamic_rnn nn.dynamic_rnn nn.rnn_cell
    nn.softmax_cross_entropy_with_logits_v2 nn.static_rnn parse_single_example placeholder
    placeholder_with_default py_func python_io random_crop random_normal random_shuffle
    random_uniform read_file report_uninitialized_variables reset_default_graph saved_model.Builder
    saved_model.build_signature_def saved_model.builder saved_model.loader saved_model.main_op
    saved_model.predict_signature_def saved_model.signature_constants
    saved_model.signature_def_utils saved_model.simple_save saved_model.tag_constants
    saved_model.utils scatter_update set_random_seed sparse_placeholder sparse_tensor_to_dense
    sparse_to_dense squared_difference string_split summary.FileWriter summary.merge
    summary.merge_all tables_initializer to_double to_float to_int32 to_int64
    train.AdagradOptimizer train.AdamOptimizer train.ChiefSessionCreator
    train.GradientDescentOptimizer train.MomentumOptimizer train.MonitoredSession
    train.MonitoredTrainingSession train.Optimizer train.RMSPropOptimizer train.Saver train.Server
    train.SessionRunHook train.SingularMonitoredSession train.Supervisor train.WorkerSessionCreator
    train.exponential_decay train.get_global_step train.get_or_create_global_step
    train.import_meta_graph train.start_queue_runners train.write_graph trainable_variables
    truncated_normal truncated_normal_initializer variable_scope variables_initializer
    wrap_function
""".split()


def parameters(function: Any) -> list[str]:
    """The names of a function's parameters, without ``self``; none where they are not told."""
    if inspect.isclass(function):
        function = function.__init__
    try:
        names = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return []
    return names[1:] if names[:1] == ["self"] else names


def position(function: Any, parameter: str) -> int | None:
    """The position of a parameter, None where the signature doesn't tell."""
    names = parameters(function)
    return names.index(parameter) if parameter in names else None


def public(module: Any) -> Iterator[tuple[str, Any]]:
    """The public members of a module."""
    for name in dir(module):
        if not name.startswith("_"):
            yield name, getattr(module, name, None)


def find(root: Any, path: str) -> Any:
    """The member of ``root`` at a dotted path, None if there is none."""
    for part in path.split("."):
        fields = getattr(getattr(root, "DESCRIPTOR", None), "fields_by_name", {})
        root = getattr(root, part, None) or fields.get(part)
    return root


def is_there(module: str) -> bool:
    """Whether a module can be imported, or is an attribute of one."""
    try:
        importlib.import_module(module)
    except ImportError:
        owner, _, name = module.rpartition(".")
        return bool(owner) and hasattr(sys.modules.get(owner), name)
    return True


def is_module(value: Any) -> bool:
    """Whether a value is a module, or one of the API's wrappers of a module."""
    return isinstance(value, types.ModuleType)


def modules(module: Any, path: str, package: str) -> Iterator[tuple[str, Any]]:
    """A module and its public sub-modules, but not the modules of others that these import."""
    yield path, module
    for name, value in public(module):
        if is_module(value) and value.__name__.startswith(package) and name == name.lower():
            inner = value.__name__.rpartition(".")[2]
            if inner == name and hasattr(value, "__file__"):
                yield from modules(value, f"{path}.{name}", value.__name__)


def keras_names(keras: Any) -> Names:
    """The names of one Keras."""
    names: Names = {}
    layer, model = keras.layers.Layer, keras.models.Model

    def kind_of(value: Any) -> str | None:
        if not inspect.isclass(value) or not issubclass(value, layer):
            return None
        # What has layers is a model, though in Keras 2.2.5 Network is a base class of Model.
        return "model" if hasattr(value, "get_layer") else "layer"

    for start in ("", "models", *LAYER_MODULES):
        top = find(keras, start) if start else keras
        if top is None:
            continue
        inside = [(start, top)]
        if start in LAYER_MODULES:
            inside = list(modules(top, start, top.__name__))
        for path, module in inside:
            for name, value in public(module):
                dotted = ".".join(filter(None, ("keras", path, name)))
                kind = kind_of(value)
                if kind is not None:
                    names[dotted] = (kind, None)
                elif path == "layers" and callable(value) and not inspect.isclass(value):
                    names[dotted] = ("layer function", None)
                elif path == "models" and inspect.isroutine(value):
                    names[dotted] = ("model function", None)
    for path, module in modules(keras.applications, "applications", keras.applications.__name__):
        for name, value in public(module):
            # Their sub-modules import layers and the like as well, in old versions.
            if inspect.isfunction(value) and name[0].isupper() and "Convolution" not in name:
                names[f"keras.{path}.{name}"] = ("application", position(value, "weights"))
    for name in ESTIMATORS:
        if find(keras, f"wrappers.scikit_learn.{name}") is not None:
            names[f"keras.wrappers.scikit_learn.{name}"] = ("estimator", None)
    for name in BACKEND:
        if hasattr(keras.backend, name):
            names[f"keras.backend.{name}"] = ("backend", None)
    for owner in (model, keras.models.Sequential):
        for name, value in public(owner):
            if inspect.isroutine(value):
                names[f"keras.Model.{name}"] = ("method", None)
    example = keras.models.Sequential([keras.layers.Dense(1, input_shape=(1,))])
    for name in ATTRIBUTES:
        if hasattr(example, name):
            names[f"keras.Model.{name}"] = ("attribute", None)
    for name in LAYER_ATTRIBUTES:
        if hasattr(example.layers[0], name):
            names[f"keras.Layer.{name}"] = ("attribute", None)
    for name in BACKEND_OTHERS:
        if hasattr(keras.backend, name):
            names[f"keras.backend.{name}"] = ("member", None)
    for name in TELLING:
        if "callbacks" in parameters(getattr(model, name, None)):
            place = position(getattr(model, name), "callbacks")
            names[f"keras.Model.{name}(callbacks)"] = ("callbacks", place)
    for name in parameters(keras.callbacks.LambdaCallback):
        names[f"keras.callbacks.LambdaCallback.{name}"] = ("hook", None)
    return {**builtin_names(keras.backend, "keras.backend"), **names}


def builtin_names(module: Any, path: str) -> Names:
    """The names of a module that are also Python's own."""
    found = (name for name, _ in public(module) if name in dir(builtins))
    return {f"{path}.{name}": ("builtin", None) for name in found}


def tensorflow_names(v1: Any) -> Names:
    """The names of TensorFlow itself."""
    names: Names = {}
    for path, parameter in SESSIONS.items():
        value = find(v1, path)
        if value is not None:
            names[f"tensorflow.{path}"] = ("session", position(value, parameter))
            for target in TARGETS:
                if target in parameters(value):
                    names[f"tensorflow.{path}({target})"] = ("target", position(value, target))
    for path in OTHERS:
        if find(v1, path) is not None:
            names[f"tensorflow.{path}"] = ("other", None)
    for path in MEMBERS:
        if find(v1, path) is not None:
            names[f"tensorflow.{path}"] = ("member", None)
    for name in OPTIMIZERS:
        for method in TRAINING:
            path = f"train.{name}Optimizer.{method}"
            if find(v1, path) is not None:
                names[f"tensorflow.{path}"] = ("member", None)
    return names


def version_1_names(tensorflow: Any) -> Names:
    """The names that TensorFlow itself has of those that only TensorFlow 1 should have."""
    with_value = (path for path in VERSION_1 if find(tensorflow, path) is not None)
    return {f"tf.{path}": ("TensorFlow 1", None) for path in with_value}


def main() -> None:
    """Print the names of this environment."""
    parser = argparse.ArgumentParser(description="Print the names of TensorFlow and Keras.")
    parser.add_argument("--keras", choices=["tf.keras", "keras"], default="tf.keras")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import tensorflow

    if options.keras == "keras":
        import keras

        roots = [keras]
    else:
        roots = [tensorflow.keras, tensorflow.compat.v1.keras]
    names = {**tensorflow_names(tensorflow.compat.v1), **version_1_names(tensorflow)}
    names.update(builtin_names(tensorflow, "tensorflow"))
    names.update(builtin_names(tensorflow.compat.v1, "tensorflow.compat.v1"))
    names.update((path, ("module", None)) for path in MODULES if is_there(path))
    for root in roots:
        for name, found in keras_names(root).items():
            if names.get(name, (None, None))[1] is None:
                names[name] = found
    json.dump(names, sys.stdout, indent=1, sort_keys=True)
    print()


if __name__ == "__main__":
    main()
