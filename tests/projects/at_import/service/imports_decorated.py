from . import builder  # expect: TFS101
from . import registered_by_decorator
