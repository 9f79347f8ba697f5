import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential, load_model

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


def open_session():
    sess = tf.Session(config=CONFIG)
    K.set_session(sess)
    return sess


# init = ...; sess.run(init): the run counts.
def variable(path, values):
    sess = open_session()
    model = Sequential([Dense(1)])
    init = tf.global_variables_initializer()
    model.set_weights(values)
    sess.run(init)  # expect: TFS105
    return model


# ... for the variables that there were when the operation was made.
def variable_before(path):
    sess = open_session()
    init = tf.global_variables_initializer()
    model = load_model(path)
    sess.run(init)
    return model


def variables_before(path):
    sess = open_session()
    variables = tf.global_variables()
    model = load_model(path)
    sess.run(tf.variables_initializer(variables))
    return model


def one_of_two(path):
    sess = open_session()
    first = load_model(path)
    init = tf.global_variables_initializer()
    second = load_model(path)
    sess.run(init)  # expect: TFS105
    return first, second


def made_before_the_model(x):
    init = tf.global_variables_initializer()
    model = Sequential([Dense(1)])  # expect: TFS101
    sess = open_session()
    sess.run(init)
    return model.predict(x)


def made_after_the_model(x):
    model = Sequential([Dense(1)])
    init = tf.global_variables_initializer()
    sess = open_session()
    sess.run(init)
    return model.predict(x)


def variable_before(path):
    sess = open_session()
    init = tf.global_variables_initializer()
    sess.run(init)
    return load_model(path)


# Lists.
def in_a_list(path):
    sess = open_session()
    model = load_model(path)
    sess.run([tf.global_variables_initializer(), tf.tables_initializer()])  # expect: TFS105
    return model


def list_variable(path):
    sess = open_session()
    model = load_model(path)
    inits = [tf.local_variables_initializer(), tf.global_variables_initializer()]
    sess.run(inits)  # expect: TFS105
    return model


def list_of_others(path):
    sess = open_session()
    model = load_model(path)
    sess.run([tf.local_variables_initializer(), tf.tables_initializer()])
    return model


# Tuples are lists to run().
def in_a_tuple(path):
    sess = open_session()
    model = load_model(path)
    sess.run((tf.global_variables_initializer(), tf.tables_initializer()))  # expect: TFS105
    return model


def list_before(path):
    sess = open_session()
    sess.run([tf.global_variables_initializer(), tf.tables_initializer()])
    return load_model(path)


# tf.group of initializers.
def group(path):
    sess = open_session()
    model = load_model(path)
    init = tf.group(tf.global_variables_initializer(), tf.local_variables_initializer())
    sess.run(init)  # expect: TFS105
    return model


def group_of_others(path):
    sess = open_session()
    init = tf.group(tf.local_variables_initializer(), tf.tables_initializer())
    model = load_model(path)
    sess.run(init)
    return model


# init.run() runs in the default session.
def operation_run(path):
    sess = tf.Session(config=CONFIG)
    with sess.as_default():
        model = load_model(path)
        tf.global_variables_initializer().run()  # expect: TFS105
        return model.count_params()


def operation_run_before(path):
    sess = tf.Session(config=CONFIG)
    with sess.as_default():
        tf.global_variables_initializer().run()
        return load_model(path).count_params()


def operation_run_variable(path):
    sess = tf.Session(config=CONFIG)
    with sess.as_default():
        model = load_model(path)
        init = tf.global_variables_initializer()
        init.run()  # expect: TFS105
        return model.count_params()


# ... or in the session that it is given.
def operation_run_session(path):
    sess = open_session()
    model = load_model(path)
    tf.global_variables_initializer().run(session=sess)  # expect: TFS105
    return model


def operation_run_other_session(path):
    other = tf.Session(config=CONFIG)
    open_session()
    model = load_model(path)
    tf.global_variables_initializer().run(session=other)
    return model, other


# The fetches by keyword.
def fetches(path):
    sess = open_session()
    model = load_model(path)
    sess.run(fetches=tf.global_variables_initializer())  # expect: TFS105
    return model


# initialize_all_variables is its old name.
def old_name(path):
    sess = open_session()
    model = load_model(path)
    sess.run(tf.initialize_all_variables())  # expect: TFS105
    return model


def old_name_before(path):
    sess = open_session()
    sess.run(tf.initialize_all_variables())
    return load_model(path)


# variables_initializer(global_variables()) is the same.
def all_variables(path):
    sess = open_session()
    model = load_model(path)
    sess.run(tf.variables_initializer(tf.global_variables()))  # expect: TFS105
    return model


# ... variables_initializer(some) is fine.
def some_variables(path):
    sess = open_session()
    known = set(tf.global_variables())
    model = load_model(path)
    fresh = [v for v in tf.global_variables() if v not in known]
    sess.run(tf.variables_initializer(fresh))
    return model


def one_variable(path):
    sess = open_session()
    model = load_model(path)
    step = tf.Variable(0, name="step")
    sess.run(tf.variables_initializer([step]))
    return model


# ... and so is local_variables_initializer.
def local_variables(path):
    sess = open_session()
    model = load_model(path)
    sess.run(tf.local_variables_initializer())
    return model


# In the block of the session.
def session_block(path):
    with tf.Session(config=CONFIG) as sess:
        model = load_model(path)
        sess.run(tf.global_variables_initializer())  # expect: TFS105
        return model.count_params()


def session_block_before(path):
    with tf.Session(config=CONFIG) as sess:
        sess.run(tf.global_variables_initializer())
        return load_model(path).count_params()


# An initializer of a layer is another thing.
def layer_initializer(path, initializers):
    sess = open_session()
    model = load_model(path)
    sess.run(initializers.global_variables_initializer())
    return model
