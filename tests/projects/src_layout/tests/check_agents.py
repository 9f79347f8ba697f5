from agents.sessions import new_session, use_new_session
from tensorflow.compat.v1 import keras


def check_late():
    model = keras.models.load_model("agent.h5")  # expect: TFS103
    use_new_session()
    assert model.predict([1.0])


def check_in_order():
    use_new_session()
    model = keras.models.load_model("agent.h5")
    assert model.predict([1.0])


def check_late_with_its_own_registration():
    model = keras.models.load_model("agent.h5")  # expect: TFS103
    keras.backend.set_session(new_session())
    assert model.predict([1.0])


def check_given_back():
    with new_session().as_default():
        model = keras.models.load_model("agent.h5")
        assert model.predict([1.0])
