"""The linter as a library: `check_source`."""

from __future__ import annotations

import ast
import gc
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_tf_session import Finding, Place, Settings, check_source

from .conftest import CASES, expected

HEAD = "import tensorflow as tf\nfrom tensorflow.keras import backend as K, layers\n"
LATE = HEAD + "def f(sess):\n    layers.Dense(1)\n    K.set_session(sess)\n"


def codes(source: str) -> list[tuple[int, str]]:
    """Pairs of line and code of a source's findings."""
    return [(found.line, found.code) for found in check_source(source)]


def text_at(source: str, found: Finding) -> str:
    """The text of a finding's range."""
    lines = source.replace("\r\n", "\n").split("\n")
    if found.line == found.end_line:
        return lines[found.line - 1][found.column : found.end_column]
    first, last = lines[found.line - 1][found.column :], lines[found.end_line - 1]
    return "\n".join([first, *lines[found.line : found.end_line - 1], last[: found.end_column]])


def test_a_finding_tells_everything() -> None:
    assert check_source(LATE, "model.py") == [
        Finding(
            code="TFS101",
            message="Keras layer 'Dense' is created before set_session() on line 5: weights it"
            " gets until then stay behind in another session; register the session first",
            line=4,
            column=4,
            end_line=4,
            end_column=19,
            related=Place("model.py", 5, 4, 5, 23),
        )
    ]


@pytest.mark.parametrize(("followed", "found"), [(True, [(9, "TFS401")]), (False, [])])
def test_handlers_are_followed_where_threads_are(followed: bool, found: list[object]) -> None:
    source = HEAD + (
        "import flask\n"
        "app = flask.Flask(__name__)\n"
        "K.set_session(tf.compat.v1.Session())\n"
        "model = tf.keras.models.load_model('m.h5')\n"
        "@app.route('/')\n"
        "def answer():\n"
        "    return model.predict(1)\n"
    )

    findings = check_source(source, options=Settings(follow_threads=followed))

    assert [(each.line, each.code) for each in findings if each.code == "TFS401"] == found


def test_a_finding_tells_where_in_the_call_it_happens() -> None:
    source = HEAD + "def build():\n    return layers.Dense(1)\n"
    source += "def f(sess):\n    build()\n    K.set_session(sess)\n"

    (found,) = check_source(source)

    assert (found.line, found.column) == (6, 4)
    assert "is created (on line 4) before set_session() on line 7" in found.message


@pytest.mark.parametrize(
    ("statement", "subject"),
    [
        ("layers.Dense(1)", "Keras layer 'Dense' is created"),
        ("layers.Embedding(2, 1)", "Keras layer 'Embedding' is created"),
        ("models.Sequential()", "Keras model 'Sequential' is created"),
        ("models.clone_model(sess)", "Keras model 'clone_model' is created"),
        ("applications.VGG16(weights=None)", "Keras model 'VGG16' is created"),
        ("Own()", "Keras layer 'Own' is created"),
        ("_build_graph()", "'_build_graph()' is called"),
        ("models.load_model('m')", "load_model() uses weights"),
        ("K.get_value(sess)", "K.get_value() uses weights"),
    ],
)
def test_a_message_says_what_happens(statement: str, subject: str) -> None:
    source = HEAD + "from tensorflow.keras import applications, models\n"
    source += "class Own(layers.Layer): pass\n"
    source += f"def f(sess):\n    kept = {statement}\n    K.set_session(sess)\n    return kept\n"

    (found,) = check_source(source)

    assert found.message.startswith(subject)


@pytest.mark.parametrize(
    ("statement", "subject"),
    [
        ("model.predict(sess)", "predict() uses weights"),
        ("models.save_model(model, 'm')", "save_model() uses weights"),
        ("K.get_session()", "get_session() uses weights"),
    ],
)
def test_a_message_says_what_is_done_to_a_model(statement: str, subject: str) -> None:
    source = HEAD + "from tensorflow.keras import models\n"
    source += "def f(sess):\n    model = models.Sequential([layers.Dense(1)])\n"
    source += f"    {statement}\n    K.set_session(sess)\n    return model\n"

    _, found = check_source(source)

    assert found.message.startswith(subject)


