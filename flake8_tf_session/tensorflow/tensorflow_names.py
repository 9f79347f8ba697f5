"""The names of TensorFlow, read off the live namespaces of its versions."""

from __future__ import annotations

# The position of `config` in what creates a session, from the live signatures.
SESSIONS = {
    "Session": 2,
    "InteractiveSession": 2,
    "train.MonitoredTrainingSession": 9,
    "train.SingularMonitoredSession": 3,
}

# That in what creates one for a `MonitoredSession`.
CREATORS = {"train.ChiefSessionCreator": 2, "train.WorkerSessionCreator": 2}

# The position of the server whose devices these use: 0 for all others.
TARGETS = {
    "train.ChiefSessionCreator": 1,
    "train.SingularMonitoredSession": 2,
    "train.WorkerSessionCreator": 1,
}

# The position of `config` in what makes a server.
SERVERS = {
    "distribute.Server": 4,
    "distribute.Server.create_local_server": 0,
    "train.Server": 4,
    "train.Server.create_local_server": 0,
}

# That in the methods of a `Supervisor` that create one.
SUPERVISOR_METHODS = {
    "PrepareSession": 1,
    "managed_session": 1,
    "prepare_or_wait_for_session": 1,
}

# That in all of these by their last names, but for servers.
CONFIG_POSITIONS = {
    path.rpartition(".")[2]: position
    for table in (SESSIONS, CREATORS, SUPERVISOR_METHODS)
    for path, position in table.items()
}

# The kind of role that the other names have.
KINDS = {
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
    "train.Saver": "saver",
    "python.training.saver.Saver": "saver",
    "saved_model.simple_save": "export",
    "python.saved_model.simple_save.simple_save": "export",
    "graph_util.convert_variables_to_constants": "freeze",
    "python.framework.graph_util.convert_variables_to_constants": "freeze",
    "python.framework.graph_util_impl.convert_variables_to_constants": "freeze",
    "lite.TFLiteConverter.from_session": "freeze",
}
# That of the methods of what these classes make.
METHOD_KINDS = {
    "python.saved_model.builder.SavedModelBuilder.add_meta_graph_and_variables": "export",
    "saved_model.Builder.add_meta_graph_and_variables": "export",
    "saved_model.builder.SavedModelBuilder.add_meta_graph_and_variables": "export",
    **{
        f"train.{name}Optimizer.{method}": "training"
        for name in (
            "Adadelta AdagradDA Adagrad Adam Ftrl GradientDescent Momentum ProximalAdagrad"
            " ProximalGradientDescent RMSProp"
        ).split()
        for method in ("apply_gradients", "minimize")
    },
}

# Methods of a tensor, and of an operation, that run it in a session.
RUNNING_METHODS = frozenset("eval run".split())
# Functions whose result is no tensor that needs the values of what they are given.
SHAPE_FUNCTIONS = frozenset(
    """
    control_dependencies dtype function int_shape is_keras_tensor is_variable_initialized ndim
    ones_like placeholder placeholder_with_default rank shape size zeros_like
    """.split()
)
# Functions that make an operation which gives variables values.
ASSIGNING = frozenset(
    """
    assign assign_add assign_sub batch_scatter_update initialize_variables scatter_add scatter_div
    scatter_max scatter_min scatter_mul scatter_nd_add scatter_nd_sub scatter_nd_update
    scatter_sub scatter_update update update_add update_sub variables_initializer
    """.split()
)
# Functions that do nothing to the variables of a session that they are given.
SESSION_READERS = frozenset("eval start_queue_runners".split())
# Words without which a program has no variables but those of Keras.
VARIABLE_WORDS = frozenset(
    """
    Variable batch_normalization contrib conv2d dense get_variable import_graph_def
    import_meta_graph
    """.split()
)

# A program that calls one of these leaves the eager execution of TensorFlow 2.
GRAPH_MODE = frozenset("disable_eager_execution disable_v2_behavior".split())
# One that calls one of these has it on TensorFlow 1, too.
EAGER_MODE = frozenset("enable_eager_execution enable_v2_behavior".split())
# One that has one of these may have left it.
LEAVES_EAGER = GRAPH_MODE | {"executing_eagerly"}

