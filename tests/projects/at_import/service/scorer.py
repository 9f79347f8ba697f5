from tensorflow.compat.v1.keras.models import load_model

scorer = load_model("scorer.h5")
