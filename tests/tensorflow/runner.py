"""Runs programs on real TensorFlow and says what each of them did.

TensorFlow is imported once; each program runs in a forked child of that process, so that no
program sees another one's graph, sessions or settings. What the runtime got is seen where
``tensorflow/python/client/session.py`` hands it over: the ``ConfigProto`` that makes the session's
options, and the runs of each session.

As a script it needs nothing but TensorFlow and Python 3.7::

    python tests/tensorflow/runner.py [--keras keras] fixtures

prints what was seen as JSON: the fixtures' programs and the facts beside this file, each with
its conditions. ``--keras keras`` runs them with the package ``keras`` in the place of ``tf.keras``.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import re
import select
import signal
import sys
import tempfile
import time
import traceback
import types
import warnings
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from facts import FACTS

if TYPE_CHECKING:
    from collections.abc import Callable

    # What was seen of one run: prediction, error, message, traceback, sessions.
    Observation = dict[str, Any]
    # Runs source, named for its tracebacks, in a directory; weights read before set_session or not.
    Run = Callable[[str, str, str, bool], Observation]
    # What a program is said to show: condition ("" for none) → claims.
    Claims = dict[str, list[str]]

WEIGHTS_READ = "when weights are read before set_session"
"""The condition under which a hazard bites."""

IMPORTED = "when imported"
"""The condition that a program is imported by another one, not run."""

NAMES = (
    "tf.Session",
    "tf.compat.v1.Session",
    "tf.keras.backend.set_session",
    "tf.compat.v1.keras.backend.set_session",
)
"""Names that exist in some versions only."""

TIMEOUT = 120.0
"""Seconds after which a program that has not ended is stopped; none comes near it."""

HANGS = "hangs"
"""The claim of a program that waits for ever."""

PATIENCE = 15.0
"""Seconds after which a program is stopped that says so; right ones of its kind take about one."""

_TF_KERAS = re.compile(r"\b(?:tf|tensorflow)(?:\.compat\.v1)?\.keras\b")


class TensorFlow:
    """The one import of TensorFlow, and the programs run on it."""

    def __init__(self, keras: str = "tf.keras") -> None:
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        import tensorflow
        from tensorflow.python.client import session

        self.module: Any = tensorflow
        self.version: str = tensorflow.__version__
        self.border: Any = session.tf_session
        self.standalone = keras == "keras"
        if self.standalone:
            import keras as keras_module

            self.keras: Any = keras_module
            self.backend: Any = keras_module.backend
        else:
            self.keras = tensorflow.keras
            self.backend = tensorflow.compat.v1.keras.backend
        self.layer_class: type = self.keras.layers.Layer

    def about(self) -> dict[str, Any]:
        """The conditions of claims that hold here, the nearest first, and which names exist."""
        version = "on tensorflow " + ".".join(self.version.split(".")[:2])
        return {
            "conditions": ["with keras 2.2.5", version, ""] if self.standalone else [version, ""],
            "names": {name: self.has(name) for name in NAMES},
        }

    def has(self, name: str) -> bool:
        """Whether the dotted ``name`` exists."""
        value = self.module
        for part in name.split(".")[1:]:
            value = getattr(value, part, None)
        return value is not None

    def run(self, source: str, name: str, directory: str, read_weights: bool) -> Observation:
        """Run a program in ``directory``, in a child; ``name`` stands in its tracebacks."""
        timeout = PATIENCE if source.startswith(f"# shows: {HANGS}") else TIMEOUT
        return _in_child(lambda: self._observe(source, name, directory, read_weights), timeout)

    def _observe(self, source: str, name: str, directory: str, read_weights: bool) -> Observation:
        witness = Witness(self, read_weights)
        witness.install()
        os.chdir(directory)
        main = types.ModuleType("__main__")
        main.__file__ = os.path.abspath(name)
        if self.standalone:
            source = source.replace("from tensorflow import keras", "import keras")
            source = _TF_KERAS.sub("keras", source)
            main.__dict__["keras"] = self.keras
        sys.modules["__main__"] = main
        sys.argv = [name]
        output = io.StringIO()
        seen: Observation = {"prediction": None, "error": None, "message": None, "traceback": None}
        try:
            with redirect_stdout(output):
                exec(compile(source, name, "exec", dont_inherit=True), main.__dict__)
        except BaseException as error:  # however a program ends is a result
            seen["error"] = type(error).__name__
            seen["message"] = (str(error).strip() or "no message").splitlines()[0]
            seen["traceback"] = traceback.format_exc()
        else:
            seen["prediction"] = _last_number(output.getvalue())
        seen["sessions"] = witness.sessions
        return seen


class Witness:
    """Sees what reaches the runtime's border in this process."""

    def __init__(self, tensorflow: TensorFlow, read_weights: bool) -> None:
        self.tensorflow = tensorflow
        self.read_weights = read_weights
        self.sessions: list[dict[str, Any]] = []
        self._handles: list[Any] = []

    def install(self) -> None:
        """Wrap the functions of the border; to read weights, every name of ``set_session`` too."""
        border = self.tensorflow.border
        new_options, new_session = border.TF_NewSessionOptions, border.TF_NewSessionRef
        growth = [False]

        def new_session_options(target: Any = None, config: Any = None) -> Any:
            growth[0] = bool(config is not None and config.gpu_options.allow_growth)
            return new_options(target=target, config=config)

        def new_session_ref(*arguments: Any) -> Any:
            handle = new_session(*arguments)
            self._handles.append(handle)
            self.sessions.append({"allow_growth": growth[0], "runs": 0})
            return handle

        border.TF_NewSessionOptions = new_session_options
        border.TF_NewSessionRef = new_session_ref
        for name in ("TF_SessionRun_wrapper", "TF_SessionRunCallable"):
            setattr(border, name, self._counting(getattr(border, name)))
        if self.read_weights:
            self._wrap_set_session()

    def _counting(self, run: Callable[..., Any]) -> Callable[..., Any]:
        def counted(handle: Any, *arguments: Any) -> Any:
            for number, known in enumerate(self._handles):
                if known is handle:
                    self.sessions[number]["runs"] += 1
            return run(handle, *arguments)

        return counted

    def _wrap_set_session(self) -> None:
        original = getattr(self.tensorflow.backend, "set_session", None)
        if original is None:  # Keras 3
            return

        def set_session(session: Any) -> None:
            for item in gc.get_objects():
                if issubclass(type(item), self.tensorflow.layer_class):
                    item.get_weights()
            original(session)

        modules: list[Any] = list(sys.modules.values())
        for module in modules:
            if getattr(module, "__dict__", {}).get("set_session") is original:
                module.set_session = set_session


