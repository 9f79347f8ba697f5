import actionlib
import grpc
import paho.mqtt.client as mqtt
import rospy
import scores_pb2_grpc
import tensorflow as tf
from keras.models import load_model
from PyQt5.QtCore import QObject, QRunnable, QThread
from sensor_msgs.msg import Image

MODEL = load_model("model.h5")
GRAPH = tf.get_default_graph()


# TFS401: callbacks of ROS run in threads.
class Node:
    def __init__(self, path):
        self.model = load_model(path)
        rospy.Subscriber("camera", Image, self.on_image, queue_size=1)
        rospy.Subscriber("depth", Image, callback=self.on_depth)
        rospy.Subscriber("graph", Image, self.on_image_in_the_graph)
        rospy.Service("score", Image, self.on_call)
        self.server = actionlib.SimpleActionServer("look", Image, execute_cb=self.look)

    def on_image(self, message):
        self.model.predict([message])  # expect: TFS401

    def on_depth(self, message):
        self.model.predict([message])  # expect: TFS401

    def on_image_in_the_graph(self, message):
        with GRAPH.as_default():
            self.model.predict([message])

    def on_call(self, request):
        return self.model.predict([request])  # expect: TFS401

    def look(self, goal):
        return self.model.predict([goal])  # expect: TFS401

    def helper(self, message):
        return self.model.predict([message])


def tick(event):
    MODEL.predict([0])  # expect: TFS401


def stop():
    MODEL.predict([0])


rospy.Timer(rospy.Duration(1), tick)
rospy.on_shutdown(stop)
rospy.Publisher("score", Image, queue_size=1)


# MQTT's, with `loop_start`.
def on_message(client, data, message):
    MODEL.predict([0])  # expect: TFS401


def on_topic(client, data, message):
    MODEL.predict([0])  # expect: TFS401


def on_connect(client, data, flags, code):
    with GRAPH.as_default():
        MODEL.predict([0])


def on_publish(client, data, number):
    MODEL.predict([0])


client = mqtt.Client()
client.on_message = on_message
client.on_connect = on_connect
client.on_publish = on_publish
client.message_callback_add("topic", on_topic)
client.loop_start()


class Client(mqtt.Client):
    def __init__(self, path):
        super().__init__()
        self.model = load_model(path)

    def on_message(self, client, data, message):
        self.model.predict([0])  # expect: TFS401

    def describe(self):
        self.model.predict([0])


# gRPC's pool.
class Scores(scores_pb2_grpc.ScoresServicer):
    def __init__(self, path):
        self.model = load_model(path)

    def Score(self, request, context):
        return self.model.predict([0])  # expect: TFS401

    def ScoreInTheGraph(self, request, context):
        with GRAPH.as_default():
            return self.model.predict([0])

    def _score(self):
        return self.model.predict([0])


class NotServed(scores_pb2_grpc.ScoresServicer):
    def Score(self, request, context):
        return MODEL.predict([0])


def serve(server: grpc.Server):
    scores_pb2_grpc.add_ScoresServicer_to_server(Scores("model.h5"), server)


# Qt's threads.
class Worker(QThread):
    def __init__(self, path):
        super().__init__()
        self.model = load_model(path)

    def run(self):
        self.model.predict([0])  # expect: TFS401

    def describe(self):
        self.model.predict([0])


class OwnWorker(QThread):
    def run(self):
        load_model("model.h5").predict([0])


class Job(QRunnable):
    def run(self):
        MODEL.predict([0])  # expect: TFS401


class NoThread(QObject):
    def run(self):
        MODEL.predict([0])
