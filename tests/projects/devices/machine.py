"""Sets which GPUs are seen; nothing here is about TensorFlow."""

import os


def hide_gpus():
    os.environ["CUDA_VISIBLE_DEVICES"] = "-1"


def use_first_gpu():
    os.environ["CUDA_VISIBLE_DEVICES"] = "0"


def use_gpu(number):
    os.environ.update({"CUDA_VISIBLE_DEVICES": str(number)})


def number_threads(count):
    os.environ["OMP_NUM_THREADS"] = str(count)


class Machine:
    """One that has GPUs."""

    def __init__(self, name):
        self.name = name

    def hide(self):
        if self.name != "here":
            print(self.name, "is another")
        hide_gpus()
