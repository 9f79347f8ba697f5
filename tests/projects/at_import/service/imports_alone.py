from . import builder  # expect: TFS101
from . import gpu
