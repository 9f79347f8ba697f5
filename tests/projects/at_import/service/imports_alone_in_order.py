from . import gpu
from . import builder
