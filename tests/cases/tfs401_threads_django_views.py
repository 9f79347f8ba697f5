import tensorflow as tf
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from tensorflow.compat.v1.keras import backend as K
from tensorflow.keras.models import load_model

tf.compat.v1.disable_eager_execution()
MODEL = load_model("model.h5")
GRAPH = tf.compat.v1.get_default_graph()
SESSION = K.get_session()


# TFS401: a view, by what it answers with; its path stands in another file.
def predict(request):
    return JsonResponse({"y": MODEL.predict([[1.0]]).tolist()})  # expect: TFS401


@csrf_exempt
def posted(request):
    if request.method != "POST":
        return HttpResponse(status=405)
    return render(request, "y.html", {"y": MODEL.predict([[1.0]])})  # expect: TFS401


# Graph and session are entered.
def entered(request):
    with GRAPH.as_default(), SESSION.as_default():
        return JsonResponse({"y": MODEL.predict([[1.0]]).tolist()})


# No views: a function that answers nothing, and one of something else.
def scores(request):
    return MODEL.predict([[1.0]]).tolist()


def answer(scores):
    return JsonResponse({"y": MODEL.predict([scores]).tolist()})
