"""What the judge says of the kinds of programs that random ones can be about, one by one."""

from __future__ import annotations

import pytest

pytest.importorskip("tensorflow", reason="needs TensorFlow")

from tests.programs.judge import Judge, Unjudgeable
from tests.programs.test_judge import HEADER, blamed, codes, lines

pytestmark = pytest.mark.tensorflow

MORE = """
import threading
from concurrent.futures import ThreadPoolExecutor
from flask import Flask
from tensorflow.keras.callbacks import Callback, LambdaCallback
app = Flask("app")
graph = tf.get_default_graph()

def thread(work):
    t = threading.Thread(target=work)
    t.start()
    t.join()

def plainly():
    m.predict(X)

def in_graph():
    with graph.as_default(): m.predict(X)

def entered():
    with graph.as_default(), s.as_default(): m.predict(X)

def registered():
    with graph.as_default(): K.set_session(s); m.predict(X)

def in_session():
    with s.as_default(): m.predict(X)

def in_another():
    with graph.as_default(): K.set_session(tf.Session()); m.predict(X)

def giving():
    with graph.as_default(): m.set_weights([DENSE_V])

def building():
    n = given(); n.predict(X)

class Reading(Callback):
    def on_epoch_end(self, epoch, logs=None):
        self.model.get_weights()
        self.model.predict(X)

class Registering(Callback):
    def on_train_begin(self, logs=None):
        K.set_session(s1)

class Predicting(Callback):
    def on_train_begin(self, logs=None):
        with s1.as_default(): self.model.predict(X)
        self.model.set_weights([DENSE_V])

class Giving(Callback):
    def on_epoch_begin(self, epoch, logs=None):
        self.model.set_weights([DENSE_V])

class Swapping(Callback):
    def on_epoch_begin(self, epoch, logs=None):
        K.set_session(s1)

    def on_train_batch_begin(self, batch, logs=None):
        K.set_session(s)
"""

# A model under a registered session.
MODEL = "K.set_session(s); m = given()\n"
FITTED = MODEL + "m.compile('sgd', 'mse')\n"
STEP = "step = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(m.output))\n"

RIGHT = {
    # Callbacks
    "given again before the first batch": (
        FITTED + "s.run(tf.global_variables_initializer())\nm.fit(X, Y, callbacks=[Giving()])"
    ),
    # Threads
    "graph and session entered": MODEL + "thread(entered)",
    "graph entered, session registered": MODEL + "thread(registered)",
    "the thread builds its own": MODEL + "thread(building); m.predict(X)",
    "a thread of a pool keeps what was registered": (
        MODEL + "with ThreadPoolExecutor(1) as pool:\n"
        "    pool.submit(registered).result(); pool.submit(in_graph).result()"
    ),
    "the implicit session entered": "m = given(); s = K.get_session()\nthread(entered)",
    "a handler enters both": MODEL + "@app.route('/')\ndef handle(): entered()\napp.run()",
    # Clear and use
    "cleared and built anew": MODEL + "K.clear_session(); m = given(); m.predict(X)",
    "cleared and never used": MODEL + "m.predict(X); K.clear_session(); n = given()",
    "cleared and cloned": MODEL + "K.clear_session(); n = clone_model(m); n.predict(X)",
    # Close and use
    "closed at the end": MODEL + "m.predict(X); s.close()",
    "the block of the session in use, last": "m = given()\nwith K.get_session(): m.predict(X)",
    "another one is closed": MODEL + "s1.close(); m.predict(X)",
    "closed and cleared": MODEL + "s.close(); K.clear_session(); m = given(); m.predict(X)",
    "closed, another registered, weights given": (
        MODEL + "s.close(); K.set_session(s1); m.set_weights([DENSE_V]); m.predict(X)"
    ),
    # In other sessions
    "run in its own": MODEL + "s.run(m.output, {m.input: X})",
    "evaluated in the implicit session": (
        "m = given(); m.output.eval({m.input: X}, session=K.get_session())"
    ),
    "initial weights, where they were initialised": (
        "m = plain(); s.run(init()); s.run(m.output, {m.input: X})"
    ),
    "saved and restored in its own": (
        MODEL + "v = tf.train.Saver(); v.save(s, OUT); m.set_weights([DENSE_V])\n"
        "v.restore(s, OUT); m.predict(X)"
    ),
    "trained and read past Keras": (
        "m = plain()\n"
        + STEP
        + "s.run(init()); s.run(step, {m.input: X}); s.run(m.output, {m.input: X})"
    ),
    "trained in its own": MODEL + STEP + "s.run(step, {m.input: X}); m.predict(X)",
    # Two rounds
    "each round clears and builds": (
        "for _ in range(2):\n    K.clear_session(); m = given(); m.predict(X)"
    ),
    "each round registers and builds": (
        "for _ in range(2):\n    K.set_session(tf.Session()); m = given(); m.predict(X)"
    ),
    # Methods
    "a method registers its own again": (
        "class A:\n    def __init__(self): K.set_session(s); self.m = given()\n"
        "    def go(self): K.set_session(s); self.m.predict(X)\na = A(); a.go()"
    ),
    # Callbacks
    "a hook reads": FITTED + "m.fit(X, Y, epochs=2, callbacks=[Reading()]); m.predict(X)",
    "hooks register another, and back before it matters": (
        FITTED + "m.fit(X, Y, callbacks=[Swapping()]); m.predict(X)"
    ),
}