def test_a_message_says_what_a_thread_does_not_enter() -> None:
    source = HEAD + "import threading\nfrom tensorflow.keras.models import load_model\n"
    source += "def work(model, sess):\n    K.set_session(sess)\n    model.predict(1)\n"
    source += "def f(sess):\n    K.set_session(sess)\n"
    source += "    threading.Thread(target=work, args=(load_model('m'), sess)).start()\n"

    (found,) = check_source(source)

    assert "does not enter its graph (`with graph.as_default()`):" in found.message


@pytest.mark.parametrize(
    ("imported", "where"),
    [
        ("tensorflow.keras", "(tf.keras in graph mode)"),
        ("keras", "(standalone Keras on TensorFlow 1; from Keras 2.3 on its own session, too)"),
    ],
)
def test_a_message_says_of_which_keras_and_which_line_it_speaks(imported: str, where: str) -> None:
    source = HEAD + f"import threading\nfrom {imported}.models import load_model\n"
    source += "model = load_model('m')\ndef ask():\n    return model.predict(1)\n"
    source += "def work():\n    ask()\ndef f():\n    threading.Thread(target=work).start()\n"
    source += "def session():\n    return K.get_session()\n"

    (found,) = check_source(source)

    assert found.line == 9
    assert found.message.startswith("predict() runs (on line 7) in another thread, which does not")
    assert found.message.endswith(f": each thread has its own {where}")


@pytest.mark.parametrize(
    ("fraction", "taken"),
    [
        ("None", "all memory of the GPU"),
        ("0.3", "its share of the GPU's memory at once"),
        ("share", "its share of the GPU's memory at once"),
        ("0", "all memory of the GPU"),
        ("1.0", "all memory of the GPU"),
    ],
)
@pytest.mark.parametrize(
    "config",
    [
        "tf.ConfigProto(gpu_options=tf.GPUOptions(per_process_gpu_memory_fraction=%s))",
        "tf.ConfigProto(gpu_options={'per_process_gpu_memory_fraction': %s})",
        "tf.ConfigProto()\n    config.gpu_options.per_process_gpu_memory_fraction = %s",
    ],
)
def test_a_message_says_how_much_memory_is_taken(config: str, fraction: str, taken: str) -> None:
    config = config % fraction
    source = HEAD + f"def f(share):\n    config = {config}\n    return tf.Session(config=config)\n"

    (found,) = check_source(source)

    assert f"sets gpu_options.allow_growth: it takes {taken}; give" in found.message


def test_a_message_names_the_server_whose_config_counts() -> None:
    source = HEAD + "server = tf.train.Server({'worker': []})\n"
    source += "def f():\n    return tf.Session(server.target)\n"

    (found,) = check_source(source)

    assert found.message.startswith("the Server() whose devices Session() uses has no config: it")


def test_a_message_names_the_line_of_a_session_that_a_call_makes() -> None:
    source = HEAD + "def open_session(config=None):\n    return tf.Session(config=config)\n"
    source += "def f():\n    return open_session()\n"

    (found,) = check_source(source)

    assert (found.line, found.message[:32]) == (6, "Session() (on line 4) has no con")


def test_a_message_names_the_line_where_options_were_copied() -> None:
    source = HEAD + "def f():\n    options = tf.GPUOptions()\n"
    source += "    config = tf.ConfigProto(gpu_options=options)\n"
    source += "    options.allow_growth = True\n    return tf.Session(config=config)\n"

    late, _ = check_source(source)

    assert late.message.startswith(
        "allow_growth is set after its options were already copied on line 5:"
    )
    assert late.related == Place("<string>", 5, 13, 5, 48)


THREAD = """
import threading
from tensorflow.keras.models import load_model
model = load_model("m")
threading.Thread(target=lambda: model.predict([1])).start()
"""


