from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import StreamRequestHandler, ThreadingTCPServer

import tensorflow as tf
from keras.models import load_model

MODEL = load_model("model.h5")
GRAPH = tf.get_default_graph()


# TFS401: each request has a thread.
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(MODEL.predict([0]))  # expect: TFS401

    def do_POST(self):
        with GRAPH.as_default():
            self.answer(MODEL.predict([0]))

    def log_message(self, text):
        MODEL.predict([0])

    def answer(self, value):
        self.wfile.write(value)


class Line(StreamRequestHandler):
    def handle(self):
        self.wfile.write(MODEL.predict([0]))  # expect: TFS401


class LineInTheGraph(StreamRequestHandler):
    def handle(self):
        with GRAPH.as_default():
            self.wfile.write(MODEL.predict([0]))


ThreadingHTTPServer(("", 8000), Handler).serve_forever()
ThreadingTCPServer(("", 8001), Line).serve_forever()
