"""On a GPU: the memory that sessions take."""

from __future__ import annotations

import pytest

from tests.tensorflow.gpu_memory import PROGRAMS, NoGpu, Program, nvidia_smi, taken

pytestmark = [pytest.mark.tensorflow, pytest.mark.gpu]

# Parts of the free memory: at least, and less than. What grows is some hundred MiB at first.
PARTS = {"all": (0.8, 1.01), "grows": (0.0, 0.1), "share": (0.25, 0.35), "none": (0.0, 0.001)}


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.lines)
def test_first_session_decides_how_much_memory_is_taken(program: Program) -> None:
    try:
        free = nvidia_smi("memory.free")
        part = taken(program) / free
    except NoGpu as error:
        pytest.skip(f"no GPU: {error}")
    least, below = PARTS[program.takes]
    assert least <= part < below
