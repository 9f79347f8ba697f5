"""The vocabulary of sessions: what a dotted name of TensorFlow or Keras is.

The tables were read off the live namespaces of TensorFlow 1.15, 2.4, 2.8, 2.15 and 2.21, tf_keras
and Keras 2.2.5; the runtime suite compares them with those again.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

LAYERS = frozenset(
    """
    AbstractRNNCell Activation ActivityRegularization AdaptiveAveragePooling1D
    AdaptiveAveragePooling2D AdaptiveAveragePooling3D AdaptiveMaxPooling1D AdaptiveMaxPooling2D
    AdaptiveMaxPooling3D Add AdditiveAttention AlphaDropout Attention AugMix AutoContrast
    Average AveragePooling1D AveragePooling2D AveragePooling3D AvgPool1D AvgPool2D AvgPool3D
    BatchNormalization Bidirectional CategoryCrossing CategoryEncoding CenterCrop Concatenate
    ContrastLimitedAdaptiveHistogramEqualization Conv1D Conv1DTranspose Conv2D Conv2DTranspose
    Conv3D Conv3DTranspose ConvLSTM1D ConvLSTM2D ConvLSTM2DCell ConvLSTM3D ConvRNN2D
    ConvRecurrent2D Convolution1D Convolution1DTranspose Convolution2D Convolution2DTranspose
    Convolution3D Convolution3DTranspose Cropping1D Cropping2D Cropping3D CuDNNGRU CuDNNLSTM
    CutMix Deconv2D Deconv3D Deconvolution2D Deconvolution3D Dense DenseFeatures DepthwiseConv1D
    DepthwiseConv2D Discretization Dot Dropout DynamicEmbedding DynamicLookup ELU EinsumDense
    Embedding Equalization Flatten FlaxLayer GRU GRUCell GaussianDropout GaussianNoise
    GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D GlobalAvgPool1D
    GlobalAvgPool2D GlobalAvgPool3D GlobalMaxPool1D GlobalMaxPool2D GlobalMaxPool3D
    GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D GroupNormalization
    GroupQueryAttention HashedCrossing Hashing Highway Identity InputLayer IntegerLookup
    JaxLayer LSTM LSTMCell Lambda Layer LayerNormalization LeakyReLU LocallyConnected1D
    LocallyConnected2D Masking MaxNumBoundingBoxes MaxPool1D MaxPool2D MaxPool3D MaxPooling1D
    MaxPooling2D MaxPooling3D Maximum MaxoutDense MelSpectrogram Merge Minimum MixUp
    MultiHeadAttention Multiply Normalization PReLU PeepholeLSTMCell Permute Pipeline
    PreprocessingLayer RMSNormalization RNN RandAugment RandomBrightness RandomColorDegeneration
    RandomColorJitter RandomContrast RandomCrop RandomElasticTransform RandomErasing RandomFlip
    RandomFourierFeatures RandomGaussianBlur RandomGrayscale RandomHeight RandomHue RandomInvert
    RandomPerspective RandomPosterization RandomRotation RandomSaturation RandomSharpness
    RandomShear RandomTranslation RandomWidth RandomZoom ReLU Recurrent RepeatVector Rescaling
    Reshape Resizing ReversibleEmbedding STFTSpectrogram SeparableConv1D SeparableConv2D
    SeparableConvolution1D SeparableConvolution2D SequenceFeatures SimpleRNN SimpleRNNCell
    Softmax Solarization SpatialDropout1D SpatialDropout2D SpatialDropout3D
    SpectralNormalization StackedRNNCells StringLookup Subtract SyncBatchNormalization TFSMLayer
    TextVectorization ThresholdedReLU TimeDistributed TorchModuleWrapper UnitNormalization
    UpSampling1D UpSampling2D UpSampling3D Wrapper ZeroPadding1D ZeroPadding2D ZeroPadding3D
    """.split()
)

# Layers, and functions that make some, that can hold no weights.
WEIGHTLESS = frozenset(
    """
    Activation ActivityRegularization Add AlphaDropout Average AveragePooling1D AveragePooling2D
    AveragePooling3D AvgPool1D AvgPool2D AvgPool3D CenterCrop Concatenate Cropping1D Cropping2D
    Cropping3D Dot Dropout ELU Flatten GaussianDropout GaussianNoise GlobalAveragePooling1D
    GlobalAveragePooling2D GlobalAveragePooling3D GlobalAvgPool1D GlobalAvgPool2D GlobalAvgPool3D
    GlobalMaxPool1D GlobalMaxPool2D GlobalMaxPool3D GlobalMaxPooling1D GlobalMaxPooling2D
    GlobalMaxPooling3D Identity Input InputLayer Lambda LeakyReLU Masking MaxPool1D MaxPool2D
    MaxPool3D MaxPooling1D MaxPooling2D MaxPooling3D Maximum Minimum Multiply Permute ReLU
    RepeatVector Rescaling Reshape Resizing Softmax SpatialDropout1D SpatialDropout2D
    SpatialDropout3D Subtract ThresholdedReLU UnitNormalization UpSampling1D UpSampling2D
    UpSampling3D ZeroPadding1D ZeroPadding2D ZeroPadding3D add average concatenate dot maximum
    minimum multiply subtract
    """.split()
)

APPLICATIONS = frozenset(
    """
    ConvNeXtBase ConvNeXtLarge ConvNeXtSmall ConvNeXtTiny ConvNeXtXLarge DenseNet121 DenseNet169
    DenseNet201 EfficientNetB0 EfficientNetB1 EfficientNetB2 EfficientNetB3 EfficientNetB4
    EfficientNetB5 EfficientNetB6 EfficientNetB7 EfficientNetV2B0 EfficientNetV2B1
    EfficientNetV2B2 EfficientNetV2B3 EfficientNetV2L EfficientNetV2M EfficientNetV2S
    InceptionResNetV2 InceptionV3 MobileNet MobileNetV2 MobileNetV3Large MobileNetV3Small
    NASNetLarge NASNetMobile RegNetX002 RegNetX004 RegNetX006 RegNetX008 RegNetX016 RegNetX032
    RegNetX040 RegNetX064 RegNetX080 RegNetX120 RegNetX160 RegNetX320 RegNetY002 RegNetY004
    RegNetY006 RegNetY008 RegNetY016 RegNetY032 RegNetY040 RegNetY064 RegNetY080 RegNetY120
    RegNetY160 RegNetY320 ResNet101 ResNet101V2 ResNet152 ResNet152V2 ResNet50 ResNet50V2
    ResNetRS101 ResNetRS152 ResNetRS200 ResNetRS270 ResNetRS350 ResNetRS420 ResNetRS50 VGG16
    VGG19 Xception
    """.split()
)

LAYER_FUNCTIONS = frozenset(
    """
    AtrousConvolution1D AtrousConvolution2D Input add average concatenate dot maximum minimum
    multiply subtract
    """.split()
)
MODELS = frozenset("Functional LinearModel Model Network Sequential WideDeepModel".split())
MODEL_FUNCTIONS = frozenset("clone_model model_from_config model_from_json model_from_yaml".split())

# Attributes of a model (or layer) through which nobody gets at its weights.
TENSOR_ATTRIBUTES = frozenset(
    "input input_names input_shape inputs name output output_names output_shape outputs".split()
)
# Methods of a model (or layer) that need the values of its weights.
READING_METHODS = frozenset(
    """
    evaluate evaluate_generator fit fit_generator get_weights predict predict_classes
    predict_generator predict_on_batch predict_proba save save_weights test_on_batch
    train_on_batch
    """.split()
)
# Those of them that only keep the values elsewhere.
KEEPING_METHODS = frozenset("save save_weights".split())
TRAINING_METHODS = frozenset("fit fit_generator train_on_batch".split())
# Those that give it values: what it had before is of no account afterwards.
GIVING_METHODS = frozenset("load_weights set_weights".split())

# The position of `weights` in the constructors of keras.applications whose names begin so; 1 for
# all others.
_WEIGHTS_POSITIONS = {
    "ConvNeXt": 3,
    "MobileNet": 5,
    "MobileNetV2": 3,
    "MobileNetV3": 4,
    "NASNet": 2,
    "RegNet": 3,
}

# Functions of keras.backend that read or set the values of variables.
BACKEND_WEIGHTS = frozenset("batch_get_value batch_set_value eval get_value set_value".split())
_BACKEND_SESSIONS = frozenset("clear_session get_session set_session".split())

# The position of `config` in what creates a session, from the live signatures.
_SESSIONS = {
    "Session": 2,
    "InteractiveSession": 2,
    "train.MonitoredTrainingSession": 9,
    "train.SingularMonitoredSession": 3,
}
_CREATORS = {"train.ChiefSessionCreator": 2, "train.WorkerSessionCreator": 2}
# That of the server whose devices it uses: 0 for all others.
_TARGETS = {
    "train.ChiefSessionCreator": 1,
    "train.SingularMonitoredSession": 2,
    "train.WorkerSessionCreator": 1,
}
# The position of `config` in what makes a server.
_SERVERS = {
    "distribute.Server": 4,
    "distribute.Server.create_local_server": 0,
    "train.Server": 4,
    "train.Server.create_local_server": 0,
}
SUPERVISOR_METHODS = {
    "PrepareSession": 1,
    "managed_session": 1,
    "prepare_or_wait_for_session": 1,
}

# A program that calls one of the first leaves the eager execution of TensorFlow 2; the last asks.
_GRAPH_MODE = frozenset("disable_eager_execution disable_v2_behavior".split())
LEAVES_EAGER = _GRAPH_MODE | {"executing_eagerly"}

# Names, and modules, of `tensorflow` that TensorFlow 2 has under `tensorflow.compat.v1` alone, if
# at all: those that programs with a session have.
VERSION_1 = frozenset(
    """
    AUTO_REUSE ConfigProto FIFOQueue FixedLenFeature GPUOptions GraphDef GraphKeys
    InteractiveSession OptimizerOptions Print RandomShuffleQueue RunMetadata RunOptions Session
    TFRecordReader VarLenFeature VariableScope WholeFileReader add_to_collection all_variables app
    arg_max arg_min assign assign_add assign_sub ceil contrib count_nonzero decode_csv decode_raw
    diag disable_eager_execution disable_v2_behavior div enable_eager_execution flags
    get_collection get_default_graph get_default_session get_variable get_variable_scope gfile
    global_variables global_variables_initializer image.resize_bilinear image.resize_images
    initialize_all_variables initialize_local_variables initialize_variables is_nan
    is_variable_initialized keras.backend.get_session keras.backend.set_session layers
    local_variables local_variables_initializer log logging losses.get_total_loss
    losses.sigmoid_cross_entropy losses.softmax_cross_entropy
    losses.sparse_softmax_cross_entropy matrix_inverse multinomial nn.bidirectional_dynamic_rnn
    nn.dynamic_rnn nn.rnn_cell nn.softmax_cross_entropy_with_logits_v2 nn.static_rnn
    parse_single_example placeholder placeholder_with_default py_func python_io random_crop
    random_normal random_shuffle random_uniform read_file report_uninitialized_variables
    reset_default_graph scatter_update set_random_seed sparse_placeholder
    sparse_tensor_to_dense sparse_to_dense squared_difference string_split
    summary.FileWriter summary.merge summary.merge_all tables_initializer to_double to_float
    to_int32 to_int64 train.AdagradOptimizer train.AdamOptimizer train.ChiefSessionCreator
    train.GradientDescentOptimizer train.MomentumOptimizer train.MonitoredSession
    train.MonitoredTrainingSession train.Optimizer train.RMSPropOptimizer train.Saver
    train.Server train.SingularMonitoredSession train.Supervisor train.WorkerSessionCreator
    train.exponential_decay train.get_global_step train.get_or_create_global_step
    train.import_meta_graph train.start_queue_runners trainable_variables truncated_normal
    truncated_normal_initializer variable_scope variables_initializer wrap_function
    """.split()
)
# What is done with sessions and graphs in programs that have them.
_OF_GRAPH_MODE = (
    "creator",
    "default graph",
    "default session",
    "get_session",
    "graph",
    "monitored session",
    "server",
    "session",
    "set_session",
    "supervisor",
)

# The methods of a model of standalone Keras by the function that they need, which is made once:
# before Keras 2.3 it then works in every thread.
_FUNCTION_USERS = {
    "predict": "predict predict_classes predict_generator predict_on_batch predict_proba",
    "test": "evaluate evaluate_generator test_on_batch",
    "train": "fit fit_generator train_on_batch",
}
FUNCTION_OF = {
    method: kind
    for kind, methods in _FUNCTION_USERS.items()
    for method in (f"_make_{kind}_function", *methods.split())
}

_TENSORFLOW = {
    "ConfigProto": "config",
    "GPUOptions": "options",
    "all_variables": "global variables",
    "global_variables": "global variables",
    "global_variables_initializer": "initializer",
    "initialize_all_variables": "initializer",
    "initialize_variables": "some initializer",
    "variables_initializer": "some initializer",
    "group": "group",
    "Graph": "graph",
    "get_default_graph": "default graph",
    "get_default_session": "default session",
    "reset_default_graph": "reset graph",
    "train.MonitoredSession": "monitored session",
    "train.Supervisor": "supervisor",
    "config.experimental.set_memory_growth": "memory growth",
    "python.framework.ops.reset_default_graph": "reset graph",
}

# Code that starts a thread has one of these words.
THREAD_WORDS = frozenset("Pool Thread ThreadPool ThreadPoolExecutor Timer start submit".split())

# Methods of a pool of threads that run a function, and the last names of decorators that make one
# a web server's request handler.
EXECUTOR_METHODS = frozenset("apply apply_async imap imap_unordered map map_async submit".split())
# Methods of a stack of context managers that enter one.
STACK_METHODS = frozenset(("enter_async_context", "enter_context"))
ROUTE_DECORATORS = frozenset("delete get patch post put route".split())

_PYTHON = {
    "threading.Thread": "thread",
    "threading.Timer": "timer",
    "functools.partial": "partial",
    "concurrent.futures.ThreadPoolExecutor": "executor",
    "concurrent.futures.thread.ThreadPoolExecutor": "executor",
    "multiprocessing.dummy.Pool": "executor",
    "multiprocessing.pool.ThreadPool": "executor",
    "django.conf.urls.url": "route",
    "django.urls.path": "route",
    "django.urls.re_path": "route",
    "abc.abstractmethod": "transparent decorator",
    "abc.abstractproperty": "property",
    "builtins.property": "property",
    "builtins.classmethod": "classmethod",
    "builtins.staticmethod": "staticmethod",
    "contextlib.contextmanager": "contextmanager",
    "contextlib.asynccontextmanager": "contextmanager",
    "contextlib.ExitStack": "exit stack",
    "contextlib.AsyncExitStack": "exit stack",
    "functools.cached_property": "property",
    "functools.cache": "transparent decorator",
    "functools.lru_cache": "transparent decorator",
    "typing.final": "transparent decorator",
    "typing.override": "transparent decorator",
    "typing_extensions.override": "transparent decorator",
    "sys.exit": "exit",
    "os._exit": "exit",
    "os.abort": "exit",
    "builtins.exit": "exit",
    "builtins.quit": "exit",
    "os.environ.setdefault": "set environment",
    "os.environ.update": "update environment",
    "os.putenv": "set environment",
}

# Spellings of the same namespace, longest first; applied until none fits any more.
_PREFIXES = tuple(
    sorted(
        {
            "tensorflow.compat.v1": "tensorflow",
            "tensorflow.compat.v2": "tensorflow",
            "tensorflow._api.v1": "tensorflow",
            "tensorflow._api.v2": "tensorflow",
            "tensorflow.python.client.session": "tensorflow",
            "tensorflow.core.protobuf.config_pb2": "tensorflow",
            "tensorflow.python.training.monitored_session": "tensorflow.train",
            "tensorflow.python.training.supervisor": "tensorflow.train",
            "tensorflow.keras": "keras",
            "tensorflow.python.keras": "keras",
            "tensorflow.contrib.keras": "keras",
            "tensorflow.contrib.keras.api.keras": "keras",
            "tensorflow.contrib.keras.python.keras": "keras",
            "tensorflow.python.keras._impl.keras": "keras",
            "tf_keras": "keras",
            "keras.src": "keras",
            "keras.api": "keras",
            "keras._v1.keras": "keras",
            "keras._v2.keras": "keras",
            "keras.backend.tensorflow_backend": "keras.backend",
            "keras.backend.tf": "tensorflow",
        }.items(),
        key=lambda pair: -len(pair[0]),
    )
)


# By the words that code has, and the names defined with them, it is told what it can do. It makes
# no session, registers none, initialises no variables without these:
CREATING_WORDS = frozenset(
    """
    InteractiveSession MonitoredSession MonitoredTrainingSession PrepareSession Session
    SingularMonitoredSession managed_session prepare_or_wait_for_session
    """.split()
)
REGISTERING_WORDS = frozenset(("set_session",))
_INITIALIZING_WORDS = frozenset(
    """
    global_variables_initializer initialize_all_variables initialize_variables
    variables_initializer
    """.split()
)
# It asks for no growth, makes no configs:
GROWTH_WORDS = frozenset(("GPUOptions", "allow_growth"))
CONFIG_WORDS = GROWTH_WORDS | {"ConfigProto", "set_memory_growth"}
# It does nothing that has to be done in the right order; with what another file has of these, that
# file matters:
REACHED_WORDS = CREATING_WORDS | REGISTERING_WORDS | _INITIALIZING_WORDS
ORDER_WORDS = REACHED_WORDS | {"Graph"}
# It has no other threads:
OTHER_THREAD_WORDS = frozenset(
    "Pool Thread ThreadPool ThreadPoolExecutor Timer re_path route urlpatterns".split()
)
# It makes no Keras objects:
KERAS_WORDS = LAYERS | APPLICATIONS | MODELS | MODEL_FUNCTIONS | {"Input", "load_model"}
# It gives, reads or trains no weights:
WEIGHT_WORDS = (
    READING_METHODS
    | GIVING_METHODS
    | BACKEND_WEIGHTS
    | APPLICATIONS
    | {"get_session", "load_model", "save_model", "weights"}
)
# It does nothing to sessions and graphs:
ACTING_WORDS = ORDER_WORDS | frozenset("clear_session get_session reset_default_graph".split())


LIBRARIES = ("keras", "tensorflow", "tf_keras")
# The environment variables that ask for growth in every session, and that may hide the GPUs.
FORCE_GROWTH = "TF_FORCE_GPU_ALLOW_GROWTH"
VISIBLE_DEVICES = "CUDA_VISIBLE_DEVICES"
DEVICE_WORDS = frozenset((VISIBLE_DEVICES,))


class Role(NamedTuple):
    """What a name is: its kind, its last name, and the position of the argument that counts.

    ``target`` is that of the server whose devices a session uses.
    """

    kind: str
    name: str
    position: int = 0
    target: int = 0


@lru_cache(maxsize=4096)
def canonical(dotted: str) -> str:
    """The one spelling of a dotted name: ``keras.…`` for every Keras, ``tensorflow.…`` without
    ``compat.v1``.
    """
    found = dotted.partition(".")[0] in LIBRARIES
    while found:
        found = False
        for prefix, replacement in _PREFIXES:
            if dotted == prefix or dotted.startswith(prefix + "."):
                dotted = replacement + dotted[len(prefix) :]
                found = True
                break
    return dotted


def is_keras(dotted: str) -> bool:
    """Whether a dotted name is Keras or something in it."""
    return canonical(dotted).partition(".")[0] == "keras"


def is_version_1(dotted: str) -> bool:
    """Whether a dotted name, as it is spelled, is one that only TensorFlow 1 has."""
    parts = dotted.split(".")
    return parts[0] == "tensorflow" and any(
        ".".join(parts[1 : count + 2]) in VERSION_1 for count in range(min(len(parts) - 1, 3))
    )


def is_of_graph_mode(dotted: str) -> bool:
    """Whether a program that uses a name, as it is spelled, runs in graph mode: it leaves eager
    execution, makes a session or a graph, or is one of TensorFlow 1.
    """
    known = role(dotted)
    return (
        dotted.rpartition(".")[2] in _GRAPH_MODE
        or (known is not None and known.kind in _OF_GRAPH_MODE)
        or is_version_1(dotted)
    )


def is_foreign(dotted: str) -> bool:
    """Whether a dotted name is of a library of which no name means anything here."""
    return dotted.partition(".")[0] not in _KNOWN_LIBRARIES


_KNOWN_LIBRARIES = {*LIBRARIES, *(dotted.partition(".")[0] for dotted in _PYTHON)}


@lru_cache(maxsize=4096)
def role(dotted: str) -> Role | None:
    """What a dotted name is, None if it means nothing here."""
    parts = canonical(dotted).split(".")
    name = parts[-1]
    if parts[0] == "keras":
        return _keras_role(parts[1:-1], name)
    if parts[0] == "tensorflow":
        return _tensorflow_role(".".join(parts[1:]), name)
    kind = _PYTHON.get(dotted)
    return None if kind is None else Role(kind, name)


def is_module_member(module: str, name: str) -> bool:
    """Whether a star import of ``module`` is known to bring ``name``."""
    root = canonical(module).split(".")[0]
    if root not in ("keras", "tensorflow"):
        return False
    return role(f"{module}.{name}") is not None or (
        name in _SUBMODULES and canonical(module) in ("keras", "tensorflow")
    )


_SUBMODULES = frozenset(
    "applications backend compat config contrib engine keras layers models python train".split()
)


def _keras_role(path: list[str], name: str) -> Role | None:
    if path and path[-1] in LAYERS | MODELS and name == "from_config":
        return _keras_role(path[:-1], path[-1])
    if any(part != part.lower() for part in path):
        # `keras.layers.core.K` and the like are no modules of layers but what these import.
        return None
    section = path[0] if path else ""
    if section == "backend":
        if len(path) > 1:
            return None
        if name in _BACKEND_SESSIONS:
            return Role(name, name)
        return Role("backend weights", name) if name in BACKEND_WEIGHTS else None
    if section == "applications":
        if name in APPLICATIONS:
            return Role("application", name, _weights_position(name))
        return None
    if section in ("", "engine", "models", "legacy", "saving"):
        if name in MODELS:
            return Role("model", name)
        if section != "" and name in MODEL_FUNCTIONS:
            return Role("model", name)
        if section != "" and name == "load_model":
            return Role("load_model", name)
        if section != "" and name == "save_model":
            return Role("save_model", name)
        if name in ("Input", "Layer", "InputLayer"):
            return Role("layer", name)
    if section in ("layers", "engine", "legacy", "experimental"):
        if name in LAYERS or (name in LAYER_FUNCTIONS and section != "experimental"):
            return Role("layer", name)
        if section == "experimental" and name in MODELS:
            return Role("model", name)
    if section == "utils" and name == "multi_gpu_model":
        return Role("model", name)
    return None


def _weights_position(application: str) -> int:
    families = [family for family in _WEIGHTS_POSITIONS if application.startswith(family)]
    return _WEIGHTS_POSITIONS[max(families, key=len)] if families else 1


def _tensorflow_role(path: str, name: str) -> Role | None:
    if path in _SESSIONS:
        return Role("session", name, _SESSIONS[path], _TARGETS.get(path, 0))
    if path in _CREATORS:
        return Role("creator", name, _CREATORS[path], _TARGETS[path])
    if path in _SERVERS:
        return Role("server", name, _SERVERS[path])
    kind = _TENSORFLOW.get(path)
    return None if kind is None else Role(kind, name)
