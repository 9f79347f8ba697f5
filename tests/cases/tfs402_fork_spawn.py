"""Models in processes of a program that sets how they are started."""

import multiprocessing

from keras.models import load_model

MODEL = load_model("model.h5")


# No finding: none is forked.
def score(x):
    return MODEL.predict(x)


class Worker(multiprocessing.Process):
    def run(self):
        MODEL.predict([0])


def main(xs):
    multiprocessing.Pool(2).map(score, xs)
    multiprocessing.Process(target=score, args=(xs,)).start()
    Worker().start()


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    main([0])
