# An indentation of two spaces, an import that gets too long, a name of many words.
from tensorflow.compat.v1 import GraphKeys, Session, global_variables, placeholder


class Trainer:
  def __init__(self):
    self.session = Session()
    self.graph = GraphKeys, global_variables, placeholder
# ---- after ----
# An indentation of two spaces, an import that gets too long, a name of many words.
from tensorflow.compat.v1 import (
  ConfigProto,
  GraphKeys,
  Session,
  global_variables,
  placeholder,
)


class Trainer:
  def __init__(self):
    config = ConfigProto()
    config.gpu_options.allow_growth = True
    self.session = Session(config=config)
    self.graph = GraphKeys, global_variables, placeholder
