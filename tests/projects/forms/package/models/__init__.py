from .base import BaseModel
from .star import *
