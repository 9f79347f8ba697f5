from .keras import backend as B
from .keras import layers as L
