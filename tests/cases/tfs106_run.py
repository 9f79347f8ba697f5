import numpy as np
import tensorflow.compat.v1 as tf
from somewhere import CONFIG, prepare, start
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras import losses
from tensorflow.keras.layers import Dense, Input, add
from tensorflow.keras.models import Model, Sequential, load_model

tf.disable_eager_execution()


def new_session():
    return tf.Session(config=CONFIG)


# The program runs the model's output in a session of its own; the weights are where Keras put them.
def own_session(x, path):
    model = load_model(path)
    with new_session() as session:
        return session.run(model.output, {model.input: x})  # expect: TFS106


# Loaded while that session is entered: there they are.
def own_session_loaded_inside(x, path):
    with new_session() as session:
        model = load_model(path)
        return session.run(model.output, {model.input: x})


# Keras' own session has them.
def keras_session(x, path):
    model = load_model(path)
    return K.get_session().run(model.output, {model.input: x})


# So has the one that is registered before.
def registered(x, path):
    session = new_session()
    K.set_session(session)
    model = load_model(path)
    return session.run(model.output, {model.input: x})


# Registered after they came: that is to blame, where the output is run as well.
def registered_late(x, path):
    model = load_model(path)  # expect: TFS103
    session = new_session()
    K.set_session(session)
    return session.run(model.output, {model.input: x})


# A registered session is replaced, and the output run in the new one: TFS104.
def registered_twice(x, path):
    K.set_session(new_session())
    model = load_model(path)
    second = new_session()
    K.set_session(second)  # expect: TFS104
    return second.run(model.output, {model.input: x})


# The session of another block than the one in which it was loaded.
def loaded_in_another_block(x, path):
    first, second = new_session(), new_session()
    with first.as_default():
        model = load_model(path)
    return second.run(model.outputs, {model.input: x})  # expect: TFS106


def loaded_in_this_block(x, path):
    first = new_session()
    with first.as_default():
        model = load_model(path)
    return first.run(model.outputs, {model.input: x})


# --- what stands behind a fetch ---


# A call of the model, what functions and arithmetic make of it, gradients, lists, dicts.
def fetches(x, path):
    model = load_model(path)
    session = new_session()
    rows = tf.placeholder(tf.float32, [None, 1])
    scores = tf.nn.softmax(model(rows) * 2.0)
    session.run(scores, {rows: x})  # expect: TFS106
    session.run(tf.gradients(model.output, model.input), {model.input: x})  # expect: TFS106
    session.run([rows, {"scores": -scores}], {rows: x})  # expect: TFS106
    session.run(model.layers[-1].output, {model.input: x})  # expect: TFS106
    session.run(model.get_layer("top").output, {model.input: x})  # expect: TFS106
    session.run([layer.output for layer in model.layers], {model.input: x})  # expect: TFS106
    session.run(model.trainable_weights)  # expect: TFS106
    session.run(fetches=scores, feed_dict={rows: x})  # expect: TFS106
    session.run(K.mean(model.output), {model.input: x})  # expect: TFS106
    session.run(tf.global_variables())  # expect: TFS106


# A layer behind the model's output: both have weights.
def head(x, path):
    base = load_model(path)
    scores = Dense(3)(base.output)
    session = new_session()
    session.run(tf.global_variables_initializer())
    return session.run(scores, {base.input: x})  # expect: TFS106


# A layer behind the model's input needs nothing of the model; its first weights are as good here.
def beside(x, path):
    base = load_model(path)
    scores = Dense(3)(base.input)
    session = new_session()
    session.run(tf.global_variables_initializer())
    return session.run(scores, {base.input: x})


# Inputs, shapes, and what the model has no part in.
def without_weights(x, path):
    model = load_model(path)
    session = new_session()
    rows = tf.placeholder(tf.float32, model.input_shape)
    doubled = rows * 2
    session.run(model.input, {model.input: x})
    session.run(doubled, {rows: x})
    session.run(tf.zeros(model.output_shape[1:]))
    session.run(tf.ones_like(model.output), {model.output: x})
    return session.run(tf.shape(model.output), {model.output: x})


# What is fed in the place of a tensor is not run; behind what is fed there are no weights needed.
def fed(features, x, path):
    model = load_model(path)
    session = new_session()
    session.run(model.output * 2, {model.output: features})
    session.run(model.output * 2, {"rows": features})  # expect: TFS106
    return session.run(model.output * 2, {model.input: x})  # expect: TFS106


