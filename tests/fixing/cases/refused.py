# What is refused stays as it is; the reason stands on the line of the finding.
import logging
import sys
import threading
from os import environ, getenv, putenv

import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential, load_model

import project

NOT = False


def needs_the_build(sess_of):
    model = Sequential([Dense(1)])  # refused: model is used by the first build and by the set-up
    K.set_session(sess_of[model])


def used_in_between(config):
    config.gpu_options.allow_growth = True
    sess = "none"
    model = Sequential([Dense(1, name=sess)])  # refused: sess is used by the first build and by the set-up
    sess = tf.Session(config=config)
    K.set_session(sess)
    return model


def unknown_set_up():
    model = Sequential([Dense(1)])  # refused: the set-up calls project.session(), which can't be known
    K.set_session(project.session())
    return model


def returns(sess, cached):
    model = Sequential([Dense(1)])  # refused: a return stands in between
    if cached:
        return model
    K.set_session(sess)
    return model


def session_in_between(sess):
    model = Sequential([Dense(1)])  # refused: clear_session() is called in between
    if project.again:
        K.clear_session()
    K.set_session(sess)
    return model


def one_statement(sess):
    return [Dense(1), K.set_session(sess)]  # refused: the session is set up in the same statement


def next_round(paths, x):
    best = None
    for path in paths:
        config = tf.ConfigProto()
        config.gpu_options.allow_growth = True
        K.set_session(tf.Session(config=config))  # refused: the session is set up again in the next round of a loop
        model = load_model(path)
        if model.predict(x) > 0.5:
            best = model
    return best.predict(x)


def half_a_move(sess, path):
    first = Sequential([Dense(1)])  # refused: more is built before it, in a block around this one
    if path:
        second = Sequential([Dense(1)])  # refused: more is built before it, in a block around this one
        K.set_session(sess)
        return first, second
    return first


def one_line(sess):
    model = Sequential([Dense(1)]); K.set_session(sess); return model  # refused: the set-up shares its line with another statement


def over_unknown(sess):
    model = Sequential([Dense(1)])  # refused: its fix is not safe; --unsafe-fixes applies it
    project.log(model)
    K.set_session(sess)
    return model


def said_false():
    options = tf.GPUOptions(allow_growth=False)
    return tf.Session(config=tf.ConfigProto(gpu_options=options))  # refused: its fix is not safe; --unsafe-fixes applies it


def by_a_name(growth=False):
    config = None
    return tf.Session(config=config)  # refused: its config is given by a name that is None here


def creates_variables(config, path):
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)
    K.set_session(sess)
    model = load_model(path)
    step = tf.get_variable("step", initializer=0)
    sess.run([tf.global_variables_initializer()])  # refused: get_variable() in between may create variables that it initialises
    return model, step


class Pair:
    def __init__(self, config):
        config.gpu_options.allow_growth = True
        K.set_session(tf.Session(config=config))
        self.model = Sequential([Dense(1)])


def two(config):
    first = Pair(config)
    second = Pair(config)  # refused: the set-up also builds or uses a model
    return first, second


# --- growth ---


class Sessions:
    make = tf.Session


def names_of_something_else():
    return Sessions.make()  # refused: the change can't be shown to help


def said_by_a_name():
    options = tf.GPUOptions(allow_growth=NOT)
    return tf.Session(config=tf.ConfigProto(gpu_options=options))  # refused: allow_growth is given by a name


def assigned_by_a_name():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = NOT
    return tf.Session(config=config)  # refused: allow_growth is given by a name


def options_by_a_name():
    options = None
    return tf.Session(config=tf.ConfigProto(gpu_options=options))  # refused: its gpu_options can't be followed


def behind_a_star():
    nothing = ()
    return tf.Session(*nothing)  # refused: its arguments are given by a star


def behind_two_stars():
    nothing = {}
    return tf.Session(**nothing)  # refused: its arguments are given by a star


def options_behind_stars():
    return tf.Session(config=tf.ConfigProto(gpu_options=tf.GPUOptions(**{})))  # refused: its arguments are given by a star


def config_behind_stars():
    return tf.Session(config=tf.ConfigProto(**{}))  # refused: its arguments are given by a star


def creator_made_elsewhere():
    creator = tf.train.ChiefSessionCreator()
    return tf.train.MonitoredSession(creator)  # refused: its session_creator is made elsewhere


def generator(graphs):
    return tf.Session(config=tf.ConfigProto(each for each in graphs))  # refused: the change would not compile: Generator expression must be parenthesized


def long_generator(graphs):
    return tf.compat.v1.Session(config=tf.compat.v1.ConfigProto(each for each in graphs))  # refused: the change would not compile: Generator expression must be parenthesized


# --- what moves, and what it moves over ---


def runs(sess, ready):
    model = Sequential([Dense(1)])  # refused: the set-up also runs the session
    if sess.run(ready):
        K.set_session(sess)
    return model


def both_print(sess):
    model = Sequential([Dense(1)])  # refused: both show something
    print(model)
    if sess:
        print(sess)
        K.set_session(sess)
    return model


