"""TensorFlow with tf_keras, in a process of its own, that the suite's programs run on."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

import pytest
from server import Server, start


@pytest.fixture(scope="session")
def tensorflow() -> Iterator[Server]:
    """TensorFlow, imported once for the whole suite; no test's own process imports it."""
    if importlib.util.find_spec("tensorflow") is None:
        pytest.skip("TensorFlow is not installed")
    with start() as server:
        yield server