# Weights that the model shares with a second one.
def functional(x, path):
    base = load_model(path)
    rows = Input((1,))
    model = Model(rows, add([base(rows), rows]))
    return new_session().run(model.output, {model.input: x})  # expect: TFS106


# `eval` of a tensor in a session; without one, in the entered one.
def evaluated(x, path):
    model = load_model(path)
    session = new_session()
    model.output.eval({model.input: x}, session)  # expect: TFS106
    with session.as_default():
        model.output.eval({model.input: x})  # expect: TFS106
    return model.output.eval({model.input: x}, session=K.get_session())


# What layers give that are functions, and a model called with its own input.
def applied(x, path):
    base = load_model(path)
    rows = Input((1,))
    session = new_session()
    session.run(add([base(rows), rows]), {rows: x})  # expect: TFS106
    session.run(rows, {rows: x})
    return session.run(base(base.input), {base.input: x})  # expect: TFS106


# Neither a session that is not known nor none is one.
def evaluated_elsewhere(x, path, session):
    model = load_model(path)
    new_session().run(tf.constant(1.0))
    model.output.eval({model.input: x})
    model.output.eval({model.input: x}, session)
    return session.run(model.output, {model.input: x})


# The session is known where it is called.
class Attack:
    def __init__(self, model, session):
        self.session = session
        self.rows = tf.placeholder(tf.float32, [None, 1])
        self.step = self.rows + 0.1 * tf.sign(tf.gradients(model(self.rows), self.rows)[0])

    def generate(self, batch):
        return self.session.run(self.step, {self.rows: batch})


def attacked(x, path):
    model = load_model(path)
    attack = Attack(model, new_session())
    return attack.generate(x)  # expect: TFS106


def attacked_in_keras_session(x, path):
    model = load_model(path)
    attack = Attack(model, K.get_session())
    return attack.generate(x)


# --- initial weights ---


# Loaded weights are not there because initial ones are: silently wrong.
def initialized_over(x, path):
    model = load_model(path)
    with new_session() as session:
        session.run(tf.global_variables_initializer())
        return session.run(model.output, {model.input: x})  # expect: TFS106


# Those that were never given nor trained are as good there.
def initial(x):
    model = Sequential([Dense(1, input_shape=(1,))])
    session = new_session()
    session.run(tf.global_variables_initializer())
    return session.run(model.output, {model.input: x})


# Also where Keras has initial ones of its own.
def initial_in_both(x):
    model = Sequential([Dense(1, input_shape=(1,))])
    model.predict(x)
    session = new_session()
    session.run(tf.global_variables_initializer())
    return session.run(model.output, {model.input: x})


# Initial ones of Keras' session are not in another one.
def initial_in_one(x):
    model = Sequential([Dense(1, input_shape=(1,))])
    model.predict(x)
    return new_session().run(model.output, {model.input: x})  # expect: TFS106


# An initializer over them in the session that has them, then run there.
def overwritten(x, path):
    session = new_session()
    K.set_session(session)
    model = load_model(path)
    session.run(tf.global_variables_initializer())  # expect: TFS105
    return session.run(model.output, {model.input: x})


# --- what else may have given it weights ---


# An operation that is not known may be one that gives weights; so may code that has the session.
def filled(x, path, operation):
    model = load_model(path)
    session = new_session()
    session.run(operation)
    return session.run(model.output, {model.input: x})


def filled_by_a_function(x, path):
    model = load_model(path)
    session = new_session()
    prepare(session)
    return session.run(model.output, {model.input: x})


def filled_by_tensorflow(x, path, kept):
    model = load_model(path)
    session = new_session()
    tf.saved_model.loader.load(session, ["serve"], kept)
    return session.run(model.output, {model.input: x})


def filled_by_assignment(x, path, value):
    model = load_model(path)
    session = new_session()
    session.run([tf.assign(weight, value) for weight in model.weights])
    return session.run(model.output, {model.input: x})


def filled_by_load(x, path, value):
    model = load_model(path)
    session = new_session()
    for weight in model.weights:
        weight.load(value, session)
    return session.run(model.output, {model.input: x})


def filled_by_name(x, path):
    model = load_model(path)
    session = new_session()
    session.run("save/restore_all")
    return session.run(model.output, {model.input: x})


def filled_by_run(x, path, value):
    model = load_model(path)
    session = new_session()
    tf.assign(tf.Variable(1.0), value).run(session=session)
    return session.run(model.output, {model.input: x})


# What a loop runs, if it does.
def filled_in_a_loop(x, path, operations):
    model = load_model(path)
    session = new_session()
    for operation in operations:
        session.run(operation)
    return session.run(model.output, {model.input: x})


