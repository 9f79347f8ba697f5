import tensorflow.compat.v1 as tf
from somewhere import CONFIG
from tensorflow.compat.v1 import graph_util
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential, load_model
from tensorflow.python.framework import graph_util as private_graph_util
from tensorflow.python.saved_model import builder as private_builder

tf.disable_eager_execution()


def new_session():
    return tf.Session(config=CONFIG)


def build():
    return Sequential([Dense(1, input_shape=(1,))])


# --- Saver ---


# A checkpoint of a session that does not have the weights: it fails, or keeps initial ones.
def saved(path):
    model = load_model(path)
    session = new_session()
    session.run(tf.global_variables_initializer())
    tf.train.Saver().save(session, "kept")  # expect: TFS106
    return model


def saved_from_keras_session(path):
    model = load_model(path)
    tf.train.Saver(model.weights).save(K.get_session(), "kept")
    return model


# Initial weights are as good as others of no worth.
def saved_initial():
    model = build()
    session = new_session()
    session.run(tf.global_variables_initializer())
    tf.train.Saver(tf.global_variables()).save(session, "kept")
    return model


# A saver knows the variables that there were when it was made.
def saved_before(path):
    saver = tf.train.Saver(var_list=None)
    model = load_model(path)
    saver.save(new_session(), "kept")
    return model


# What variables it is given is not known: it may be others; and they may be restored.
def saved_unknown(path, variables):
    model = load_model(path)
    session = new_session()
    saver = tf.train.Saver(variables)
    saver.save(session, "kept")
    saver.restore(session, "kept")
    return session.run(model.output)


# Restored into a session that Keras does not use.
def restored(x):
    model = build()
    with new_session() as session:
        tf.train.Saver(model.weights).restore(session, "kept")
    return model.predict(x)  # expect: TFS106


def restored_all(x):
    model = build()
    session = new_session()
    saver = tf.train.Saver()
    saver.restore(session, "kept")
    session.run(model.output, {model.input: x})
    return model.predict(x)  # expect: TFS106


# A session of another graph can't have them: it fails there, and that is said once.
def restored_into_another_graph(x):
    model = build()
    session = tf.Session(graph=tf.Graph(), config=CONFIG)
    tf.train.Saver(model.weights).restore(session, "kept")  # expect: TFS106
    return model.predict(x)


# Into the one that it uses, now or later.
def restored_into_keras_session(x):
    model = build()
    tf.train.Saver().restore(K.get_session(), "kept")
    return model.predict(x)


def restored_then_registered(x):
    model = build()
    session = new_session()
    tf.train.Saver().restore(sess=session, save_path="kept")
    K.set_session(session)
    return model.predict(x)


# It gives a lost model its weights again.
def restored_after_loss(x, path):
    model = load_model(path)
    session = new_session()
    K.set_session(session)
    tf.train.Saver(model.weights).restore(session, "kept")
    return model.predict(x)


# What has weights of its own keeps them where they are: `Saver()` may be about others.
def restored_others(x, path):
    model = load_model(path)
    session = new_session()
    tf.train.Saver().restore(session, "kept")
    session.run(model.output, {model.input: x})
    return model.predict(x)


# Named, it is about that.
def restored_named(x, path):
    model = load_model(path)
    tf.train.Saver(model.weights).restore(new_session(), "kept")
    return model.predict(x)  # expect: TFS106


# Other methods of a saver, and sessions that are not known, do nothing.
def restored_elsewhere(x, path, session):
    model = load_model(path)
    saver = tf.train.Saver()
    saver.save(session, "kept")
    saver.restore(session, "kept")
    saver.recover_last_checkpoints(["kept"])
    new_session().close()
    return model.predict(x)


# --- exports ---


def served(path):
    model = load_model(path)
    session = new_session()
    session.run(tf.global_variables_initializer())
    tf.saved_model.simple_save(  # expect: TFS106
        session, "served", {"x": model.input}, {"y": model.output}
    )


def served_from_keras_session(path):
    model = load_model(path)
    session = K.get_session()
    tf.saved_model.simple_save(session, "served", {"x": model.input}, {"y": model.output})


