import tensorflow as tf
from keras import backend as K
from keras.layers import Dense

# TFS203 in a module's flow: no session gets it, and no function of the file uses its name.
config = tf.ConfigProto()
config.gpu_options.allow_growth = True  # expect: TFS203

gpu_options = tf.GPUOptions(allow_growth=True)  # expect: TFS203

# A function uses the name.
function_config = tf.ConfigProto()
function_config.gpu_options.allow_growth = True

# A method uses it.
method_options = tf.GPUOptions(allow_growth=True)

# A session of the module's flow gets it.
script_config = tf.ConfigProto()
script_config.gpu_options.allow_growth = True


def open_session():
    return tf.Session(config=function_config)


class Agent:
    def open(self):
        return tf.Session(config=tf.ConfigProto(gpu_options=method_options))


if __name__ == "__main__":
    K.set_session(tf.Session(config=script_config))
    layer = Dense(1)