FAILS = {
    # Threads
    "used as it is": (MODEL + "thread(plainly)", {"TFS401"}),
    "graph alone": (MODEL + "thread(in_graph)", {"TFS401"}),
    "session alone": (MODEL + "thread(in_session)", {"TFS401"}),
    "another session": (MODEL + "thread(in_another)", {"TFS401"}),
    "given weights in the thread's session": (MODEL + "thread(giving); m.predict(X)", {"TFS401"}),
    "never touched before": (
        "K.set_session(s); m = plain(); thread(in_graph); m.predict(X)",
        {"TFS401"},
    ),
    "submitted": (
        MODEL + "with ThreadPoolExecutor(1) as pool: pool.submit(plainly).result()",
        {"TFS401"},
    ),
    "a timer": (MODEL + "t = threading.Timer(0, plainly); t.start(); t.join()", {"TFS401"}),
    "threads in a list": (
        MODEL + "ts = [threading.Thread(target=plainly) for _ in range(2)]\nfor t in ts: t.start()",
        {"TFS401"},
    ),
    "a class of threads": (
        MODEL + "class W(threading.Thread):\n    def run(self): m.predict(X)\nw = W(); w.start()",
        {"TFS401"},
    ),
    "a server runs": (MODEL + "@app.route('/')\ndef handle(): plainly()\napp.run()", {"TFS401"}),
    "a server runs later": (MODEL + "@app.get('/')\ndef handle(): plainly()", {"TFS401"}),
    "loaded in the first request": (
        "m = None\n@app.post('/')\ndef handle():\n    global m\n"
        "    if m is None: m = given()\n    m.predict(X)\napp.run()",
        {"TFS401"},
    ),
    "lost before the thread": (
        "m = given(); K.set_session(s); thread(entered)",
        {"TFS103", "TFS401"},
    ),
    "initialised before the thread": (MODEL + "s.run(init()); thread(entered)", {"TFS105"}),
    "a hook begins a thread": (
        FITTED
        + "m.fit(X, Y, callbacks=[LambdaCallback(on_train_end=lambda logs: thread(plainly))])",
        {"TFS401"},
    ),
    # Clear and use
    "cleared": (MODEL + "K.clear_session(); m.predict(X)", {"TFS107"}),
    "the graph reset": (MODEL + "tf.reset_default_graph(); m.predict(X)", {"TFS107"}),
    "saved after clearing": (MODEL + "K.clear_session(); m.save(OUT)", {"TFS107"}),
    "given weights after clearing": (
        MODEL + "K.clear_session(); m.load_weights(DENSE_WEIGHTS)",
        {"TFS107"},
    ),
    "compiled after clearing": (
        MODEL + "K.clear_session(); m.compile('sgd', 'mse'); m.fit(X, Y)",
        {"TFS107"},
    ),
    "compiled alone after clearing": (
        MODEL + "K.clear_session(); m.compile('sgd', 'mse')",
        {"TFS107"},
    ),
    "Keras drops its session for what was cleared": (
        "m = given(); K.clear_session(); n = given(); K.get_value(m.weights[0]); n.predict(X)",
        {"TFS106", "TFS107"},
    ),
    # Close and use
    "the session in use closed": ("m = given(); K.get_session().close(); m.predict(X)", {"TFS304"}),
    "the block of the session in use left": (
        "m = given()\nwith K.get_session(): m.predict(X)\nm.predict(X)",
        {"TFS304"},
    ),
    "the block of a registered session left": (
        "with tf.Session() as t: K.set_session(t); m = given()\nm.predict(X)",
        {"TFS304"},
    ),
    "a closed session run": ("s.close(); s.run(init())", {"TFS304"}),
    "a model run in a closed session": (
        MODEL + "s.close(); s.run(m.output, {m.input: X})",
        {"TFS304"},
    ),
    "closed, another registered": (
        MODEL + "s.close(); K.set_session(s1); m.predict(X)",
        {"TFS104", "TFS304"},
    ),
    # In other sessions
    "run in another": (MODEL + "s1.run(m.output, {m.input: X})", {"TFS106"}),
    "evaluated in another": (MODEL + "m.output.eval({m.input: X}, session=s1)", {"TFS106"}),
    "run in another, initialised": (
        MODEL + "s1.run(init()); s1.run(m.output, {m.input: X})",
        {"TFS106"},
    ),
    "run in its own, initialised": (
        MODEL + "s.run(init()); s.run(m.output, {m.input: X})",
        {"TFS105"},
    ),
    "lost, and run in the new one": (
        "m = given(); K.set_session(s); s.run(m.output, {m.input: X})",
        {"TFS103", "TFS106"},
    ),
    "saved from another": (MODEL + "tf.train.Saver().save(s1, OUT)", {"TFS106"}),
    "saved from another, initialised": (
        MODEL + "s1.run(init()); tf.train.Saver().save(s1, OUT)",
        {"TFS106"},
    ),
    "trained in another": (
        "m = plain()\n" + STEP + "s1.run(init()); s1.run(step, {m.input: X}); m.predict(X)",
        {"TFS106"},
    ),
    "trained in another, from initial values": (
        MODEL + STEP + "s1.run(init()); s1.run(step, {m.input: X})",
        {"TFS106"},
    ),
    # Two rounds
    "kept over a clearing": (
        "kept = None\nfor _ in range(2):\n    K.clear_session()\n"
        "    if kept: kept.predict(X)\n    kept = given()",
        {"TFS107"},
    ),
    "kept over another session": (
        "nets = []\nfor _ in range(2): K.set_session(tf.Session()); nets.append(given())\n"
        "nets[0].predict(X)",
        {"TFS104"},
    ),
    "each round closes": (
        "m = given()\nfor _ in range(2): m.predict(X); K.get_session().close()",
        {"TFS304"},
    ),
    # Methods
    "a method registers": (
        "class A:\n    def __init__(self): self.m = given()\n"
        "    def go(self): K.set_session(s); self.m.predict(X)\na = A(); a.go()",
        {"TFS103", "TFS104"},
    ),
    "a method that others call registers": (
        "class A:\n    def __init__(self): K.set_session(s1); self.m = given()\n"
        "    def serve(self): K.set_session(tf.Session()); self.m.predict(X)\na = A()",
        {"TFS104"},
    ),
    # Callbacks
    "a hook registers": (FITTED + "m.fit(X, Y, callbacks=[Registering()])", {"TFS104"}),
    "a hook registers over the implicit session": (
        "m = given(); m.compile('sgd', 'mse'); m.fit(X, Y, callbacks=[Registering()])",
        {"TFS103", "TFS104"},
    ),
    "a lambda registers": (
        FITTED
        + "m.fit(X, Y, callbacks=[LambdaCallback(on_epoch_end=lambda e, l: K.set_session(s1))])\n"
        "m.predict(X)",
        {"TFS104"},
    ),
    "a hook clears": (
        FITTED
        + "m.fit(X, Y, callbacks=[LambdaCallback(on_train_end=lambda logs: K.clear_session())])\n"
        "m.predict(X)",
        {"TFS107"},
    ),
}