def _in_child(work: Callable[[], Observation], timeout: float) -> Observation:
    """Call ``work`` in a forked child and return its result, which must be JSON.

    The child leads a group of processes, so that those which it starts end with it.
    """
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        # Python 3.12 warns of threads; TensorFlow has started none that a child needs.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.close(reader)
            os.setsid()
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            with os.fdopen(writer, "w", encoding="utf-8") as pipe:
                json.dump(work(), pipe)
            status = 0
        finally:
            os._exit(status)  # no exit handler of the parent may run twice
    os.close(writer)
    text, ended = _read_all(reader, timeout)
    if not ended:
        os.killpg(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    if status == 0 and text:
        seen: Observation = json.loads(text.decode("utf-8"))
        return seen
    message = f"the child ended with wait status {status}" if ended else f"no end in {timeout} s"
    return {
        "prediction": None,
        "error": "Crash" if ended else HANGS,
        "message": message,
        "traceback": None,
        "sessions": [],
    }


def _read_all(reader: int, timeout: float) -> tuple[bytes, bool]:
    """What comes through a pipe, and whether it ended in time."""
    text = b""
    deadline = time.monotonic() + timeout
    try:
        while select.select([reader], [], [], max(0.0, deadline - time.monotonic()))[0]:
            chunk = os.read(reader, 65536)
            if not chunk:
                return text, True
            text += chunk
        return text, False
    finally:
        os.close(reader)


def _last_number(output: str) -> float | None:
    """The number in the last line of a program's output, if there is one."""
    lines = output.strip().splitlines()
    try:
        return float(lines[-1]) if lines else None
    except ValueError:
        return None


def claims(path: Path) -> Claims:
    """What a fixture says it shows, in the lines ``# shows: …`` at its top.

    ``# shows: predicts 15.0, allow_growth True`` has no condition. Conditions are
    ``WEIGHTS_READ``, ``IMPORTED``, ``with keras 2.2.5`` and ``on tensorflow 1.15`` (of any
    version). A line ``# options: …``, flake8's arguments, may stand above them.
    """
    found: Claims = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# options: "):
            continue
        match = re.match(r"# shows( [^:]+)?: (.+)", line)
        if match is None:
            break
        found[(match.group(1) or "").strip()] = match.group(2).split(", ")
    if "" not in found:
        raise ValueError(f"{path}: no '# shows: ...' line at the top")
    return found


def claims_here(found: Claims, conditions: list[str]) -> list[str]:
    """The claims that hold under the nearest of ``conditions``."""
    return next(found[condition] for condition in conditions if condition in found)


def symptoms(seen: Observation) -> list[str]:
    """Everything that was seen, in the words of the claims."""
    if seen["error"] is not None:
        shown = [str(seen["error"])]
    elif seen["prediction"] is not None:
        shown = [f"predicts {seen['prediction']}"]
    else:
        shown = ["predicts nothing"]
    sessions = seen["sessions"]
    growth = " ".join(str(session["allow_growth"]) for session in sessions)
    shown.append(f"allow_growth {growth}" if sessions else "no session")
    if sessions:
        used = all(session["runs"] for session in sessions)
        shown.append("session used" if used else "session not used")
    return shown


def programs(root: Path) -> list[Path]:
    """The programs of all fixtures under ``root``, sorted."""
    return sorted(path for path in root.glob("*/*/*.py") if path.name in ("bad.py", "fixed.py"))


def observe_fixture(
    run: Run, path: Path, condition: str = "", source: str | None = None
) -> Observation:
    """Run a fixture's program in a directory of its own, after the ``train.py`` beside it.

    ``source`` is run instead of what the file has.
    """
    if source is None:
        source = path.read_text(encoding="utf-8")
    if condition == IMPORTED:
        # Before the comment on the first line, so that every line keeps its number.
        source = f"__name__ = {path.stem!r}  {source}"
    with tempfile.TemporaryDirectory() as directory:
        train = path.with_name("train.py")
        if train.exists():
            trained = run(train.read_text(encoding="utf-8"), str(train), directory, False)
            if trained["error"] is not None:
                trained["message"] = f"train.py: {trained['message']}"
                return trained
        return run(source, str(path), directory, condition == WEIGHTS_READ)


def observe_fact(run: Run, name: str) -> Observation:
    """Run the program of one fact in a directory of its own."""
    with tempfile.TemporaryDirectory() as directory:
        return run(FACTS[name].source, f"<{name}>", directory, False)


def observe_all(run: Run, root: Path, tool: dict[str, str]) -> dict[str, Any]:
    """Run every fixture under ``root``, under each of its conditions, and every fact.

    ``tool`` is what the fixer makes of some ``bad.py``, by their names: run as their ``fixed.py``
    is.
    """
    fixtures: dict[str, dict[str, Observation]] = {}
    for path in programs(root):
        said = claims(path)
        conditions = [each for each in ("", WEIGHTS_READ, IMPORTED) if each in said]
        fixtures[path.relative_to(root).as_posix()] = {
            condition: observe_fixture(run, path, condition) for condition in conditions
        }
        text = tool.get(path.with_name("bad.py").relative_to(root).as_posix())
        if path.stem == "fixed" and text is not None:
            fixtures[path.with_name("tool.py").relative_to(root).as_posix()] = {
                condition: observe_fixture(run, path, condition, text) for condition in conditions
            }
    return {"fixtures": fixtures, "facts": {name: observe_fact(run, name) for name in FACTS}}


def serve(tensorflow: TensorFlow) -> None:
    """Say what this TensorFlow is, then run the programs asked for; a line of JSON each."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # nothing that TensorFlow prints may stand among the answers
    print(json.dumps(tensorflow.about()), file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps(tensorflow.run(**json.loads(line))), file=answers, flush=True)


def main() -> None:
    """Run everything and print what was seen."""
    parser = argparse.ArgumentParser(description="Run the fixtures and the facts on TensorFlow.")
    parser.add_argument("fixtures", type=Path, nargs="?", help="the folder of the fixtures")
    parser.add_argument("--keras", choices=["tf.keras", "keras"], default="tf.keras")
    parser.add_argument("--tool", type=Path, help="what the fixer makes of each bad.py, as JSON")
    parser.add_argument("--serve", action="store_true", help="run the programs asked for on stdin")
    options = parser.parse_args()
    if options.fixtures is None and not options.serve:
        parser.error("the folder of the fixtures is missing")
    tensorflow = TensorFlow(options.keras)
    if options.serve:
        serve(tensorflow)
        return
    tool = {} if options.tool is None else json.loads(options.tool.read_text(encoding="utf-8"))
    seen = {**tensorflow.about(), **observe_all(tensorflow.run, options.fixtures, tool)}
    json.dump(seen, sys.stdout, indent=1, sort_keys=True)
    print()


if __name__ == "__main__":
    main()
