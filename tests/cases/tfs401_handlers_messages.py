import message_filters
import socketio
import telebot
import tensorflow as tf
from apscheduler.schedulers.background import BackgroundScheduler
from flask_socketio import Namespace, SocketIO
from keras.models import load_model
from sensor_msgs.msg import Image
from telegram.ext import CommandHandler, Filters, MessageHandler, Updater

MODEL = load_model("model.h5")
GRAPH = tf.get_default_graph()
sockets = SocketIO()
client = socketio.Client()
bot = telebot.TeleBot("token")
scheduler = BackgroundScheduler()


# TFS401: events of socket.io.
@sockets.on("score")
def on_score(data):
    MODEL.predict(data)  # expect: TFS401


@sockets.event
def score(data):
    with GRAPH.as_default():
        MODEL.predict(data)


def on_other(data):
    MODEL.predict(data)  # expect: TFS401


def in_the_background(data):
    MODEL.predict(data)  # expect: TFS401


def not_given(data):
    MODEL.predict(data)


sockets.on_event("other", on_other)
sockets.start_background_task(in_the_background, [0])


class Scores(Namespace):
    def __init__(self, path):
        super().__init__("/")
        self.model = load_model(path)

    def on_score(self, data):
        self.model.predict(data)  # expect: TFS401

    def score(self, data):
        self.model.predict(data)


@client.event
def connect():
    MODEL.predict([0])  # expect: TFS401


def on_reply(data):
    MODEL.predict(data)  # expect: TFS401


client.on("reply", on_reply)


@client.on("reply_in_the_graph")
def on_reply_in_the_graph(data):
    with GRAPH.as_default():
        MODEL.predict(data)


# Messages of Telegram.
def start(update, context):
    MODEL.predict([0])  # expect: TFS401


def echo(update, context):
    with GRAPH.as_default():
        MODEL.predict([0])


def wrong(update, context):
    MODEL.predict([0])


updater = Updater("token")
updater.dispatcher.add_handler(CommandHandler("start", start))
updater.dispatcher.add_handler(MessageHandler(Filters.text, echo))
updater.start_polling()


@bot.message_handler(commands=["start"])
def reply(message):
    MODEL.predict([0])  # expect: TFS401


@bot.message_handler(commands=["graph"])
def reply_in_the_graph(message):
    with GRAPH.as_default():
        MODEL.predict([0])


# Jobs of a scheduler with a pool of threads.
@scheduler.scheduled_job("interval", seconds=3)
def job():
    MODEL.predict([0])  # expect: TFS401


def added_job():
    MODEL.predict([0])  # expect: TFS401


def job_in_the_graph():
    with GRAPH.as_default():
        MODEL.predict([0])


async def job_async():
    MODEL.predict([0])


scheduler.add_job(added_job, "interval", seconds=3)
scheduler.add_job(func=job_in_the_graph, trigger="interval")
scheduler.add_job(job_async, "interval")


# TFS401: what message_filters calls, in the threads of rospy.
class Fusing:
    def __init__(self):
        self.net = load_model("fused.h5")
        self.graph = tf.get_default_graph()
        left = message_filters.Subscriber("left", Image)
        right = message_filters.Subscriber("right", Image)
        both = message_filters.ApproximateTimeSynchronizer([left, right], 10, 0.1)
        both.registerCallback(self.on_both)
        left.registerCallback(self.on_left)

    def on_both(self, left, right):
        self.net.predict([left, right])  # expect: TFS401

    def on_left(self, left):
        with self.graph.as_default():
            self.net.predict([left])


fusing = Fusing()