# Names, and modules, of `tensorflow` that TensorFlow 2 has under `tensorflow.compat.v1` alone, if
# at all: those that programs with a session have.
VERSION_1 = frozenset(
    """
    AUTO_REUSE ConfigProto FIFOQueue FixedLenFeature GPUOptions GraphDef GraphKeys
    InteractiveSession OptimizerOptions Print RandomShuffleQueue RunMetadata RunOptions Session
    TFRecordReader VarLenFeature VariableScope WholeFileReader add_to_collection all_variables app
    arg_max arg_min assign assign_add assign_sub ceil contrib count_nonzero decode_csv decode_raw
    diag disable_eager_execution disable_v2_behavior div enable_eager_execution flags get_collection
    get_default_graph get_default_session get_variable get_variable_scope gfile global_variables
    global_variables_initializer graph_util.convert_variables_to_constants
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
    summary.merge_all tables_initializer to_double to_float to_int32 to_int64 train.AdagradOptimizer
    train.AdamOptimizer train.ChiefSessionCreator train.GradientDescentOptimizer
    train.MomentumOptimizer train.MonitoredSession train.MonitoredTrainingSession train.Optimizer
    train.RMSPropOptimizer train.Saver train.Server train.SessionRunHook
    train.SingularMonitoredSession train.Supervisor train.WorkerSessionCreator
    train.exponential_decay train.get_global_step train.get_or_create_global_step
    train.import_meta_graph train.start_queue_runners train.write_graph trainable_variables
    truncated_normal truncated_normal_initializer variable_scope variables_initializer wrap_function
    """.split()
)

# What a program makes before its session, and what registers that.
CONFIG_CLASSES = frozenset("ConfigProto GPUOptions".split())
SETUP = CONFIG_CLASSES | frozenset("Session set_session".split())
# Functions that make an operation which initialises variables, or whose result is given to one.
INITIALIZING = frozenset(
    """
    all_variables global_variables global_variables_initializer group initialize_all_tables
    initialize_all_variables initialize_local_variables local_variables_initializer
    tables_initializer variables_initializer
    """.split()
)
# Those of them that initialise whatever variables the graph has.
GRAPH_INITIALIZERS = frozenset(
    """
    global_variables_initializer initialize_all_variables initialize_local_variables
    local_variables_initializer
    """.split()
)
# What TensorFlow has beside layers, optimizers and the like that makes no variable.
WITHOUT_VARIABLES = GRAPH_INITIALIZERS | frozenset(
    """
    cast constant convert_to_tensor expand_dims gradients identity matmul name_scope ones
    placeholder reduce_max reduce_mean reduce_sum reshape set_random_seed set_verbosity shape
    square zeros
    """.split()
)
# Names, and methods, that change what sessions, graphs and modes there are, or depend on it.
STATEFUL = SETUP | frozenset(
    """
    Graph InteractiveSession MonitoredSession MonitoredTrainingSession SingularMonitoredSession
    Supervisor Server __enter__ __exit__ as_default clear_session close disable_eager_execution
    disable_v2_behavior enable_eager_execution enable_v2_behavior finalize get_default_session
    get_session init_scope managed_session prepare_or_wait_for_session reset_default_graph
    set_logical_device_configuration set_memory_growth set_soft_device_placement
    set_virtual_device_configuration set_visible_devices
    """.split()
)

# Names by which a star import of TensorFlow or Keras hides those that Python has.
BUILTINS = frozenset(
    "abs all any bool complex eval float int map max min pow range round slice sum zip".split()
)

# Spellings of the same namespace, longest first; applied until none fits any more.
PREFIXES = tuple(
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

# Modules that a star import of TensorFlow or Keras may bring.
SUBMODULES = frozenset(
    "applications backend compat config contrib engine keras layers models python train".split()
)

# The libraries of which this is the vocabulary.
LIBRARIES = ("keras", "tensorflow", "tf_keras")

# The environment variables that ask for growth in every session, and that may hide the GPUs.
FORCE_GROWTH = "TF_FORCE_GPU_ALLOW_GROWTH"
VISIBLE_DEVICES = "CUDA_VISIBLE_DEVICES"