def both_log(sess, log):
    model = Sequential([Dense(1)])  # refused: both show something
    logging.info("built")
    if sess:
        log.info("registered")
        K.set_session(sess)
    return model


def breaks(sessions):
    for sess in sessions:
        model = Sequential([Dense(1)])  # refused: a break stands in between
        if sess is None:
            break
        K.set_session(sess)
    return model


async def awaits(sess, ready):
    model = Sequential([Dense(1)])  # refused: an await stands in between
    await ready
    K.set_session(sess)
    return model


def may_end_the_program(sess):
    model = Sequential([Dense(1)])  # refused: the set-up may end the flow
    if sess:
        K.set_session(sess)
    else:
        sys.exit(1)
    return model


def environment_is_read(config):
    config.gpu_options.allow_growth = True
    model = Sequential([Dense(int(environ["UNITS"]))])  # refused: the environment is used by the first build and by the set-up
    putenv("CUDA_VISIBLE_DEVICES", "0")
    K.set_session(tf.Session(config=config))
    return model


def environment_is_asked(config):
    config.gpu_options.allow_growth = True
    model = Sequential([Dense(int(getenv("UNITS")))])  # refused: the environment is used by the first build and by the set-up
    environ["CUDA_VISIBLE_DEVICES"] = "0"
    K.set_session(tf.Session(config=config))
    return model


class Prepared:
    def __init__(self):
        self.model = Sequential([Dense(1)])  # refused: self.sess may be made in between
        project.prepare(self)
        K.set_session(self.sess)


def build_shares_its_line(sess):
    size = 1; model = Sequential([Dense(size)])  # refused: the first build shares its line with another statement
    K.set_session(sess)
    return model


def run_in_between(config, path, step):
    config.gpu_options.allow_growth = True
    sess = tf.Session(config=config)
    K.set_session(sess)
    model = load_model(path)
    sess.run(step)
    sess.run([tf.global_variables_initializer()])  # refused: the session is run in between
    return model


def server_without_growth():
    server = tf.train.Server({"worker": []})
    return tf.Session(server.target)  # refused: the config of the session can't be followed


def server_with_growth_too_late():
    config = tf.ConfigProto()
    server = tf.train.Server({"worker": []}, config=config)
    config.gpu_options.allow_growth = True  # refused: the config of the session can't be followed
    return tf.Session(server.target)  # refused: the config of the session can't be followed


def initializer_alone_in_its_block(path, again):
    model = load_model(path)
    model.predict([1])
    if again:
        K.get_session().run(tf.global_variables_initializer())  # refused: the set-up also builds or uses a model
    return model


def initializer_with_options(path, again, options):
    model = load_model(path)
    if again:
        again += 1
        K.get_session().run(tf.global_variables_initializer(), options=options)  # refused: the set-up also builds or uses a model
    return model


def initializer_from_another_block(path, again):
    model = load_model(path)
    with open(path):
        init = tf.global_variables_initializer()
    if again:
        again += 1
        K.get_session().run(init)  # refused: the set-up also builds or uses a model
    return model


def initializer_of_tables(path, again):
    model = load_model(path)
    if again:
        again += 1
        K.get_session().run([tf.global_variables_initializer(), tf.tables_initializer()])  # refused: the set-up also builds or uses a model
    return model


def initializer_beside_another(path, again):
    model = load_model(path)
    if again:
        again += 1; K.get_session().run(tf.global_variables_initializer())  # refused: the set-up also builds or uses a model
    return model


def initializer_as_a_value(path, again):
    model = load_model(path)
    if again:
        again = K.get_session().run(tf.global_variables_initializer())  # refused: the set-up also builds or uses a model
    return model, again


def thread_without_a_name_for_the_session(path):
    model = load_model(path)

    def work():
        model.predict(path)  # refused: no name in the thread is known to hold the model's graph and session

    threading.Thread(target=work).start()


def thread_with_statements_that_stay(path):
    model = load_model(path)
    kept = K.get_session()

    def work():
        for score in model.predict(path):  # refused: the statement can't stand in a block of its own
            print(score)

    def work_in_a_lambda():
        return [model.predict(each) for each in path]  # refused: part of the statement is run at another time

    def work_with_a_text():
        print(model.predict(path), """  # refused: a text over several lines stands in the statement
        as it stands""")

    threading.Thread(target=work).start()
    threading.Thread(target=work_in_a_lambda).start()
    threading.Thread(target=work_with_a_text).start()
    print(kept)


class Growth(project.Callback):
    def on_train_begin(self, logs=None):
        K.set_session(tf.Session(config=project.CONFIG))


def registered_by_a_callback(x, y, path):
    model = load_model(path)
    model.fit(x, y, callbacks=[Growth()])  # refused: the set-up also builds or uses a model
    return model


class BuiltByInit:
    def __init__(self):
        self.model = load_model("model.h5")

    def use(self, x, config):
        config.gpu_options.allow_growth = True
        K.set_session(tf.Session(config=config))  # refused: the order is wrong only in what it calls, or in what was built before
        return self.model.predict(x)
