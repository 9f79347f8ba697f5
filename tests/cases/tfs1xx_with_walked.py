import contextlib
from abc import abstractmethod
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager

import tensorflow as tf
from foreign import Base, closing_of, inspect_it, lock
from keras import backend as K
from keras.layers import Dense
from keras.models import Sequential, load_model


# --- a body is walked, whatever is known of its manager ---


@contextmanager
def timed(name):
    print(name)
    yield name
    print(name)


def inside_itself(sess):
    with timed("all"):
        with timed("build"):
            model = load_model("model.h5")  # expect: TFS103
        K.set_session(sess)
    return model


def inside_itself_on_one_line(sess):
    with timed("all"), timed("build") as name, timed(name):
        model = load_model("model.h5")  # expect: TFS103
    K.set_session(sess)
    return model


def timed_build():
    with timed("build"):
        return load_model("model.h5")


def inside_itself_through_a_function(sess):
    with timed("all"):
        model = timed_build()  # expect: TFS103
        K.set_session(sess)
    return model


def inside_itself_in_order(sess):
    with timed("all"):
        K.set_session(sess)
        model = timed_build()
    return model


@contextmanager
def registered(sess):
    with timed("all"):
        with timed("register"):
            K.set_session(sess)
        yield


def inside_another(sess):
    model = load_model("model.h5")  # expect: TFS103
    with timed("all"), registered(sess):
        return model


class Timer:
    def __enter__(self):
        return self

    def __exit__(self, *what):
        print(what)


def object_inside_itself(sess):
    timer = Timer()
    with timer:
        with timer:
            model = load_model("model.h5")  # expect: TFS103
    K.set_session(sess)
    return model


# One that enters itself while it is entered is unknown, and so is the session in use.
@contextmanager
def endless(count):
    with endless(count - 1):
        model = load_model("model.h5")
        yield model


def inside_an_endless_one(sess):
    before = load_model("model.h5")  # expect: TFS103
    with endless(3) as model:
        K.set_session(sess)
    return before, model


class Endless:
    def __enter__(self):
        with self:
            return load_model("model.h5")

    def __exit__(self, *what):
        pass


def inside_an_endless_object(sess):
    before = load_model("model.h5")  # expect: TFS103
    with Endless():
        model = load_model("model.h5")
        K.set_session(sess)
    return before, model


# So is one that yields where that is not seen, or that somebody else writes.
def parts():
    yield 1


@contextmanager
def delegated():
    yield from parts()


def inside_a_delegated_one(sess):
    before = load_model("model.h5")  # expect: TFS103
    with delegated() as part:
        model = load_model("model.h5")
        K.set_session(sess)
    return before, model, part


class Abstract:
    @abstractmethod
    @contextmanager
    def scope(self):
        raise NotImplementedError
        yield

    @abstractmethod
    def __enter__(self):
        raise NotImplementedError

    @abstractmethod
    def __exit__(self, *what):
        raise NotImplementedError

    def build(self, sess):
        before = load_model("model.h5")  # expect: TFS103
        with self.scope():
            self.inside = load_model("model.h5")
            K.set_session(sess)
        return before

    def build_inside_itself(self, sess):
        before = load_model("model.h5")  # expect: TFS103
        with self:
            self.inside = load_model("model.h5")
            K.set_session(sess)
        return before

    def build_in_a_stack(self, sess):
        before = load_model("model.h5")  # expect: TFS103
        with ExitStack() as stack:
            stack.enter_context(self.scope())
            self.inside = load_model("model.h5")
            K.set_session(sess)
        return before


# One that rejects what it is given runs no body.
@contextmanager
def checked(name):
    if name is None:
        raise ValueError
    yield


def rejected(sess):
    model = load_model("model.h5")
    with checked(None):
        K.set_session(sess)
    return model


def not_rejected(sess):
    model = load_model("model.h5")  # expect: TFS103
    with checked("name"):
        K.set_session(sess)
    return model


