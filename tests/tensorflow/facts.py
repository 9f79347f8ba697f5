"""What TensorFlow does with sessions, fact by fact: short programs and what each shows."""

from __future__ import annotations

import textwrap
from typing import NamedTuple

PRELUDE = """
import multiprocessing
import os
import threading

import numpy as np
import tensorflow as tf

tf.compat.v1.disable_eager_execution()
tf1 = tf.compat.v1
keras = tf.keras
K = tf.compat.v1.keras.backend


def new_session(**arguments):
    config = tf1.ConfigProto()
    config.gpu_options.allow_growth = True
    return tf1.Session(config=config, **arguments)


def register(session=None):
    session = session or new_session()
    K.set_session(session)
    return session


def build(**arguments):
    dense = keras.layers.Dense(1, input_shape=(3,), use_bias=False, **arguments)
    return keras.models.Sequential([dense])


def plain():
    return build(kernel_initializer="ones")


def given():
    return build(kernel_initializer="ones", weights=[np.full((3, 1), 5.0)])


def give(model):
    model.set_weights([np.full((3, 1), 5.0)])


def initialize(session):
    session.run(tf1.global_variables_initializer())


def ask(model):
    return float(model.predict(np.ones((1, 3)))[0][0])


def in_thread(work):
    result = []

    def run():
        try:
            result.append(work())
        except Exception as error:
            result.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if isinstance(result[0], Exception):
        raise result[0]
    return result[0]


def in_process(work):
    receiver, sender = multiprocessing.Pipe(False)
    child = os.fork()
    if child == 0:
        try:
            result = work()
        except Exception as error:
            result = error
        sender.send(result)
        os._exit(0)
    answered = receiver.poll(5)
    os.kill(child, 9)
    os.waitpid(child, 0)
    if not answered:
        raise TimeoutError
    result = receiver.recv()
    if isinstance(result, Exception):
        raise result
    return result
"""


class Fact(NamedTuple):
    """One fact: the program that shows it, and what it shows."""

    section: str
    source: str
    claims: dict[str, list[str]]
    """Condition → claims, as at the top of a fixture."""


FACTS: dict[str, Fact] = {}


def _fact(
    section: str, name: str, shows: str, body: str, keras: str = "", tensorflow1: str = ""
) -> None:
    source = PRELUDE + "\n\n" + textwrap.dedent(body)
    claims = {"": shows, "with keras 2.2.5": keras, "on tensorflow 1.15": tensorflow1}
    if section == "Eager execution" and "without" in name:
        source = source.replace("tf.compat.v1.disable_eager_execution()\n", "")
    assert name not in FACTS, name
    FACTS[name] = Fact(
        section, source, {where: text.split(", ") for where, text in claims.items() if text}
    )


def _order(name: str, shows: str, body: str, keras: str = "") -> None:
    _fact("Order", name, shows, body, keras)


UNINITIALIZED = "FailedPreconditionError"

_order(
    "register, build with given weights, predict",
    "predicts 15.0",
    """
    register()
    print(ask(given()))
    """,
)
_order(
    "build plain, register, predict: initialised lazily",
    "predicts 3.0",
    """
    model = plain()
    register()
    print(ask(model))
    """,
)
_order(
    "build with given weights, register, predict",
    UNINITIALIZED,
    """
    model = given()
    register()
    print(ask(model))
    """,
)
_order(
    "an Embedding alone with given weights, register, predict",
    "NotFoundError",
    """
    table = np.full((4, 1), 5.0)
    model = keras.models.Sequential([keras.layers.Embedding(4, 1, input_length=3, weights=[table])])
    register()
    print(model.predict(np.array([[1, 2, 3]])).sum())
    """,
    keras=UNINITIALIZED,
)
for _name, _access in (
    ("set_weights", "give(model)"),
    ("get_weights", "model.get_weights()"),
    ("predict", "ask(model)"),
    ("K.get_session()", "K.get_session()"),
    ("K.get_value(weight)", "K.get_value(model.weights[0])"),
    ("K.eval(weight)", "K.eval(model.weights[0])"),
):
    _order(
        f"build, {_name}, register, predict",
        UNINITIALIZED,
        f"""
        model = plain()
        {_access}
        register()
        print(ask(model))
        """,
    )
