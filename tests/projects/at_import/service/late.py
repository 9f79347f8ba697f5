import tensorflow.compat.v1 as tf

model = tf.keras.models.load_model("news.h5")  # expect: TFS103

from . import gpu

print(model.predict(gpu.config))
