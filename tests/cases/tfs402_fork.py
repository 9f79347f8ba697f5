"""Models in forked processes: in what starts one."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import Pool, Process

from joblib import Parallel, delayed
from keras.layers import Dense
from keras.models import Model, Sequential, load_model

MODEL = load_model("model.h5")
PLAIN = Sequential([Dense(1)])


# TFS402: a pool's processes have the model of the module.
def score_in_pool(x):
    return MODEL.predict(x)  # expect: TFS402


def pool(xs):
    with Pool(2) as workers:
        return workers.map(score_in_pool, xs)


def score_in_starmap(x, y):
    return MODEL.evaluate(x, y)  # expect: TFS402


def starmap(pairs):
    return multiprocessing.Pool().starmap(score_in_starmap, pairs)


def score_in_executor(x):
    return helper(x)  # expect: TFS402


def helper(x):
    return MODEL.predict(x)


def executor(xs):
    with ProcessPoolExecutor(4) as workers:
        return workers.submit(score_in_executor, xs)


def score_in_context(x):
    return MODEL.predict(x)  # expect: TFS402


def forked_context(xs):
    context = multiprocessing.get_context("fork")
    return context.Pool(2).map(score_in_context, xs)


def score_in_joblib(x):
    return MODEL.predict(x)  # expect: TFS402


def joblib_processes(xs):
    return Parallel(n_jobs=2, backend="multiprocessing")(delayed(score_in_joblib)(x) for x in xs)


# No finding: new processes, or ones that load what they need.
def score_elsewhere(x):
    return MODEL.predict(x)


def spawned(xs):
    multiprocessing.get_context("spawn").Process(target=score_elsewhere, args=(xs,)).start()
    context = multiprocessing.get_context("forkserver")
    ProcessPoolExecutor(mp_context=context).map(score_elsewhere, xs)
    Parallel(n_jobs=2)(delayed(score_elsewhere)(x) for x in xs)


def begin():
    load_model("model.h5")


def begun(xs, how):
    Pool(2, begin).map(score_elsewhere, xs)
    ProcessPoolExecutor(initializer=begin).map(score_elsewhere, xs)
    multiprocessing.get_context(how).Pool(2).map(score_elsewhere, xs)


# No finding: nothing has needed a session in the parent.
def score_plain(x):
    return PLAIN.predict(x)


def plain(xs):
    model = Sequential([Dense(1)])
    Process(target=lambda: model.predict(xs)).start()


# No finding: a process's own model.
def score_own(x):
    return load_model("other.h5").predict(x)


def own(xs):
    with Pool(2) as workers:
        workers.map(score_own, xs)


# No finding: what a pool is given is pickled, and no function of the module.
def given(xs):
    model = load_model("model.h5")

    def inner(x):
        return model.predict(x)

    workers = Pool(2)
    workers.map(inner, xs)
    workers.map(model.predict, xs)
    workers.close()


# TFS402: in the target of a process.
def target(xs):
    model = load_model("model.h5")

    def score():
        model.fit(xs, xs)  # expect: TFS402
        model.predict(xs)

    process = Process(target=score)
    process.start()
    model.predict(xs)


def score_argument(model, xs):
    model.predict(xs)  # expect: TFS402


def argument(xs):
    model = load_model("model.h5")
    Process(target=score_argument, args=(model,), kwargs={"xs": xs}).start()


def bound(xs):
    model = load_model("model.h5")
    Process(target=model.predict, args=(xs,)).start()  # expect: TFS402


def with_partial(xs):
    model = load_model("model.h5")
    Process(target=partial(score_partly, model), args=(xs,)).start()


def score_partly(model, xs):
    model.predict(xs)  # expect: TFS402


def unknown_target(work):
    model = load_model("model.h5")
    Process(target=work, args=(model,)).start()
    model.predict([0])


def not_started(xs):
    model = load_model("model.h5")
    process = Process(target=lambda: model.predict(xs))
    return process


def loaded_later(xs):
    model = Sequential([Dense(1)])
    Process(target=lambda: model.predict(xs)).start()
    model.load_weights("model.h5")


# No finding: the parameter may have no weights.
def parameter(model: Model, xs):
    Process(target=lambda: model.predict(xs)).start()


# No finding: in eager mode this needs no other thread.
def saved(xs):
    model = load_model("model.h5")
    Process(target=lambda: model.save("copy.h5")).start()
    Process(target=model.get_weights).start()


# TFS402: the child of a fork.
def fork_with_name(xs):
    pid = os.fork()
    if pid == 0:
        MODEL.predict(xs)  # expect: TFS402
        os._exit(0)
    MODEL.predict(xs)


def fork_in_test(xs):
    if not os.fork():
        MODEL.predict(xs)  # expect: TFS402
    else:
        MODEL.predict(xs)


def fork_before(xs):
    if os.fork() == 0:
        load_model("model.h5").predict(xs)


def fork_by_order(pid, xs):
    pid = os.fork()
    if pid > 0:
        MODEL.predict(xs)


# TFS402: the run of a process's own class.
class Worker(Process):
    def __init__(self):
        super().__init__()
        self.model = load_model("model.h5")

    def run(self):
        self.model.predict([0])  # expect: TFS402


class LateWorker(Process):
    def __init__(self):
        super().__init__()
        self.model = None

    def run(self):
        self.model = load_model("model.h5")
        self.model.predict([0])


class GivenWorker(Process):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def run(self):
        self.model.predict([0])  # expect: TFS402


def start():
    worker = GivenWorker(load_model("model.h5"))
    worker.start()


# TFS402: an object's method as the target, in processes of a list.
class Service:
    def __init__(self):
        self.model = load_model("model.h5")

    def work(self):
        self.model.predict([0])  # expect: TFS402

    def start(self):
        workers = [Process(target=self.work) for _ in range(4)]
        for worker in workers:
            worker.start()


# No finding: another method may have made the model anew.
class Renewed:
    def __init__(self):
        self.model = load_model("model.h5")

    def renew(self):
        self.model = Sequential([Dense(1)])

    def work(self):
        self.model.predict([0])

    def start(self):
        Process(target=self.work).start()
