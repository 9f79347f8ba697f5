"""What the judge says of programs that were measured before: it sees what TensorFlow does."""

from __future__ import annotations

import pytest

pytest.importorskip("tensorflow", reason="needs TensorFlow")

from tests.programs.judge import Judge, Unjudgeable

pytestmark = pytest.mark.tensorflow

HEADER = """\
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense, Embedding, Input
from tensorflow.keras.models import Model, Sequential, clone_model, load_model
from switches import *

def plain():
    return Sequential([Dense(1, input_shape=(3,), use_bias=False, kernel_initializer="ones")])

def given():
    layer = Dense(1, input_shape=(3,), use_bias=False, kernel_initializer="ones", weights=[DENSE_W])
    return Sequential([layer])

init = tf.global_variables_initializer
s, s1, s2 = tf.Session(), tf.Session(), tf.Session()
"""

RIGHT = {
    "register, build": "K.set_session(s); m = given(); m.predict(X)",
    "register, build plain": "K.set_session(s); m = plain(); m.predict(X)",
    "register, same again": "K.set_session(s); m = given(); K.set_session(s); m.predict(X)",
    "get_session first": "s = K.get_session(); m = given(); K.set_session(s); m.predict(X)",
    "get_session last": "m = given(); m.predict(X); s = K.get_session(); K.set_session(s)",
    "build inside the session": "with s.as_default(): m = given()\nK.set_session(s); m.predict(X)",
    "asked where it was made": "with s.as_default(): m = given()",
    "interactive": "i = tf.InteractiveSession(); m = given(); K.set_session(i); m.predict(X)",
    "interactive wins": "i = tf.InteractiveSession(); m = given(); K.set_session(s); m.predict(X)",
    "left in the closed block": "with tf.Session() as t: m = given(); m.predict(X)",
    "registered back": "K.set_session(s1); m = given(); K.set_session(s2); K.set_session(s1)",
    "cleared": "m = given(); K.clear_session(); K.set_session(tf.Session()); n = given()",
    "harmless": "K.set_session(s); m = plain(); m.compile('sgd', 'mse'); m.summary(); m.to_json()",
    "initialised before": "K.set_session(s); m = plain(); s.run(init()); m.set_weights([DENSE_V])",
    "initialised elsewhere": "K.set_session(s1); m = given(); s2.run(init()); m.predict(X)",
    "trained": "K.set_session(s); m = given(); m.compile('sgd', 'mse'); m.fit(X, Y); m.predict(X)",
    "loaded": "K.set_session(s); m = load_model(DENSE_MODEL); m.predict(X)",
    "dead when replaced": (
        "def score():\n    K.set_session(tf.Session()); m = given(); m.predict(X)\nscore(); score()"
    ),
    "own graph": (
        "with tf.Graph().as_default():\n    t = tf.Session(); K.set_session(t); m = given()\n"
        "    m.predict(X)"
    ),
    "never registered": "tf.Session(); m = given(); m.predict(X)",
    "other graph's session dropped": (
        "m = given()\nwith tf.Graph().as_default(): n = given(); n.predict(X)"
    ),
    "own session of a graph": (
        "K.set_session(s); m = given()\n"
        "with tf.Graph().as_default(): K.set_session(K.get_session())\nK.set_session(s)"
    ),
    "initialised in a block": "m = given()\nwith s.as_default(): s.run(init())\nm.predict(X)",
    "initial weights in a block": (
        "m = plain(); m.predict(X)\nwith s.as_default(): s.run(init()); m.predict(X)"
    ),
}

# The order is wrong, nothing is lost: what the judge expects of the linter, by code.
WRONG_ORDER = {
    "build plain, register": ("m = plain(); K.set_session(s); m.predict(X)", {"TFS101"}),
    "input only": ("i = Input((3,)); K.set_session(s)", {"TFS101"}),
    "harmless calls": (
        "m = plain(); m.compile('sgd', 'mse'); m.summary(); m.count_params(); m.to_json()\n"
        "n = clone_model(m); m._make_predict_function(); K.set_session(s); m.predict(X)",
        {"TFS101"},
    ),
    "reloaded": (
        "m = given(); K.set_session(s); m.load_weights(DENSE_WEIGHTS); m.predict(X)",
        {"TFS101", "TFS103"},
    ),
    "replaced, plain": (
        "K.set_session(s1); m = plain(); K.set_session(s2); m.predict(X)",
        {"TFS104"},
    ),
}

