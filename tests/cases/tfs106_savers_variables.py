import tensorflow.compat.v1 as tf
from somewhere import CONFIG
from tensorflow.keras.models import load_model

tf.disable_eager_execution()


# A program with variables of its own: by a name it may freeze these.
def frozen_by_name(path, rows):
    model = load_model(path)
    scores = tf.identity(tf.get_variable("factor", ()) * rows, name="scores")
    session = tf.Session(config=CONFIG)
    session.run(tf.global_variables_initializer())
    graph = session.graph.as_graph_def()
    tf.graph_util.convert_variables_to_constants(session, graph, ["scores"])
    return model, scores


# What it names is the model's.
def frozen(path):
    model = load_model(path)
    session = tf.Session(config=CONFIG)
    session.run(tf.global_variables_initializer())
    graph = session.graph.as_graph_def()
    return tf.graph_util.convert_variables_to_constants(  # expect: TFS106
        session, graph, [model.output.op.name]
    )


# A saver that another call made restores whatever it is.
def restored_with_graph(x, path):
    model = load_model(path)
    session = tf.Session(config=CONFIG)
    tf.train.import_meta_graph("kept.meta").restore(session, "kept")
    return session.run(model.output, {model.input: x})