_order(
    "load_model, register, predict",
    UNINITIALIZED,
    """
    given().save("model.h5")
    K.clear_session()
    model = keras.models.load_model("model.h5")
    register()
    print(ask(model))
    """,
)
_order(
    "build with given weights, register, run the initializer, predict: silently wrong",
    "predicts 3.0",
    """
    model = given()
    initialize(register())
    print(ask(model))
    """,
)
_order(
    "register, build with given weights, run the initializer, predict: silently wrong",
    "predicts 3.0",
    """
    session = register()
    model = given()
    initialize(session)
    print(ask(model))
    """,
)
_order(
    "the same with variables_initializer(global_variables()) in K.get_session()",
    "predicts 3.0",
    """
    register()
    model = given()
    K.get_session().run(tf1.variables_initializer(tf1.global_variables()))
    print(ask(model))
    """,
)
_order(
    "build with given weights, run the initializer in s, register s, predict: silently wrong",
    "predicts 3.0",
    """
    model = given()
    session = new_session()
    initialize(session)
    register(session)
    print(ask(model))
    """,
)
_order(
    "register s1, build with given weights, run the initializer in s2, predict",
    "predicts 15.0",
    """
    register()
    model = given()
    initialize(new_session())
    print(ask(model))
    """,
)
_order(
    "build with given weights, register, load_weights, predict: loaded again",
    "predicts 15.0",
    """
    model = given()
    model.save_weights("weights.h5")
    register()
    model.load_weights("weights.h5")
    print(ask(model))
    """,
)
_order(
    "register s1, build and predict, register s2, predict",
    UNINITIALIZED,
    """
    register()
    model = given()
    ask(model)
    register()
    print(ask(model))
    """,
)
_order(
    "register s1, build with given weights, register s2, register s1 again, predict",
    "predicts 15.0",
    """
    session = register()
    model = given()
    register()
    register(session)
    print(ask(model))
    """,
)
_order(
    "register s1, build with given weights, register Session(graph=g2), predict",
    UNINITIALIZED,
    """
    register()
    model = given()
    register(new_session(graph=tf.Graph()))
    print(ask(model))
    """,
    keras="InvalidArgumentError",
)
_order(
    "two models, each with its graph and session, each registered again before its use",
    "predicts 15.0",
    """
    first, second = tf.Graph(), tf.Graph()
    with first.as_default():
        first_session = register(new_session())
        first_model = given()
    with second.as_default():
        second_session = register(new_session())
        second_model = given()
    with first.as_default():
        register(first_session)
        assert ask(first_model) == 15.0
    with second.as_default():
        register(second_session)
        print(ask(second_model))
    """,
)
_order(
    "register s, build with given weights, register s again, predict",
    "predicts 15.0",
    """
    session = register()
    model = given()
    register(session)
    print(ask(model))
    """,
)
_order(
    "s = K.get_session(), build with given weights, register s, predict",
    "predicts 15.0",
    """
    session = K.get_session()
    model = given()
    register(session)
    print(ask(model))
    """,
)
_order(
    "build with given weights, predict, register K.get_session(), predict",
    "predicts 15.0",
    """
    model = given()
    ask(model)
    register(K.get_session())
    print(ask(model))
    """,
)
_order(
    "build with given weights inside `with s:`, register s inside, predict inside",
    "predicts 15.0",
    """
    with new_session() as session:
        model = given()
        register(session)
        print(ask(model))
    """,
)
_order(
    "build with given weights inside `with s.as_default():`, register s, predict",
    "predicts 15.0",
    """
    session = new_session()
    with session.as_default():
        model = given()
    register(session)
    print(ask(model))
    """,
)
for _name, _shows, _access in (
    ("predict", "CancelledError", "ask(model)"),
    ("get_weights", "RuntimeError", "model.get_weights()"),
):
    _order(
        f"build with given weights inside `with s:`, register s after the block, {_name}: closed",
        _shows,
        f"""
        with new_session() as session:
            model = given()
        register(session)
        {_access}
        """,
    )
