import cherrypy
import falcon
import gradio
import tensorflow as tf
from django.views import View
from django.views.generic import ListView
from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI
from keras.models import load_model
from rest_framework.decorators import api_view
from rest_framework.views import APIView
from starlette.applications import Starlette
from starlette.routing import Route

MODEL = load_model("model.h5")
GRAPH = tf.get_default_graph()


# TFS401: Django makes an object of a view's class for each request.
class Ask(View):
    def post(self, request):
        return MODEL.predict(request.body)  # expect: TFS401

    def get(self, request):
        with GRAPH.as_default():
            return MODEL.predict(request.body)


class AskAgain(APIView):
    def get(self, request):
        return MODEL.predict(request.data)  # expect: TFS401

    def describe(self, request):
        return MODEL.predict(request.data)


@api_view(["POST"])
def ask(request):
    return MODEL.predict(request.data)  # expect: TFS401


@api_view(["POST"])
def ask_in_the_graph(request):
    with GRAPH.as_default():
        return MODEL.predict(request.data)


class Scores(ListView):
    def scores(self):
        return MODEL.predict([0])


# FastAPI runs a plain function in a pool of threads, a coroutine in that of the event loop.
app = FastAPI()
router = APIRouter()


@app.get("/def")
def function():
    return MODEL.predict([0])  # expect: TFS401


@router.websocket("/socket")
async def socket(socket):
    await socket.send(MODEL.predict([0]))


@app.get("/async")
async def coroutine():
    return MODEL.predict([0])


@app.middleware("http")
async def middleware(request, call_next):
    MODEL.predict([0])


# What the main thread loads first.
STARTED = STOPPED = None


@app.on_event("startup")
def start():
    global STARTED
    STARTED = load_model("model.h5")


@app.on_event("shutdown")
def stop():
    global STOPPED
    STOPPED = load_model("model.h5")


@app.get("/started")
def started():
    return STARTED.predict([0]), STOPPED.predict([0])  # expect: TFS401


@app.get("/stopped")
def stopped():
    return STOPPED.predict([0])


@app.get("/started/async")
async def started_async():
    return STARTED.predict([0])


def dependency():
    return MODEL.predict([0])  # expect: TFS401


async def dependency_async():
    return MODEL.predict([0])


@app.get("/given")
def given(score=Depends(dependency), other=Depends(dependency_async)):
    return score


def added():
    return MODEL.predict([0])  # expect: TFS401


def added_in_the_graph():
    with GRAPH.as_default():
        return MODEL.predict([0])


app.add_api_route("/added", added)
app.add_api_route("/graph", added_in_the_graph)


def background():
    MODEL.predict([0])  # expect: TFS401


def not_added():
    MODEL.predict([0])


tasks = BackgroundTasks()
tasks.add_task(background)


# Starlette.
def page(request):
    return MODEL.predict([0])  # expect: TFS401


async def page_async(request):
    return MODEL.predict([0])


Starlette(routes=[Route("/", page), Route("/async", page_async)])


# falcon: methods of objects that the program makes.
class Resource:
    def __init__(self, path):
        self.model = load_model(path)

    def on_get(self, request, response):
        response.text = self.model.predict([0])  # expect: TFS401

    def on_post(self, request, response):
        with GRAPH.as_default():
            response.text = self.model.predict([0])

    def score(self, request):
        return self.model.predict([0])


class NotAdded:
    def on_get(self, request, response):
        response.text = MODEL.predict([0])


api = falcon.API()
api.add_route("/", Resource("model.h5"))


# CherryPy: methods that it finds by their decorator.
class Site:
    def __init__(self, path):
        self.model = load_model(path)

    @cherrypy.expose
    def index(self):
        return self.model.predict([0])  # expect: TFS401

    @cherrypy.expose
    def graph(self):
        with GRAPH.as_default():
            return self.model.predict([0])

    def hidden(self):
        return self.model.predict([0])


class SiteOfTheModule:
    @cherrypy.expose
    def index(self):
        return MODEL.predict([0])  # expect: TFS401


cherrypy.quickstart(Site("model.h5"))


# gradio.
def demo(text):
    return MODEL.predict(text)  # expect: TFS401


async def demo_async(text):
    return MODEL.predict(text)


def example(text):
    return MODEL.predict(text)


gradio.Interface(demo, "text", "text", description=example)
gradio.Interface(fn=demo_async, inputs="text", outputs="text")
