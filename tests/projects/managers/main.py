from contextlib import ExitStack

from keras import backend as K
from keras.models import load_model

from scopes import Scope, five, own_session, registered, timed_scope
from timing import Timer, timed


# The body is walked where what another file's manager does is of no interest.
def build_timed(sess):
    with timed("build"):
        model = load_model("model.h5")  # expect: TFS103
    K.set_session(sess)
    return model


def build_with_a_timer(sess):
    with Timer():
        model = load_model("model.h5")  # expect: TFS103
    K.set_session(sess)
    return model


def build_inside_itself(sess):
    with timed_scope("all"):
        with timed_scope("build"), timed("build"):
            model = load_model("model.h5")  # expect: TFS103
        K.set_session(sess)
    return model


# It is executed where that matters.
def in_its_own_session(x):
    model = load_model("model.h5")
    model.predict(x)
    with own_session():
        model.predict(x)  # expect: TFS106
    with Scope():
        model.predict(x)  # expect: TFS106
    return model.predict(x)


def registered_by_it(sess):
    model = load_model("model.h5")  # expect: TFS103
    with registered(sess):
        return model


# After too many steps in other files it is unknown, as is the session in use.
def past_the_budget(x, sess):
    before = load_model("before.h5")  # expect: TFS103
    before.predict(x)  # expect: TFS103
    five()
    with own_session():
        model = load_model("model.h5")
        before.predict(x)
        K.set_session(sess)
    return before.predict(x), model.predict(x)


def past_the_budget_in_an_object(x, sess):
    before = load_model("before.h5")  # expect: TFS103
    before.predict(x)  # expect: TFS103
    scope = Scope()
    five()
    with scope:
        model = load_model("model.h5")
        before.predict(x)
        K.set_session(sess)
    return before.predict(x), model.predict(x)


def past_the_budget_with_a_timer(x, sess):
    five()
    with timed("build"), Timer():
        model = load_model("model.h5")  # expect: TFS103
        K.set_session(sess)
    return model


def past_the_budget_in_a_stack(x, sess):
    before = load_model("before.h5")  # expect: TFS103
    before.predict(x)  # expect: TFS103
    five()
    with ExitStack() as stack:
        stack.enter_context(own_session())
        before.predict(x)
        K.set_session(sess)
    return before.predict(x)


def past_the_budget_with_a_timer_in_a_stack(sess):
    five()
    with ExitStack() as stack:
        stack.enter_context(timed("build"))
        stack.enter_context(Timer())
        model = load_model("model.h5")  # expect: TFS103
        K.set_session(sess)
    return model