_order(
    "InteractiveSession(), build with given weights, register it, predict",
    "predicts 15.0, allow_growth True",
    """
    session = tf1.InteractiveSession()
    model = given()
    register(session)
    print(ask(model))
    """,
)
_order(
    "InteractiveSession() open, build with given weights, register another, predict",
    "predicts 15.0",
    """
    session = tf1.InteractiveSession()
    model = given()
    register()
    print(ask(model))
    """,
)
_order(
    "build with given weights, InteractiveSession(), predict",
    UNINITIALIZED,
    """
    model = given()
    session = tf1.InteractiveSession()
    print(ask(model))
    """,
)
_order(
    "build with given weights inside `with s.as_default():`, predict after the block",
    UNINITIALIZED,
    """
    with new_session().as_default():
        model = given()
    print(ask(model))
    """,
)
_order(
    "build plain, predict, predict inside `with s.as_default():`",
    UNINITIALIZED,
    """
    model = plain()
    ask(model)
    with new_session().as_default():
        print(ask(model))
    """,
)
_order(
    "build two models plain, predict with one, register, predict with the other",
    UNINITIALIZED,
    """
    used, other = plain(), plain()
    ask(used)
    register()
    print(ask(other))
    """,
)
_order(
    "build plain, compile, summary, count_params, to_json, clone_model, register, predict",
    "predicts 3.0",
    """
    model = plain()
    model.compile("sgd", "mse")
    model.summary()
    model.count_params()
    model.to_json()
    keras.models.clone_model(model)
    register()
    print(ask(model))
    """,
)
_order(
    "a layer object before registering, called after it, predict",
    "predicts 15.0",
    """
    inputs = keras.layers.Input(shape=(3,))
    dense = keras.layers.Dense(1, use_bias=False, weights=[np.full((3, 1), 5.0)])
    optimizer = keras.optimizers.get("sgd")
    register()
    print(ask(keras.models.Model(inputs, dense(inputs))))
    """,
)
_order(
    "register s, build inside another Graph().as_default(), predict",
    "predicts 15.0, allow_growth True False, session not used",
    """
    register()
    with tf.Graph().as_default():
        print(ask(given()))
    """,
    keras="RuntimeError, allow_growth True, session not used",
)
_order(
    "register Session(graph=g), build in the default graph, predict",
    "predicts 15.0, allow_growth True False, session not used",
    """
    register(new_session(graph=tf.Graph()))
    print(ask(given()))
    """,
    keras="RuntimeError, allow_growth True, session not used",
)
_order(
    "register s, clear_session(), build, predict",
    "predicts 15.0, allow_growth True False, session not used",
    """
    register()
    K.clear_session()
    print(ask(given()))
    """,
)
_order(
    "build with given weights, predict, clear_session(), build others, predict with the first",
    "predicts 21.0",
    """
    first = given()
    ask(first)
    K.clear_session()
    other = given()
    other.set_weights([np.full((3, 1), 7.0)])
    ask(other)
    print(ask(first))
    """,
)
_order(
    "build with given weights, clear_session(), get_weights()",
    "ValueError",
    """
    model = given()
    model.predict(np.ones((1, 3)))
    K.clear_session()
    model.get_weights()
    """,
)
_order(
    "build with given weights, clear_session(), set_weights()",
    "TypeError",
    """
    model = given()
    model.predict(np.ones((1, 3)))
    K.clear_session()
    model.set_weights([np.full((3, 1), 5.0)])
    """,
)
_order(
    "build with given weights, clear_session(), build anew from to_json() and the weights",
    "predicts 15.0",
    """
    model = given()
    weights = model.get_weights()
    K.clear_session()
    again = keras.models.model_from_json(model.to_json())
    again.set_weights(weights)
    print(ask(again))
    """,
)
_order(
    "create a layer, clear_session(), build with it, predict",
    "predicts 3.0",
    """
    layer = keras.layers.Dense(1, use_bias=False, kernel_initializer="ones")
    K.clear_session()
    print(ask(keras.models.Sequential([layer, keras.layers.Activation("linear")])))
    """,
)
_order(
    "K.get_session().close(), clear_session(), build with given weights, predict",
    "predicts 15.0",
    """
    K.get_session().close()
    K.clear_session()
    print(ask(given()))
    """,
)
_order(
    "K.get_session().close(), build with given weights",
    "RuntimeError",
    """
    K.get_session().close()
    ask(given())
    """,
)
_order(
    "`with K.get_session().as_default():`, build with given weights, predict after the block",
    "predicts 15.0",
    """
    with K.get_session().as_default():
        model = given()
    print(ask(model))
    """,
)
_order(
    "create Session(config), never register it, build, predict",
    "predicts 15.0, allow_growth True False, session not used",
    """
    session = new_session()
    print(ask(given()))
    """,
)
_order(
    "`with Session(graph=g):` enters g as well",
    "predicts 1.0",
    """
    graph = tf.Graph()
    with new_session(graph=graph):
        print(float(tf1.get_default_graph() is graph))
    """,
)
_order(
    "`Session(graph=g).as_default()` does not enter g",
    "predicts 0.0",
    """
    graph = tf.Graph()
    with new_session(graph=graph).as_default():
        print(float(tf1.get_default_graph() is graph))
    """,
)
_order(
    "clear_session() inside `with s.as_default():`, build, predict",
    "RuntimeError",
    """
    with new_session().as_default():
        K.clear_session()
        print(ask(given()))
    """,
)
_order(
    "build with given weights, kept = K.get_session(), register another, register kept, predict",
    "predicts 15.0",
    """
    model = given()
    kept = K.get_session()
    register()
    K.set_session(kept)
    print(ask(model))
    """,
)
_order(
    "build plain, register, run the initializer first, predict",
    "predicts 3.0",
    """
    model = plain()
    initialize(register())
    print(ask(model))
    """,
)
_order(
    "register, build with given weights, run the initializer, give weights, predict",
    "predicts 15.0",
    """
    session = register()
    model = given()
    initialize(session)
    give(model)
    print(ask(model))
    """,
)
_order(
    "register K.get_session(), build with given weights, register another, predict",
    UNINITIALIZED,
    """
    K.set_session(K.get_session())
    model = given()
    register()
    print(ask(model))
    """,
)
_order(
    "register s, build with given weights inside `with s.as_default():`, register another, predict",
    UNINITIALIZED,
    """
    session = register()
    with session.as_default():
        model = given()
    register()
    print(ask(model))
    """,
)
_order(
    "register s1, build plain, register s2, K.get_session(), register s1 again, predict",
    UNINITIALIZED,
    """
    first = register()
    model = plain()
    register()
    K.get_session()
    register(first)
    print(ask(model))
    """,
)
_order(
    "register s1, build plain, build with given weights inside `with s2.as_default():`, predict",
    UNINITIALIZED,
    """
    register()
    model = plain()
    with new_session().as_default():
        given()
    print(ask(model))
    """,
)
_order(
    "K.get_session(), build plain, give weights inside `with s.as_default():`, predict after it",
    UNINITIALIZED,
    """
    K.get_session()
    model = plain()
    with new_session().as_default():
        give(model)
    print(ask(model))
    """,
)
_order(
    "create s, clear_session(), build with given weights inside `with s.as_default():`",
    "RuntimeError",
    """
    session = new_session()
    K.clear_session()
    with session.as_default():
        given()
    """,
)
_order(
    "the value of set_session(s) is None",
    "predicts 1.0",
    """
    print(float(K.set_session(new_session()) is None))
    """,
)

