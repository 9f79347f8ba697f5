import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense, Embedding
from tensorflow.keras.models import Sequential

CONFIG = tf.ConfigProto()
CONFIG.gpu_options.allow_growth = True


# TFS102: the building method is called when a session is registered later in the same flow.
class BaseModel:
    def __init__(self, sess):
        self.model, self.scorer = self._build_graph()  # expect: TFS102
        K.set_session(sess)

    def _build_graph(self):
        raise NotImplementedError


# An override changes nothing: the base class reports it already, once.
class NewsModel(BaseModel):
    def _build_graph(self):
        model = Sequential([Dense(1)])
        return model, model


# Registered first: right.
class RegisteredModel:
    def __init__(self, sess):
        K.set_session(sess)
        self.model, self.scorer = self._build_graph()

    def _build_graph(self):
        raise NotImplementedError


# 102 wins over 101 on one call.
class KnownModel:
    def __init__(self, sess):
        self._build_graph()  # expect: TFS102
        K.set_session(sess)

    def _build_graph(self):
        self.model = Sequential([Dense(1)])


# 103 wins over 102 on one call.
class PretrainedModel:
    def __init__(self, sess, table):
        self._build_graph(table)  # expect: TFS103
        K.set_session(sess)

    def _build_graph(self, table):
        self.model = Sequential([Embedding(100, 8, weights=[table])])


# Alone it means nothing: a plain TensorFlow session is opened after the graph, rightly.
class PlainModel:
    def __init__(self):
        self.loss = self._build_graph()
        self.sess = tf.Session(config=CONFIG)

    def _build_graph(self):
        return tf.constant(1.0)


# Agents of other libraries have a _build_graph too.
class OtherAgent:
    def __init__(self, agent):
        self.agent = agent
        self.agent._build_graph()


# The building method registers by itself before it builds.
class SelfContained:
    def __init__(self, sess):
        self.sess = sess
        self._build_graph()

    def _build_graph(self):
        K.set_session(self.sess)
        self.model = Sequential([Dense(1)])


# Whatever it is called on, the last name counts.
def on_a_parameter(agent, sess):
    agent.network._build_graph()  # expect: TFS102
    K.set_session(sess)


def on_a_parameter_after(agent, sess):
    K.set_session(sess)
    agent.network._build_graph()


# A method that is only named, not called.
def only_named(agent, sess):
    builder = agent._build_graph
    K.set_session(sess)
    return builder()


# Other names are no building methods unless the option says so.
def other_name(agent, sess):
    agent.build_net()
    K.set_session(sess)


# The call stands in a helper of the caller that registers.
class Trainer:
    def __init__(self, agent, sess):
        self.prepare(agent)  # expect: TFS102
        K.set_session(sess)

    def prepare(self, agent):
        agent._build_graph()


# In exclusive branches they never order each other.
def exclusive(agent, sess, built):
    if built:
        K.set_session(sess)
    else:
        agent._build_graph()


# A multi-line call: the line of its name.
def multi_line(agent, sess):
    model = (
        agent.network
        ._build_graph(  # expect: TFS102
            True,
        )
    )
    K.set_session(sess)
    return model


# A method that nothing in the file defines: a subclass elsewhere brings it.
class Template:
    def __init__(self, sess):
        self.model = self._build_graph()  # expect: TFS102
        K.set_session(sess)


class TemplateInOrder:
    def __init__(self, sess):
        K.set_session(sess)
        self.model = self._build_graph()
