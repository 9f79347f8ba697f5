"""The names of Python and of web servers that decide how code is run, or which of it."""

from __future__ import annotations

# Methods of a pool of threads that run a function.
EXECUTOR_METHODS = frozenset("apply apply_async imap imap_unordered map map_async submit".split())

# Those of a pool of processes.
PROCESS_METHODS = EXECUTOR_METHODS | {"starmap", "starmap_async"}

# What starts a process otherwise than by a fork, for the whole program.
START_METHODS = frozenset(("set_start_method",))

# The last names of decorators that make a function a task of Celery, and the classes of tasks.
TASK_DECORATORS = frozenset(("shared_task", "task"))
TASK_CLASSES = frozenset(("celery.Task", "celery.app.task.Task", "celery.task.Task"))

# Classes of which an object is a thread, that Python keeps only as long as that runs.
THREAD_CLASSES = ("threading.Thread", "threading.Timer")

# Packages for windows: they keep what they are given, and call it later.
WINDOW_TOOLKITS = frozenset(
    "PyQt4 PyQt5 PyQt6 PySide PySide2 PySide6 Tkinter customtkinter kivy tkinter wx".split()
)

# Classes of which an object is a process, that a fork starts.
PROCESS_CLASSES = frozenset(
    """
    multiprocessing.Process multiprocessing.context.Process multiprocessing.get_context().Process
    multiprocessing.process.BaseProcess
    """.split()
)

# Methods of a stack of context managers that enter one.
STACK_METHODS = frozenset(("enter_async_context", "enter_context"))

# The last names of decorators that make a function a web server's request handler, of whatever;
# and those that do so if they are called with a path.
ROUTE_DECORATORS = frozenset(
    "after_request api_route before_request errorhandler route websocket".split()
)
VERB_DECORATORS = frozenset("delete get patch post put".split())

# Names that are false wherever the program runs.
FALSE_NAMES = frozenset(("typing.TYPE_CHECKING", "typing_extensions.TYPE_CHECKING"))

# The kind of role that a dotted name has.
PYTHON_KINDS = {
    "functools.partial": "partial",
    "importlib.import_module": "import",
    **dict.fromkeys(PROCESS_CLASSES, "process"),
    "multiprocessing.Pool": "process pool",
    "multiprocessing.get_context().Pool": "process pool",
    "multiprocessing.get_context": "process context",
    "concurrent.futures.ProcessPoolExecutor": "process executor",
    "concurrent.futures.process.ProcessPoolExecutor": "process executor",
    "os.fork": "fork",
    "scikeras.wrappers.KerasClassifier": "estimator",
    "scikeras.wrappers.KerasRegressor": "estimator",
    "abc.abstractmethod": "transparent decorator",
    "abc.abstractproperty": "property",
    "builtins.property": "property",
    "builtins.classmethod": "classmethod",
    "builtins.staticmethod": "staticmethod",
    "contextlib.contextmanager": "contextmanager",
    "contextlib.asynccontextmanager": "contextmanager",
    "contextlib.ExitStack": "exit stack",
    "contextlib.AsyncExitStack": "exit stack",
    "functools.cached_property": "cached property",
    "functools.cache": "cache",
    "functools.lru_cache": "cache",
    # What `lru_cache(maxsize=None)` and `wraps(function)` return.
    "functools.lru_cache()": "cache",
    "functools.wraps": "decorator factory",
    "functools.wraps()": "transparent decorator",
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