for _name, _shows, _keras, _body in (
    ("predict in another thread", "ValueError", "", "print(in_thread(lambda: ask(model)))"),
    (
        "predict in another thread inside the graph",
        UNINITIALIZED,
        "predicts 15.0",  # there one session serves all threads
        """
def work():
    with graph.as_default():
        return ask(model)
print(in_thread(work))
""",
    ),
    (
        "predict in another thread inside the graph, the session registered there",
        "predicts 15.0",
        "",
        """
def work():
    with graph.as_default():
        register(session)
        return ask(model)
print(in_thread(work))
""",
    ),
    (
        "predict in another thread inside the graph and the session",
        "predicts 15.0",
        "",
        """
def work():
    with graph.as_default(), session.as_default():
        return ask(model)
print(in_thread(work))
""",
    ),
    (
        "predict in another thread, its function made before",
        "InvalidArgumentError",
        "predicts 15.0",
        "model._make_predict_function()\nprint(in_thread(lambda: ask(model)))",
    ),
    (
        "predict in another thread after a first predict",
        "InvalidArgumentError",
        "predicts 15.0",
        "ask(model)\nprint(in_thread(lambda: ask(model)))",
    ),
    (
        "predict in another thread inside the graph, its function made before",
        UNINITIALIZED,
        "predicts 15.0",
        """
def work():
    with graph.as_default():
        return ask(model)
model._make_predict_function()
print(in_thread(work))
""",
    ),
):
    _fact(
        "Threads",
        _name,
        _shows,
        "graph, session = tf1.get_default_graph(), register()\nmodel = given()\n" + _body,
        _keras,
    )