@pytest.mark.parametrize(
    ("statements", "is_graph_mode"),
    [
        ("import tensorflow as tf\ntf.placeholder(tf.float32)", True),
        ("import tensorflow.contrib.slim", True),
        ("from tensorflow import *\nget_variable('x', [1])", True),
        ("from tensorflow.compat import v1\nget = v1.get_default_graph", True),
        ("from tensorflow.compat.v1 import Session", True),
        ("import tensorflow as tf\nv1 = tf.compat.v1\nv1.disable_v2_behavior()", True),
        ("import tensorflow as tf\ntf.executing_eagerly(), tf.data.Dataset", False),
        ("import tensorflow as tf\nv1 = tf.compat.v1\nv1.placeholder", False),
        ("from . import Session, placeholder\nplaceholder.tf.Session", False),
        ("import requests\nrequests.Session()", False),
    ],
)
def test_what_shows_graph_mode(statements: str, is_graph_mode: bool) -> None:
    assert codes(statements + THREAD) == ([(statements.count("\n") + 5, "TFS401")] * is_graph_mode)


@pytest.mark.parametrize(
    ("imports", "is_version_1"),
    [
        ("import tensorflow as tf\ntf.placeholder", True),
        ("from tensorflow.contrib import slim", True),
        ("from tensorflow import *\nSession", True),
        ("import tensorflow.compat.v1 as tf\ntf.placeholder", False),
        ("from tensorflow.compat.v1 import *\nSession", False),
    ],
)
def test_names_of_version_1_are_no_eager_program(imports: str, is_version_1: bool) -> None:
    source = imports + "\nfrom tensorflow.python.keras import backend as K\n"
    source += "def register(sess):\n    K.set_session(sess)\n"

    assert [code for _, code in codes(source)] == ([] if is_version_1 else ["TFS305"])


@pytest.mark.parametrize(
    ("run", "is_threaded"),
    [
        ("app.run()", True),
        ("app.run(threaded=True)", True),
        ("app.run(threaded=False)", False),
        ("app.run(threaded=count > 1)", False),
        ("app.run(**{'threaded': False, **{}})", False),
        ("app.run(**{'port': 5000, 'threaded': True})", True),
    ],
)
def test_handlers_may_run_in_one_thread(run: str, is_threaded: bool) -> None:
    source = "from flask import Flask\nfrom keras.models import load_model\napp = Flask('a')\n"
    source += "model = load_model('m')\n@app.route('/')\ndef ask():\n    model.predict([1])\n"

    assert codes(source + run + "\n") == [(7, "TFS401")] * is_threaded


def test_the_other_place_is_named_as_the_file_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = "from keras import backend as K\ndef register(sess):\n    K.set_session(sess)\n"
    (tmp_path / "other.py").write_text(register, encoding="utf-8")
    source = "from keras import layers\nfrom other import register\n"
    source += "def f(sess):\n    layers.Dense(1)\n    register(sess)\n"
    monkeypatch.chdir(tmp_path)

    places = [check_source(source, name)[0].related for name in ("a.py", str(tmp_path / "a.py"))]

    assert [place and place.filename for place in places] == [
        "other.py",
        str(tmp_path / "other.py"),
    ]


def test_a_message_names_the_first_of_several_places() -> None:
    source = HEAD + "def register(sess):\n    K.set_session(sess)\n"
    source += "def f(sess, here):\n    layers.Dense(1)\n"
    source += "    if here: K.set_session(sess)\n    else: register(sess)\n"

    (found,) = check_source(source)

    assert "before set_session() on line 4:" in found.message


@pytest.mark.parametrize("case", ["tfs301_unregistered", "tfs201_session"])
def test_a_text_needs_no_file(case: str) -> None:
    text = (CASES / f"{case}.py").read_text(encoding="utf-8")

    assert codes(text) == expected(text)


