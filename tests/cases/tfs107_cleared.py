import tensorflow.compat.v1 as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.applications import VGG16
from tensorflow.keras.layers import Dense, Embedding, Input
from tensorflow.keras.models import (
    Model,
    Sequential,
    clone_model,
    load_model,
    model_from_json,
    save_model,
)

tf.disable_eager_execution()


# TFS107: a model is used after the graph that it was built in was thrown away.
def used_after_clear(path, x):
    model = load_model(path)
    K.clear_session()
    return model.predict(x)  # expect: TFS107


def loaded_again(path, x):
    load_model(path).predict(x)
    K.clear_session()
    model = load_model(path)
    return model.predict(x)


def cleared_first(path, x):
    K.clear_session()
    return load_model(path).predict(x)


def used_after_reset(path, x):
    model = load_model(path)
    tf.reset_default_graph()
    return model.predict(x)  # expect: TFS107


def cleared_at_the_end(path, x):
    model = load_model(path)
    scores = model.predict(x)
    del model
    K.clear_session()
    return scores


# Another model that was built since may answer: that is as wrong.
def another_answers(path, other, x):
    model = load_model(path)
    model.predict(x)
    K.clear_session()
    second = load_model(other)
    return model.predict(x), second.predict(x)  # expect: TFS107


# Whatever needs weights, or gives some, fails; it is said once of each model.
def trained(path, x, y):
    model = load_model(path)
    K.clear_session()
    model.fit(x, y)  # expect: TFS107
    return model.evaluate(x, y)


def saved(path):
    model = load_model(path)
    K.clear_session()
    model.save(path)  # expect: TFS107


def saved_by_a_function(path):
    model = load_model(path)
    K.clear_session()
    save_model(model, path)  # expect: TFS107


def given(path, x):
    model = load_model(path)
    K.clear_session()
    model.load_weights(path)  # expect: TFS107
    return model.predict(x)


def read(path):
    model = load_model(path)
    K.clear_session()
    return K.get_value(model.weights[0])  # expect: TFS107


def called(path):
    model = load_model(path)
    K.clear_session()
    return model(Input((3,)))  # expect: TFS107


def built_on(classes):
    base = VGG16()
    K.clear_session()
    return Model(base.input, Dense(classes)(base.output))  # expect: TFS107


def added(path):
    model = load_model(path)
    K.clear_session()
    whole = Sequential()
    whole.add(model)  # expect: TFS107
    return whole


# What describes a model works, and so does another that is made of that.
def described(path, x):
    model = load_model(path)
    weights = model.get_weights()
    K.clear_session()
    model.summary()
    again = model_from_json(model.to_json())
    again.set_weights(weights)
    return again.predict(x)


def made_of_its_config(path, x):
    model = load_model(path)
    K.clear_session()
    return Sequential.from_config(model.get_config()).predict(x)


def cloned(path, x):
    model = load_model(path)
    K.clear_session()
    return clone_model(model).predict(x)


# What has no variables yet gets them in the new graph.
def layer_kept(x, y):
    layer = Dense(1)
    K.clear_session()
    model = Sequential([layer])
    model.fit(x, y)
    return model.predict(x)


def layer_called(x):
    layer = Dense(1)
    layer(Input((3,)))
    K.clear_session()
    return layer(Input((3,)))  # expect: TFS107


def model_without_shape(x, y):
    model = Sequential([Dense(1)])
    K.clear_session()
    model.fit(x, y)
    return model.predict(x)


def model_without_shape_used(x, y):
    model = Sequential([Dense(1)])
    model.fit(x, y)
    K.clear_session()
    return model.predict(x)  # expect: TFS107


def model_with_shape(x, y):
    model = Sequential([Dense(1, input_shape=(3,))])
    K.clear_session()
    model.fit(x, y)  # expect: TFS107


def model_with_shape_added(x, y):
    model = Sequential()
    model.add(Embedding(1000, 8))
    K.clear_session()
    model.fit(x, y)  # expect: TFS107


def functional(x):
    inputs = Input((3,))
    model = Model(inputs, Dense(1)(inputs))
    K.clear_session()
    return model.predict(x)  # expect: TFS107


class Own(Model):
    def __init__(self):
        super().__init__()
        self.dense = Dense(1)


def own_model(x):
    model = Own()
    K.clear_session()
    return model.predict(x)


# A graph that was kept may be entered again, and a session of it registered.
def graph_kept(path, x):
    graph, session = tf.get_default_graph(), K.get_session()
    model = load_model(path)
    tf.reset_default_graph()
    with graph.as_default(), session.as_default():
        return model.predict(x)


def graph_of_its_own(path, x):
    graph = tf.Graph()
    with graph.as_default():
        model = load_model(path)
    K.clear_session()
    return model.predict(x)


def session_kept(path):
    session = K.get_session()
    model = load_model(path)
    tf.reset_default_graph()
    K.set_session(session)
    return model.get_weights()


def session_entered(path):
    session = K.get_session()
    model = load_model(path)
    tf.reset_default_graph()
    with session.as_default():
        return model.get_weights()


# A new session is one of the new graph: of no use to the model.
def new_session(path, x):
    model = load_model(path)
    K.clear_session()
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    K.set_session(tf.Session(config=config))
    return model.predict(x)  # expect: TFS107


# Cleared on one path: any path counts; what was built again there is right.
def cleared_in_a_branch(path, x, fresh):
    model = load_model(path)
    if fresh:
        K.clear_session()
    return model.predict(x)  # expect: TFS107


def built_again_in_the_branch(path, x, fresh):
    model = load_model(path)
    if fresh:
        K.clear_session()
        model = load_model(path)
    return model.predict(x)


# A helper clears, or uses it.
def clear():
    K.clear_session()


def scores_of(model, x):
    return model.predict(x)


def cleared_by_a_helper(path, x):
    model = load_model(path)
    clear()
    return scores_of(model, x)  # expect: TFS107


# What is not known may have been built since.
def unknown_model(model, x):
    K.clear_session()
    return model.predict(x)


def unknown_function(server, path, x):
    model = load_model(path)
    server.clear_session()
    return model.predict(x)


# The second call of a method.
class Detector:
    def __init__(self, path):
        self.model = load_model(path)

    def detect(self, picture):
        found = self.model.predict(picture)
        K.clear_session()
        return found


def detected_twice(path, picture):
    detector = Detector(path)
    detector.detect(picture)
    return detector.detect(picture)  # expect: TFS107


def detected_once(path, picture):
    return Detector(path).detect(picture)


# To compile it makes tensors of the new graph for those of the old one.
def compiled(path):
    model = load_model(path)
    K.clear_session()
    model.compile("sgd", "mse")  # expect: TFS107


def compiled_and_fitted(path, x, y):
    model = load_model(path)
    K.clear_session()
    model.compile("sgd", "mse")  # expect: TFS107
    model.fit(x, y)


def compiled_before(path):
    model = load_model(path)
    model.compile("sgd", "mse")
    K.clear_session()
    model.summary()


# A model that knows no shape of inputs has no tensors to compile.
def compiled_without_shape():
    model = Sequential([Dense(1)])
    K.clear_session()
    model.compile("sgd", "mse")