for _name, _growth, _body in (
    ("Session()", "False", "tf1.Session()"),
    ("Session(config=None)", "False", "tf1.Session(config=None)"),
    ("MonitoredTrainingSession()", "False", "tf1.train.MonitoredTrainingSession()"),
    ("InteractiveSession()", "True", "session = tf1.InteractiveSession()"),
    (
        "InteractiveSession(config=ConfigProto())",
        "False",
        "session = tf1.InteractiveSession(config=tf1.ConfigProto())",
    ),
    (
        "growth assigned after Session(config=c)",
        "False",
        """
        c = tf1.ConfigProto()
        session = tf1.Session(config=c)
        c.gpu_options.allow_growth = True
        """,
    ),
    (
        "growth assigned to options after they were copied",
        "False",
        """
        options = tf1.GPUOptions()
        c = tf1.ConfigProto(gpu_options=options)
        options.allow_growth = True
        session = tf1.Session(config=c)
        """,
    ),
    (
        "Session('', None, ConfigProto(gpu_options=GPUOptions(allow_growth=True)))",
        "True",
        """
        options = tf1.GPUOptions(allow_growth=True)
        session = tf1.Session("", None, tf1.ConfigProto(gpu_options=options))
        """,
    ),
):
    _fact("Growth", _name, f"allow_growth {_growth}", _body)
_fact("Growth", "Session(ConfigProto())", "TypeError", "tf1.Session(tf1.ConfigProto())")

for _name, _shows, _body in (
    ("a session with a target has the devices of its server", "3.0", ""),
    ("a server copies its config", "3.0", 'config.device_count["CPU"] = 4'),
    (
        "a session with a target has those of a server without a config",
        "1.0",
        "server = tf1.train.Server.create_local_server()",
    ),
):
    _fact(
        "Growth",
        f"{_name} (CPUs, the session's config asks for two)",
        f"predicts {_shows}",
        f"""
config = tf1.ConfigProto(device_count={{"CPU": 3}})
server = tf1.train.Server({{"local": ["localhost:0"]}}, config=config)
{_body}
session = tf1.Session(server.target, config=tf1.ConfigProto(device_count={{"CPU": 2}}))
print(float(sum(device.device_type == "CPU" for device in session.list_devices())))
""",
    )


def _run(name: str, shows: str, body: str, keras: str = "", tensorflow1: str = "") -> None:
    _fact("Sessions that the program runs", name, shows, body, keras, tensorflow1)


