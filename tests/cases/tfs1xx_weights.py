from tensorflow.keras import backend as K
from tensorflow.keras.applications import VGG16
from tensorflow.keras.layers import Dense, Embedding, Input
from tensorflow.keras.models import Model, Sequential, clone_model, load_model, model_from_json
from tensorflow.keras.optimizers import SGD


# TFS103: weights of some of the parts, in a list of its own.
def parts(sess, model_of):
    model = Sequential([Dense(1)])  # expect: TFS101
    for layer in list(model._flatten_layers()):
        model_of(layer).append(layer.get_weights())  # expect: TFS103
    K.set_session(sess)


# TFS103: load_model before the registration.
def loaded(sess, path):
    model = load_model(path)  # expect: TFS103
    K.set_session(sess)
    return model


def loaded_after(sess, path):
    K.set_session(sess)
    return load_model(path)


# load_weights on a Keras model.
def load_weights(sess, path):
    model = Sequential([Dense(1)])  # expect: TFS101
    model.load_weights(path)  # expect: TFS103
    K.set_session(sess)
    return model


# Built too early (a hazard), but the weights come after the registration.
def load_weights_after(sess, path):
    model = Sequential([Dense(1)])  # expect: TFS101
    K.set_session(sess)
    model.load_weights(path)
    return model


# Loaded again in the registered session: nothing is lost.
def loaded_twice(sess, path):
    model = Sequential([Dense(1)])
    model.load_weights(path)
    K.set_session(sess)
    model.load_weights(path)
    return model


# Used before it is loaded again.
def loaded_too_late(sess, path, x):
    model = Sequential([Dense(1)])  # expect: TFS101
    model.load_weights(path)  # expect: TFS103
    K.set_session(sess)
    model.predict(x)
    model.load_weights(path)
    return model


def set_weights(sess, values):
    model = Sequential([Dense(1)])  # expect: TFS101
    model.set_weights(values)  # expect: TFS103
    K.set_session(sess)
    return model


def get_weights(sess):
    model = Sequential([Dense(1)])  # expect: TFS101
    values = model.get_weights()  # expect: TFS103
    K.set_session(sess)
    return model, values


def save(sess, path):
    model = Sequential([Dense(1)])  # expect: TFS101
    model.save(path)  # expect: TFS103
    K.set_session(sess)
    return model


def save_weights(sess, path):
    model = Sequential([Dense(1)])  # expect: TFS101
    model.save_weights(path)  # expect: TFS103
    K.set_session(sess)
    return model


def fit(sess, x, y):
    model = Sequential([Dense(1)])  # expect: TFS101
    model.compile(SGD(), "mse")
    model.fit(x, y, epochs=1)  # expect: TFS103
    K.set_session(sess)
    return model


def predict(sess, x):
    model = Sequential([Dense(1)])  # expect: TFS101
    scores = model.predict(x)  # expect: TFS103
    K.set_session(sess)
    return model, scores


def evaluate(sess, x, y):
    model = Sequential([Dense(1)])  # expect: TFS101
    model.evaluate(x, y)  # expect: TFS103
    K.set_session(sess)
    return model


def train_on_batch(sess, x, y):
    model = Sequential([Dense(1)])  # expect: TFS101
    model.train_on_batch(x, y)  # expect: TFS103
    K.set_session(sess)
    return model


def test_on_batch(sess, x, y):
    model = Sequential([Dense(1)])  # expect: TFS101
    model.test_on_batch(x, y)  # expect: TFS103
    K.set_session(sess)
    return model


def predict_on_batch(sess, x):
    model = Sequential([Dense(1)])  # expect: TFS101
    model.predict_on_batch(x)  # expect: TFS103
    K.set_session(sess)
    return model


def generators(sess, batches):
    model = Sequential([Dense(1)])  # expect: TFS101
    model.fit_generator(batches)  # expect: TFS103
    model.evaluate_generator(batches)  # expect: TFS103
    model.predict_generator(batches)  # expect: TFS103
    K.set_session(sess)
    return model


# All of these after the registration of a model that was built after it.
def accesses_in_order(sess, x, y, path):
    K.set_session(sess)
    model = Sequential([Dense(1)])
    model.compile(SGD(), "mse")
    model.fit(x, y)
    model.predict(x)
    model.save(path)


