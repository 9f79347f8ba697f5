from http.server import BaseHTTPRequestHandler, HTTPServer
from wsgiref.simple_server import make_server

import bottle
import falcon
import paho.mqtt.client as mqtt
import schedule
import tornado.web
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from keras.models import load_model
from telegram.ext import CommandHandler

MODEL = load_model("model.h5")


# The server has one thread.
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        MODEL.predict([0])


HTTPServer(("", 8000), Handler).serve_forever()


class Resource:
    def on_get(self, request, response):
        response.text = MODEL.predict([0])


app = falcon.App()
app.add_route("/", Resource())
make_server("", 8000, app).serve_forever()


# tornado and bottle run them in their own thread, the main one.
class Page(tornado.web.RequestHandler):
    def get(self):
        MODEL.predict([0])


@bottle.route("/")
def index():
    return MODEL.predict([0])


# So does what `loop_forever` calls.
def on_message(client, data, message):
    MODEL.predict([0])


client = mqtt.Client()
client.on_message = on_message
client.loop_forever()


# A coroutine of Telegram's newer package.
async def start(update, context):
    MODEL.predict([0])


CommandHandler("start", start)


# Jobs in the main thread.
def job():
    MODEL.predict([0])


schedule.every().day.do(job)
AsyncIOScheduler().add_job(job)
