import tensorflow.compat.v1 as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.callbacks import Callback, EarlyStopping, LambdaCallback
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential, load_model

tf.disable_eager_execution()
CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


def new_session():
    return tf.Session(config=CONFIG)


def register(epoch=None, logs=None):
    K.set_session(new_session())


class OnTrainBegin(Callback):
    def on_train_begin(self, logs=None):
        register()


class OnEpochEnd(Callback):
    def on_epoch_end(self, epoch, logs=None):
        register()


class Keeping(Callback):
    """Saves and reads weights, and keeps the session in which it does."""

    def __init__(self, path):
        super().__init__()
        self.path = path

    def on_train_begin(self, logs=None):
        self.session = K.get_session()

    def on_epoch_end(self, epoch, logs=None):
        self.model.save_weights(self.path)
        self.best = self.model.get_weights()

    def on_train_end(self, logs=None):
        self.model.set_weights(self.best)
        K.set_session(self.session)


# A callback registers a session while a model is fitted that has its weights elsewhere.
def on_train_begin(x, y, path):
    model = load_model(path)
    model.fit(x, y, callbacks=[OnTrainBegin()])  # expect: TFS104


# Before that.
def registered_before(x, y, path):
    register()
    model = load_model(path)
    model.fit(x, y, callbacks=[Keeping(path), EarlyStopping()])


# What has no weights yet gets them in that session.
def plain(x, y):
    model = Sequential([Dense(1, input_shape=(1,))])
    model.compile("sgd", "mse")
    model.fit(x, y, callbacks=[OnTrainBegin()])
    return model.predict(x)


# After an epoch they are lost to it.
def on_epoch_end(x, y):
    model = Sequential([Dense(1, input_shape=(1,))])
    model.compile("sgd", "mse")
    model.fit(x, y, callbacks=[OnEpochEnd()])  # expect: TFS104
    return model.predict(x)


# The model is never needed again: but it is lost, as long as it lives.
def kept(x, y):
    model = Sequential([Dense(1, input_shape=(1,))])
    model.fit(x, y, callbacks=[OnEpochEnd()])  # expect: TFS104
    return model


# It is dead.
def dead(x, y):
    model = Sequential([Dense(1, input_shape=(1,))])
    model.fit(x, y, callbacks=[OnEpochEnd()])


# The next epoch needs it.
def two_epochs(x, y):
    model = Sequential([Dense(1, input_shape=(1,))])
    model.fit(x, y, epochs=2, callbacks=[OnEpochEnd()])  # expect: TFS104


def two_epochs_of_a_generator(rows):
    model = Sequential([Dense(1, input_shape=(1,))])
    model.fit_generator(rows, 10, 2, callbacks=[OnEpochEnd()])  # expect: TFS104


# Its own session comes back.
class Restoring(Callback):
    def on_epoch_begin(self, epoch, logs=None):
        self.before = K.get_session()
        register()

    def on_batch_begin(self, batch, logs=None):
        K.set_session(self.before)


def restored(x, y, path):
    model = load_model(path)
    model.fit(x, y, callbacks=[Restoring()])
    return model.predict(x)


# By hooks of batches, under either name, of other methods, one callback alone, its base class.
class OnBatchEnd(Callback):
    def on_batch_end(self, batch, logs=None):
        register()


class OnTestBegin(OnBatchEnd):
    def on_test_begin(self, logs=None):
        register()


class OnPredictBatchEnd(Callback):
    def on_predict_batch_end(self, batch, logs=None):
        register()


def other_hooks(x, y, path):
    first, second, third, fourth = (load_model(path), load_model(path), load_model(path), 4)
    first.fit(x, y, 32, 1, 0, OnBatchEnd())  # expect: TFS104
    return first.predict(x), fourth


def evaluated(x, y, path):
    model = load_model(path)
    model.evaluate(x, y, callbacks=[OnTestBegin()])  # expect: TFS104


def predicted(x, path):
    model = load_model(path)
    model.predict(x, callbacks=[OnPredictBatchEnd()])  # expect: TFS104
    return model


# Hooks of other methods are not called.
def not_evaluated(x, path):
    model = load_model(path)
    model.predict(x, callbacks=[OnTrainBegin(), OnTestBegin()])
    return model


# `train_on_batch` has no callbacks, and an unknown callback does nothing to sessions.
def no_callbacks(x, y, path, callbacks):
    model = load_model(path)
    model.fit(x, y, callbacks=callbacks)
    model.train_on_batch(x, y, callbacks=[OnTrainBegin()])
    return model.predict(x)


# `set_model` comes first: `self.model` is the model that is fitted.
class OnSetModel(Callback):
    def set_model(self, model):
        super().set_model(model)
        self.weights = self.model.get_weights()
        model.set_weights(self.weights)
        register()


def on_set_model(x, y, path):
    model = load_model(path)
    model.fit(x, y, callbacks=[OnSetModel()])  # expect: TFS104


# Functions as hooks: by keyword, by position, as lambdas.
def functions(x, y, path):
    model = load_model(path)
    model.fit(x, y, callbacks=[LambdaCallback(on_epoch_end=register)])  # expect: TFS104
    return model


def by_position(x, y, path):
    model = load_model(path)
    model.fit(x, y, callbacks=[LambdaCallback(None, register)])  # expect: TFS104
    return model


def lambdas(x, y, path):
    model = load_model(path)
    model.fit(
        x,
        y,
        callbacks=[
            LambdaCallback(on_train_end=lambda logs: model.save_weights(path)),
            LambdaCallback(on_epoch_begin=print),
        ],
    )
    return model.predict(x)


# A session that a callback runs itself.
class Running(Callback):
    def __init__(self, session):
        self.session = session

    def on_epoch_end(self, epoch, logs=None):
        self.session.run(self.model.output)


def running(x, y, path):
    model = load_model(path)
    model.fit(x, y, callbacks=[Running(new_session())])  # expect: TFS106


def running_keras_session(x, y, path):
    model = load_model(path)
    model.fit(x, y, callbacks=[Running(K.get_session())])
