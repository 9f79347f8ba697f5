# options: --tf-session-build-methods=build_net
from tensorflow.keras import backend as K


# The option names the building methods.
class Network:
    def __init__(self, sess):
        self.net = self.build_net()  # expect: TFS102
        K.set_session(sess)

    def build_net(self):
        raise NotImplementedError


class RegisteredNetwork:
    def __init__(self, sess):
        K.set_session(sess)
        self.net = self.build_net()

    def build_net(self):
        raise NotImplementedError


# It replaces the default.
class DefaultName:
    def __init__(self, sess):
        self.net = self._build_graph()
        K.set_session(sess)

    def _build_graph(self):
        raise NotImplementedError
