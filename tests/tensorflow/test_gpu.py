"""On a GPU: the memory that a session takes with and without growth."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

pytestmark = [pytest.mark.tensorflow, pytest.mark.gpu]

# A process of its own: what TensorFlow takes, it keeps until the process ends. Another process
# may use the GPU too, so what counts is the difference that the session makes.
PROGRAM = """
import subprocess
import sys


def used():
    query = ["nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits", "--id=0"]
    return int(subprocess.check_output(query))


before = used()

import tensorflow as tf

tf.compat.v1.disable_eager_execution()
config = tf.compat.v1.ConfigProto()
config.gpu_options.allow_growth = sys.argv[1] == "growth"
session = tf.compat.v1.Session(config=config)
if not any(device.device_type == "GPU" for device in session.list_devices()):
    sys.exit("TensorFlow sees no GPU")
assert session.run(tf.reduce_sum(tf.ones([1000, 1000]))) == 1e6
print(used() - before)
"""


def nvidia_smi(field: str) -> int:
    """A number, in MiB, that nvidia-smi knows of the first GPU; skips where there is none."""
    if shutil.which("nvidia-smi") is None:
        pytest.skip("no GPU: nvidia-smi is not installed")
    query = ["nvidia-smi", f"--query-gpu={field}", "--format=csv,noheader,nounits", "--id=0"]
    result = subprocess.run(query, capture_output=True, text=True)
    if result.returncode != 0:
        pytest.skip(f"no GPU: nvidia-smi says {(result.stdout or result.stderr).strip()!r}")
    return int(result.stdout)


def taken(setting: str) -> int:
    """The MiB of GPU memory that a session takes with this setting."""
    environment = {**os.environ, "CUDA_DEVICE_ORDER": "PCI_BUS_ID", "CUDA_VISIBLE_DEVICES": "0"}
    environment.pop("TF_FORCE_GPU_ALLOW_GROWTH", None)
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM, setting], capture_output=True, text=True, env=environment
    )
    if "TensorFlow sees no GPU" in result.stderr:
        pytest.skip("TensorFlow sees no GPU: this build is for CPUs, or CUDA is missing")
    assert result.returncode == 0, result.stderr
    return int(result.stdout)


def test_growth_decides_how_much_memory_a_session_takes() -> None:
    free = nvidia_smi("memory.free")
    at_once, growing = taken("no growth"), taken("growth")
    assert at_once > free * 0.8
    assert growing < at_once / 2
