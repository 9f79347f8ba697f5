"""What the judge says of programs that were measured before: it sees what TensorFlow does."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("tensorflow", reason="needs TensorFlow")

from tests.programs.judge import Judge, Unjudgeable
from tests.programs.trace import Expected
from tests.programs.verdict import Verdict, recorded, recording

pytestmark = pytest.mark.tensorflow

HEADER = """\
from contextlib import contextmanager
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense, Dropout, Embedding, Input
from tensorflow.keras.models import Model, Sequential, clone_model, load_model
from switches import *

def plain():
    return Sequential([Dense(1, input_shape=(3,), use_bias=False, kernel_initializer="ones")])

def given():
    layer = Dense(1, input_shape=(3,), use_bias=False, kernel_initializer="ones", weights=[DENSE_W])
    return Sequential([layer])

@contextmanager
def using(session):
    kept = K.get_session()
    K.set_session(session)
    try:
        yield
    finally:
        K.set_session(kept)

class Using:
    def __init__(self, session):
        self.session = session

    def __enter__(self):
        self.kept = K.get_session()
        K.set_session(self.session)

    def __exit__(self, *exc):
        K.set_session(self.kept)

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
    "registered for another graph": (
        "K.set_session(tf.Session(graph=tf.Graph())); m = given(); m.predict(X)"
    ),
    "registered, cleared, built": "K.set_session(s); K.clear_session(); m = given(); m.predict(X)",
    "never registered": "tf.Session(); m = given(); m.predict(X)",
    "own session of a graph": (
        "K.set_session(s); m = given()\n"
        "with tf.Graph().as_default(): K.set_session(K.get_session())\nK.set_session(s)"
    ),
    "initialised in a block": "m = given()\nwith s.as_default(): s.run(init())\nm.predict(X)",
    "input only": "i = Input((3,)); K.set_session(s)",
    "weightless": "d = Dropout(0.5); K.set_session(s)",
    "reloaded": "m = given(); K.set_session(s); m.load_weights(DENSE_WEIGHTS); m.predict(X)",
    "set again": "K.set_session(s1); m = given(); K.set_session(s2); m.set_weights([DENSE_V])",
    "initialised, then given again": (
        "K.set_session(s); m = given(); s.run(init()); m.set_weights([DENSE_V]); m.predict(X)"
    ),
    "the initializer first": "m = plain(); K.set_session(s); s.run(init()); m.predict(X)",
    "the implicit session comes back": (
        "m = given(); kept = K.get_session(); K.set_session(s); K.set_session(kept); m.predict(X)"
    ),
    "the implicit one registered": "kept = K.get_session(); m = given(); K.set_session(kept)",
    "comes back in finally": (
        "K.set_session(s); m = given(); kept = K.get_session()\n"
        "try: K.set_session(s1)\nfinally: K.set_session(kept)\nm.predict(X)"
    ),
    "own context manager": (
        "def inside():\n    with using(s): n = given(); n.load_weights(DENSE_WEIGHTS)\n"
        "m = given(); inside(); m.predict(X)"
    ),
    "own context manager inside itself": (
        "m = given()\nwith using(s):\n    with using(s1), Using(s2): K.get_session()\nm.predict(X)"
    ),
    "own context managers through a function": (
        "def through():\n    with Using(s1): pass\n"
        "m = given()\nwith Using(s): through()\nm.predict(X)"
    ),
    "block entered twice": (
        "with s.as_default(): m = given()\n"
        "with s.as_default():\n    with s.as_default(): m.predict(X)"
    ),
    "cleared at the end": "K.set_session(s1); m = given(); K.set_session(s2); K.clear_session()",
    "cleared, and registered": "m = plain(); m.get_weights(); K.clear_session(); K.set_session(s)",
    "held by a function that ended": ("def main():\n    m = given(); K.set_session(s)\nmain()"),
    "given again, after one that is plain": (
        "with s.as_default(): m = given(); K.set_session(s)\nn = plain(); K.set_session(s1)\n"
        "m.set_weights([DENSE_W]); K.clear_session()"
    ),
}

