from . import gpu  # isort: skip
import tensorflow.compat.v1 as tf

model = tf.keras.models.load_model("news.h5")
print(model.predict(gpu.config))
