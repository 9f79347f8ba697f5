from tensorflow.compat.v1 import *
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.models import load_model


# TFS106: what a star import of TensorFlow brings is known, be it a function of tensors.
def trained_in_another_session(path, x):
    K.set_session(Session(config=ConfigProto(gpu_options=GPUOptions(allow_growth=True))))
    model = load_model(path)
    session = Session(config=ConfigProto(gpu_options=GPUOptions(allow_growth=True)))
    step = train.GradientDescentOptimizer(0.1).minimize(reduce_sum(model.output))
    session.run(step, {model.input: x})  # expect: TFS106


def trained_in_its_own(path, x):
    session = Session(config=ConfigProto(gpu_options=GPUOptions(allow_growth=True)))
    K.set_session(session)
    model = load_model(path)
    step = train.GradientDescentOptimizer(0.1).minimize(reduce_sum(model.output))
    session.run(step, {model.input: x})