# Harmless calls are no weight access: compile, summary, count_params, to_json.
def harmless(sess):
    model = Sequential([Dense(1)])  # expect: TFS101
    model.compile("sgd", "mse")
    model.summary()
    print(model.count_params(), model.to_json())
    K.set_session(sess)


# clone_model and model_from_json create models, they bring no weights.
def cloned(sess, text):
    first = model_from_json(text)  # expect: TFS101
    second = clone_model(first)  # expect: TFS101
    K.set_session(sess)
    return second


# weights=[...] given to a layer: 103 wins over 101 on one call.
def given_weights(sess, table):
    layer = Embedding(100, 8, weights=[table])  # expect: TFS103
    K.set_session(sess)
    return layer


def given_weights_after(sess, table):
    K.set_session(sess)
    return Embedding(100, 8, weights=[table])


# A layer without weights is a creation like any other.
def plain_embedding(sess):
    layer = Embedding(100, 8)  # expect: TFS101
    K.set_session(sess)
    return layer


# weights=None gives none.
def weights_none(sess):
    layer = Embedding(100, 8, weights=None)  # expect: TFS101
    K.set_session(sess)
    return layer


# Nested creations count once, at the outermost, with the most certain code among them.
def nested_given_weights(sess, table):
    model = Sequential([Embedding(100, 8, weights=[table]), Dense(1)])  # expect: TFS103
    K.set_session(sess)
    return model


def functional_given_weights(sess, table):
    words = Input((10,))
    model = Model(words, Embedding(100, 8, weights=[table])(words))  # expect: TFS103
    K.set_session(sess)
    return model


# applications.* load weights unless weights=None.
def application(sess):
    model = VGG16()  # expect: TFS103
    K.set_session(sess)
    return model


def application_imagenet(sess):
    model = VGG16(weights="imagenet", include_top=False)  # expect: TFS103
    K.set_session(sess)
    return model


def application_plain(sess):
    model = VGG16(weights=None)  # expect: TFS101
    K.set_session(sess)
    return model


def application_after(sess):
    K.set_session(sess)
    return VGG16()


# K.get_value, K.set_value, their batch forms and K.eval read or write variables.
def backend_values(sess, value):
    model = Sequential([Dense(1)])  # expect: TFS101
    K.get_value(model.weights[0])  # expect: TFS103
    K.set_value(model.weights[0], value)  # expect: TFS103
    K.set_session(sess)
    return model


def backend_batches(sess, values):
    model = Sequential([Dense(1)])  # expect: TFS101
    K.batch_get_value(model.weights)  # expect: TFS103
    K.batch_set_value(zip(model.weights, values))  # expect: TFS103
    K.set_session(sess)


def backend_eval(sess):
    model = Sequential([Dense(1)])  # expect: TFS101
    K.eval(model.weights[0])  # expect: TFS103
    K.set_session(sess)
    return model


def backend_values_after(sess):
    K.set_session(sess)
    model = Sequential([Dense(1)])
    return K.get_value(model.weights[0]), K.eval(model.weights[0])


# What a loaded model does is known too.
def loaded_and_used(sess, path, x):
    model = load_model(path)  # expect: TFS103
    model.predict(x)  # expect: TFS103
    K.set_session(sess)
    return model


# Only on something known to be a Keras model: a parameter is not.
def unknown_model(sess, model, x, path):
    model.load_weights(path)
    model.predict(x)
    K.set_session(sess)


# An estimator of another library has the same method names.
def other_library(sess, x, y):
    from sklearn.svm import SVC

    classifier = SVC()
    classifier.fit(x, y)
    K.set_session(sess)
    return classifier.predict(x)


# A finding in a multi-line call stands on the line of the call's name.
def multi_line(sess, table):
    model = Sequential(  # expect: TFS103
        [
            Embedding(
                100,
                8,
                weights=[table],
            ),
            Dense(1),
        ]
    )
    K.set_session(sess)
    return model


def chained_lines(sess, x):
    model = Sequential([Dense(1)])  # expect: TFS101
    scores = (
        model
        .predict(x)  # expect: TFS103
        .reshape(-1)
    )
    K.set_session(sess)
    return model, scores
