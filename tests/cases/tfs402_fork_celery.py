# options: --extend-select=TFS402
"""Tasks of Celery, whose workers fork."""

import tensorflow as tf
from celery import Celery, Task, shared_task
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()
app = Celery("analysis")
MODEL = load_model("model.h5")


@app.task
def plain(value):
    return MODEL.predict(value)  # expect: TFS402


@app.task(name="named")
def named(value):
    return MODEL.get_weights()  # expect: TFS402


@shared_task
def shared(value):
    return helper(value)  # expect: TFS402


def helper(value):
    return MODEL.predict(value)


class Loading(Task):
    def __init__(self):
        self.model = load_model("model.h5")

    def run(self, value):
        return self.model.predict(value)  # expect: TFS402


class Derived(Loading):
    def run(self, value):
        return self.model.evaluate(value)  # expect: TFS402


@app.task(bind=True, base=Loading)
def bound(self, value):
    return self.model.predict(value)  # expect: TFS402


# No finding: the task loads its model when it is needed first.
class Lazy(Task):
    _model = None

    @property
    def model(self):
        if self._model is None:
            self._model = load_model("model.h5")
        return self._model

    def run(self, value):
        return self.model.predict(value)


@app.task
def own(value):
    return load_model("model.h5").predict(value)


@app.cached
def no_task(value):
    return MODEL.predict(value)