def test_a_missing_api_is_named_with_what_works() -> None:
    source = "import tensorflow as tf\nsess = tf.Session()\n"

    found = check_source(source, options=Settings(target=(2, 15)))

    (missing,) = (each for each in found if each.code == "TFS501")
    assert missing.message.startswith("tf.Session")
    assert "tf.compat.v1.Session" in missing.message


def test_findings_are_pickled_and_compared() -> None:
    found = check_source(LATE)

    assert pickle.loads(pickle.dumps(found)) == found


def test_the_options_are_taken() -> None:
    source = HEAD + "def f(self, sess):\n    self.make_net()\n    K.set_session(sess)\n"

    assert check_source(source) == []
    assert [
        found.code for found in check_source(source, options=Settings(build_methods=("make_net",)))
    ] == ["TFS102"]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("x = layers.Dense(1)", "layers.Dense(1)"),
        ("x = 1; y = layers.Dense(1)", "layers.Dense(1)"),
        ("ä = 'äöü', layers.Dense(1)", "layers.Dense(1)"),
        ("x = layers.Dense(\n        1,\n    )", "layers.Dense(\n        1,\n    )"),
        ("x = (layers\n         .Dense(1))", "Dense(1)"),
        ("if layers.Dense(1): pass", "layers.Dense(1)"),
        ("if sess:\n        pass\n    elif layers.Dense(1): pass", "layers.Dense(1)"),
        ("if sess: layers.Dense(1)", "layers.Dense(1)"),
        ("while layers.Dense(1): break", "layers.Dense(1)"),
        ("for x in layers.Dense(1): pass", "layers.Dense(1)"),
        ("with layers.Dense(1) as x: pass", "layers.Dense(1)"),
        ("try: pass\n    finally: layers.Dense(1)", "layers.Dense(1)"),
        ("@layers.Dense(1)\n    def g(): pass", "layers.Dense(1)"),
        ("def g(x=layers.Dense(1)): pass", "layers.Dense(1)"),
        ("class G(layers.Dense(1)): pass", "layers.Dense(1)"),
        ("x = f'{layers.Dense(1)}'", "layers.Dense(1)"),
        ('x = """\n""", layers.Dense(1)', "layers.Dense(1)"),
        ("x = [\n        layers.Dense(1)]", "layers.Dense(1)"),
        ("x = \\\n        layers.Dense(1)", "layers.Dense(1)"),
        ("assert layers.Dense(1), (\n        'text')", "layers.Dense(1)"),
        # Other calls and attributes around it, in whatever order Python evaluates them.
        ("x = f'{sess.b} {layers.Dense(1):>{sess.b}} {sess.c()}'", "layers.Dense(1)"),
        ("x = sess.b(*sess.c, d=sess.d(), *layers.Dense(1), **sess.e)", "layers.Dense(1)"),
        ("x = sess.b() if layers.Dense(1) else sess.c()", "layers.Dense(1)"),
        ("x = {sess.b: sess.c(), **sess.d(), sess.e: layers.Dense(1)}", "layers.Dense(1)"),
        ("x = [sess.b() for y in [sess.c()] if layers.Dense(1)]", "layers.Dense(1)"),
        ("x: sess.b = layers.Dense(1); y = sess.c()", "layers.Dense(1)"),
        ("sess.b(); sess.c[sess.d : layers.Dense(1)] = sess.e", "layers.Dense(1)"),
        ("x = lambda a=layers.Dense(1), *, b=sess.c(): sess.d()", "layers.Dense(1)"),
        (
            "def g(a: sess.a(), b=sess.c(), *d: sess.d(), e: sess.e()=layers.Dense(1)): pass",
            "layers.Dense(1)",
        ),
        ("class G(sess.B, metaclass=layers.Dense(1), b=sess.c()): pass", "layers.Dense(1)"),
        ("@sess.b()\n    # ä\n    @layers.Dense(1)\n    class G: pass", "layers.Dense(1)"),
        ("try: sess.a()\n    except (sess.b, layers.Dense(1)): pass", "layers.Dense(1)"),
        ("with sess.b() as c, \\\n        layers.Dense(1): \\\n        pass", "layers.Dense(1)"),
        ("sess.b(); \\\n        layers.Dense(1); sess.c()", "layers.Dense(1)"),
        ("@(\n        layers.Dense(1))\n    def g(): return sess.b()", "layers.Dense(1)"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("indentation", ["    ", "\t", " \t"])
def test_ranges(statement: str, expected: str, ending: str, indentation: str) -> None:
    body = f"    {statement}\n    K.set_session(sess)\n".replace("\n    ", "\n" + indentation)
    source = HEAD + "def f(sess):\n" + indentation + body[4:]
    expected = expected.replace("\n    ", "\n" + indentation)

    (found,) = check_source(source.replace("\n", ending))

    assert text_at(source, found) == expected


@pytest.mark.parametrize(
    "head", ["\f", "\f \f", "class A:\n    ", "class A:\n\f    ", "class A:\n  \f    "], ids=repr
)
def test_a_form_feed_is_no_indentation(head: str) -> None:
    source = f"{HEAD}{head}def g(sess=tf.Session()): pass\n"

    (found,) = (found for found in check_source(source) if found.code == "TFS201")

    assert text_at(source, found) == "tf.Session()"


@pytest.mark.parametrize(
    "block",
    [
        "with a() as b, {}:\n    c()\n    d()",
        "with (\n    a() as b\n):\n    c()\n    with {}:\n        d()",
        "if {}: b()\nelse:\n    c()",
        "if a():\n    b()\nelif {}:\n    c()\nelse:\n    d()",
        "if a():\n    b()\nelif c():\n    d({}); e()\n",
        "if a():\n    b()\n    c({})\nelse:\n    d()\n",
        "if a(): b({})\nelse: c()",
        "for a in b():\n    c()\n    # A comment.\n    d({})\n    e()\nelse:\n    f()",
        "for a in b():\n    c()\nelse:\n    d()\n    e({})",
        "while a({}):\n    b()\n    c()",
        "for a in b(c(), {}):\n    if a:\n        continue\n    break",
        "try:\n    a()\n    b({})\nexcept c():\n    d()",
    ],
)
def test_ranges_in_blocks(block: str) -> None:
    block = block.format("x(tf.Session(), y())").replace("\n", "\n    ")
    source = f"{HEAD}def f(a, b, c, d, e, x, y):\n    {block}\n    y()\n"

    (found,) = (each for each in check_source(source) if each.code == "TFS201")

    assert text_at(source, found) == "tf.Session()"


def test_a_class_line_and_an_assignment_are_ranges_too() -> None:
    source = (
        HEAD
        + "class Base:\n"
        + "    def __init__(self, sess):\n"
        + "        self.build()\n"
        + "        K.set_session(sess)\n"
        + "    def build(self): pass\n"
        + "class Early(Base):\n"
        + "    def build(self): self.layer = layers.Dense(1)\n"
        + "def late():\n"
        + "    config = tf.ConfigProto()\n"
        + "    sess = tf.Session(config=config)\n"
        + "    config.gpu_options.allow_growth = True\n"
    )

    found = check_source(source)

    assert [(item.code, item.line, item.column) for item in found] == [
        ("TFS101", 8, 0),
        ("TFS201", 12, 11),
        ("TFS202", 13, 4),
    ]
    assert text_at(source, found[0]) == "class Early(Base):"
    assert found[0].end_column == len("class Early(Base):")
    assert text_at(source, found[2]) == "config.gpu_options.allow_growth = True"


def test_findings_stand_in_the_order_of_their_places() -> None:
    source = HEAD + "def f(sess):\n    sess = tf.Session()\n" + LATE[len(HEAD) + 13 :]
    source += "def g():\n    return tf.train.MonitoredSession()\ndef h():\n    tf.Session()\n"

    assert codes(source) == [(4, "TFS201"), (5, "TFS101"), (8, "TFS201"), (10, "TFS201")]


def test_functions_above_a_statement_that_always_fails_are_analysed() -> None:
    assert codes(LATE + "late\nlate = 1\n") == [(4, "TFS101")]


@pytest.mark.parametrize(
    "source",
    [
        LATE.replace("\n", "\r\n"),
        LATE.replace("\n", "\r"),
        LATE.rstrip("\n"),
        "\f" + LATE,
        "\ufeff" + LATE,
    ],
    ids=["crlf", "cr", "no final newline", "form feed", "byte order mark"],
)
def test_what_a_text_has_beside_the_program(source: str) -> None:
    assert codes(source) == [(4, "TFS101")]


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("import keras\nSession(\n", 2, "was never closed"),
        ("import keras\nprint 'Session'\n", 2, "Missing parentheses"),
        ("import keras # Session \0", 1, "null byte"),
        ("import keras # Session \ud800", 1, "surrogates not allowed"),
    ],
)
def test_what_python_cannot_parse_is_not_analysed(source: str, line: int, reason: str) -> None:
    (found,) = check_source(source)

    assert (found.code, found.line) == ("TFS900", line)
    assert "\n" not in found.message
    if reason != "was never closed" or sys.version_info >= (3, 10):
        assert reason in found.message


