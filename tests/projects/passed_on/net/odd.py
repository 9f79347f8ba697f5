from tensorflow.compat.v1.keras import backend as K


def register(sess):  # expect: TFS900
    K.set_session(() if 0 else(lambda:()))