_X = "{model.input: np.ones((1, 3))}"
_run(
    "build with given weights, run its output in another session",
    UNINITIALIZED,
    f"""
    model = given()
    print(new_session().run(model.output, {_X})[0][0])
    """,
)
_run(
    "build with given weights, run its output in get_session()",
    "predicts 15.0",
    f"""
    model = given()
    print(K.get_session().run(model.output, {_X})[0][0])
    """,
)
_run(
    "build with given weights, initialise another session, run its output there: silently wrong",
    "predicts 3.0",
    f"""
    model = given()
    session = new_session()
    initialize(session)
    print(session.run(model.output, {_X})[0][0])
    """,
)
_run(
    "build plain, initialise another session, run its output there: as good",
    "predicts 3.0",
    f"""
    model = plain()
    session = new_session()
    initialize(session)
    print(session.run(model.output, {_X})[0][0])
    """,
)
_run(
    "build with given weights, output.eval(session=another)",
    UNINITIALIZED,
    f"""
    model = given()
    print(model.output.eval({_X}, session=new_session())[0][0])
    """,
)
_run(
    "build with given weights, run the gradient of its output in another session",
    UNINITIALIZED,
    f"""
    model = given()
    gradient = tf1.gradients(model.output, model.input)[0]
    print(new_session().run(gradient, {_X})[0][0])
    """,
)
_run(
    "build with given weights, run what is fed in its output's place in another session",
    "predicts 2.0",
    """
    model = given()
    print(new_session().run(model.output * 2.0, {model.output: np.ones((1, 1))})[0][0])
    """,
)
_run(
    "build with given weights, run its input in another session",
    "predicts 1.0",
    f"""
    model = given()
    print(new_session().run(model.input, {_X})[0][0])
    """,
)
_run(
    "register, build with given weights, run its output in a session of another graph",
    "RuntimeError",
    f"""
    register()
    model = given()
    print(new_session(graph=tf1.Graph()).run(model.output, {_X})[0][0])
    """,
)
_TRAIN = """
    loss = tf1.reduce_mean((model.output - 15.0) ** 2)
    step = tf1.train.GradientDescentOptimizer(0.1).minimize(loss)
    initialize(session)
    for _ in range(50):
        session.run(step, {model.input: np.ones((1, 3))})
    """
_run(
    "build plain, train it by an optimizer of TensorFlow in another session, predict",
    "predicts 3.0",
    f"""
    model = plain()
    session = new_session()
    {_TRAIN}
    print(round(ask(model), 1))
    """,
)
_run(
    "build plain, train it so in another session, register that, predict",
    "predicts 15.0",
    f"""
    model = plain()
    session = new_session()
    {_TRAIN}
    register(session)
    print(round(ask(model), 1))
    """,
)
_run(
    "build with given weights, save it by a Saver in another session",
    UNINITIALIZED,
    """
    model = given()
    tf1.train.Saver().save(new_session(), "./kept")
    """,
)
_run(
    "restore a model by a Saver in another session, predict",
    "predicts 3.0",
    """
    model = given()
    names = [weight.op.name for weight in model.weights]
    tf1.train.Saver(model.weights).save(K.get_session(), "./kept")
    K.clear_session()
    model = plain()
    session = new_session()
    tf1.train.Saver(dict(zip(names, model.weights))).restore(session, "./kept")
    print(ask(model))
    """,
)
_run(
    "restore a model by a Saver in get_session(), predict",
    "predicts 15.0",
    """
    model = given()
    names = [weight.op.name for weight in model.weights]
    tf1.train.Saver(model.weights).save(K.get_session(), "./kept")
    K.clear_session()
    model = plain()
    tf1.train.Saver(dict(zip(names, model.weights))).restore(K.get_session(), "./kept")
    print(ask(model))
    """,
)
_run(
    "restore a model that has weights by a Saver in another session: those of the first stay",
    "predicts 15.0",
    """
    model = given()
    saver = tf1.train.Saver(model.weights)
    session = new_session()
    initialize(session)
    saver.save(session, "./kept")
    saver.restore(session, "./kept")
    print(ask(model))
    """,
)
for _name, _call in (
    (
        "simple_save",
        'tf1.saved_model.simple_save(session, "kept", {"x": model.input}, {"y": model.output})',
    ),
    (
        "add_meta_graph_and_variables",
        'tf1.saved_model.Builder("kept").add_meta_graph_and_variables(session, ["serve"])',
    ),
    (
        "convert_variables_to_constants",
        "tf1.graph_util.convert_variables_to_constants("
        "session, session.graph.as_graph_def(), [model.output.op.name])",
    ),
    (
        "TFLiteConverter.from_session",
        "tf1.lite.TFLiteConverter.from_session(session, [model.input], [model.output])",
    ),
):
    _run(
        f"build with given weights, {_name}() with another session",
        UNINITIALIZED,
        f"""
        model = given()
        session = new_session()
        {_call}
        """,
    )
    _run(
        f"build with given weights, {_name}() with get_session()",
        "predicts 15.0",
        f"""
        model = given()
        session = K.get_session()
        {_call}
        print(ask(model))
        """,
    )


def _callback(name: str, shows: str, body: str, keras: str = "", tensorflow1: str = "") -> None:
    _fact("Callbacks", name, shows, body, keras, tensorflow1)


