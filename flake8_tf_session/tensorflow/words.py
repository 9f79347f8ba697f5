"""The words of which code must have one to do something, itself or by names defined with them."""

from __future__ import annotations

from .keras_names import (
    APPLICATIONS,
    BACKEND_WEIGHTS,
    ESTIMATOR_METHODS,
    GIVING_METHODS,
    LAYERS,
    MODEL_FUNCTIONS,
    MODELS,
    READING_METHODS,
)
from .tensorflow_names import VISIBLE_DEVICES

# To make a session, to register one, to initialise variables.
CREATING_WORDS = frozenset(
    """
    InteractiveSession MonitoredSession MonitoredTrainingSession PrepareSession Session
    SingularMonitoredSession managed_session prepare_or_wait_for_session
    """.split()
)
REGISTERING_WORDS = frozenset(("set_session",))
INITIALIZING_WORDS = frozenset(
    """
    global_variables_initializer initialize_all_variables initialize_variables
    variables_initializer
    """.split()
)

# To ask for growth, to make a config.
GROWTH_WORDS = frozenset(("GPUOptions", "allow_growth"))
CONFIG_WORDS = GROWTH_WORDS | {"ConfigProto", "set_memory_growth"}

# To do what another file may have to do first; to do anything that has a right order.
REACHED_WORDS = CREATING_WORDS | REGISTERING_WORDS | INITIALIZING_WORDS
ORDER_WORDS = REACHED_WORDS | {"Graph"}

# To have other threads; to start one.
OTHER_THREAD_WORDS = frozenset(
    "Pool Thread ThreadPool ThreadPoolExecutor Timer re_path route urlpatterns".split()
)
THREAD_WORDS = frozenset("Pool Thread ThreadPool ThreadPoolExecutor Timer start submit".split())

# To fork a process.
PROCESS_WORDS = frozenset("Parallel Pool Process ProcessPoolExecutor fork".split())
# To have what a worker of Celery calls after it was forked.
TASK_WORDS = frozenset("Task shared_task task".split())

# To make Keras objects.
KERAS_WORDS = LAYERS | APPLICATIONS | MODELS | MODEL_FUNCTIONS | {"Input", "load_model"}

# To give, read or train weights.
WEIGHT_WORDS = (
    READING_METHODS
    | GIVING_METHODS
    | BACKEND_WEIGHTS
    | APPLICATIONS
    | ESTIMATOR_METHODS
    | {"get_session", "load_model", "save_model", "weights"}
)

# To do something to sessions and graphs.
ACTING_WORDS = ORDER_WORDS | frozenset("clear_session get_session reset_default_graph".split())
# To hide the GPUs.
DEVICE_WORDS = frozenset((VISIBLE_DEVICES,))
