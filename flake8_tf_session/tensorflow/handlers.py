"""What runs functions of a program in threads of its own: a row for each framework.

A new framework is one row; the gate knows its words by it. `schedule` and `sched` run what they are
given in the main thread, and coroutines run in the thread of their event loop.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from .python_names import THREAD_CLASSES


class Framework(NamedTuple):
    """What runs functions of a program in threads of its own, and which.

    Attributes:
        source: Where it is written that it does.
        kinds: Dotted names that start threads in a way of their own, with the kind of their role.
        owners: The dotted names of what has the names below: modules, and the objects that a call
            makes (``flask.Flask()``).
        aliases: Dotted names of what stands for one of the owners: the application that runs now,
            or that has got a request.
        decorators: Names of owners that decorate what is run.
        starters: Names of owners that decorate what the main thread runs first, if they are called
            with ``"startup"``.
        lifespans: Names of the arguments with which owners are made that are managers, entered by
            the main thread first.
        callbacks: Names of owners that are called with a function to be run later, or an object
            with such methods: the name and the position of that argument.
        runners: Names of owners that run a function now, with the arguments behind it.
        attributes: Attributes of owners to which what is run is assigned.
        registrars: How the names of functions end that are given an object, and have its methods
            run.
        views: Modules that make what is answered: a function of a file is run if its first
            parameter is ``request`` and it names something of theirs.
        classes: The dotted names of classes whose ``methods`` are run.
        methods: These; a name that ends with a star stands for all that begin so.
        is_made_there: Whether it makes the objects of these classes itself, in the thread.
        has_threads: Whether it runs functions in other threads at all.
        has_coroutines: Whether it runs coroutines in other threads, too.
        needs: Words of which a program has to have one to have other threads.
        lacks: Words of which no program with other threads has one.
    """

    source: str
    kinds: Mapping[str, str] = {}
    owners: tuple[str, ...] = ()
    aliases: Mapping[str, str] = {}
    decorators: tuple[str, ...] = ()
    starters: tuple[str, ...] = ()
    lifespans: tuple[str, ...] = ()
    callbacks: Mapping[str, tuple[str, int]] = {}
    runners: Mapping[str, tuple[str, int]] = {}
    attributes: tuple[str, ...] = ()
    registrars: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    is_made_there: bool = True
    has_threads: bool = True
    has_coroutines: bool = False
    needs: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


_VERBS = ("delete", "get", "head", "options", "patch", "post", "put", "trace")

_FLASK = Framework(
    "https://flask.palletsprojects.com/en/stable/api/#flask.Flask.run (threaded since 1.0)",
    owners=(
        "flask.Flask()",
        "flask.Blueprint()",
        "flask.app.Flask()",
        "flask.blueprints.Blueprint()",
        "flask_restx.Namespace()",
        "dash.Dash().server",
    ),
    aliases={"flask.current_app": "flask.Flask()", "flask.app.Flask()": "flask.Flask()"},
    decorators=(
        *("route", "get", "post", "put", "patch", "delete", "websocket"),
        *("before_request", "before_first_request", "after_request", "teardown_request"),
        *("before_app_request", "after_app_request", "teardown_app_request"),
        *("errorhandler", "app_errorhandler", "context_processor", "app_context_processor"),
    ),
    callbacks={
        "add_url_rule": ("view_func", 2),
        "register_error_handler": ("f", 1),
    },
    classes=(
        "flask.views.View",
        "flask.views.MethodView",
        "flask_classful.FlaskView",
        "flask_restful.Resource",
        "flask_restplus.Resource",
        "flask_restx.Resource",
    ),
    methods=(*_VERBS, "dispatch_request", "index"),
    has_coroutines=True,
)

FRAMEWORKS = (
    _FLASK,
    Framework(
        "https://docs.djangoproject.com/en/stable/ref/django-admin/#cmdoption-runserver-nothreading",
        owners=("django.conf.urls", "django.urls"),
        callbacks=dict.fromkeys(("path", "re_path", "url"), ("view", 1)),
        views=("django.http", "django.shortcuts"),
        classes=(
            *("django.views.View", "django.views.generic.View", "django.views.generic.base.View"),
            *("django.views.generic.TemplateView", "django.views.generic.FormView"),
        ),
        methods=(*_VERBS, "dispatch", "form_valid", "get_context_data"),
    ),
    Framework(
        "https://www.django-rest-framework.org/api-guide/views/ (run by Django)",
        owners=("rest_framework.decorators",),
        decorators=("api_view",),
        classes=(
            *("rest_framework.views.APIView", "rest_framework.generics.GenericAPIView"),
            *("rest_framework.viewsets.ViewSet", "rest_framework.viewsets.GenericViewSet"),
            *("rest_framework.viewsets.ModelViewSet", "rest_framework.generics.CreateAPIView"),
        ),
        methods=(*_VERBS, "create", "destroy", "list", "retrieve", "update"),
    ),
    Framework(
        "https://fastapi.tiangolo.com/async/#path-operation-functions (`def` in a thread pool)",
        owners=("fastapi.FastAPI()", "fastapi.APIRouter()", "fastapi.routing.APIRouter()"),
        aliases={
            # FastAPI's is one of Starlette's; a request has the application that got it.
            "fastapi.FastAPI()": "starlette.applications.Starlette()",
            "fastapi.Request().app": "starlette.applications.Starlette()",
            "fastapi.requests.Request().app": "starlette.applications.Starlette()",
            "starlette.requests.Request().app": "starlette.applications.Starlette()",
        },
        decorators=(*_VERBS, "api_route", "exception_handler"),
        starters=("on_event",),
        lifespans=("lifespan",),
        callbacks={
            "add_api_route": ("endpoint", 1),
            "add_exception_handler": ("handler", 1),
        },
    ),
    Framework(
        "https://fastapi.tiangolo.com/async/#dependencies, https://www.starlette.io/background/",
        owners=("fastapi", "fastapi.BackgroundTasks()", "starlette.background"),
        callbacks={
            "Depends": ("dependency", 0),
            "BackgroundTask": ("func", 0),
            "add_task": ("func", 0),
        },
    ),
    Framework(
        "https://www.starlette.io/routing/ (`def` in a thread pool)",
        owners=("starlette.applications.Starlette()", "starlette.routing"),
        decorators=("route",),
        starters=("on_event",),
        lifespans=("lifespan",),
        callbacks={"Route": ("endpoint", 1), "add_route": ("route", 1)},
    ),
    Framework(
        "https://www.starlette.io/threadpool/",
        owners=("fastapi.concurrency", "starlette.concurrency"),
        runners={"run_in_threadpool": ("func", 0)},
    ),
    Framework(
        "https://falcon.readthedocs.io/en/stable/user/faq.html#is-falcon-thread-safe",
        owners=("falcon.API()", "falcon.App()"),
        callbacks={"add_route": ("resource", 1), "add_error_handler": ("handler", 1)},
        methods=("on_*",),
        lacks=("make_server", "simple_server"),
    ),
    Framework(
        "https://docs.cherrypy.dev/en/latest/advanced.html (a pool of threads serves requests)",
        owners=("cherrypy",),
        decorators=("expose",),
    ),
    Framework(
        "https://www.tornadoweb.org/en/stable/web.html#thread-safety-notes,"
        " https://bottlepy.org/docs/stable/deployment.html#server-options,"
        " https://docs.aiohttp.org/en/stable/web_quickstart.html, https://sanic.dev,"
        " https://quart.palletsprojects.com (all in the thread of their loop)",
        owners=(
            *("bottle", "bottle.Bottle()", "aiohttp.web.RouteTableDef()", "sanic.Sanic()"),
            *("quart.Blueprint()", "quart.Quart()"),
        ),
        decorators=("route", *_VERBS, "websocket", "before_request", "after_request"),
        has_threads=False,
    ),
    Framework(
        "https://docs.python.org/3/library/http.server.html#http.server.ThreadingHTTPServer",
        classes=("http.server.BaseHTTPRequestHandler", "http.server.SimpleHTTPRequestHandler"),
        methods=("do_*",),
        needs=("ThreadingHTTPServer", "ThreadingMixIn"),
    ),
    Framework(
        "https://docs.python.org/3/library/socketserver.html#asynchronous-mixins",
        classes=("socketserver.BaseRequestHandler", "socketserver.StreamRequestHandler"),
        methods=("handle",),
        needs=("ThreadingMixIn", "ThreadingTCPServer", "ThreadingUDPServer"),
    ),
    Framework(
        "https://grpc.github.io/grpc/python/grpc.html#grpc.server (a pool of threads)",
        registrars=("Servicer_to_server",),
        methods=("*",),
    ),
    Framework(
        "https://flask-socketio.readthedocs.io/en/latest/api.html (by threads, or by greenlets)",
        owners=("flask_socketio.SocketIO()",),
        decorators=("event", "on", "on_error", "on_error_default"),
        callbacks={"on_event": ("handler", 1)},
        runners={"start_background_task": ("target", 0)},
        classes=("flask_socketio.Namespace",),
        methods=("on_*",),
        is_made_there=False,
    ),
    Framework(
        "https://python-socketio.readthedocs.io/en/latest/server.html (`async_handlers`)",
        owners=("socketio.Client()", "socketio.Server()"),
        decorators=("event", "on"),
        callbacks={"on": ("handler", 1)},
        runners={"start_background_task": ("target", 0)},
        classes=("socketio.ClientNamespace", "socketio.Namespace"),
        methods=("on_*",),
        is_made_there=False,
    ),
    Framework(
        "https://dash.plotly.com/basic-callbacks (run by Flask)",
        owners=("dash", "dash.Dash()"),
        decorators=("callback",),
    ),
    Framework(
        "https://www.gradio.app/docs/gradio/interface (`def` in a thread pool)",
        owners=("gradio",),
        callbacks={"ChatInterface": ("fn", 0), "Interface": ("fn", 0)},
    ),
    Framework(
        "https://wiki.ros.org/rospy/Overview/Publishers%20and%20Subscribers (callbacks in threads)",
        owners=("rospy",),
        callbacks={
            "Service": ("handler", 2),
            "Subscriber": ("callback", 2),
            "Timer": ("callback", 1),
        },
    ),
    Framework(
        "https://wiki.ros.org/message_filters (callbacks in rospy's threads)",
        owners=tuple(
            f"message_filters.{name}()"
            for name in ("ApproximateTimeSynchronizer", "Cache", "Subscriber", "TimeSynchronizer")
        ),
        callbacks={"registerCallback": ("cb", 0)},
    ),
    Framework(
        "https://docs.ros.org/en/noetic/api/actionlib/html/ (goals are run in a thread)",
        owners=("actionlib",),
        callbacks={"SimpleActionServer": ("execute_cb", 2)},
    ),
    Framework(
        "https://eclipse.dev/paho/files/paho.mqtt.python/html/client.html (`loop_start`)",
        owners=("paho.mqtt.client.Client()",),
        callbacks={"message_callback_add": ("callback", 1)},
        attributes=("on_connect", "on_message"),
        classes=("paho.mqtt.client.Client",),
        methods=("on_connect", "on_message"),
        is_made_there=False,
        needs=("loop_start",),
    ),
    Framework(
        "https://docs.python-telegram-bot.org/en/v13.15/telegram.ext.updater.html (its dispatcher)",
        owners=("telegram.ext",),
        callbacks={
            "CallbackQueryHandler": ("callback", 0),
            "CommandHandler": ("callback", 1),
            "InlineQueryHandler": ("callback", 0),
            "MessageHandler": ("callback", 1),
            "RegexHandler": ("callback", 1),
        },
    ),
    Framework(
        "https://github.com/eternnoir/pyTelegramBotAPI (`threaded`)",
        owners=("telebot.TeleBot()",),
        decorators=(
            *("callback_query_handler", "channel_post_handler", "edited_message_handler"),
            *("inline_handler", "message_handler"),
        ),
        callbacks={"register_message_handler": ("callback", 0)},
    ),
    Framework(
        "https://apscheduler.readthedocs.io/en/3.x/userguide.html#choosing-the-right-scheduler-job"
        "-store-s-executor-s-and-trigger-s (a pool of threads)",
        owners=(
            "apscheduler.schedulers.background.BackgroundScheduler()",
            "apscheduler.schedulers.blocking.BlockingScheduler()",
            "flask_apscheduler.APScheduler()",
        ),
        decorators=("scheduled_job", "task"),
        callbacks={"add_job": ("func", 0)},
        lacks=("ProcessPoolExecutor",),
    ),
    Framework(
        "https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.loop.run_in_executor",
        owners=(
            *("asyncio.get_event_loop()", "asyncio.get_running_loop()", "asyncio.new_event_loop()"),
            *("tornado.ioloop.IOLoop.current()", "tornado.ioloop.IOLoop.instance()"),
        ),
        runners={"run_in_executor": ("func", 1)},
        lacks=("ProcessPoolExecutor",),
    ),
    Framework(
        "https://www.tornadoweb.org/en/stable/concurrent.html#tornado.concurrent.run_on_executor",
        owners=("tornado.concurrent",),
        decorators=("run_on_executor",),
        lacks=("ProcessPoolExecutor",),
    ),
    Framework(
        "https://docs.python.org/3/library/asyncio-task.html#asyncio.to_thread",
        owners=("asyncio",),
        runners={"to_thread": ("func", 0)},
    ),
    Framework(
        "https://anyio.readthedocs.io/en/stable/threads.html",
        owners=("anyio.to_thread", "trio.to_thread"),
        runners={"run_sync": ("func", 0)},
    ),
    Framework(
        "https://docs.python.org/3/library/threading.html",
        kinds={"threading.Thread": "thread", "threading.Timer": "timer"},
        owners=("_thread",),
        runners={"start_new_thread": ("function", 0)},
        classes=THREAD_CLASSES,
        methods=("run",),
        is_made_there=False,
    ),
    Framework(
        "https://docs.python.org/3/library/concurrent.futures.html#threadpoolexecutor",
        kinds={
            "concurrent.futures.ThreadPoolExecutor": "executor",
            "concurrent.futures.thread.ThreadPoolExecutor": "executor",
        },
    ),
    Framework(
        "https://docs.python.org/3/library/multiprocessing.html#multiprocessing.pool.ThreadPool",
        kinds={
            "multiprocessing.dummy.Pool": "executor",
            "multiprocessing.pool.ThreadPool": "executor",
        },
    ),
    Framework(
        "https://joblib.readthedocs.io/en/stable/parallel.html#thread-based-parallelism",
        kinds={
            "joblib.Parallel": "parallel",
            "joblib.delayed": "delayed",
            "joblib.delayed()": "delayed",
            "joblib.parallel.Parallel": "parallel",
            "joblib.parallel.delayed": "delayed",
            "joblib.parallel.delayed()": "delayed",
        },
    ),
    Framework(
        "https://doc.qt.io/qt-6/qthread.html#run, https://doc.qt.io/qt-6/qrunnable.html#run",
        classes=tuple(
            f"{package}.QtCore.{name}"
            for package in ("PyQt4", "PyQt5", "PyQt6", "PySide", "PySide2", "PySide6")
            for name in ("QRunnable", "QThread")
        ),
        methods=("run",),
        is_made_there=False,
    ),
)


def _kinds() -> dict[str, tuple[str, Framework]]:
    """By dotted name, the kind of its role and its framework."""
    found: dict[str, tuple[str, Framework]] = {}
    for each in FRAMEWORKS:
        found.update((dotted, (kind, each)) for dotted, kind in each.kinds.items())
        for owner in each.owners:
            if owner.endswith("()"):
                found.setdefault(owner[:-2], ("framework", each))
            for name in each.callbacks:
                found[f"{owner}.{name}"] = "callback", each
            for name in each.runners:
                found[f"{owner}.{name}"] = "runner", each
            for name in each.starters:
                found[f"{owner}.{name}"] = "starter", each
                found[f"{owner}.{name}()"] = "starter", each
            for name in each.decorators:
                # With arguments, and without: `@app.route("/")`, `@app.before_request`.
                found.setdefault(f"{owner}.{name}", ("handler decorator", each))
                found[f"{owner}.{name}()"] = "handler decorator", each
    return found


HANDLER_KINDS = _kinds()
"""By dotted name, the kind of its role and its framework."""

VIEWS = {module: each for each in FRAMEWORKS for module in each.views}
"""By module that makes what is answered, the framework."""

HANDLER_CLASSES = {dotted: each for each in FRAMEWORKS for dotted in each.classes}
"""By dotted name of a class whose methods are run, the framework."""

REGISTRARS = {suffix: each for each in FRAMEWORKS for suffix in each.registrars}
"""By the end of a function's name, the framework that runs the methods of what it is given."""