def filled_in_a_comprehension(x, path, operations):
    model = load_model(path)
    session = new_session()
    done = [session.run(operation) for operation in operations]
    return session.run(model.output, {model.input: x}), done


def filled_while(x, path, operations):
    model = load_model(path)
    session = new_session()
    while operations:
        session.run(operations.pop())
    return session.run(model.output, {model.input: x})


# Operations that are known give none.
def not_filled(x, path):
    model = load_model(path)
    session = new_session()
    session.run([tf.local_variables_initializer(), "rows:0"])
    tf.no_op().run(session=session)
    tf.train.start_queue_runners(session)
    tf.constant(1.0).eval(session=session)
    return session.run(model.output, {model.input: x})  # expect: TFS106


# All sessions of a server have the same variables.
def same_server(x, path, target):
    first, second = tf.Session(target, config=CONFIG), tf.Session(target, config=CONFIG)
    K.set_session(first)
    model = load_model(path)
    return second.run(model.output, {model.input: x})


# One of `tf.train` initialises, or restores, by itself.
def monitored(x, path):
    model = load_model(path)
    with tf.train.MonitoredTrainingSession(config=CONFIG) as session:
        return session.run(model.output, {model.input: x})


# --- graphs ---


# A session of another graph than the model's can't run it.
def another_graph(x, path):
    model = load_model(path)
    session = tf.Session(graph=tf.Graph(), config=CONFIG)
    return session.run(model.output, {model.input: x})  # expect: TFS106


def own_graph(x, path):
    graph = tf.Graph()
    with graph.as_default(), tf.Session(graph=graph, config=CONFIG) as session:
        model = load_model(path)
        return session.run(model.output, {model.input: x})


# --- training ---


# Trained in a session that Keras does not use: what it saves is not what was trained.
def trained(x, y, path):
    model = Sequential([Dense(1, input_shape=(1,))])
    loss = tf.reduce_mean((model.output - y) ** 2)
    step = tf.train.AdamOptimizer().minimize(loss)
    with new_session() as session:
        session.run(tf.global_variables_initializer())
        session.run([step, loss], {model.input: x})
        session.run(model.output, {model.input: x})
    model.save(path)  # expect: TFS106


# Registered, before or after: right.
def trained_then_registered(x, y, path):
    model = Sequential([Dense(1, input_shape=(1,))])
    step = tf.train.AdamOptimizer().minimize(tf.reduce_mean((model.output - y) ** 2))
    session = new_session()
    session.run(tf.global_variables_initializer())
    session.run(step, {model.input: x})
    K.set_session(session)
    model.save(path)


# It may all be done by the program alone.
def trained_and_run(x, y):
    K.set_session(new_session())
    model = Sequential([Dense(1, input_shape=(1,))])
    model.predict(x)
    step = tf.train.AdamOptimizer().minimize(tf.reduce_mean((model.output - y) ** 2))
    session = new_session()
    session.run(tf.global_variables_initializer())
    session.run(step, {model.input: x})
    return session.run(model.output, {model.input: x})


# What was trained in one session is run in another.
def trained_in_one(x, y):
    model = Sequential([Dense(1, input_shape=(1,))])
    step = tf.train.AdamOptimizer().minimize(losses.mean_squared_error(y, model.output))
    first, second = new_session(), new_session()
    first.run(tf.global_variables_initializer())
    step.run({model.input: x}, first)
    second.run(tf.global_variables_initializer())
    return second.run(model.output, {model.input: x})  # expect: TFS106


# Loaded weights are not there to be trained.
def trained_where_they_are_not(x, y, path):
    model = load_model(path)
    step = tf.train.AdamOptimizer().minimize(tf.reduce_mean((model.output - y) ** 2))
    session = new_session()
    session.run(tf.global_variables_initializer())
    session.run(step, {model.input: x})  # expect: TFS106


# In the session that has them: trained, and overwritten by a late initializer.
def trained_where_they_are(x, y):
    model = Sequential([Dense(1, input_shape=(1,))])
    step = tf.train.AdamOptimizer().minimize(tf.reduce_mean((model.output - y) ** 2))
    session = K.get_session()
    session.run(tf.global_variables_initializer())
    session.run(step, {model.input: x})
    session.run(tf.global_variables_initializer())  # expect: TFS105
    return model.predict(x)


# What was loaded is trained in its session.
def trained_further(x, y, path):
    session = new_session()
    K.set_session(session)
    model = load_model(path)
    step = tf.train.AdamOptimizer().minimize(tf.reduce_mean((model.output - y) ** 2))
    session.run(step, {model.input: x})
    session.run(tf.global_variables_initializer())  # expect: TFS105
    return model.predict(x)