def test_what_python_cannot_parse_is_nothing_without_a_word_of_sessions() -> None:
    assert check_source("import keras\nlayers(\n") == []


def test_calls_that_are_nested_too_deeply_are_not_analysed() -> None:
    """40 calls, one inside another, are followed; more are not."""
    calls = "".join(f"def f{number}():\n    return f{number + 1}()\n" for number in range(41))
    source = HEAD + calls + "def f41():\n    return layers.Dense(1)\n"
    deep, shallow = (
        source + f"def f(sess):\n    f{number}()\n    K.set_session(sess)\n" for number in (0, 9)
    )

    assert [found.code for found in check_source(shallow)] == ["TFS101"]
    (unfinished,) = check_source(deep)
    assert unfinished.code == "TFS900"
    assert unfinished.message == (
        "the flow of 'f' was not analysed: calls are nested deeper than 40; split or simplify it to"
        " have it checked"
    )


def test_what_an_init_that_was_not_analysed_has_built_is_not_known() -> None:
    calls = "".join(f"def f{number}():\n    return f{number + 1}()\n" for number in range(41))
    source = HEAD + calls + "def f41():\n    return layers.Dense(1)\n"
    trainer = """
class Trainer:
    def __init__(self):
        {first}()
        self.net = f40()
        self.net.set_weights([])

    def train(self, x):
        K.set_session(tf.Session())
        self.net.predict(x)
"""

    deep, shallow = (
        {found.code for found in check_source(source + trainer.format(first=first))}
        for first in ("f0", "f20")
    )

    assert "TFS104" in shallow
    assert "TFS104" not in deep


