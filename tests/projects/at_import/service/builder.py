from tensorflow.compat.v1.keras.layers import Dense

dense = Dense(1)