# `async with` has methods of its own.
class Later:
    def __init__(self, sess):
        self.sess = sess

    async def __aenter__(self):
        return self

    async def __aexit__(self, *what):
        K.set_session(self.sess)

    def __enter__(self):
        K.clear_session()


async def awaited(sess):
    async with Later(sess):
        return load_model("model.h5")  # expect: TFS103


@asynccontextmanager
async def registered_later(sess):
    yield
    K.set_session(sess)


async def awaited_generator(sess):
    async with registered_later(sess) as nothing:
        model = load_model("model.h5")  # expect: TFS103
    return model, nothing


# --- every way out of the body goes through the rest of a generator ---


@contextmanager
def default_session(sess):
    with sess.as_default():
        yield


@contextmanager
def registered_at_the_end(sess):
    yield
    K.set_session(sess)


@contextmanager
def registered_at_last(sess):
    try:
        yield
    finally:
        K.set_session(sess)


def predicted(model, x):
    own = tf.Session()  # expect: TFS201
    with default_session(own):
        return own.run(x)


def left_by_return(x):
    model = load_model("model.h5")
    model.predict(x)
    predicted(model, x)
    return model.predict(x)


def left_by_break(sess, rows):
    for row in rows:
        model = load_model(row)  # expect: TFS103
        with registered_at_the_end(sess):
            break
    return model


def left_by_continue(sess, rows):
    for row in rows:
        model = load_model(row)  # expect: TFS103
        with registered_at_the_end(sess):
            continue
    return model


def left_by_an_exception(sess):
    model = load_model("model.h5")
    try:
        with registered_at_the_end(sess):
            raise ValueError(model)
    except ValueError:
        return model


def left_by_an_exception_at_last(sess):
    model = Sequential([Dense(1)])  # expect: TFS101
    with registered_at_last(sess):
        raise ValueError(model)


def left_somewhere_at_last(sess, rows):
    model = load_model("model.h5")  # expect: TFS103
    try:
        with registered_at_last(sess):
            rows.read()
            return None
    except OSError:
        return model.predict(rows)


def left_by_return_inside_itself(sess, x):
    model = load_model("model.h5")  # expect: TFS103
    with registered_at_the_end(sess):
        with timed("all"):
            if x:
                return model
        model.summary()
    return None


# --- what is entered without a block ---


class Scope:
    def __init__(self):
        self.own = tf.Session(graph=tf.Graph())  # expect: TFS201

    def __enter__(self):
        self.own.__enter__()
        return self

    def __exit__(self, *args):
        self.own.__exit__(*args)


def left_again(data):
    reference = load_model("a.h5")
    reference.predict(data)
    with Scope() as inner:
        inner.other = reference.name
    return reference.predict(data)


def used_inside(data):
    reference = load_model("a.h5")
    reference.predict(data)
    with Scope():
        return reference.predict(data)  # expect: TFS106


# One that unknown code was given: whether it is left can't be known.
def given_away(data):
    reference = load_model("a.h5")
    reference.predict(data)
    with Scope() as inner:
        inspect_it(inner)
    return reference.predict(data)


def given_away_by_hand(data):
    reference = load_model("a.h5")
    reference.predict(data)
    scope = Scope()
    scope.__enter__()
    inspect_it(scope)
    scope.__exit__(None, None, None)
    return reference.predict(data)


# One whose `__exit__` is unknown: what it entered or registered is unknown afterwards.
class Foreign(Base):
    def __init__(self):
        self.own = tf.Session()  # expect: TFS201

    def __enter__(self):
        self.own.__enter__()


def left_unknown(data):
    reference = load_model("a.h5")
    reference.predict(data)
    with Foreign():
        pass
    return reference.predict(data)


class Registering(Base):
    def __enter__(self):
        K.set_session(tf.Session())  # expect: TFS201


def registered_unknown(data, sess):
    with Registering():
        pass
    reference = load_model("a.h5")
    K.set_session(sess)
    return reference.predict(data)


class Entering(Base):
    def __enter__(self):
        tf.Graph().as_default().__enter__()
        print("entered")


def graph_unknown(sess):
    K.set_session(sess)
    with Entering():
        pass
    return Dense(1)


