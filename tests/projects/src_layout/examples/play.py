from agents.sessions import use_new_session
from tensorflow.compat.v1 import keras

model = keras.models.load_model("agent.h5")  # expect: TFS103
use_new_session()
model.predict([1.0])
