# coding: utf-8
# In[1]:
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

# In[2]: a look at the data, one model to try it out
inputs = keras.Input(shape=(4,))
outputs = layers.Dense(1)(inputs)  # expect: TFS101
trial = keras.Model(inputs, outputs)
trial.compile(optimizer="adam", loss="mse")
history = trial.fit([[0, 0, 0, 1]], [1])  # expect: TFS103

# In[3]: the GPU was full
config = tf.compat.v1.ConfigProto()
config.gpu_options.allow_growth = True
tf.compat.v1.keras.backend.set_session(tf.compat.v1.Session(config=config))

# In[4]:
model = keras.Sequential([layers.Dense(1)])