FAILS = {
    "given, register": ("m = given(); K.set_session(s); m.predict(X)", {"TFS101", "TFS103"}),
    "returned, then replaced": (
        "def build():\n    K.set_session(tf.Session()); return given()\n"
        "m = build(); n = build(); m.predict(X)",
        {"TFS104"},
    ),
    "asked at the end": ("m = given(); K.set_session(s)", {"TFS101", "TFS103"}),
    "embedding": (
        "m = Sequential([Embedding(2, 1, input_length=3, weights=[EMBEDDING_W])])\n"
        "K.set_session(s); m.predict(X)",
        {"TFS101", "TFS103"},
    ),
    "initialised in the end": (
        "m = given(); K.set_session(s); s.run(init()); m.predict(X)",
        {"TFS101", "TFS103", "TFS105"},
    ),
    "initialised": ("K.set_session(s); m = given(); s.run(init()); m.predict(X)", {"TFS105"}),
    "initialised by get_session": (
        "m = given(); K.get_session().run(init()); m.predict(X)",
        {"TFS105"},
    ),
    "variables_initializer": (
        "K.set_session(s); m = given(); s.run(tf.variables_initializer(tf.global_variables()))",
        {"TFS105"},
    ),
    "initialised, then registered": (
        "m = given(); s.run(init()); K.set_session(s); m.predict(X)",
        {"TFS101", "TFS103"},
    ),
    "replaced": (
        "K.set_session(s1); m = given(); m.predict(X); K.set_session(s2); m.predict(X)",
        {"TFS104"},
    ),
    "replaced by another graph's": (
        "K.set_session(s1); m = given(); K.set_session(tf.Session(graph=tf.Graph())); m.predict(X)",
        {"TFS104"},
    ),
    "get_session, register": (
        "m = plain(); K.get_session(); K.set_session(s); m.predict(X)",
        {"TFS101", "TFS103"},
    ),
    "get_value, register": (
        "m = plain(); K.get_value(m.weights[0]); K.set_session(s); m.predict(X)",
        {"TFS101", "TFS103"},
    ),
    "eval, register": (
        "m = plain(); K.eval(m.weights[0]); K.set_session(s); m.predict(X)",
        {"TFS101", "TFS103"},
    ),
    "a model never touched": (
        "m = plain(); n = plain(); m.predict(X); K.set_session(s)",
        {"TFS101", "TFS103"},
    ),
    "interactive after": ("m = given(); i = tf.InteractiveSession(); m.predict(X)", {"TFS106"}),
    "block left": ("with s.as_default(): m = given()\nm.predict(X)", {"TFS106"}),
    "block entered": ("m = plain(); m.predict(X)\nwith s.as_default(): m.predict(X)", {"TFS106"}),
    "first use in a block": (
        "K.set_session(s1); m = plain()\nwith s2.as_default(): m.predict(X)",
        {"TFS106"},
    ),
    "swallowed": (
        "m = given(); K.set_session(s)\ntry: m.predict(X)\nexcept Exception: pass",
        {"TFS101", "TFS103"},
    ),
    "dropped for another graph": (
        "m = given()\nwith tf.Graph().as_default(): n = given()\nm.predict(X)",
        {"TFS106"},
    ),
    "registered, dropped for another graph": (
        "K.set_session(s); m = given()\nwith tf.Graph().as_default(): n = given()\nm.predict(X)",
        {"TFS106"},
    ),
    "reads others": (
        "m = given()\nwith s.as_default(): m.set_weights([DENSE_V])\nK.get_value(m.weights[0])",
        {"TFS106"},
    ),
    "the same given elsewhere": (
        "K.set_session(s); m = given()\nwith s1.as_default(): m.set_weights([DENSE_W])\n"
        "m.predict(X)",
        {"TFS106"},
    ),
    "initialised and used in a block": (
        "m = given()\nwith s.as_default(): s.run(init()); m.predict(X)",
        {"TFS105", "TFS106"},
    ),
    "None registered": ("m = given(); K.set_session(None); m.predict(X)", {"TFS103"}),
    "trained weights": (
        "K.set_session(s); m = plain(); m.compile('sgd', 'mse'); m.fit(X, Y); s.run(init())",
        {"TFS105"},
    ),
}


@pytest.fixture(scope="module")
def judge() -> Judge:
    """One process that has imported TensorFlow."""
    return Judge()


@pytest.mark.parametrize("body", RIGHT.values(), ids=RIGHT)
def test_right(judge: Judge, body: str) -> None:
    verdict = judge.judge(HEADER + body)
    assert str(verdict) == "right"


@pytest.mark.parametrize(("body", "codes"), WRONG_ORDER.values(), ids=WRONG_ORDER)
def test_wrong_order(judge: Judge, body: str, codes: set[str]) -> None:
    verdict = judge.judge(HEADER + body)
    assert verdict.wrong_order
    assert not verdict.fails
    assert {code for place in verdict.reading.must for code in place.codes} == codes


@pytest.mark.parametrize(("body", "codes"), FAILS.values(), ids=FAILS)
def test_fails(judge: Judge, body: str, codes: set[str]) -> None:
    verdict = judge.judge(HEADER + body)
    assert verdict.fails
    assert {code for place in verdict.reading.must for code in place.codes} == codes


def test_closed_session_fails(judge: Judge) -> None:
    verdict = judge.judge(HEADER + "with tf.Session() as t: m = plain()\nK.set_session(t)\nplain()")
    assert verdict.fails
    assert "TFS304" in verdict.reading.codes


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("K.set_session(tf.Session(graph=tf.Graph())); m = given(); m.predict(X)", "TFS302"),
        ("K.set_session(s); K.clear_session(); m = given(); m.predict(X)", "TFS303"),
    ],
)
def test_session_not_used(judge: Judge, body: str, code: str) -> None:
    verdict = judge.judge(HEADER + body)
    assert str(verdict) == "right"  # Keras silently makes a session of its own
    assert code in verdict.reading.codes