def source(body: str) -> str:
    """A whole program."""
    return HEADER + MORE + body


@pytest.mark.parametrize("body", RIGHT.values(), ids=RIGHT)
def test_right(judge: Judge, body: str) -> None:
    verdict = judge.judge(source(body))
    assert not verdict.failures, str(verdict)
    assert not verdict.reading.must


@pytest.mark.parametrize(("body", "expected"), FAILS.values(), ids=FAILS)
def test_fails(judge: Judge, body: str, expected: set[str]) -> None:
    verdict = judge.judge(source(body))
    assert verdict.failures
    assert blamed(verdict) == expected


def test_a_thread_is_told_of_in_what_it_runs(judge: Judge) -> None:
    """Not where it is begun."""
    text = source(MODEL + "thread(plainly)")
    line = text.split("\n").index("def plainly():") + 2
    assert lines(judge.judge(text).reading.allowed, "TFS401") == {line}


def test_a_method_is_told_of_where_it_registers(judge: Judge) -> None:
    """It goes on with what `__init__` built."""
    text = source(
        "class A:\n    def __init__(self):\n        self.m = given()\n"
        "    def serve(self):\n        K.set_session(s2)\na = A()"
    )
    line = text.split("\n").index("        K.set_session(s2)") + 1
    assert line in lines(judge.judge(text).reading.allowed, "TFS103")