# One whose `__enter__` is unknown: it enters a session where its name says so.
class SessionScope(Base):
    def __exit__(self, *what):
        print(what)


class Guard(Base):
    def __exit__(self, *what):
        print(what)


def entered_unknown(sess):
    with SessionScope():
        model = load_model("model.h5")
        K.set_session(sess)
    return model


def entered_unknown_guard(sess):
    with Guard():
        model = load_model("model.h5")  # expect: TFS103
        K.set_session(sess)
    return model


class Own:
    def __init__(self, sess):
        self.sess = sess

    def __enter__(self):
        self.sess.__enter__()

    def __exit__(self, *what):
        self.sess.__exit__(*what)


def entered_own(sess, other):
    with Own(sess):
        model = load_model("model.h5")
        K.set_session(other)
    return model


# `as_default()` entered by hand.
def context_by_hand(x):
    model = load_model("model.h5")
    model.predict(x)
    session = tf.Session()  # expect: TFS201
    context = session.as_default()
    context.__enter__()
    model.predict(x)  # expect: TFS106
    context.__exit__(None, None, None)
    context.__exit__(None, None, None)
    context.gen.close()
    return model.predict(x)


def graph_by_hand():
    session = tf.Session()  # expect: TFS201
    K.set_session(session)  # expect: TFS302
    context = tf.Graph().as_default()
    context.__enter__()
    Dense(1)
    context.__exit__(None, None, None)
    return Dense(2)


def closed_unknown(x, holder):
    model = load_model("model.h5")
    model.predict(x)
    holder.session = tf.InteractiveSession()
    holder.session.close()
    return model.predict(x)


# --- stacks ---


def stacked(sess):
    with ExitStack() as stack:
        stack.enter_context(open("log"))
        stack.callback(print)
        model = load_model("model.h5")  # expect: TFS103
        K.set_session(sess)
    return model


def stacked_session(sess, x):
    model = load_model("model.h5")
    model.predict(x)
    with contextlib.ExitStack() as stack:
        stack.enter_context(sess)
        own = stack.enter_context(tf.Session())  # expect: TFS201
        own.run(x)
        model.predict(x)  # expect: TFS106
    return model.predict(x)


def stacked_default(x):
    own = tf.Session()  # expect: TFS201
    model = load_model("model.h5")
    model.predict(x)
    stack = ExitStack()
    stack.enter_context(own.as_default())
    model.predict(x)  # expect: TFS106
    stack.close()
    return model.predict(x)


def stacked_and_moved(x):
    own = tf.Session()  # expect: TFS201
    model = load_model("model.h5")
    model.predict(x)
    with ExitStack() as stack:
        stack.enter_context(own.as_default())
        later = stack.pop_all()
    model.predict(x)
    return later


def stacked_session_by_name(session, sess):
    with ExitStack() as stack:
        stack.enter_context(session)
        model = load_model("model.h5")
        K.set_session(sess)
    return model


def stacked_own(sess):
    with ExitStack() as stack:
        name = stack.enter_context(timed("all"))
        stack.enter_context(Timer())
        model = load_model("model.h5")  # expect: TFS103
        K.set_session(sess)
    return model, name


# What one of the file's own does when it is left is not known.
def stacked_own_session(x, sess):
    model = load_model("model.h5")
    model.predict(x)
    with ExitStack() as stack:
        stack.enter_context(default_session(sess))
        stack.enter_context(Scope())
        model.predict(x)
    return model.predict(x)


def stacked_unknown(sess):
    before = load_model("model.h5")  # expect: TFS103
    with ExitStack() as stack:
        stack.enter_context(endless(3))
        stack.enter_context(delegated())
        model = load_model("model.h5")
        K.set_session(sess)
    return before, model


async def stacked_later(sess):
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(lock)
        model = load_model("model.h5")  # expect: TFS103
        K.set_session(sess)
    return model


def closed_at_the_end(sess):
    with closing_of(sess):
        model = load_model("model.h5")  # expect: TFS103
        K.set_session(sess)
    return model
