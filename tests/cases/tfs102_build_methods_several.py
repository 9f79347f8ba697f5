# options: --tf-session-build-methods=build_net,_build_graph
from tensorflow.keras import backend as K


# Several names, separated by commas.
def both_names(agent, sess):
    agent.build_net()  # expect: TFS102
    agent._build_graph()  # expect: TFS102
    agent.build_network()
    K.set_session(sess)


def both_names_after(agent, sess):
    K.set_session(sess)
    agent.build_net()
    agent._build_graph()