def test_the_collector_of_garbage_stays_as_it_was() -> None:
    gc.disable()
    try:
        check_source(LATE)
        assert not gc.isenabled()
    finally:
        gc.enable()
    check_source(LATE)
    assert gc.isenabled()


def test_a_check_leaves_no_circles() -> None:
    text = f"{LATE}class Base: pass\nclass Agent(Base):\n    def __init__(self): self.f()\n"
    check_source(text)
    gc.collect()
    gc.disable()
    try:
        assert check_source(text)
        assert gc.collect() == 0
    finally:
        gc.enable()


# Valid Python that libcst has no tree for: no space between `else` and a parenthesis.
NO_TREE = "x = () if 0 else(lambda:())"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("x = tf.Session() if __debug__ else(lambda:())", "tf.Session()"),
        (f"{NO_TREE}; tf.Session(); x = 1", "tf.Session()"),
        (f"class G(Base):\n    def build(self):\n        {NO_TREE}", "class G(Base):"),
        (f"with (tf\n    . Session()): {NO_TREE}", "Session()"),
        (f"(tf.Session)(); {NO_TREE}", "(tf.Session)()"),
    ],
)
def test_what_libcst_cannot_build_has_the_places_of_the_tree(statement: str, expected: str) -> None:
    base = "class Base:\n    def __init__(self, sess):\n        self.build()\n"
    base += "        K.set_session(sess)\n"
    if "Base" in statement:
        statement += "; self.x = layers.Dense(1)"
    source = f"{HEAD}{base}{statement}\n"

    (found,) = (found for found in check_source(source) if found.code in ("TFS101", "TFS201"))

    assert text_at(source, found) == expected


