import functools

import tensorflow as tf
from django.conf.urls import url
from django.http import HttpResponse
from django.urls import path, re_path
from keras import backend as K
from keras.models import load_model

MODEL = load_model("model.h5")
SESSION = K.get_session()
GRAPH = tf.get_default_graph()


# TFS401: a view is run by a thread of the server.
def score(request):
    return HttpResponse(MODEL.predict(request.body))  # expect: TFS401


def score_by_name(request, name):
    return HttpResponse(MODEL.predict(name))  # expect: TFS401


def old_score(request):
    return HttpResponse(MODEL.predict(request.body))  # expect: TFS401


def score_registered(request):
    with GRAPH.as_default():
        K.set_session(SESSION)
        return HttpResponse(MODEL.predict(request.body))


def score_entered(request):
    with GRAPH.as_default(), SESSION.as_default():
        return HttpResponse(MODEL.predict(request.body))


def index(request):
    return HttpResponse(MODEL.to_json())


# A config that only some of the paths have made.
def score_configured(config, request):
    config.gpu_options = tf.GPUOptions(allow_growth=True)
    request.log(config)
    return HttpResponse(MODEL.predict(request.body))  # expect: TFS401


configured = []
if tf.test.is_gpu_available():
    config = tf.ConfigProto()
    configured.append(path("configured/", functools.partial(score_configured, config)))


# Not in the list of routes.
def helper(request):
    return HttpResponse(MODEL.predict(request.body))


urlpatterns = [
    path("", index),
    path("score/", score),
    path("score/registered/", score_registered, name="registered"),
    re_path(r"^score/(?P<name>\w+)/$", score_by_name),
    re_path(r"^entered/$", score_entered),
    url(r"^old/$", old_score),
]
