from unittest import mock

import aiohttp.web
import tensorflow as tf
from keras.models import load_model
from unknown import app, pool

MODEL = load_model("model.h5")
GRAPH = tf.get_default_graph()
routes = aiohttp.web.RouteTableDef()


# TFS401: a route of an app that is made elsewhere.
@app.post("/post")
def post():
    return str(MODEL.predict([0]))  # expect: TFS401


@app.api_route("/route", methods=["PUT"])
def route():
    return str(MODEL.predict([0]))  # expect: TFS401


@app.post("/graph")
def post_in_the_graph():
    with GRAPH.as_default():
        return str(MODEL.predict([0]))


# A coroutine may be run in the main thread.
@app.post("/coroutine")
async def coroutine():
    return str(MODEL.predict([0]))


@routes.get("/routes")
async def get(request):
    return MODEL.predict([0])


@app.before_request
def before():
    MODEL.predict([0])  # expect: TFS401


# Other decorators, of which some have such a name.
@mock.patch("keras.models.load_model")
def patched(load):
    return MODEL.predict([0])


@app.get("score")
def by_name():
    return MODEL.predict([0])


@app.task("/task")
def task():
    return MODEL.predict([0])


@app.on_event("startup")
def startup():
    MODEL.predict([0])


@pool.get
def without_a_call():
    return MODEL.predict([0])
