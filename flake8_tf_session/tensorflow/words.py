"""The words of which code must have one to do something, itself or by names defined with them."""

from __future__ import annotations

from .handlers import HANDLER_WORDS
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
from .python_names import EXECUTOR_METHODS
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

# To throw away what was built; to get hold of the session that Keras uses, and close it.
ENDING_WORDS = frozenset("clear_session get_session reset_default_graph".split())

# To ask for growth, to make a config.
GROWTH_WORDS = frozenset(("GPUOptions", "allow_growth"))
CONFIG_WORDS = GROWTH_WORDS | {"ConfigProto", "set_memory_growth"}

# To do what another file may have to do first; to do anything that has a right order.
REACHED_WORDS = CREATING_WORDS | REGISTERING_WORDS | INITIALIZING_WORDS | ENDING_WORDS
ORDER_WORDS = REACHED_WORDS | {"Graph"}

# To have other threads, of which one may run a generator, or give the items of a `Sequence`; to
# start one.
OTHER_THREAD_WORDS = HANDLER_WORDS | {"__getitem__", "urlpatterns", "yield"}
THREAD_WORDS = HANDLER_WORDS | EXECUTOR_METHODS | {"start"}
# To have what each thread has for itself.
THREAD_LOCAL_WORDS = frozenset("currentThread current_thread get_ident get_native_id local".split())

# To fork a process.
PROCESS_WORDS = frozenset("Parallel Pool Process ProcessPoolExecutor fork".split())
# To have what a worker of Celery calls after it was forked.
TASK_WORDS = frozenset("Task shared_task task".split())

# To make Keras objects.
KERAS_WORDS = LAYERS | APPLICATIONS | MODELS | MODEL_FUNCTIONS | {"Input", "load_model"}

# To give, read or train weights, or to throw them away.
WEIGHT_WORDS = (
    READING_METHODS
    | GIVING_METHODS
    | BACKEND_WEIGHTS
    | APPLICATIONS
    | ENDING_WORDS
    | ESTIMATOR_METHODS
    | {"load_model", "save_model", "weights"}
)

# To hide the GPUs.
DEVICE_WORDS = frozenset((VISIBLE_DEVICES,))
