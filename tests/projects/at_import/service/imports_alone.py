from . import builder  # expect: TFS101
from . import gpu


def in_order():
    from . import registered_by_decorator
    from . import scorer

    return registered_by_decorator, scorer


def out_of_order():
    from . import scorer  # expect: TFS103
    from . import registered_by_decorator

    return registered_by_decorator, scorer
