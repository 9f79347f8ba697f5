from .setup import prepare


class First:
    def __init__(self, seed):
        prepare(seed)
