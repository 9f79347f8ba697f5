from . import growth


def prepare(seed):
    print(seed)
    growth.register()
