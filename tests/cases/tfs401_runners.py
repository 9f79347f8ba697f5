import _thread
import asyncio
from functools import partial
from multiprocessing.pool import ThreadPool

import joblib
import tensorflow as tf
import tornado.ioloop
from anyio import to_thread
from fastapi.concurrency import run_in_threadpool
from joblib import Parallel, delayed
from keras.models import load_model
from tornado.concurrent import run_on_executor

MODEL = load_model("model.h5")
GRAPH = tf.get_default_graph()


def in_the_graph(x):
    with GRAPH.as_default():
        return MODEL.predict(x)


def work(model):
    model.predict([0])  # expect: TFS401


# TFS401: coroutines that leave work to a thread.
async def in_the_loops_executor(x):
    loop = asyncio.get_event_loop()
    await loop.run_in_executor(None, in_the_graph, x)
    await loop.run_in_executor(None, MODEL.predict, x)  # expect: TFS401


async def in_a_pool(x, pool):
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(pool, partial(MODEL.predict, x))  # expect: TFS401


async def in_tornados_loop(x):
    await tornado.ioloop.IOLoop.current().run_in_executor(None, work, MODEL)


async def in_a_thread(x):
    await asyncio.to_thread(in_the_graph, x)
    return await asyncio.to_thread(MODEL.predict, x)  # expect: TFS401


async def in_anyios_thread(x):
    return await to_thread.run_sync(MODEL.predict, x)  # expect: TFS401


async def in_starlettes_pool(x):
    return await run_in_threadpool(MODEL.predict, x)  # expect: TFS401


# Those that don't.
async def in_the_main_thread(x):
    loop = asyncio.get_event_loop()
    loop.call_soon(work_soon)
    return MODEL.predict(x)


def work_soon():
    MODEL.predict([0])


def start_new(x):
    _thread.start_new_thread(MODEL.predict, (x,))  # expect: TFS401


class Page:
    def __init__(self, path):
        self.model = load_model(path)
        self.pool = ThreadPool(2)
        self.tasks = {"first": self.first}

    @run_on_executor
    def score(self):
        return self.model.predict([0])  # expect: TFS401

    @run_on_executor
    def score_in_the_graph(self):
        with GRAPH.as_default():
            return self.model.predict([0])

    def scores(self, xs):
        return self.pool.map(self.first, xs)

    def first(self, x):
        return self.model.predict(x)  # expect: TFS401


# joblib, with threads.
def with_threads(xs):
    pool = Parallel(n_jobs=2, backend="threading")
    return pool(delayed(MODEL.predict)(x) for x in xs)  # expect: TFS401


def that_prefer_threads(xs):
    return joblib.Parallel(4, prefer="threads")([delayed(worker)(MODEL, x) for x in xs])


def worker(model, x):
    return model.predict(x)  # expect: TFS401


def in_their_graph(xs):
    return Parallel(n_jobs=2, backend="threading")(delayed(in_the_graph)(x) for x in xs)


# One job is done in the thread at hand; others are processes.
def with_one_job(xs):
    return Parallel(n_jobs=1, backend="threading")(delayed(MODEL.predict)(x) for x in xs)


def without_jobs(xs):
    return Parallel(backend="threading")(delayed(MODEL.predict)(x) for x in xs)


def with_processes(xs):
    return Parallel(n_jobs=2)(delayed(MODEL.predict)(x) for x in xs)


def of_something_else(xs):
    return Parallel(n_jobs=2, backend="threading")(xs)
