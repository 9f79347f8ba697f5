import tensorflow as tf
from elsewhere import CONFIG
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential


# What a function of Keras' gets that is chosen by its name is held by nobody.
class Classifier:
    def __init__(self, model):
        self.model = model
        self.loss = getattr(K, model.loss)(model.output, model.input)


def build():
    K.set_session(tf.Session(config=CONFIG))
    model = Sequential([Dense(1, input_shape=(3,))])
    model.compile(loss="mse", optimizer="sgd")
    return model


def in_turn(x):
    first = Classifier(build())
    predicted = first.model.predict(x)
    second = Classifier(build())
    return predicted, second.model.predict(x)


# A name that is bound again lets go of its object.
def rebound(x):
    classifier = Classifier(build())
    predicted = classifier.model.predict(x)
    classifier = Classifier(build())
    return predicted, classifier.model.predict(x)


def around_one_model(x):
    model = build()
    classifier = Classifier(model)
    del classifier
    classifier = Classifier(build())
    return classifier.model.predict(x)


def used(x):
    first = Classifier(build())
    second = Classifier(build())  # expect: TFS104
    return first.model.predict(x), second.model.predict(x)