@pytest.mark.parametrize("text", ["{tf.Session()}", "ä {x!r:>9}\n{x}{\ntf.Session()} {x}"])
def test_what_libcst_cannot_build_may_be_an_f_string(text: str) -> None:
    source = f"{HEAD}x = 1\n{NO_TREE}; y = f'''{text}'''"

    (found,) = (found for found in check_source(source) if found.code == "TFS201")

    # Before Python 3.12 the tree misplaces what stands in it.
    assert 4 <= found.line <= found.end_line <= source.count("\n") + 1


@pytest.mark.parametrize("error", ["PanicException", "KeyboardInterrupt"])
def test_what_libcst_fails_with(error: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its parser panics with an exception that is no `Exception`, as an interrupt is none."""
    raised = type(error, (BaseException,), {})

    def fail(*_: object) -> None:
        raise raised

    monkeypatch.setattr("flake8_tf_session.report.visitor.cst.parse_module", fail)

    if error == "PanicException":
        assert codes(LATE) == [(4, "TFS101")]
        return
    with pytest.raises(raised):
        check_source(LATE)


def test_what_libcst_cannot_build_costs_nothing_elsewhere() -> None:
    assert codes(LATE + f"{NO_TREE}\n") == codes(LATE) == [(4, "TFS101")]


def test_deep_nesting_is_not_analysed() -> None:
    source = LATE + "x = " + "-" * 3000 + "1\n"

    assert [found.code for found in check_source(source)] == ["TFS900"]


@pytest.mark.parametrize(
    "place", ["tf.Session({})\n", "with tf.Session({}):\n    pass\n", "if tf.Session({}): pass\n"]
)
def test_what_would_overflow_the_stack_of_libcst_is_analysed(place: str) -> None:
    """Python has no limit for it: without one of ours the whole process would end."""
    source = LATE + place.format(" or ".join(["x"] * 20_000))

    (found,) = (found for found in check_source(source) if found.line > 5)

    assert found.code == "TFS307"
    assert text_at(source, found).startswith("tf.Session(x or")


@pytest.mark.parametrize(
    "expression",
    [
        " + ".join(["x"] * 5000),
        " or ".join(["x"] * 5000),
        "x" + ".y" * 1000,
        "x" + ".y(1)[2]" * 300,
        "[" + "1, " * 20000 + "]",
    ],
    ids=["sum", "or", "attributes", "calls", "list"],
)
def test_long_expressions_are_analysed(expression: str) -> None:
    source = LATE + f"def g(x, sess):\n    x = {expression}\n    tf.Session()\n"
    try:
        ast.parse(source)
    except RecursionError:
        pytest.skip("this Python cannot parse it")

    assert codes(source) == [(4, "TFS101"), (8, "TFS201")]


def test_a_finding_stands_in_a_long_statement() -> None:
    source = LATE + f"def g(x):\n    x.run({', '.join(['x'] * 5000)}, tf.Session())\n"

    assert codes(source) == [(4, "TFS101"), (7, "TFS201")]


def test_long_elif_chains_are_analysed() -> None:
    branches = "".join(f"    elif x == {number}: pass\n" for number in range(400))
    source = LATE + "def g(x):\n    if x: pass\n" + branches + "    tf.Session()\n"

    assert codes(source)[-1][1] == "TFS201"


def test_a_flow_that_takes_too_much_work_is_not_analysed() -> None:
    calls = "".join(f"def f{n}():\n    f{n + 1}()\n    f{n + 1}()\n" for n in range(20))
    source = HEAD + calls + "def f20():\n    tf.Session()\n"

    found = check_source(source)

    assert ("TFS201", 64) in [(item.code, item.line) for item in found]
    (unfinished,) = (item for item in found if item.code == "TFS900")
    assert "too much work" in unfinished.message


def test_of_two_that_call_each_other_one_is_not_analysed() -> None:
    half = "    prepare()\n" * 15
    circle = f"def one():\n{half}    other()\ndef other():\n{half}    one()\n"

    # The file is long enough for both.
    found = check_source(HEAD + too_long("prepare", 8) + circle + "\n" * 5_000)

    (unfinished,) = [item for item in found if item.code == "TFS900"]
    assert "'one'" in unfinished.message


def too_long(first: str, depth: int = 16) -> str:
    """A function whose flow takes much work, too much by default, and those that it calls."""
    calls = "".join(f"def f{n}(*_):\n    f{n + 1}()\n    f{n + 1}()\n" for n in range(1, depth))
    return calls.replace("f1(", f"{first}(", 1) + f"def f{depth}():\n    tf.Session()\n"


@pytest.mark.parametrize("call", ["view()\n", "path('', view)\n"])
def test_a_module_does_not_repeat_that_its_function_is_not_analysed(call: str) -> None:
    source = HEAD + "from django.urls import path\n" + too_long("view") + call

    (unfinished,) = (item for item in check_source(source) if item.code == "TFS900")

    assert unfinished.message.startswith("the flow of 'view'")


def test_a_module_that_takes_too_much_work_is_not_analysed() -> None:
    body = "prepare()\n" * 40 + LATE.replace(HEAD, "")

    found = check_source(HEAD + too_long("prepare", 10) + body)

    (unfinished,) = [item for item in found if item.code == "TFS900"]
    assert unfinished.message.startswith("the module's flow was not analysed: its flow takes too")
    assert (unfinished.line, unfinished.column) == (1, 0)
    assert "TFS101" in [item.code for item in found]


def test_views_that_take_too_much_work_together_are_not_analysed() -> None:
    """None of them alone takes too much: it is the module's flow that does."""
    source = HEAD + "from django.urls import path\n" + too_long("view", 10)

    before, after = (
        [item.message for item in check_source(source + views) if item.code == "TFS900"]
        for views in ("", "".join(f"path('{n}', lambda *_: view())\n" for n in range(40)))
    )

    assert before == []
    assert after == [
        "the module's flow was not analysed: its flow takes too much work; split or simplify it to"
        " have it checked"
    ]


def test_a_thread_whose_object_takes_too_much_work_to_make_is_reported_once() -> None:
    thread = (
        "import threading\nclass Service(threading.Thread):\n    def __init__(self):\n"
        "        for _ in '1':\n"
        + "            prepare()\n" * 40
        + "    def run(self):\n        K.get_session()\n"
    )

    found = check_source(HEAD + too_long("prepare", 10) + thread)

    (unfinished,) = (item.message for item in found if item.code == "TFS900")
    assert unfinished.startswith("the flow of '__init__' was not analysed: its flow takes too much")


def test_hidden_values_of_a_class_are_not_read() -> None:
    """Nothing of what is linted is imported or executed."""
    assert check_source(LATE + "raise SystemExit(1)\n") != []


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_the_hash_seed_changes_nothing(seed: str) -> None:
    source = (
        "try:\n    import keras.backend as K\n    from keras.layers import Dense\n"
        "except ImportError:\n    from tensorflow.keras import backend as K\n"
        "    from tensorflow.keras.layers import Dense\n"
        "def f(a, b):\n"
        "    if a: x = Dense(1)\n"
        "    elif b: x = Dense(2, weights=[a])\n"
        "    else: x = Dense(3)\n"
        "    K.set_session(a)\n    K.set_session(b)\n    return x\n"
    )
    program = f"from flake8_tf_session import check_source\nprint(check_source({source!r}))"

    printed = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
        text=True,
    ).stdout

    assert printed == f"{check_source(source)}\n"
    assert printed.count("TFS101") == 2
    assert printed.count("TFS103") == 1
