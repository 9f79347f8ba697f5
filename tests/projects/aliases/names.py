import keras.layers as L
from keras import backend as B