def served_by_builder(path):
    model = load_model(path)
    builder = tf.saved_model.builder.SavedModelBuilder("served")
    with new_session() as session:
        builder.add_meta_graph_and_variables(session, ["serve"])  # expect: TFS106
    builder.save()
    return model


def served_by_private_builder(path):
    model = load_model(path)
    builder = private_builder.SavedModelBuilder("served")
    builder.add_meta_graph_and_variables(new_session(), ["serve"])  # expect: TFS106
    return model


def served_by_builder_inside(path):
    builder = tf.saved_model.Builder("served")
    with new_session() as session:
        model = load_model(path)
        builder.add_meta_graph_and_variables(sess=session, tags=["serve"])
    builder.save()
    return model


def served_elsewhere(path, session):
    model = load_model(path)
    tf.saved_model.simple_save(session, "served", {"x": model.input}, {"y": model.output})
    graph_util.convert_variables_to_constants(session, session.graph_def, [model.output.op.name])


# --- frozen graphs ---


def frozen(path):
    model = load_model(path)
    session = new_session()
    session.run(tf.global_variables_initializer())
    graph = session.graph.as_graph_def()
    names = [output.op.name for output in model.outputs]
    return graph_util.convert_variables_to_constants(session, graph, names)  # expect: TFS106


def frozen_by_keywords(path):
    model = load_model(path)
    session = new_session()
    session.run(tf.global_variables_initializer())
    return graph_util.convert_variables_to_constants(  # expect: TFS106
        sess=session,
        input_graph_def=session.graph.as_graph_def(),
        output_node_names=[output.op.name for output in model.outputs],
    )


def frozen_by_name(path):
    model = load_model(path)
    session = new_session()
    graph = session.graph.as_graph_def()
    tf.identity(model.output, name="scores")
    return private_graph_util.convert_variables_to_constants(  # expect: TFS106
        session, graph, ["scores"]
    )


def frozen_from_keras_session(path):
    model = load_model(path)
    session = K.get_session()
    graph = session.graph.as_graph_def()
    tf.identity(model.output, name="scores")
    graph_util.convert_variables_to_constants(session, graph, ["scores"])
    return graph_util.convert_variables_to_constants(session, graph, [model.output.op.name])


# By a name it may be the one of two models that the session has.
def frozen_one_of_two(path):
    first = load_model(path)
    with new_session() as session:
        second = load_model(path)
        graph = session.graph.as_graph_def()
        graph_util.convert_variables_to_constants(session, graph, ["scores"])
    return first, second


# A session of another graph is there for something else, and one that is only made where there is
# none, as far as is known.
def frozen_without_variables(path, x):
    model = load_model(path)
    graph = tf.Graph()
    with graph.as_default():
        tf.identity(tf.placeholder(tf.int32, (), name="height"), name="size")
    session = tf.Session(config=CONFIG, graph=graph)
    frozen = graph_util.convert_variables_to_constants(session, graph.as_graph_def(), ["size"])
    return frozen, model.predict(x)


def frozen_by_default(path, kept):
    model = load_model(path)
    session = kept["session"]
    graph = session.graph
    if not session:
        session = tf.Session(config=CONFIG, graph=graph)
    graph_util.convert_variables_to_constants(session, graph.as_graph_def(), ["scores"])
    return model


def converted(path):
    model = load_model(path)
    return tf.lite.TFLiteConverter.from_session(  # expect: TFS106
        new_session(), [model.input], [model.output]
    )


def converted_from_keras_session(path):
    model = load_model(path)
    session = K.get_session()
    return tf.lite.TFLiteConverter.from_session(session, [model.input], [model.output])


# What a saver restores is not alive for that.
def trained_and_gone(x, y):
    model = build()
    model.fit(x, y)
    saver = tf.train.Saver()
    saver.save(K.get_session(), "kept")
    saver.restore(K.get_session(), "kept")


def restored_and_gone(x, y):
    K.set_session(new_session())
    trained_and_gone(x, y)
    K.set_session(new_session())


def restored_and_returned(x, y):
    K.set_session(new_session())
    model = build()
    trained_and_gone(x, y)
    model.fit(x, y)
    K.set_session(new_session())  # expect: TFS104
    return model