# Nothing had weights, so nothing is lost: what the wording says of it all the same.
HAZARDS = {
    "build plain, register": ("m = plain(); K.set_session(s); m.predict(X)", {"TFS101"}),
    "layer": ("d = Dense(1); K.set_session(s)", {"TFS101"}),
    "harmless calls": (
        "m = plain(); m.compile('sgd', 'mse'); m.summary(); m.count_params(); m.to_json()\n"
        "n = clone_model(m); m._make_predict_function(); K.set_session(s); m.predict(X)",
        {"TFS101"},
    ),
    "replaced, plain": (
        "K.set_session(s1); m = plain(); K.set_session(s2); m.predict(X)",
        {"TFS104"},
    ),
    "given weights together with others, then cleared": (
        "m = plain(); K.set_session(s); n = given(); K.clear_session()",
        {"TFS101"},
    ),
    "initialised in a block": (
        "m = plain(); m.predict(X)\nwith s.as_default(): s.run(init()); m.predict(X)",
        {"TFS106"},
    ),
    "initialised again": (
        "m = plain(); m.predict(X); K.set_session(s); s.run(init()); m.predict(X)",
        {"TFS103"},
    ),
}

FAILS = {
    "given, register": ("m = given(); K.set_session(s); m.predict(X)", {"TFS103"}),
    "returned, then replaced": (
        "def build():\n    K.set_session(tf.Session()); return given()\n"
        "m = build(); n = build(); m.predict(X)",
        {"TFS104"},
    ),
    "asked at the end": ("m = given(); K.set_session(s)", {"TFS103"}),
    "embedding": (
        "m = Sequential([Embedding(2, 1, input_length=3, weights=[EMBEDDING_W])])\n"
        "K.set_session(s); m.predict(X)",
        {"TFS103"},
    ),
    "initialised in the end": (
        "m = given(); K.set_session(s); s.run(init()); m.predict(X)",
        {"TFS103", "TFS105"},
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
        {"TFS103"},
    ),
    "replaced": (
        "K.set_session(s1); m = given(); m.predict(X); K.set_session(s2); m.predict(X)",
        {"TFS104"},
    ),
    "replaced by another graph's": (
        "K.set_session(s1); m = given(); K.set_session(tf.Session(graph=tf.Graph())); m.predict(X)",
        {"TFS104", "TFS106"},
    ),
    "get_session, register": (
        "m = plain(); K.get_session(); K.set_session(s); m.predict(X)",
        {"TFS103"},
    ),
    "get_value, register": (
        "m = plain(); K.get_value(m.weights[0]); K.set_session(s); m.predict(X)",
        {"TFS103"},
    ),
    "eval, register": (
        "m = plain(); K.eval(m.weights[0]); K.set_session(s); m.predict(X)",
        {"TFS103"},
    ),
    "a model never touched": (
        "m = plain(); n = plain(); m.predict(X); K.set_session(s)",
        {"TFS103"},
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
        {"TFS103"},
    ),
    "dropped for another graph, never used again": (
        "m = given()\nwith tf.Graph().as_default(): n = given(); n.predict(X)",
        {"TFS106"},
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
    "never used again": (
        "def f(): K.set_session(s); return given()\nm = f(); K.set_session(s1)",
        {"TFS104"},
    ),
    "not all come back": (
        "K.set_session(s1); m = plain(); K.set_session(s2); K.get_session(); K.set_session(s1)",
        {"TFS104"},
    ),
    "replaced inside its own block": (
        "K.set_session(s1)\nwith s1.as_default(): m = given()\nK.set_session(s2)",
        {"TFS104"},
    ),
    "the implicit one, registered itself, replaced": (
        "m = given(); K.set_session(K.get_session()); K.set_session(s)",
        {"TFS104"},
    ),
    "moved out of the block of a registered session": (
        "with s.as_default(): m = given(); K.set_session(s)\n"
        "with s1.as_default(): m.set_weights([DENSE_V])",
        {"TFS106"},
    ),
    "first weights in another's block": (
        "K.set_session(s1)\nwith s1.as_default(): m = plain()\nwith s2.as_default(): n = given()",
        {"TFS106"},
    ),
    "first weights in a block, while Keras keeps another": (
        "K.get_session(); m = plain()\nwith s.as_default(): n = given()",
        {"TFS106"},
    ),
    "entered after a clearing": ("K.clear_session()\nwith s.as_default(): m = given()", {"TFS106"}),
    "entered without its graph": (
        "t = tf.Session(graph=tf.Graph())\nwith t.as_default(): m = given()",
        {"TFS106"},
    ),
    "left open": ("m = given(); i = tf.InteractiveSession()", {"TFS106"}),
    "used while another is registered for a while": (
        "m = given()\nwith using(s): m.predict(X)",
        {"TFS103"},
    ),
    "trained on lost weights": (
        "m = given(); m.compile('sgd', 'mse'); K.set_session(s); s.run(init()); m.fit(X, Y)",
        {"TFS103", "TFS105"},
    ),
}


def codes(places: set[Expected]) -> set[str]:
    return {code for place in places for code in place.codes}


def blamed(verdict: Verdict) -> set[str]:
    """The codes of which one must speak of what fails."""
    return codes({place for choice in verdict.reading.must for place in choice})


def lines(places: set[Expected], code: str) -> set[int]:
    """The lines on which a code is allowed."""
    return {line for place in places if code in place.codes for line in place.lines}


@pytest.mark.parametrize("body", RIGHT.values(), ids=RIGHT)
def test_right(judge: Judge, body: str) -> None:
    verdict = judge.judge(HEADER + body)
    assert str(verdict) == "right"


@pytest.mark.parametrize("use", ["m.predict(X)", "print(m)"])
def test_models_that_take_turns_are_not_lost_in_the_end(judge: Judge, use: str) -> None:
    body = "K.set_session(s1); m = given(); K.set_session(s2); o = given(); K.set_session(s1)"
    verdict = judge.judge(f"{HEADER}{body}; {use}; K.set_session(s2); o.predict(X)")
    assert ("expected: TFS104" in str(verdict)) is ("print" in use)


@pytest.mark.parametrize(("body", "expected"), HAZARDS.values(), ids=HAZARDS)
def test_hazard(judge: Judge, body: str, expected: set[str]) -> None:
    verdict = judge.judge(HEADER + body)
    assert not verdict.failures
    assert codes(verdict.reading.may) == expected


@pytest.mark.parametrize(("body", "expected"), FAILS.values(), ids=FAILS)
def test_fails(judge: Judge, body: str, expected: set[str]) -> None:
    verdict = judge.judge(HEADER + body)
    assert verdict.failures
    assert blamed(verdict) == expected


def test_closed_session_fails(judge: Judge) -> None:
    verdict = judge.judge(HEADER + "with tf.Session() as t: m = plain()\nK.set_session(t)\nplain()")
    assert verdict.failures
    assert blamed(verdict) == {"TFS304"}


def test_every_setting_of_the_flags(judge: Judge) -> None:
    body = "m = given()\nif on():\n    K.set_session(s)\n    if on(): m.predict(X)\n"
    verdict = judge.judge(HEADER + body)
    assert [run.decisions for run in verdict.runs] == [[0], [1, 0], [1, 1]]


def test_a_name_never_set_is_left_out(judge: Judge) -> None:
    verdict = judge.judge(HEADER + "if on(): m = given()\nm.predict(X)")
    assert [run.decisions for run in verdict.ended] == [[1]]


def test_a_failure_on_the_way_to_a_name_never_set_is_left_out(judge: Judge) -> None:
    body = "m = given()\nif on(): n = m\nelse: K.set_session(s)\nm.predict(X)\nn.predict(X)"
    verdict = judge.judge(HEADER + body)
    assert [run.decisions for run in verdict.ended] == [[1]]
    assert not verdict.failures


def test_sessions_of_an_earlier_run_leave_no_trace(judge: Judge) -> None:
    body = "on()\nfor _ in range(3): K.set_session(tf.Session())\nm = given()"
    verdict = judge.judge(HEADER + body)
    assert len(verdict.runs) == 2
    assert not any(event.kind == "close" for run in verdict.runs for event in run.events)


def test_exceptions_at_every_boundary(judge: Judge) -> None:
    body = "try:\n    stop(); m = given(); stop(); K.set_session(s); stop()\nexcept Stop: pass"
    verdict = judge.judge(HEADER + body)
    assert len(verdict.runs) == 4
    failing = [any(event.kind == "fail" for event in run.events) for run in verdict.runs]
    assert failing == [True, True, False, False]


def test_a_model_of_another_graph_is_not_judged(judge: Judge) -> None:
    with pytest.raises(Unjudgeable, match="another graph"):
        judge.judge(HEADER + "m = plain()\nwith tf.Graph().as_default(): m.predict(X)")


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
        "agent = Agent()\n"
    )
    verdict = judge.judge(source)
    line = source.split("\n").index("        self._build_graph()") + 1
    (place,) = verdict.reading.may
    assert place.codes == {"TFS101", "TFS102"}
    assert line in place.lines