# By gradients; several steps as one.
def trained_by_gradients(x, y):
    model = Sequential([Dense(1, input_shape=(1,))])
    optimizer = tf.train.GradientDescentOptimizer(0.1)
    pairs = optimizer.compute_gradients(tf.reduce_mean((model.output - y) ** 2))
    first = optimizer.apply_gradients([(gradient, weight) for gradient, weight in pairs])
    session = new_session()
    session.run(tf.global_variables_initializer())
    session.run(tf.group(first, optimizer.apply_gradients(pairs)), {model.input: x})
    return model.predict(x)  # expect: TFS106


# Steps of which one is not known: it may do anything.
def trained_by_more(x, y, other):
    model = load_model(x)
    step = tf.train.AdamOptimizer().minimize(tf.reduce_mean((model.output - y) ** 2))
    session = new_session()
    session.run(tf.group(step, other), {model.input: x})
    return session.run(model.output, {model.input: x})


# Of the variables that it is given; those may be others than the model's.
def trained_some(x, y):
    model = Sequential([Dense(1, input_shape=(1,))])
    loss = tf.reduce_mean((model.output - y) ** 2)
    step = tf.train.AdamOptimizer().minimize(loss, var_list=model.trainable_weights)
    session = new_session()
    session.run(tf.global_variables_initializer())
    session.run(step, {model.input: x})
    return model.predict(x)  # expect: TFS106


def trained_others(x, y, noise):
    model = Sequential([Dense(1, input_shape=(1,))])
    loss = tf.reduce_mean((model(noise) - y) ** 2)
    step = tf.train.AdamOptimizer().minimize(loss, var_list=[noise])
    session = new_session()
    session.run(tf.global_variables_initializer())
    session.run(step, {model.input: x})
    return model.predict(x)


# What is not known to be the model's may be trained by it.
def trained_unknown(x, path, loss):
    model = load_model(path)
    step = tf.train.AdamOptimizer().minimize(loss)
    session = new_session()
    session.run(step)
    return session.run(model.output, {model.input: x})


# A session in which weights came unseen: they are there once they were trained.
def trained_in_a_filled_one(x, y):
    model = Sequential([Dense(1, input_shape=(1,))])
    step = tf.train.AdamOptimizer().minimize(tf.reduce_mean((model.output - y) ** 2))
    session = new_session()
    prepare(session)
    session.run(step, {model.input: x})
    return model.predict(x)  # expect: TFS106


# They may have been there before, too, and stay.
def trained_in_both(x, y, path):
    model = load_model(path)
    step = tf.train.AdamOptimizer().minimize(tf.reduce_mean((model.output - y) ** 2))
    session = new_session()
    prepare(session)
    session.run(step, {model.input: x})
    return model.predict(x)


# Without values there it fails, which is no question of sessions.
def trained_uninitialized(x, y):
    model = Sequential([Dense(1, input_shape=(1,))])
    step = tf.train.AdamOptimizer().minimize(tf.reduce_mean((model.output - y) ** 2))
    new_session().run(step, {model.input: x})
    return model.predict(x)


# A closed session runs nothing; that is a mistake of another kind.
def closed(x, path):
    model = load_model(path)
    session = new_session()
    session.close()
    return session.run(model.output, {model.input: x})  # expect: TFS304


# As many as there are rows, maybe none.
def some(rows, x, path):
    model = load_model(path)
    scores = [model(row) for row in rows]
    return new_session().run(scores, {model.input: x})


# One of several, of which some need no weights.
def one_of_two(x, path):
    model = load_model(path)
    for fetch in (model.input, model.output):
        new_session().run(fetch, {model.input: x})


def loop(x, path):
    model = load_model(path)
    with new_session() as session:
        for row in np.array(x):
            start(session.run(model.output, {model.input: row}))  # expect: TFS106


# Trained where the weights are not: nobody knows from then on which of them are meant.
def trained_elsewhere(x, path):
    model = load_model(path)
    train = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(model.output))
    with new_session() as session:
        session.run(tf.global_variables_initializer())
        session.run(train, {model.input: x})  # expect: TFS106
        session.run(train, {model.input: x})
    return model.predict(x)


def read_elsewhere(x, path):
    model = load_model(path)
    with new_session() as session:
        session.run(tf.global_variables_initializer())
        session.run(model.output, {model.input: x})  # expect: TFS106
        session.run(model.output, {model.input: x})  # expect: TFS106
    return model.predict(x)
