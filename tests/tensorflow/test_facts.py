"""The facts on which the rules stand, seen again."""

from __future__ import annotations

import pytest
from facts import FACTS
from runner import claims_here, observe_fact, symptoms
from server import Server

pytestmark = pytest.mark.tensorflow


@pytest.mark.parametrize("name", FACTS)
def test_fact(tensorflow: Server, name: str) -> None:
    seen = observe_fact(tensorflow.run, name)
    said = claims_here(FACTS[name].claims, tensorflow.conditions)
    assert set(said) <= set(symptoms(seen)), seen["traceback"] or seen


def test_set_session_is_where_the_rules_say(tensorflow: Server) -> None:
    assert [name for name, exists in tensorflow.about["names"].items() if exists] == [
        "tf.compat.v1.Session",
        "tf.compat.v1.keras.backend.set_session",
    ]
