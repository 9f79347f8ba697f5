import contextlib
import time


@contextlib.contextmanager
def timed(name):
    start = time.time()
    yield name
    print(name, time.time() - start)


class Timer:
    def __enter__(self):
        self.start = time.time()

    def __exit__(self, *what):
        print(time.time() - self.start)
