import tensorflow as tf
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential


# Wrong inside main alone: reported there, once, not at the call.
def main():
    model = Sequential([Dense(1)])  # expect: TFS101
    config = tf.ConfigProto()
    config.gpu_options.allow_growth = True
    K.set_session(tf.Session(config=config))
    return model


if __name__ == "__main__":
    main()