def _fitted(hook: str, work: str, model: str, epochs: int = 1) -> str:
    return f"""
class Own(keras.callbacks.Callback):
    def {hook}(self, *arguments):
        {work}


model = {model}
model.compile("sgd", "mse")
rows = np.ones((2, 3))
model.fit(rows, np.full((2, 1), 15.0), epochs={epochs}, verbose=0, callbacks=[Own()])
print(round(ask(model), 1))
"""


_callback(
    "hooks are called in their order",
    "predicts 15.0",
    """
    order = []


    class Own(keras.callbacks.Callback):
        def set_model(self, model):
            order.append(1)

        def set_params(self, params):
            order.append(2)

        def on_train_begin(self, logs=None):
            order.append(3)

        def on_epoch_begin(self, epoch, logs=None):
            order.append(4)

        def on_batch_begin(self, batch, logs=None):
            order.append(5)

        def on_batch_end(self, batch, logs=None):
            order.append(6)

        def on_epoch_end(self, epoch, logs=None):
            order.append(7)

        def on_train_end(self, logs=None):
            order.append(8)


    model = given()
    model.compile("sgd", "mse")
    rows = np.ones((2, 3))
    model.fit(rows, np.full((2, 1), 15.0), epochs=2, verbose=0, callbacks=[Own()])
    print(15.0 if order == [1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7, 8] else order)
    """,
)
_callback(
    "given weights, on_train_begin registers a session",
    UNINITIALIZED,
    _fitted("on_train_begin", "register()", "given()"),
)
_callback(
    "plain, on_train_begin registers a session: nothing was in one yet",
    "predicts 15.0",
    _fitted("on_train_begin", "register()", "plain()", epochs=200),
)
_callback(
    "given weights, on_epoch_end registers a session, predict",
    UNINITIALIZED,
    _fitted("on_epoch_end", "register()", "given()"),
)
_callback(
    "given weights, set_model registers a session",
    UNINITIALIZED,
    _fitted("set_model", "register()", "given()"),
)
_callback(
    "on_epoch_end reads and saves the model's weights",
    "predicts 15.0",
    _fitted(
        "on_epoch_end", "self.model.get_weights(); self.model.save_weights('kept.h5')", "given()"
    ),
)

_fact(
    "Eager execution",
    "register, build with given weights, predict: graph mode",
    "predicts 15.0, allow_growth True",
    """
    register()
    print(ask(given()))
    """,
)
_fact(
    "Eager execution",
    "register, build with given weights, predict: without disable_eager_execution()",
    "predicts 15.0, session not used",
    """
    register()
    print(ask(given()))
    """,
    tensorflow1="predicts 15.0, allow_growth True",  # graph mode by default
)
_fact(
    "Eager execution",
    "predict in another thread: graph mode",
    "ValueError",
    """
    model = given()
    print(in_thread(lambda: ask(model)))
    """,
)
_fact(
    "Eager execution",
    "predict in another thread: without disable_eager_execution()",
    "predicts 15.0",
    """
    model = given()
    print(in_thread(lambda: ask(model)))
    """,
    tensorflow1="ValueError",  # graph mode by default
)

for _name, _shows, _body in (
    ("build plain, fork, predict", "predicts 3.0", "model = plain()"),
    ("build with given weights, fork, predict", "TimeoutError", "model = given()"),
    ("register, build plain, fork, predict", "TimeoutError", "register()\nmodel = plain()"),
    (
        "make and close a session, build plain, fork, predict",
        "TimeoutError",
        "new_session().close()\nmodel = plain()",
    ),
):
    _fact("Forked processes", _name, _shows, _body + "\nprint(in_process(lambda: ask(model)))")

_fact(
    "Eager execution",
    "build plain, fork, predict: without disable_eager_execution()",
    "TimeoutError",
    "model = plain()\nprint(in_process(lambda: ask(model)))",
    tensorflow1="predicts 3.0",  # graph mode by default
)
_fact(
    "Eager execution",
    "build with given weights, fork, read weights: without disable_eager_execution()",
    "predicts 5.0",
    """
    model = given()
    print(in_process(lambda: float(model.get_weights()[0][0][0])))
    """,
    tensorflow1="TimeoutError",  # graph mode by default
)
