from tensorflow.compat.v1.keras import backend as K  # expect: TFS900

nothing = () if 0 else(lambda:())


def register(sess):
    K.set_session(sess)