def test_a_closed_session_is_told_of_once(judge: Judge) -> None:
    """Where it is used first, whatever else fails in it."""
    text = source(MODEL + "s.close()\nm.predict(X)\nn = given()\nn.predict(X)")
    line = text.split("\n").index("m.predict(X)") + 1
    must = judge.judge(text).reading.must
    assert len(must) > 1
    assert all(line in lines(choice, "TFS304") for choice in must)


def test_a_run_of_its_own_is_a_use(judge: Judge) -> None:
    """What it used is lost as well."""
    text = source(
        "m = given()\nK.get_session().run(m.output, {m.input: X})\nK.set_session(s); m.predict(X)"
    )
    line = text.split("\n").index("K.get_session().run(m.output, {m.input: X})") + 1
    assert line in lines(judge.judge(text).reading.allowed, "TFS103")


def test_who_is_called_later_may_never_be(judge: Judge) -> None:
    """A server's requests, and `serve`, come in some runs alone."""
    verdict = judge.judge(source(MODEL + "@app.route('/')\ndef handle(): plainly()"))
    assert [run.decisions for run in verdict.runs] == [[0], [1]]
    failing = [any(event.kind == "fail" for event in run.events) for run in verdict.runs]
    assert failing == [False, True]


def test_what_a_thread_gives_in_vain_is_excused(judge: Judge) -> None:
    """Nobody else finds it, but it is given again."""
    verdict = judge.judge(source(MODEL + "thread(giving); m.set_weights([DENSE_V]); m.predict(X)"))
    assert not verdict.failures
    assert codes(verdict.reading.may) == {"TFS401"}


