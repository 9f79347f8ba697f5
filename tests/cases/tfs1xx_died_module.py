import tensorflow.compat.v1 as tf
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.models import load_model

tf.disable_eager_execution()


def new_session():
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    return tf.Session(config=config)


class Agent:
    def attach(self, path):
        K.set_session(new_session())
        self.model = load_model(path)


# A name that stands for another model by the module's end, and one that does not.
K.set_session(new_session())
model = load_model("first.h5")
print(model.predict([1]))
K.set_session(new_session())
model = load_model("second.h5")
print(model.predict([1]))
K.set_session(new_session())  # expect: TFS104

# An attribute, likewise.
agent = Agent()
agent.attach("first.h5")
agent.attach("second.h5")
agent.attach("third.h5")
former = agent.model
agent.attach("fourth.h5")  # expect: TFS104

# A list that has both.
K.set_session(new_session())  # expect: TFS104
net = load_model("first.h5")
models = [net]
K.set_session(new_session())  # expect: TFS104
net = load_model("second.h5")
models.append(net)
