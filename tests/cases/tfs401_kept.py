import threading
from threading import Thread

from keras.models import load_model

MODEL = load_model("model.h5")


def first(x):
    MODEL.predict(x)  # expect: TFS401


def second(x):
    MODEL.predict(x)  # expect: TFS401


def third(x):
    MODEL.predict(x)  # expect: TFS401


def fourth(x):
    MODEL.predict(x)  # expect: TFS401


def fifth(x):
    MODEL.predict(x)  # expect: TFS401


def never_started(x):
    MODEL.predict(x)


# TFS401: threads in lists, dicts, tuples, comprehensions.
workers = [threading.Thread(target=first, args=([n],)) for n in range(4)]
for worker in workers:
    worker.start()
by_name = {"second": Thread(target=second), "never": Thread(target=never_started)}
by_name["second"].start()
pair = Thread(target=third), Thread(target=never_started)
pair[0].start()
started = []
for _ in range(3):
    thread = Thread(target=fourth)
    started.append(thread)
for thread in started:
    thread.start()
idle = [Thread(target=never_started) for _ in range(2)]


class Kept:
    worker = None

    def __init__(self):
        self.worker = Thread(target=fifth)
        self.idle = Thread(target=never_started)

    def begin(self):
        self.worker.start()


Kept().begin()