EXCUSED = {
    "what only a thread has used": ("m = plain(); thread(in_another)", set()),
    "cleared before the thread": (MODEL + "K.clear_session(); thread(entered)", {"TFS107"}),
    "a closed session in a thread": (MODEL + "s.close(); thread(entered)", {"TFS304"}),
    "restored into another": (
        MODEL + "v = tf.train.Saver(); v.save(s, OUT); m.set_weights([DENSE_V])\n"
        "v.restore(s1, OUT); m.predict(X)",
        {"TFS106"},
    ),
    "a method that others call registers what it did not make": (
        "class A:\n    def __init__(self): K.set_session(s1); self.m = given()\n"
        "    def serve(self): K.set_session(s); self.m.predict(X)\na = A()",
        {"TFS104"},
    ),
    "lost at the end by a second round": (
        "nets = []\nfor _ in range(2):\n    nets.append(given())\n    K.set_session(tf.Session())\n"
        "nets[0].set_weights([DENSE_V])",
        {"TFS104"},
    ),
    "lost at the end, given in a second round": (
        "for _ in range(2):\n    if on(): K.set_session(s)\n    m = given()\n"
        "    K.set_session(tf.Session(graph=tf.Graph()))\nm.get_config()\n"
        "if on(): m.set_weights([DENSE_V])",
        {"TFS103"},
    ),
    "a building method that builds nothing": (
        "def _build_graph(): tf.Session()\n_build_graph(); K.set_session(s)",
        {"TFS102"},
    ),
    "the old graph's session entered": (
        MODEL + "tf.reset_default_graph()\nwith s.as_default(): m.predict(X)",
        {"TFS107"},
    ),
}


@pytest.mark.parametrize(("body", "excused"), EXCUSED.values(), ids=EXCUSED)
def test_excused(judge: Judge, body: str, excused: set[str]) -> None:
    """What nobody can know, or no rule speaks of, need not be said."""
    verdict = judge.judge(source(body))
    assert not verdict.reading.must
    assert excused <= codes(verdict.reading.may)


def test_what_is_right_by_chance_is_excused(judge: Judge) -> None:
    """A registered session still reads what `reset_default_graph` cleared."""
    verdict = judge.judge(source(MODEL + "tf.reset_default_graph(); m.get_weights()"))
    assert not verdict.failures
    assert codes(verdict.reading.may) == {"TFS107"}


UNJUDGED = {
    "weights that are nowhere yet": ("m = plain(); s.run(m.output, {m.input: X})", "own run"),
    "cleared in a thread": ("thread(K.clear_session)", "cleared in a thread"),
    "a thread's model in the main one": (
        "def load():\n    global m\n    m = given()\nthread(load); m.predict(X)",
        "in the main thread",
    ),
    "a name never set in a thread": ("thread(plainly)", "no run reaches the end"),
}


@pytest.mark.parametrize(("body", "reason"), UNJUDGED.values(), ids=UNJUDGED)
def test_not_judged(judge: Judge, body: str, reason: str) -> None:
    with pytest.raises(Unjudgeable, match=reason):
        judge.judge(source(body))


@pytest.mark.parametrize(
    "body",
    [
        "m = plain()\nfor _ in range(2): thread(in_another)",
        "for _ in range(2):\n    with s.as_default(): n = given()\n    tf.reset_default_graph()",
        MODEL + "thread(s.close); m.predict(X)",
        "i = tf.InteractiveSession(); nets = []\nfor _ in range(2):\n"
        "    nets.append(plain()); nets[-1].predict(X); nets[0].predict(X)\n"
        "    K.get_session().close()",
        "m = plain(); m.compile('sgd', 'mse'); K.set_session(s)\n"
        "m.fit(X, Y, callbacks=[Predicting()])",
    ],
    ids=[
        "the same thread twice",
        "built in a second round",
        "closed by a thread",
        "closed in the first round",
        "an optimizer's variables",
    ],
)
def test_what_no_rule_speaks_of(judge: Judge, body: str) -> None:
    verdict = judge.judge(source(body))
    assert verdict.failures
    assert not verdict.reading.must


def test_a_run_that_is_left_out_shows_what_its_calls_did(judge: Judge) -> None:
    body = (
        "def f():\n    global z\n    n = plain()\n    if on(): K.set_session(s)\n"
        "    else: z = 1\nf()\nz\n"
    )
    verdict = judge.judge(source(body))
    assert not verdict.reading.allowed
    assert "TFS101" in codes(verdict.own_flows.allowed)
