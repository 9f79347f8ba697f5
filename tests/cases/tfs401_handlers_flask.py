import functools

import dash
import flask
import tensorflow as tf
from flask import Blueprint, Flask, views
from flask_classful import FlaskView
from flask_restful import Api, Resource
from keras.models import load_model

app = Flask(__name__)
blueprint = Blueprint("scores", __name__)
api = Api(app)
pages = dash.Dash(__name__)
MODEL = load_model("model.h5")
GRAPH = tf.get_default_graph()


# TFS401: what Flask decorates, a function to which it gives arguments included.
@app.patch("/patch/<name>")
def patch(name):
    return str(MODEL.predict(name))  # expect: TFS401


@app.before_request
def before():
    MODEL.predict([0])  # expect: TFS401


@blueprint.after_app_request
def after(response):
    MODEL.predict([0])  # expect: TFS401
    return response


@app.errorhandler(404)
def missing(error):
    return str(MODEL.predict(error))  # expect: TFS401


@app.route("/coroutine")
async def coroutine():
    return str(MODEL.predict([0]))  # expect: TFS401


@app.after_request
def after_in_the_graph(response):
    with GRAPH.as_default():
        MODEL.predict([0])
    return response


# What it decorates otherwise is run at other times.
@app.cli.command("score")
def command():
    MODEL.predict([0])


@app.shell_context_processor
def shell():
    return {"score": MODEL.predict([0])}


# What it is given.
def rule():
    return str(MODEL.predict([0]))  # expect: TFS401


def rule_by_keyword():
    return str(MODEL.predict([0]))  # expect: TFS401


def rule_in_the_graph():
    with GRAPH.as_default():
        return str(MODEL.predict([0]))


def handler(error):
    return str(MODEL.predict(error))  # expect: TFS401


def endpoint():
    return str(MODEL.predict([0]))


app.add_url_rule("/rule", "rule", rule)
blueprint.add_url_rule("/keyword", view_func=rule_by_keyword)
app.add_url_rule("/graph", "graph", rule_in_the_graph)
app.register_error_handler(500, handler)
app.add_url_rule("/unknown", "unknown", app.views["unknown"])


# Classes of which it makes an object for each request.
class Score(Resource):
    def get(self):
        return MODEL.predict([0])  # expect: TFS401

    def post(self):
        with GRAPH.as_default():
            return MODEL.predict([0])

    def helper(self):
        return MODEL.predict([0])


class Part(Score):
    def put(self):
        return self.helper()  # expect: TFS401


class OfTheClass(views.MethodView):
    model = load_model("model.h5")

    def get(self):
        return self.model.predict([0])  # expect: TFS401


class OfTheObject(views.View):
    def __init__(self):
        self.model = load_model("model.h5")

    def dispatch_request(self):
        return self.model.predict([0])


class Page(FlaskView):
    def index(self):
        return MODEL.predict([0])  # expect: TFS401


class NoHandler:
    def get(self):
        return MODEL.predict([0])


api.add_resource(Score, "/score")


# Decorators in between: of the project, and unknown ones.
def in_the_graph(function):
    @functools.wraps(function)
    def inner(*args):
        with GRAPH.as_default():
            return function(*args)

    return inner


def logged(function):
    @functools.wraps(function)
    def inner(*args):
        print(args)
        return function(*args)

    return inner


@app.route("/decorated")
@in_the_graph
def decorated():
    return str(MODEL.predict([0]))


@app.route("/logged")
@logged
def and_logged():
    return str(MODEL.predict([0]))  # expect: TFS401


@app.route("/protected")
@app.protected
def protected():
    return str(MODEL.predict([0]))  # expect: TFS401


# A callback of dash is run by Flask.
@pages.callback(dash.Output("b", "children"), dash.Input("a", "children"))
def update(value):
    return MODEL.predict(value)  # expect: TFS401


@dash.callback(dash.Output("c", "children"), dash.Input("a", "children"))
def update_in_the_graph(value):
    with GRAPH.as_default():
        return MODEL.predict(value)


@pages.server.route("/plain")
def plain():
    return str(MODEL.predict([0]))  # expect: TFS401


# An app that is made by a function.
def make_app(path):
    made = flask.Flask(__name__)
    model = load_model(path)

    @made.get("/")
    def index():
        return str(model.predict([0]))  # expect: TFS401

    @made.get("/graph")
    def graph():
        with GRAPH.as_default():
            return str(model.predict([0]))

    return made


# One that the object keeps.
class Service:
    def __init__(self, path):
        self.app = flask.Flask(__name__)
        self.model = load_model(path)
        self.app.add_url_rule("/ask", "ask", self.ask)

    def ask(self):
        return str(self.model.predict([0]))  # expect: TFS401

    def tell(self):
        return str(self.model.predict([0]))


class LateService:
    def __init__(self, path):
        self.app = flask.Flask(__name__)
        self.model = load_model(path)

    def serve(self):
        self.app.add_url_rule("/ask", "ask", self.ask)
        self.app.run()

    def ask(self):
        return str(self.model.predict([0]))  # expect: TFS401