def test_every_setting_of_the_flags(judge: Judge) -> None:
    body = "m = given()\nif on():\n    K.set_session(s)\n    if on(): m.predict(X)\n"
    verdict = judge.judge(HEADER + body)
    assert [run.decisions for run in verdict.runs] == [[0], [1, 0], [1, 1]]


def test_a_name_never_set_is_left_out(judge: Judge) -> None:
    verdict = judge.judge(HEADER + "if on(): m = given()\nm.predict(X)")
    assert [run.decisions for run in verdict.runs] == [[1]]


def test_a_failure_on_the_way_to_a_name_never_set_is_left_out(judge: Judge) -> None:
    body = "m = given()\nif on(): n = m\nelse: K.set_session(s)\nm.predict(X)\nn.predict(X)"
    verdict = judge.judge(HEADER + body)
    assert [run.decisions for run in verdict.runs] == [[1]]
    assert not verdict.fails


def test_sessions_of_an_earlier_run_leave_no_trace(judge: Judge) -> None:
    body = "on()\nfor _ in range(3): K.set_session(tf.Session())\nm = given()"
    verdict = judge.judge(HEADER + body)
    assert len(verdict.runs) == 2
    assert not any(event.kind == "close" for run in verdict.runs for event in run.events)


def test_exceptions_at_every_boundary(judge: Judge) -> None:
    body = "try:\n    stop(); m = given(); stop(); K.set_session(s); stop()\nexcept Stop: pass"
    verdict = judge.judge(HEADER + body)
    assert len(verdict.runs) == 4
    assert [bool(run.failures) for run in verdict.runs] == [True, True, False, False]


def test_a_model_of_another_graph_is_not_judged(judge: Judge) -> None:
    with pytest.raises(Unjudgeable, match="another graph"):
        judge.judge(HEADER + "m = plain()\nwith tf.Graph().as_default(): m.predict(X)")


def test_a_session_closed_while_registered_is_not_judged(judge: Judge) -> None:
    with pytest.raises(Unjudgeable, match="closed later"):
        judge.judge(HEADER + "K.set_session(s)\nwith s: m = given()\nm.predict(X)")


def test_places_follow_the_calls(judge: Judge) -> None:
    source = HEADER + (
        "class Agent:\n"
        "    def __init__(self):\n"
        "        self._build_graph()\n"
        "        self.attach()\n"
        "    def _build_graph(self):\n"
        "        self.m = plain()\n"
        "    def attach(self):\n"
        "        K.set_session(s)\n"
        "Agent()\n"
    )
    verdict = judge.judge(source)
    line = source.split("\n").index("        self._build_graph()") + 1
    assert [str(place) for place in verdict.reading.must] == [f"TFS102 on line {line}"]


def test_fails_without_more_weights(judge: Judge) -> None:
    source = HEADER + "m = given()\nK.set_session(s)\nm.load_weights(DENSE_WEIGHTS)\n"
    verdict = judge.judge(source)
    line = source.split("\n").index("m = given()") + 1
    assert not verdict.fails
    assert judge.fails_without_more_weights(verdict, line)
    plain = source.replace("m = given()", "m = plain()")
    assert not judge.fails_without_more_weights(judge.judge(plain), line)


def test_training_gives_weights(judge: Judge) -> None:
    source = HEADER + (
        "K.set_session(s); m = given(); m.compile('sgd', 'mse')\ns.run(init())\nm.fit(X, Y)\n"
    )
    verdict = judge.judge(source)
    line = source.split("\n").index("s.run(init())") + 1
    assert not verdict.fails
    assert judge.fails_without_more_weights(verdict, line, initialized=True)


def test_asked_in_the_open_session_that_was_initialised(judge: Judge) -> None:
    source = HEADER + "m = given(); i = tf.InteractiveSession()\ni.run(init())\n"
    verdict = judge.judge(source)
    line = source.split("\n").index("i.run(init())") + 1
    assert not verdict.fails
    assert judge.fails_without_more_weights(verdict, line, initialized=True)
    assert not judge.fails_without_more_weights(verdict, line)


def test_taken_back_but_lost_in_between(judge: Judge) -> None:
    source = HEADER + (
        "m = given()\nold = K.get_session()\nn = given()\nK.set_session(s)\nK.set_session(old)\n"
    )
    verdict = judge.judge(source)
    line = source.split("\n").index("m = given()") + 1
    assert not verdict.fails
    assert judge.fails_without_more_weights(verdict, line)


def test_asked_before_a_clearing(judge: Judge) -> None:
    source = HEADER + "m = given()\nK.set_session(s)\nK.clear_session()\n"
    verdict = judge.judge(source)
    assert not verdict.fails
    assert judge.fails_without_more_weights(verdict, source.split("\n").index("m = given()") + 1)