def test_a_call_is_a_flow_of_its_own(judge: Judge) -> None:
    """What is given again by the caller only is wrong in the callee."""
    body = (
        "def build():\n    m = given(); K.set_session(s); return m\n"
        "m = build(); m.set_weights([DENSE_V])"
    )
    verdict = judge.judge(HEADER + body)
    assert str(verdict) == "right"
    assert codes(verdict.own_flows.allowed) == {"TFS101", "TFS103"}


def test_what_a_method_of_an_unknown_object_does_is_not_seen_in_a_call(judge: Judge) -> None:
    source = HEADER + (
        "def build(net):\n"
        "    m = plain()\n"
        "    net.set_weights([DENSE_V])\n"
        "    K.get_session()\n"
        "    K.set_session(s)\n"
        "    return m\n"
        "m = build(plain())\n"
    )
    line = source.split("\n").index("    K.get_session()") + 1
    verdict = judge.judge(source)
    assert line not in lines(verdict.reading.allowed, "TFS103")
    assert {line - 1, line} <= lines(verdict.own_flows.allowed, "TFS103")


def test_a_session_entered_around_a_call_is_not_seen_in_it(judge: Judge) -> None:
    source = HEADER + (
        "def build():\n"
        "    d = Dense(1, input_shape=(3,))\n"
        "    K.get_session()\n"
        "    K.set_session(s)\n"
        "    m = Sequential([d])\n"
        "    K.get_session()\n"
        "i = tf.InteractiveSession(); build()\n"
    )
    line = source.split("\n").index("    d = Dense(1, input_shape=(3,))") + 1
    verdict = judge.judge(source)
    assert line not in lines(verdict.reading.allowed, "TFS101")
    assert line in lines(verdict.own_flows.allowed, "TFS101")


def test_each_initializer_since_weights_came_is_to_blame(judge: Judge) -> None:
    body = "K.set_session(s); m = given(); s.run(init())\ns.run(init())\ns.run(init())"
    verdict = judge.judge(HEADER + body)
    first = HEADER.count("\n") + 1
    assert lines(verdict.reading.allowed, "TFS105") == {first, first + 1, first + 2}


def test_a_run_that_fails_is_not_judged(judge: Judge) -> None:
    body = "with tf.Graph().as_default():\n    try: s.run(init())\n    except Exception: pass"
    with pytest.raises(Unjudgeable, match="own run"):
        judge.judge(HEADER + body)


def test_verdicts_are_kept_in_a_file(judge: Judge, tmp_path: Path) -> None:
    verdict = judge.judge(HEADER + "m = given(); K.set_session(s)")
    file = tmp_path / "verdicts"
    assert list(recording(file, [verdict])) == [verdict]
    assert [str(kept) for kept in recorded(file)] == [str(verdict)]
