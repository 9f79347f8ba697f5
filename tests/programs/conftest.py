"""One process with TensorFlow for all tests that judge programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.programs.judge import Judge


@pytest.fixture(scope="package")
def judge() -> Judge:
    """One process that has imported TensorFlow."""
    from tests.programs.judge import Judge

    return Judge()
