"""Models that are used, or built, in other threads."""

from __future__ import annotations

from tests.programs.helpers import Helpers
from tests.programs.kinds.clear import rebuilt
from tests.programs.kinds.uses import numbers, register, some_session, use
from tests.programs.scope import Helper, Scope, indented
from tests.programs.writer import MAX_BLOCKS, Kind, Statement

# How the thread makes graph and session its own.
FORMS = {
    "plain": 4,
    "graph": 3,
    "entered": 4,
    "registered": 4,
    "session": 1,
    "another": 2,
    "builds": 2,
    "random": 3,
}


def work(writer: Helpers, model: str, graph: str, session: str) -> list[str]:
    """What a thread does with a model."""
    form = writer.dice.weighted(FORMS)
    if form == "builds":
        return [rebuilt(writer, "own"), *use(writer, "own")]
    if form == "random":
        writer.registered.add(session)
        within = Scope("function", sessions=[session], models=[model], blocks=1, sealed=True)
        body = writer.helper_body(within)
        return [f"with {graph}.as_default():", *indented(body)] if writer.dice.chance(60) else body
    body = use(writer, model)
    if form == "plain":
        return body
    if form == "session":
        return [f"with {session}.as_default():", *indented(body)]
    if form == "entered":
        return [f"with {graph}.as_default(), {session}.as_default():", *indented(body)]
    if form in ("registered", "another"):
        wanted = session if form == "registered" else writer.new_session()
        body = [register(writer, wanted), *body]
    return [f"with {graph}.as_default():", *indented(body)]


def graph_of(writer: Helpers, scope: Scope, lines: list[str], letter: str = "g") -> str:
    """The default graph gets a name."""
    name = writer.target(scope, letter)
    lines.append(f"{name} = {writer.names('tf', 'get_default_graph')}()")
    return name


def write_function(writer: Helpers, scope: Scope) -> list[str]:
    """A thread runs a function, which is given what it needs, or finds it around itself."""
    lines: list[str] = []
    session, model = some_session(writer, scope, lines), writer.dice.pick(scope.models)
    graph, name = graph_of(writer, scope, lines), writer.fresh("work")
    if writer.dice.chance(60):
        body = work(writer, "net", "graph", "sess")
        writer.functions.append([f"def {name}(net, graph, sess):", *indented(body)])
        return lines + begun(writer, name, [model, graph, session])
    body = work(writer, model, graph, session)
    return [*lines, f"def {name}():", *indented(body), *begun(writer, name, [])]


def write_method(writer: Helpers, scope: Scope) -> list[str]:
    """A thread runs a method."""
    lines: list[str] = []
    names = [writer.fresh(letter) for letter in ("m", "g", "s")]
    model, graph, session = (f"self.{name}" for name in names)
    lines += [
        f"{model} = {writer.dice.pick(scope.models)}",
        f"{graph} = {writer.names('tf', 'get_default_graph')}()",
        f"{session} = {some_session(writer, scope, lines)}",
    ]
    name = writer.fresh("work")
    writer.methods.append([name, *work(writer, model, graph, session)])
    writer.helpers.append(Helper(f"self.{name}", {"a thread"}, [], []))
    return lines + begun(writer, f"self.{name}", [])


def write_subclass(writer: Helpers, scope: Scope) -> list[str]:
    """A class of threads."""
    lines: list[str] = []
    session, model = some_session(writer, scope, lines), writer.dice.pick(scope.models)
    graph, name = graph_of(writer, scope, lines), writer.fresh("Worker")
    writer.imported("import threading")
    writer.functions.append(
        [
            f"class {name}(threading.Thread):",
            "    def __init__(self, net, graph, sess):",
            "        super().__init__()",
            "        self.net, self.graph, self.sess = net, graph, sess",
            "",
            "    def run(self):",
            *indented(indented(work(writer, "self.net", "self.graph", "self.sess"))),
        ]
    )
    thread = writer.fresh("t")
    made = f"{thread} = {name}({model}, {graph}, {session})"
    return [*lines, made, f"{thread}.start()", f"{thread}.join()"]


def begun(writer: Helpers, target: str, arguments: list[str]) -> list[str]:
    """A thread is begun, and ends."""
    form = writer.dice.weighted(
        {"thread": 5, "list": 3, "lambda": 1, "timer": 2, "submit": 2, "block": 2, "twice": 1}
    )
    given = ", ".join(arguments)
    thread = writer.fresh("t")
    started = [f"{thread}.start()", f"{thread}.join()"]
    if form in ("submit", "block"):
        writer.imported("from concurrent.futures import ThreadPoolExecutor")
        wait = f"{thread}.submit({', '.join([target, *arguments])}).result()"
        if form == "block":
            return [f"with ThreadPoolExecutor(1) as {thread}:", f"    {wait}"]
        return [f"{thread} = ThreadPoolExecutor(max_workers=1)", wait, f"{thread}.shutdown()"]
    prefix = "threading."
    if "import threading" not in writer.imports and writer.dice.chance(30):
        writer.imported("from threading import Thread, Timer")
    if "from threading import Thread, Timer" in writer.imports:
        prefix = ""
    else:
        writer.imported("import threading")
    if form == "timer":
        return [f"{thread} = {prefix}Timer(0, {target}, [{given}])", *started]
    if form == "lambda":
        return [f"{thread} = {prefix}Thread(target=lambda: {target}({given}))", *started]
    some = f", args=({given},)" if arguments else ""
    made = f"{prefix}Thread(target={target}{some})"
    if form == "list":
        return [
            f"{thread} = [{made} for _ in {numbers(writer)}]",
            f"for t in {thread}:",
            "    t.start()",
            f"for t in {thread}:",
            "    t.join()",
        ]
    return [f"{thread} = {made}", *started] * (2 if form == "twice" else 1)


def write_handler(writer: Helpers, scope: Scope) -> list[str]:
    """A server calls a function."""
    lines: list[str] = []
    name = writer.fresh("handle")
    decorator = f"@app.{writer.dice.pick(['route', 'get', 'post'])}('/{name}')"
    if writer.dice.chance(25):
        kept = writer.fresh("lazy")
        body = [
            f"global {kept}",
            f"if {kept} is None:",
            f"    {rebuilt(writer, kept)}",
            *use(writer, kept),
        ]
        lines.append(f"{kept} = None")
    else:
        session, model = some_session(writer, scope, lines), writer.dice.pick(scope.models)
        body = work(writer, model, graph_of(writer, scope, lines), session)
    if "app = Flask(__name__)" not in writer.imports:
        writer.imported("from flask import Flask")
        writer.imported("app = Flask(__name__)")
    return [*lines, decorator, f"def {name}():", *indented(body)]


def choices(writer: Helpers, scope: Scope) -> dict[Statement, int]:
    """Wherever there is a model; handlers only in a module."""
    if not scope.models or scope.blocks >= MAX_BLOCKS - 1:
        return {}
    return {
        write_function: 5,
        write_subclass: 1,
        write_method: 4 if scope.own and not writer.overriding else 0,
        write_handler: 4 if scope.where == "module" and not scope.blocks else 0,
    }


THREADS = Kind("threads", choices, standalone=False)
