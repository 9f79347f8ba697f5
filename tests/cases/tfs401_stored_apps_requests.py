from contextlib import asynccontextmanager

import tensorflow as tf
from fastapi import APIRouter, FastAPI, Request
from flask import Flask, current_app
from starlette.requests import Request as AnyRequest
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()
app = FastAPI()
router = APIRouter()


# TFS401: the application that a request has, by its annotation.
@app.on_event("startup")
def start():
    app.state.graph = tf.compat.v1.get_default_graph()
    app.state.session = K.get_session()
    app.state.model = load_model("model.h5")


@app.get("/score")
def score(request: Request, x: int):
    return request.app.state.model.predict([x]).tolist()  # expect: TFS401


@router.get("/of/a/router")
def of_a_router(x: int, *, request: "AnyRequest"):
    state = request.app.state
    return state.model.predict([x]).tolist()  # expect: TFS401


@app.get("/entered")
def entered(request: Request, x: int):
    state = request.app.state
    with state.graph.as_default(), state.session.as_default():
        return state.model.predict([x]).tolist()


# In the thread of the loop; something else of the request; something else that has an `app`.
@app.get("/coroutine")
async def coroutine(request: Request, x: int):
    return request.app.state.model.predict([x]).tolist()


@app.get("/other")
def other(request: Request, x: int):
    return request.state.model.predict([x]).tolist()


@app.get("/not/annotated")
def not_annotated(request, other: int, x: int = 0):
    return request.app.state.model.predict([x]).tolist(), other.app.state.model.predict([x])


# TFS401: what Flask's configuration is asked for by `get()`.
pages = Flask(__name__)
pages.config["MODEL"] = load_model("model.h5")
pages.config["GRAPH"] = tf.compat.v1.get_default_graph()
pages.config["SESSION"] = K.get_session()


@pages.route("/asked")
def asked():
    return str(current_app.config.get("MODEL").predict([0]))  # expect: TFS401


@pages.route("/asked/for/another")
def asked_for_another():
    return str(current_app.config.get("OTHER").predict([0]), current_app.config.get())


@pages.route("/asked/and/entered")
def asked_and_entered():
    kept = current_app.config
    with kept["GRAPH"].as_default(), kept.get("SESSION").as_default():
        return str(kept.get("MODEL").predict([0]))


# What no name tells may be a graph, a session, or either.
@pages.route("/either")
def either():
    with current_app.extensions["scope"].as_default():
        return str(current_app.config["MODEL"].predict([0]))


@pages.route("/a/graph")
def a_graph():
    with current_app.graph.as_default():
        return str(current_app.config["MODEL"].predict([0]))  # expect: TFS401


@pages.route("/a/session")
def a_session():
    with current_app.session.as_default():
        return str(current_app.config["MODEL"].predict([0]))  # expect: TFS401


# TFS401: what the manager of a lifespan keeps in the application that it gets.
@asynccontextmanager
async def lifespan(server: FastAPI):
    server.state.kept = load_model("model.h5")
    yield


served = FastAPI(lifespan=lifespan)


@served.get("/kept")
def kept_by_the_lifespan(request: Request):
    return request.app.state.kept.predict([0]).tolist()  # expect: TFS401