HANDLED_ATTRIBUTES = {
    f"{owner}.{name}": each
    for each in FRAMEWORKS
    for owner in each.owners
    for name in each.attributes
}
"""By dotted name of an attribute that holds what is run, the framework."""

# Names that tell of threads by themselves: long enough to mean nothing else.
_TELLING = frozenset(
    name
    for dotted in (*HANDLER_KINDS, *HANDLER_CLASSES)
    for name in dotted.replace("()", "").split(".")[1:]
    if "_" in name or name != name.lower()
)
# Packages of which much else is used.
_BROAD = frozenset(
    "_thread anyio asyncio concurrent http joblib multiprocessing socketserver threading".split()
)
_PACKAGES = {dotted.partition(".")[0] for dotted in (*HANDLER_KINDS, *HANDLER_CLASSES)} - _BROAD

# What of the decorators of something unknown the gate looks for: the others are all over.
TELLING_DECORATORS = frozenset("api_route patch post route websocket".split())

HANDLER_WORDS = frozenset((*_TELLING, *_PACKAGES, *REGISTRARS, *TELLING_DECORATORS))
"""The words of which a program has one that has other threads by a framework."""


def matches(name: str, methods: tuple[str, ...]) -> bool:
    """Whether a name is one of a framework's methods."""
    return any(
        name.startswith(each[:-1]) and name[:1] != "_" if each[-1] == "*" else name == each
        for each in methods
    )
