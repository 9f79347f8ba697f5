from contextlib import asynccontextmanager

import tensorflow as tf
from fastapi import FastAPI
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()
models = {}


# What the application enters before it serves, and leaves after that.
@asynccontextmanager
async def lifespan(app: FastAPI):
    models["answer"] = load_model("answer.h5")
    app.state.model = load_model("model.h5")
    yield
    models.clear()


@asynccontextmanager
async def unused(app: FastAPI):
    models["unused"] = load_model("unused.h5")
    yield


app = FastAPI(lifespan=lifespan)
app.state.loaded = load_model("loaded.h5")


# TFS401: in a thread of the pool.
@app.get("/answer")
def answer(x: float):
    return {"y": float(models["answer"].predict([[x]])[0])}  # expect: TFS401


@app.get("/state")
def state(x: float):
    return {"y": float(app.state.loaded.predict([[x]])[0])}  # expect: TFS401


# A coroutine is run by the thread that has entered it.
@app.get("/coroutine")
async def coroutine(x: float):
    return {"y": float(models["answer"].predict([[x]])[0])}


# Under that key is none.
@app.get("/unused")
def never(x: float):
    return {"y": float(models["unused"].predict([[x]])[0])}
